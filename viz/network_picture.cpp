// Nodes, links and words of the layered picture.
#include "viz/network_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/text.h"

namespace viz::network {

using figure::small;
using nn::Index;

Picture::Picture(const Numbers& from, Box box, const Style& with)
    : numbers(from), style(with), sizes(sizes_of(from)), map(is_map(from)), image(from.has("picture")), scene(sheet(box, with)) {
  Index sum = 0;
  for (const int size : sizes) first.push_back(sum), sum += size;
}

const std::string& Picture::parameter(std::size_t layer) const { return words_of(numbers, "parameters")[layer]; }

std::string Picture::neuron(std::size_t layer, Index i) const {
  if (layer == 0) return word_at(words_of(numbers, "inputs"), i);
  if (layer + 1 == sizes.size()) return sizes[layer] == 1 ? "the output" : "output " + word_at(words_of(numbers, "classes"), i);
  return "neuron " + std::to_string(i + 1) + " of layer " + std::to_string(layer);
}

nn::ConstView Picture::values(std::size_t layer) const {
  const nn::ConstView all = rows_of(numbers["neurons"]);
  const Index side = numbers["neurons"].shape[1];
  return {all.row(first[layer] * side), sizes[layer] * side, side, side};
}

namespace {

double finite_or_zero(double w) { return std::isfinite(w) ? w : 0; }
double width_of(double weight, double size) {
  return (0.4 + std::clamp(std::abs(finite_or_zero(weight)), 0.0, 5.0) * 1.7) * std::min(1.0, size / 40);
}

// Links fade out towards zero; those that the background would swallow come nearer to the colour of letters.
Color link_color(const Style& style, double weight) {
  Color color = color_at(style.scale, weight);
  for (int i = 0; i < 8 && contrast(color, style.theme->background) < 1.6; i++) color = mix(color, style.theme->text, 0.12);
  return with_alpha(color, 0.35 + 0.55 * std::min(1.0, std::abs(finite_or_zero(weight))));
}

void add_bias(Picture& p, std::size_t layer, std::size_t i, Box node) {
  const double b = rows_of(p.numbers[p.parameter(layer) + ".bias"]).data[i], size = std::clamp(p.nodes.size / 5, 3.0, 8.0);
  p.scene.add(Rect{.box = {node.x - size * 0.35, node.bottom() - size * 0.65, size, size},
                   .fill = color_at(p.style.scale, b),
                   .stroke = p.style.theme->muted,
                   .line_width = 0.8,
                   .id = "bias:" + p.parameter(layer) + ":" + std::to_string(i + 1),
                   .tip = "bias of " + p.neuron(layer, Index(i)) + ": " + number_words(b)});
}

void add_node(Picture& p, std::size_t layer, std::size_t i) {
  const Box box = p.node(layer, i);
  const nn::ConstView all = p.values(layer);
  const Index side = all.columns;
  const nn::ConstView own{all.row(Index(i) * side), side, side, side};
  const bool unit = p.map && layer == 0;  // inputs have different units
  const double range = std::max(extent(unit ? own : all), 1e-12);
  const std::string id = "node:" + p.parameter(layer) + ":" + std::to_string(i + 1);
  const std::string name = p.neuron(layer, Index(i)),
                    tip = name + ": " +
                          (p.map ? "colours from " + number_words(-range) + " to " + number_words(range) : number_words(own(0, 0)));
  if (p.map) {
    p.scene.add(neuron_image(p.numbers, p.first[layer] + Index(i), box, p.style.scale, range));
    p.scene.add(Rect{.box = box, .radius = 3, .stroke = p.style.theme->muted, .line_width = 1.2, .id = id, .tip = tip});
  } else {
    p.scene.add(Circle{.center = box.center(),
                       .radius = box.width / 2,
                       .fill = color_at(p.style.scale, own(0, 0), -range, range),
                       .stroke = p.style.theme->muted,
                       .line_width = 1.2,
                       .id = id,
                       .tip = tip});
  }
  if (layer > 0) add_bias(p, layer, i, box);
}

}  // namespace

void add_links(Picture& p, std::size_t layer) {
  const nn::ConstView W = rows_of(p.numbers[p.parameter(layer) + ".weight"]);
  std::vector<std::pair<double, Path>> links;
  for (std::size_t i = 0; i < p.shown(layer); i++)
    for (std::size_t j = 0; j < p.shown(layer - 1); j++) {
      const double w = W(Index(i), Index(j));
      const Box from = p.node(layer - 1, j), to = p.node(layer, i);
      // Links into the large map spread a little, so that they can be told apart.
      const double spread = p.is_large(layer) ? (double(j + 1) / double(p.shown(layer - 1) + 1) - 0.5) * std::min(40.0, to.height / 3) : 0;
      Path path = link({from.right(), from.center().y}, {to.x, to.center().y + spread});
      path.stroke = link_color(p.style, w);
      path.line_width = width_of(w, p.nodes.size);
      path.id = "link:" + p.parameter(layer) + ":" + std::to_string(i + 1) + ":" + std::to_string(j + 1);
      path.tip = "weight from " + p.neuron(layer - 1, Index(j)) + " to " + p.neuron(layer, Index(i)) + ": " + number_words(w);
      links.emplace_back(std::abs(finite_or_zero(w)), std::move(path));
    }
  std::ranges::stable_sort(links, {}, &std::pair<double, Path>::first);  // strong ones on top
  for (auto& [strength, path] : links) p.scene.add(std::move(path));
}

// All pixels go to all neurons: one thin line each says so, the weights are pictures of their own.
void add_picture_links(Picture& p, Box image) {
  for (std::size_t i = 0; i < p.shown(1); i++) {
    const Box to = p.node(1, i);
    Path path = link({image.right(), image.center().y}, {to.x, to.center().y});
    path.stroke = p.style.theme->line;
    path.tip = count_words(p.sizes[0]) + " weights from the picture to " + p.neuron(1, Index(i)) + "; see 'weights'";
    p.scene.add(std::move(path));
  }
}

void add_column(Picture& p, std::size_t layer, double label_width) {
  const Column& column = p.nodes.columns[layer];
  const auto& names = words_of(p.numbers, layer == 0 ? "inputs" : "classes");
  const bool last = layer + 1 == p.sizes.size();
  for (std::size_t i = 0; i < p.shown(layer); i++) {
    add_node(p, layer, i);
    const Box box = p.node(layer, i);
    const double y = box.center().y + cap_height(small) / 2;
    if (layer == 0) add_words(p.scene, {box.x - 6, y}, word_at(names, Index(i)), label_width, p.style.theme->text, Anchor::end);
    if (!last || p.map) continue;
    const nn::ConstView values = p.values(layer);
    double most = -INFINITY;
    for (Index k = 0; k < values.rows; k++) most = std::max(most, double(values(k, 0)));
    const bool said = p.sizes[layer] > 1 && values(Index(i), 0) == most;
    const std::string words = (p.sizes[layer] > 1 ? word_at(names, Index(i)) + "  " : "") + decimal_words(values(Index(i), 0));
    add_words(p.scene, {box.right() + 8, y}, words, p.scene.box.right() - box.right() - 14, p.style.theme->text, Anchor::start, small,
              said ? Font::bold : Font::regular);
  }
  if (column.hidden > 0 && !p.is_large(layer)) {
    const std::string few = "+" + count_words(column.hidden), many = "… " + few + " more";
    const double room = 2 * p.nodes.size;  // columns lie at least as far apart
    add_words(p.scene, {column.more.center().x, column.more.center().y + cap_height(small) / 2},
              text_width(many, small) <= room ? many : few, room, p.style.theme->muted, Anchor::middle);
  }
}

void add_output(Picture& p) {
  const std::size_t last = p.sizes.size() - 1;
  p.scene.add(output_image(p.numbers, p.output, p.style.scale));
  add_data(p.scene, p.numbers, p.output, p.style.scale);
  p.scene.add(Rect{.box = p.output,
                   .radius = 3,
                   .stroke = p.style.theme->muted,
                   .line_width = 1.2,
                   .id = p.is_large(last) ? "node:" + p.parameter(last) + ":1" : "output",
                   .tip = "what the network says over the plane"});
  if (p.is_large(last)) add_bias(p, last, 0, p.output);
}

void add_headings(Picture& p, Box row, Box input) {
  const std::size_t hidden = p.sizes.size() >= 2 ? p.sizes.size() - 2 : 0;
  const auto width = [](const std::string& words) { return text_width(words, small, Font::bold); };
  const auto write = [&](double x, const std::string& words) {
    p.scene.add(Text{.at = {x, row.y + 13}, .string = words, .size = small, .color = p.style.theme->muted, .font = Font::bold});
    return x + width(words) + 12;
  };
  const std::string input_words = p.image ? "PICTURE" : "INPUTS",
                    hidden_words = std::to_string(hidden) + (hidden == 1 ? " HIDDEN LAYER" : " HIDDEN LAYERS");
  double free = write(std::max(row.x, std::min(input.x, input.center().x - width(input_words) / 2)), input_words);
  const Box last = p.map ? p.output : p.node(p.sizes.size() - 1, 0);
  const double output_x = std::min(p.map ? last.x : last.center().x - width("OUTPUT") / 2, row.right() - width("OUTPUT"));
  if (hidden > 0) {
    const double middle = (p.nodes.columns[1].nodes[0].x + p.nodes.columns[hidden].nodes[0].right()) / 2,
                 x = std::max(free, middle - width(hidden_words) / 2);
    if (x + width(hidden_words) + 12 <= output_x) free = write(x, hidden_words);
  }
  if (output_x >= free) write(output_x, "OUTPUT");
}

void add_legend(Picture& p, Box row) {
  const double y = row.center().y;
  double x = row.x;
  add_words(p.scene, {x, y + cap_height(small) / 2}, "weights", 60, p.style.theme->muted);
  x += 52;
  for (const double w : {-5, -1, 1, 5}) {
    const std::string words = number_words(w);
    if (x + 28 + text_width(words, small) > row.right()) return;
    p.scene.add_line({x, y}, {x + 22, y}, link_color(p.style, w), width_of(w, p.nodes.size));
    add_words(p.scene, {x + 27, y + cap_height(small) / 2}, words, 40, p.style.theme->text);
    x += 27 + text_width(words, small) + 14;
  }
  if (!p.numbers.has("train")) return;
  for (const bool ring : {false, true}) {
    const std::string words = ring ? "test" : "train";
    if (x + 26 + text_width(words, small) > row.right()) return;
    add_point(p.scene, {x + 14, y}, 4, p.style.theme->accent, ring);
    add_words(p.scene, {x + 23, y + cap_height(small) / 2}, words, 60, p.style.theme->text);
    x += 26 + text_width(words, small) + 4;
  }
}

}  // namespace viz::network
