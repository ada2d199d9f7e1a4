// The layered picture of a network: every neuron as a small map of what it says, links as wide as their weights (Smilkov and Carter 2016).
#include <algorithm>

#include "viz/methods.h"
#include "viz/network_picture.h"
#include "viz/text.h"

namespace viz::network {

using figure::small;

Numbers compute(const Study& study, const Arguments& options) {
  const int resolution = int(options.at("resolution"));
  Numbers numbers;
  add_names(numbers, study);
  add_neurons(numbers, study, resolution);
  for (std::size_t i = 0; i < study.parameters.list().size(); i++)
    numbers.tensors.push_back(nn::tensor_of(study.parameters.list()[i].name, study.parameters.list()[i].tensor, study.parameters[i]));
  if (!study.two_dimensional()) return numbers;
  add_output(numbers, study, resolution);
  add_points(numbers, study, true);
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Picture p(numbers, box, style);
  const auto& example = words_of(numbers, "example");
  Box room = add_title(p.scene, "Network" + (example.empty() ? "" : ", " + example[0]), words_of(numbers, "moment")[0], style);
  const Box legend = room.cut_bottom(20);
  Box headings = room.cut_top(22);
  const std::size_t layers = p.sizes.size();
  room.cut_bottom(4);

  double label = 0;  // the width of the inputs' names
  for (int j = 0; j < p.sizes[0] && !p.image; j++) label = std::max(label, text_width(word_at(words_of(numbers, "inputs"), j), small));
  label = std::min({label, 110.0, room.width * (p.map ? 0.16 : 0.22)});
  Box input = room;
  if (p.image) {
    const nn::ConstView picture = rows_of(numbers["picture"]);
    const double width = std::min({room.width * 0.26, 180.0, room.height * double(picture.columns) / double(picture.rows)});
    const double height = width * double(picture.rows) / double(picture.columns);
    input = room.cut_left(width);
    input = {input.x, room.center().y - height / 2, width, height};
    room.cut_left(room.width * 0.08);
  } else {
    room.cut_left(label + 8);
  }
  if (p.map) {
    const double side = std::min({room.width * 0.36, room.height, 420.0});
    const Box strip = room.cut_right(side);
    p.output = {strip.x, strip.center().y - side / 2, side, side};
    room.cut_right(room.width * 0.08 + 4);
  } else {
    double words = 0;  // names and numbers of the outputs
    for (const std::string& name : words_of(numbers, "classes")) words = std::max(words, text_width(name + "  −0.00", small, Font::bold));
    room.cut_right(std::clamp(words + 8, 48.0, std::max(48.0, room.width * 0.3)));
  }
  // The layers that are columns: not a picture, and not a single large map.
  const std::size_t from = p.image ? 1 : 0, to = p.is_large(layers - 1) ? layers - 1 : layers;
  const Layered columns = layered(std::span(p.sizes).subspan(from, to - from), room.inset(0, 2), std::clamp(room.height / 11, 44.0, 64.0));
  p.nodes.size = columns.size, p.nodes.pitch = columns.pitch;
  p.nodes.columns.resize(layers);
  for (std::size_t k = from; k < to; k++) p.nodes.columns[k] = columns.columns[k - from];

  for (std::size_t k = p.image ? 2 : 1; k < layers; k++) add_links(p, k);
  if (p.image) {
    add_picture_links(p, input);
    const nn::ConstView picture = rows_of(numbers["picture"]);
    p.scene.add(heat(picture, input, Scale::grey, 0, std::max(extent(picture), 1e-12)));
    p.scene.add(Rect{.box = input, .stroke = style.theme->muted, .id = "node:x", .tip = example.empty() ? "" : example[0]});
  } else if (!p.nodes.columns[0].nodes.empty()) {
    input = p.nodes.columns[0].nodes[0];
  }
  for (std::size_t k = from; k < to; k++) add_column(p, k, label);
  if (p.map) add_output(p);
  double top = p.map ? std::min(p.output.y, input.y) : input.y;  // of the highest thing
  for (const Column& column : p.nodes.columns)
    if (!column.nodes.empty()) top = std::min(top, column.nodes[0].y);
  headings.y = std::max(headings.y, top - 26);
  add_headings(p, headings, input);
  add_legend(p, legend);
  return p.scene;
}

}  // namespace viz::network
