// The parts of the diagram of a network: columns of maps with the links into one of them, or single units with theirs.
#pragma once
#include "viz/cells.h"
#include "viz/link.h"
#include "viz/origin.h"
#include "viz/receptive_field.h"

namespace viz::diagram {

inline constexpr nn::Index most_maps = 16;    // of a stage that are drawn
inline constexpr nn::Index most_links = 400;  // of a single unit

// The numbers of 'diagram', read back from its tensors; stages, units and places are counted from 0.
struct Diagram {
  const Numbers& numbers;
  const Style& style;
  std::vector<std::string> names;     // of stages
  std::vector<nn::Shape> shapes;      // of stages
  std::vector<nn::Index> parameters;  // of stages, learned
  std::size_t stage;
  Unit unit;
  bool learned;         // whether the links have weights
  nn::ConstView links;  // of maps: channel, sum and norm of its weights; of single units: channel, row, column, weight, number
  Pixels field;         // on the input
  Diagram(const Numbers& numbers, const Style& style);
  bool vector(std::size_t k) const { return shapes[k].height * shapes[k].width == 1; }
  nn::ConstView map(std::size_t k, nn::Index channel) const;  // of the first `most_maps`
  Shades shades(std::size_t k) const;
  std::string unit_name(std::size_t k, nn::Index channel) const;  // "map 3 of conv1", "unit 4 of dense1"
};

Color link_color(const Diagram& d, double weight, double range);

void add_maps(Scene& scene, const Diagram& d, Box room);
void add_units(Scene& scene, const Diagram& d, Box room);

}  // namespace viz::diagram
