// The weights of a layer: one picture a neuron where the input is a picture (LeCun et al. 1998), else the matrix W with its biases.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/layout.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/text.h"

namespace viz::weights {

namespace {

using figure::small;
using nn::Index;

std::vector<std::string> neuron_names(Index count, const std::string& prefix) {
  std::vector<std::string> names;
  for (Index i = 1; i <= count; i++) names.push_back(prefix + std::to_string(i));
  return names;
}

// Pictures of [rows, columns] numbers with the neuron's number below each.
void draw_pictures(Scene& scene, const Numbers& numbers, Box room, double range, const Style& style) {
  const nn::Tensor& pictures = numbers["weights"];
  const Index height = pictures.shape[1], width = pictures.shape[2];
  const TileRule rule{.aspect = double(height) / double(width), .gap = 8, .label = 15, .smallest = 16, .largest = 150};
  const Tiling tiling = tiles(int(pictures.shape[0]), room, rule);
  for (int i = 0; i < tiling.shown; i++) {
    const Box tile = tiling.tile(i);
    const nn::ConstView all = rows_of(pictures), picture{all.row(i * height), height, width, width};
    const std::string name = words_of(numbers, "rows")[std::size_t(i)];
    scene.add(heat(picture, tile, style.scale, -range, range));
    scene.add(Rect{.box = tile,
                   .stroke = style.theme->line,
                   .id = "node:" + words_of(numbers, "parameter")[0] + ":" + std::to_string(i + 1),
                   .tip = "weights into neuron " + name});
    add_words(scene, {tile.center().x, tile.bottom() + 12}, name, tile.width + 4, style.theme->muted, Anchor::middle);
  }
}

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

void draw_matrix(Scene& scene, const Numbers& numbers, Box room, double range, const Style& style) {
  const nn::ConstView W = rows_of(numbers["weights"]), bias = rows_of(numbers["bias"]);
  const auto &rows = words_of(numbers, "rows"), &columns = words_of(numbers, "columns");
  double label = 0;
  for (const std::string& name : rows) label = std::max(label, text_width(name, small));
  label = std::min({label, 110.0, room.width * 0.3});
  room.cut_left(label + 8), room.cut_top(18);
  const double gap = 8;  // before the column of biases
  const double width = std::min({(room.width - gap) / double(W.columns + 1), 90.0}), height = std::min(room.height / double(W.rows), 46.0);
  const Cells cells{{room.x, room.y, width * double(W.columns), height * double(W.rows)}, width, height};
  const Box biases{cells.area.right() + gap, room.y, std::max(width, std::min(14.0, gap + width)), cells.area.height};
  scene.add(heat(W, cells.area, style.scale, -range, range));
  scene.add(heat(nn::ConstView{bias.data, W.rows, 1, 1}, biases, style.scale, -range, range));
  for (const Box box : {cells.area, biases}) scene.add(Rect{.box = box, .stroke = style.theme->line});
  add_row_names(scene, cells, rows, label, style);
  add_column_names(scene, cells, columns, style);
  if (biases.width >= 10)
    add_words(scene, {biases.center().x, room.y - 6}, "b", 33, style.theme->text, Anchor::middle, small, Font::italic);
  if (width < 36 || height < 15) return;
  for (Index i = 0; i < W.rows; i++)
    for (Index j = 0; j <= W.columns; j++) {
      const double value = j < W.columns ? W(i, j) : bias.data[i];
      const Box cell = j < W.columns ? cells.cell(i, j) : Box{biases.x, cells.cell(i, 0).y, biases.width, height};
      add_centered(scene, cell.inset(2, 0), decimal_words(value), ink_on(color_at(style.scale, value, -range, range)));
    }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  Numbers numbers;
  add_names(numbers, study);
  const auto layer = std::size_t(options.at("layer")), layers = numbers.words["parameters"].size() - 1;
  if (layer > layers)
    throw std::invalid_argument("weights: layer " + std::to_string(layer) + " was asked for, but the network has " +
                                std::to_string(layers));
  const std::string name = numbers.words["parameters"][layer];
  const nn::ConstView W = study.parameters[study.parameters.find(name + ".weight")],
                      b = study.parameters[study.parameters.find(name + ".bias")];
  const nn::Shape shape = study.model.input;
  const bool picture = layer == 1 && shape.height > 1 && shape.width > 1;
  const std::vector<Index> dimensions =
      picture ? std::vector<Index>{W.rows, shape.channels * shape.height, shape.width} : std::vector<Index>{W.rows, W.columns};
  numbers.tensors.push_back(nn::tensor_of("weights", dimensions, W));
  numbers.tensors.push_back(nn::tensor_of("bias", {W.rows}, b));
  const auto& classes = study.set.class_names;
  numbers.words["rows"] = layer == layers && std::ssize(classes) == W.rows ? classes : neuron_names(W.rows, picture ? "" : "neuron ");
  numbers.words["columns"] = layer == 1 ? study.input_names : neuron_names(W.columns, "a");
  numbers.words["parameter"] = {name};
  numbers.words["title"] = {"Weights of layer " + std::to_string(layer) + ", " + numbers.words["layers"][layer] + ": " +
                            count_words(W.rows) + " x " + count_words(W.columns)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const nn::Tensor& W = numbers["weights"];
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "moment")[0], style);
  const double range = std::max({extent(rows_of(W)), W.shape.size() == 2 ? extent(rows_of(numbers["bias"])) : 0.0, 1e-12});
  add_color_bar(scene, room.cut_bottom(26), {-range, range}, style);
  room.cut_bottom(8);
  if (W.shape.size() == 3)
    draw_pictures(scene, numbers, room, range, style);
  else
    draw_matrix(scene, numbers, room, range, style);
  return scene;
}

}  // namespace viz::weights
