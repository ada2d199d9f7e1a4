// Weights as a matrix: a row for each neuron, its bias beside it.
#include <algorithm>
#include <cmath>

#include "viz/text.h"
#include "viz/weights_picture.h"

namespace viz::weights {

using figure::small;
using nn::Index;

namespace {

struct Cells {
  Box area;
  double width, height;
  Box cell(Index row, Index column) const { return {area.x + double(column) * width, area.y + double(row) * height, width, height}; }
};

// Names beside the rows, or every so many where they would touch.
void add_row_names(Scene& scene, const Cells& cells, const std::vector<std::string>& names, double room, const Style& style) {
  const Index every = Index(std::ceil(13 / cells.height));
  for (Index i = 0; i < std::ssize(names); i += every)
    add_words(scene, {cells.area.x - 6, cells.cell(i, 0).y + std::max(cells.height, 13.0) / 2 + cap_height(small) / 2},
              names[std::size_t(i)], room, style.theme->text, Anchor::end);
}

void add_column_names(Scene& scene, const Cells& cells, const std::vector<std::string>& names, const Style& style) {
  double widest = 0;
  for (const std::string& name : names) widest = std::max(widest, text_width(name, small));
  const Index every = std::max(Index(1), Index(std::ceil(std::min(widest + 6, 44.0) / cells.width)));
  for (Index j = 0; j < std::ssize(names); j += every) {
    const double room = cells.width * double(every) - 4, half = std::min(text_width(names[std::size_t(j)], small), room) / 2;
    const double x = std::clamp(cells.cell(0, j).center().x, scene.box.x + half, std::max(scene.box.x + half, scene.box.right() - half));
    add_words(scene, {x, cells.area.y - 6}, names[std::size_t(j)], room, style.theme->text, Anchor::middle);
  }
}

}  // namespace

void draw_matrix(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const nn::ConstView W = rows_of(numbers["weights"]), bias = rows_of(numbers["bias"]), ranges = rows_of(numbers["ranges"]);
  const auto &rows = words_of(numbers, "rows"), &columns = words_of(numbers, "columns");
  double label = 0;
  for (const std::string& name : rows) label = std::max(label, text_width(name, small));
  label = std::min({label, 110.0, room.width * 0.3});
  room.cut_left(label + 8), room.cut_top(18);
  const double gap = 8;  // before the column of biases
  const double width = std::min({(room.width - gap) / double(W.columns + 1), 90.0}), height = std::min(room.height / double(W.rows), 46.0);
  const Cells cells{{room.x, room.y, width * double(W.columns), height * double(W.rows)}, width, height};
  const Box biases{cells.area.right() + gap, room.y, std::max(width, std::min(14.0, gap + width)), cells.area.height};
  const Index together = words_of(numbers, "range")[0] == "each" ? 1 : W.rows;  // rows of the same colours
  for (Index i = 0; i < W.rows; i += together) {
    const double range = ranges(0, i), y = cells.cell(i, 0).y, tall = double(together) * height;
    const nn::ConstView rows_here{W.row(i), together, W.columns, W.columns}, biases_here{bias.data + i, together, 1, 1};
    scene.add(readable(heat(rows_here, {cells.area.x, y, cells.area.width, tall}, style.scale, -range, range), rows_here));
    scene.add(readable(heat(biases_here, {biases.x, y, biases.width, tall}, style.scale, -range, range), biases_here));
  }
  for (const Box box : {cells.area, biases}) scene.add(Rect{.box = box, .stroke = style.theme->line});
  add_row_names(scene, cells, rows, label, style);
  add_column_names(scene, cells, columns, style);
  if (biases.width >= 10)
    add_words(scene, {biases.center().x, room.y - 6}, "b", 33, style.theme->text, Anchor::middle, small, Font::italic);
  if (width < 36 || height < 15) return;
  for (Index i = 0; i < W.rows; i++)
    for (Index j = 0; j <= W.columns; j++) {
      const double range = ranges(0, i);
      const double value = j < W.columns ? W(i, j) : bias.data[i];
      const Box cell = j < W.columns ? cells.cell(i, j) : Box{biases.x, cells.cell(i, 0).y, biases.width, height};
      add_centered(scene, cell.inset(2, 0), decimal_words(value), ink_on(color_at(style.scale, value, -range, range)));
    }
}

}  // namespace viz::weights
