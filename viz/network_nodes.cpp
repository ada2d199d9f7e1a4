// Columns of nodes with their words.
#include <algorithm>
#include <cmath>

#include "viz/network_picture.h"
#include "viz/text.h"

namespace viz::network {

using figure::small;
using nn::Index;

namespace {

// "0.07": two decimals, so that a column of them is easy to read.
std::string share_words(double share) {
  const int hundredths = int(std::lround(share * 100));
  return std::to_string(hundredths / 100) + (hundredths % 100 < 10 ? ".0" : ".") + std::to_string(hundredths % 100);
}

std::string said_words(const Picture& p, std::size_t layer, double value) {
  return p.of_classes(layer) && value == std::clamp(value, 0.0, 1.0) ? share_words(value) : decimal_words(value);
}

void add_node(Picture& p, std::size_t layer, std::size_t i) {
  const Box box = p.node(layer, i);
  const Index side = p.numbers["neurons"].shape[1];
  const nn::ConstView own{p.values(layer).row(Index(i) * side), side, side, side};
  const double range = p.range(layer, i), value = own(0, 0);
  const bool chosen = p.is_chosen(layer, i);
  const Color stroke = chosen ? p.style.theme->accent : p.style.theme->muted;
  const std::string id = "node:" + p.parameter(layer) + ":" + std::to_string(i + 1);
  std::string tip = p.names[layer][i] + ": ";
  if (p.map)
    tip += p.of_classes(layer) ? "the stronger the colour, the more it says so"
                               : "colours from " + number_words(-range) + " to " + number_words(range);
  else
    tip += number_words(value);
  if (layer == 0 && p.numbers.has("raw")) tip += ", standardized from " + number_words(rows_of(p.numbers["raw"])(0, Index(i)));
  if (p.map) {
    p.scene.add(picture_of(p, own, layer, i, box));
    p.scene.add(Rect{.box = box, .radius = 3, .stroke = stroke, .line_width = chosen ? 3 : 1.2, .id = id, .tip = tip});
  } else {
    const Color fill = color_at(p.style.scale, value, -range, range);
    p.scene.add(Circle{.center = box.center(),
                       .radius = box.width / 2,
                       .fill = fill,
                       .stroke = stroke,
                       .line_width = chosen ? 3 : 1.2,
                       .id = id,
                       .tip = tip});
    if (box.width >= 30) add_centered(p.scene, box.inset(1), said_words(p, layer, value), ink_on(fill), small - 1);
  }
  if (layer > 0) add_bias(p, layer, i, box);
}

// The name of an input at its left; where there is room, below it, what was measured before it was standardized.
void add_input_words(Picture& p, std::size_t i, Box box) {
  const double x = box.x - 7, y = box.center().y + cap_height(small) / 2;
  if (!p.numbers.has("raw") || p.nodes.pitch < 30)
    return add_words(p.scene, {x, y}, pretty(p.names[0][i]), p.label, p.style.theme->text, Anchor::end);
  add_words(p.scene, {x, y - 7}, p.names[0][i], p.label, p.style.theme->text, Anchor::end);
  add_words(p.scene, {x, y + 7}, number_words(rows_of(p.numbers["raw"])(0, Index(i))), p.label, p.style.theme->muted, Anchor::end);
}

// The name of an output at its right, and for an example what it says: as a number and, of several, as a bar.
void add_output_words(Picture& p, std::size_t layer, std::size_t i, Box box) {
  const nn::ConstView values = p.values(layer);
  const bool several = p.sizes[layer] > 1;
  const std::string name = several ? word_at(words_of(p.numbers, "classes"), Index(i)) : "";
  const double x = box.right() + 8, y = box.center().y + cap_height(small) / 2;
  if (p.map) return add_words(p.scene, {x, y}, name, p.words - 12, p.style.theme->text);
  double most = -INFINITY;
  for (Index k = 0; k < values.rows; k++) most = std::max(most, double(values(k, 0)));
  const double value = values(Index(i), 0), number = 34;
  const Font font = several && value == most ? Font::bold : Font::regular;
  Box room{x, box.y, p.words - 8, box.height};
  if (!several) return add_words(p.scene, {x, y}, decimal_words(value), room.width, p.style.theme->text);
  const std::string words = said_words(p, layer, value);
  add_words(p.scene, {room.right(), y}, words, number, p.style.theme->text, Anchor::end, small, font);
  room.cut_right(number + 6);
  if (const double spare = room.width - p.widest_class - 8; p.of_classes(layer) && spare >= 24) {
    const Box bar = room.cut_right(std::min(70.0, spare)), track{bar.x, bar.center().y - 4, bar.width, 8};
    p.scene.add(Rect{.box = track, .radius = 2, .fill = p.style.theme->grid});
    const double share = std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0;
    p.scene.add(Rect{.box = track.left(share * track.width), .radius = 2, .fill = p.style.theme->accent});
    room.cut_right(6);
  }
  add_words(p.scene, {x, y}, name, room.width, p.style.theme->text, Anchor::start, small, font);
}

}  // namespace

void add_column(Picture& p, std::size_t layer) {
  const Column& column = p.nodes.columns[layer];
  for (std::size_t i = 0; i < p.shown(layer); i++) {
    add_node(p, layer, i);
    const Box box = p.node(layer, i);
    if (layer == 0) add_input_words(p, i, box);
    if (layer > 0 && layer + 1 == p.sizes.size()) add_output_words(p, layer, i, box);
  }
  if (column.hidden > 0 && !p.is_large(layer)) {
    const std::string few = "+" + count_words(column.hidden), many = "… " + few + " more";
    const double room = 2 * p.nodes.size;  // columns lie at least as far apart
    add_words(p.scene, {column.more.center().x, column.more.center().y + cap_height(small) / 2},
              text_width(many, small) <= room ? many : few, room, p.style.theme->muted, Anchor::middle);
  }
}

}  // namespace viz::network
