// The parts of the picture of how one number is computed: maps with the window on them, the numbers in it, the sum, and equations.
#pragma once
#include "viz/cells.h"
#include "viz/equation_lines.h"
#include "viz/origin.h"

namespace viz::arithmetic {

// The numbers of 'arithmetic', read back from its tensors. Stages, units and places are counted from 0.
struct Sum {
  const Numbers& numbers;
  const Style& style;
  std::string kind, from_name, to_name;  // "conv", "maxpool", "relu"; "x", "conv1"
  nn::Shape from, to;
  nn::Index stage;
  Unit unit;
  nn::Index shown;              // which channel of the slots is shown large
  Origin origin;                // its slots with their numbers
  double value;                 // the network's own
  nn::ConstView input, output;  // all maps below each other

  Sum(const Numbers& numbers, const Style& style);
  nn::ConstView input_map(nn::Index channel) const { return {input.row(channel * from.height), from.height, from.width, from.width}; }
  nn::ConstView output_map() const { return {output.row(unit.channel * to.height), to.height, to.width, to.width}; }
  // [u][v] of the shown channel: 0 the number, 1 the weight, 2 their product.
  nn::Matrix slots(int what) const;
  double channel_sum(nn::Index channel) const;
  bool slides() const { return kind == "conv" || kind == "maxpool" || kind == "avgpool"; }  // s i + d u - p
  nn::Index channel() const;                                                                // of the stage before, of the shown slots
  Shades input_shades() const;                                                              // pixels are grey, signed numbers are not
  Shades output_shades() const;
  std::string input_name(nn::Index channel) const;  // "relu1, map 3"
  std::string place_words() const;                  // "conv1, map 3, row 5, column 7"
};

// The pointer on a place of the output, or of the input, moves the window there; on a vector it chooses the unit.
void add_output_map(Scene& scene, const Sum& sum, Box box);
void add_input_map(Scene& scene, const Sum& sum, Box box);
// A caption above what a panel shows; returns the room that is left.
Box add_caption(Scene& scene, Box panel, const std::string& words, const Style& style);
inline constexpr double caption = 18;

// Equally large panels in as many rows as make them largest, filled column by column; gaps between them.
std::vector<Box> panels(std::size_t count, Box room);

void add_window(Scene& scene, const Sum& sum, Box room);    // convolution, pooling, upsampling
void add_function(Scene& scene, const Sum& sum, Box room);  // activations and norms
void add_terms(Scene& scene, const Sum& sum, Box room);     // dense layers and softmax
std::vector<EquationLine> equations(const Sum& sum);

}  // namespace viz::arithmetic
