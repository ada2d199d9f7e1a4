// Grids of cells: maps, kernels and windows, with the numbers in them where there is room to read them.
#pragma once
#include "viz/figure.h"

namespace viz {

struct Cells {
  Box area;
  nn::Index rows, columns;
  double side;
  Box cell(nn::Index row, nn::Index column) const { return block(row, column, 1, 1); }
  Box block(nn::Index row, nn::Index column, nn::Index high, nn::Index wide) const {
    return {area.x + double(column) * side, area.y + double(row) * side, double(wide) * side, double(high) * side};
  }
};

// As large as fits, in the middle across and at the top.
Cells cells_in(Box room, nn::Index rows, nn::Index columns, double largest = 44);
// Whether numbers such as "−0.12" can be read in cells of this size.
inline constexpr double readable_cell = 31;

// A number no wider than that: two decimals, or fewer.
std::string cell_words(double value, double width, double size);
void add_cell_number(Scene& scene, Box cell, double value, Color ink);

// Colours for all numbers and, where they can be read, the numbers. `hidden`, as large, says which cells stay empty.
struct Shades {
  Scale scale;
  double low, high;
};
void add_cells(Scene& scene, const Cells& cells, nn::ConstView values, const Shades& shades, const Style& style,
               const std::string& tip = "", const std::vector<bool>& hidden = {});
void add_frame(Scene& scene, Box box, Color color, double width = 2);

}  // namespace viz
