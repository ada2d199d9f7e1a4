// Where the parts of the layered picture go: inputs at the left, columns of neurons, the large map or words of the outputs at the right.
#include <algorithm>
#include <cmath>

#include "viz/network_picture.h"
#include "viz/text.h"

namespace viz::network {

using figure::small;

namespace {

double widest(const std::vector<std::string>& words, Font font) {
  double width = 0;
  for (const std::string& word : words) width = std::max(width, text_width(word, small, font));
  return width;
}

// The layers that are columns: not a picture, and not a single large map.
struct Layers {
  std::size_t from, to;
};
Layers columns_of(const Picture& p) {
  const std::size_t layers = p.sizes.size();
  return {p.image ? 1u : 0u, p.is_large(layers - 1) ? layers - 1 : layers};
}

double bottom_of(const Layered& nodes) {
  double y = 0;
  for (const Column& column : nodes.columns) {
    for (const Box& node : column.nodes) y = std::max(y, node.bottom());
    if (column.hidden > 0) y = std::max(y, column.more.bottom());
  }
  return y;
}

double top_of(const Layered& nodes) {
  double y = INFINITY;
  for (const Column& column : nodes.columns)
    for (const Box& node : column.nodes) y = std::min(y, node.y);
  return y;
}

void move(Layered& nodes, double across, double down) {
  for (Column& column : nodes.columns) {
    for (Box& node : column.nodes) node = node.moved({across, down});
    column.more = column.more.moved({across, down});
  }
}

}  // namespace

void place(Picture& p, Box room) {
  const auto [from, to] = columns_of(p);
  const auto& classes = words_of(p.numbers, "classes");
  p.widest_class = widest(classes, Font::bold);
  p.body = room, p.lowest = room.bottom() + 6;
  const std::size_t last = p.sizes.size() - 1;
  const double columns = double(to - from);
  if (!p.image) p.label = std::min({widest(p.names[0], Font::regular) + 1, 130.0, room.width * (p.map ? 0.16 : 0.24)});
  if (p.map) {
    p.words = p.is_large(last) ? 0 : std::min(widest(classes, Font::regular) + 13, room.width * 0.15);
  } else {
    const bool several = p.sizes[last] > 1;
    p.words = std::clamp(several ? p.widest_class + 130 : 50.0, 48.0, std::max(48.0, room.width * 0.3));
  }

  // Across: label, [picture], columns, words, [map, its numbers]. Of columns far apart the rest stays free at both sides.
  const double numbers = p.map && room.width >= 500 && room.height >= 200 ? 24 : 0;  // of the plane, at the right of the map and below it
  const double share = columns > 4 ? 0.34 : 0.42;
  const double side = p.map ? std::max(20.0, std::min({room.width * share, room.height - numbers * 0.75, 560.0})) : 0;
  double picture = 0, aspect = 1;  // the width of the input, height / width
  if (p.image) {
    const nn::ConstView pixels = rows_of(p.numbers["picture"]);
    aspect = double(pixels.rows) / double(pixels.columns);
    picture = std::min({room.width * 0.26, 260.0, room.height / aspect});
  }
  // Between inputs and output. Where no column stands there, the buttons for layers do.
  const double least = std::min(room.width * 0.16, 56.0), usual = std::min(room.width * 0.08, 110.0);
  const double gap = columns > 1 ? usual : std::clamp(room.width * 0.3 - 60, least, 120.0);
  const double before = p.image ? picture + std::min(room.width * 0.1, 140.0) : p.label + 9;
  const double after = p.map ? p.words + gap + side + numbers : p.words;
  Box middle = {room.x + before, room.y, std::max(10.0, room.width - before - after), room.height};
  Box below = middle;  // of the strip for controls
  below.cut_top(controls);
  const double largest = std::clamp(room.height / 9, 44.0, 72.0);
  Layered nodes = layered(std::span(p.sizes).subspan(from, to - from), below, largest);
  const double widest_step = std::max(4.6 * nodes.size, 200.0), most = nodes.size + (columns - 1) * widest_step;
  if (middle.width > most) {
    below = {below.x, below.y, most, below.height};
    nodes = layered(std::span(p.sizes).subspan(from, to - from), below, largest);
  }
  const double spare = (middle.width - below.width) / 2, left = room.x + spare;

  // Down: everything about one middle line, as high up as the strip allows.
  const double high = bottom_of(nodes) - top_of(nodes), tall = std::max({high + controls, side + numbers * 0.75, picture * aspect});
  const double top = room.y + (room.height - tall) / 2, center = std::max(top + controls + high / 2, top + tall / 2);
  move(nodes, spare + (columns == 1 ? -(below.width - nodes.size) / 2 : 0), center - high / 2 - top_of(nodes));
  if (p.image) p.input = {left, std::max(top, center - picture * aspect / 2), picture, picture * aspect};
  if (p.map) {
    const double x = left + before + below.width + p.words + gap;
    p.output = {std::round(x), std::round(std::clamp(center - side / 2, room.y, room.bottom() - side - numbers * 0.75)), std::floor(side),
                std::floor(side)};
  }
  p.body.y = top, p.body.height = tall;
  p.nodes.size = nodes.size, p.nodes.pitch = nodes.pitch;
  p.nodes.columns.assign(p.sizes.size(), {});
  for (std::size_t k = from; k < to; k++) p.nodes.columns[k] = nodes.columns[k - from];
}

void add_areas(Picture& p) {
  const std::size_t hidden = p.hidden_layers(), last = p.sizes.size() - 1;
  const Box input = p.image ? p.input : p.node(0, 0), output = p.is_large(last) ? p.output : p.node(last, 0);
  const double from = input.right() + 4, to = output.x - 4, top = p.body.y, height = p.body.height;
  p.scene.add(Rect{.box = {from, top, std::max(0.0, to - from), height}, .id = "columns"});
  for (std::size_t k = 1; k <= hidden; k++) {
    const Box node = p.node(k, 0);
    const double left = k == 1 ? from : (p.node(k - 1, 0).right() + node.x) / 2,
                 right = k == hidden ? to : (node.right() + p.node(k + 1, 0).x) / 2;
    const double reach = std::min({node.x - left, right - node.right(), 40.0});  // as far at both sides
    p.scene.add(Rect{.box = {node.x - reach, top, node.width + 2 * reach, height}, .id = "column:" + std::to_string(k)});
  }
}

}  // namespace viz::network
