// The parts of the toolbox's screen. Each draws itself into its box, and nothing where the box is too small to be read.
#pragma once
#include <string>
#include <string_view>

#include "viz/figure.h"
#include "viz/pictures.h"

namespace viz::toolbox {

inline constexpr std::string_view back_words[] = {"off", "gradient", "deconvnet", "guided"};
inline constexpr int images_option[] = {100, 500, 2000, 5000};

// An image that a unit says much of: a row of "top" or "best".
struct Best {
  double value;
  nn::Index row;          // of the data
  nn::ConstView picture;  // null where it is not shown
  Pixels field;           // where the unit says it
};

// The numbers of the method by their names.
struct Toolbox {
  const Numbers& numbers;
  nn::Shape shape, picture;              // of the stage, and of the input
  nn::Index stage, unit, row, column;    // the chosen place, from 0
  bool placed;                           // by the user; else where the map is largest
  nn::ConstView map(nn::Index i) const;  // of a unit: height x width
  Best best(std::string_view name, nn::Index i) const;
  const std::string& word(std::string_view name, std::size_t i = 0) const { return words_of(numbers, name).at(i); }
  bool alone() const { return shape.height * shape.width == 1; }  // units without a map
  bool pattern() const { return word("pattern") == "on"; }
  double range(nn::Index i) const;      // of the colours of a unit's map: the largest |number| of it, or of all
  bool dead(nn::Index i) const;         // 0 on all images
  std::string name(nn::Index i) const;  // "relu1 5", "softmax: 7"
  std::string title() const;
};
Toolbox toolbox_of(const Numbers& numbers);

inline constexpr double heading = 18;
// Words above a part, in a row that is cut from its box.
void add_heading(Scene& scene, Box& box, const std::string& words, const Style& style);
// Around a place of a picture, to be seen on black, on white and on the accent's own colour.
void add_frame(Scene& scene, Box box, const Style& style);

// Where the parts lie; a box without width is of a part that there is no room for.
struct Places {
  Box input = {}, stages = {}, grid = {}, unit = {}, numbers = {}, back = {}, top = {};
};
Places places_of(const Toolbox& t, Box room);

void add_input(Scene& scene, const Toolbox& t, Box box, const Style& style);   // with the receptive field of the chosen place
void add_stages(Scene& scene, const Toolbox& t, Box box, const Style& style);  // one a row, to be chosen
int add_grid(Scene& scene, const Toolbox& t, Box box, const Style& style);     // all units; returns how many stand in a row
void add_unit(Scene& scene, const Toolbox& t, Box box, const Style& style);    // the chosen one, large
void add_numbers(Scene& scene, const Toolbox& t, Box box, const Style& style);
void add_back(Scene& scene, const Toolbox& t, Box box, const Style& style);
void add_top(Scene& scene, const Toolbox& t, Box box, const Style& style);
// Arrows or i j k l move in the grid, u and o (page up, page down) go to the stage before or after, s and b change what is shown.
void add_keys(Scene& scene, const Toolbox& t, int columns);

}  // namespace viz::toolbox
