// Whole maps as nodes: a column for each stage, and the links into the chosen map.
#include <algorithm>
#include <cmath>

#include "viz/diagram_picture.h"
#include "viz/layout.h"
#include "viz/text.h"

namespace viz::diagram {

using figure::small;
using nn::Index;

namespace {

std::string size_words(const nn::Shape& s) {
  if (s.height * s.width == 1) return count_words(s.channels);
  return count_words(s.channels) + " × " + std::to_string(s.height) + "×" + std::to_string(s.width);
}

// Where a unit is drawn; those that are not shown lie in the box that stands for them.
Box node(const Column& column, Index i) { return i < std::ssize(column.nodes) ? column.nodes[std::size_t(i)] : column.more; }

double finite(double x) { return std::isfinite(x) ? x : 0; }

// Each column as large as its maps can be.
std::vector<Column> columns_of(const Diagram& d, Box room, double step) {
  std::vector<Column> all;
  for (std::size_t k = 0; k < d.shapes.size(); k++) {
    const double width = std::min(step * 0.66, 110.0);
    const Box box{room.x + (double(k) + 0.5) * step - width / 2, room.y, width, room.height};
    const int count = int(d.shapes[k].channels);
    all.push_back(std::move(layered(std::span(&count, 1), box, d.vector(k) ? 26 : width).columns[0]));
    all.back().nodes.resize(std::min(all.back().nodes.size(), std::size_t(most_maps)));
  }
  return all;
}

void add_links(Scene& scene, const Diagram& d, const std::vector<Column>& columns) {
  if (d.stage == 0) return;
  double sums = 1e-12, norms = 1e-12;
  for (Index i = 0; i < d.links.rows; i++)
    sums = std::max(sums, std::abs(finite(d.links(i, 1)))), norms = std::max(norms, finite(d.links(i, 2)));
  const Column &before = columns[d.stage - 1], &own = columns[d.stage];
  const Box to = node(own, d.unit.channel);
  std::vector<Index> order;
  for (Index i = 0; i < d.links.rows; i++) order.push_back(i);
  std::ranges::stable_sort(order, {}, [&](Index i) { return finite(d.links(i, 2)); });
  for (const Index i : order) {
    const double sum = d.links(i, 1), norm = d.links(i, 2);
    const Index channel = Index(d.links(i, 0));
    const Box from = node(before, channel);
    Path path = link({from.right(), from.center().y}, {to.x, to.center().y});
    path.stroke = link_color(d, sum, sums);
    path.line_width = d.learned ? 0.7 + 4.3 * finite(norm) / norms : 1.5;
    path.id = "from:" + std::to_string(channel + 1);
    path.tip = "from " + d.unit_name(d.stage - 1, channel);
    if (d.learned && d.vector(d.stage - 1) && d.vector(d.stage))
      path.tip += ": weight " + number_words(sum);
    else if (d.learned)
      path.tip += ": its weights add up to " + number_words(sum) + ", their norm is " + number_words(norm);
    scene.add(std::move(path));
  }
}

void add_node(Scene& scene, const Diagram& d, std::size_t k, Index i, Box box) {
  const Shades shades = d.shades(k);
  const bool chosen = k == d.stage && i == d.unit.channel;
  const nn::ConstView values = d.map(k, i);
  const std::string tip = d.unit_name(k, i) + (d.vector(k) ? ": " + number_words(double(values(0, 0))) : "");
  const Box fit = fitted(d.shapes[k], box);
  if (d.vector(k)) {
    scene.add(Rect{.box = box, .radius = box.width / 2, .fill = color_at(shades.scale, double(values(0, 0)), shades.low, shades.high)});
  } else {
    scene.add(heat(values, fit, shades.scale, shades.low, shades.high));
  }
  scene.add(Rect{.box = d.vector(k) ? box : fit,
                 .radius = d.vector(k) ? box.width / 2 : 0,
                 .stroke = chosen ? d.style.theme->accent : d.style.theme->line,
                 .line_width = chosen ? 2.5 : 1,
                 .id = on_hover({{"stage", double(k)}, {"unit", double(i + 1)}}),
                 .tip = tip});
}

// The classes beside the last column, with what the network says of each.
void add_classes(Scene& scene, const Diagram& d, const Column& column, double width) {
  const auto& classes = words_of(d.numbers, "classes");
  const std::size_t last = d.shapes.size() - 1;
  if (d.shapes[last].channels != std::ssize(classes) || column.nodes.size() < 2) return;
  if (column.nodes[1].y - column.nodes[0].y < 11) return;
  for (std::size_t i = 0; i < column.nodes.size(); i++) {
    const Box box = column.nodes[i];
    const bool chosen = d.stage == last && Index(i) == d.unit.channel;
    add_words(scene, {box.right() + 6, box.center().y + cap_height(small) / 2},
              classes[i] + "  " + decimal_words(double(d.map(last, Index(i))(0, 0))), width - 6, d.style.theme->text, Anchor::start, small,
              chosen ? Font::bold : Font::regular);
  }
}

// How many more there are; the chosen one of them by its number.
void add_more(Scene& scene, const Diagram& d, std::size_t k, const Column& column, double step) {
  if (column.hidden == 0) return;
  const bool chosen = k == d.stage && d.unit.channel >= std::ssize(column.nodes);
  const Box box{column.more.center().x - step / 2 + 2, column.more.y, step - 4, column.more.height};
  if (chosen) add_frame(scene, column.more, d.style.theme->accent, 2.5);
  add_centered(scene, box, chosen ? std::to_string(d.unit.channel + 1) : "+" + count_words(column.hidden),
               chosen ? d.style.theme->text : d.style.theme->muted);
}

// Name and size of a stage above its column, and an arrow that leads to it; where there is no room, the chosen one's alone.
void add_head(Scene& scene, const Diagram& d, std::size_t k, double x, Box heads, double step) {
  const Theme& theme = *d.style.theme;
  const bool here = k == d.stage, narrow = step < 44;
  if (narrow && !here) return;
  const double half = std::min({narrow ? 60 : step / 2 - 2, x - scene.box.x, scene.box.right() - x});
  add_words(scene, {x, heads.y + 12}, d.names[k], 2 * half, here ? theme.text : theme.muted, Anchor::middle, small,
            here ? Font::bold : Font::regular);
  if (heads.height > 30) add_words(scene, {x, heads.y + 27}, size_words(d.shapes[k]), 2 * half, theme.muted, Anchor::middle);
  if (k == 0 || narrow) return;
  const double name = text_width(d.names[k], small) / 2 + 8, gap = step - name - text_width(d.names[k - 1], small) / 2 - 8;
  if (gap < 12) return;
  const double y = heads.y + 8, to = x - name, from = to - std::min(gap, 22.0);
  scene.add_line({from, y}, {to - 4, y}, theme.line, 1.3);
  scene.add(Path{.closed = true, .fill = theme.line}.move({to, y}).line({to - 6, y - 3}).line({to - 6, y + 3}));
}

}  // namespace

void add_maps(Scene& scene, const Diagram& d, Box room) {
  const Theme& theme = *d.style.theme;
  double words = 0;
  for (const std::string& name : words_of(d.numbers, "classes")) words = std::max(words, text_width(name, small) + 44);
  words =
      room.width >= 400 && d.shapes.back().channels == std::ssize(words_of(d.numbers, "classes")) ? std::min(words, room.width * 0.16) : 0;
  const Box heads = room.cut_top(room.height > 150 ? 34 : 18);
  const Box feet = room.height > 110 ? room.cut_bottom(20) : Box{};
  room.cut_right(words);
  const double step = room.width / double(d.shapes.size());
  const std::vector<Column> all = columns_of(d, room.inset(0, 4), step);
  add_links(scene, d, all);
  for (std::size_t k = 0; k < all.size(); k++) {
    for (Index i = 0; i < std::ssize(all[k].nodes); i++) add_node(scene, d, k, i, all[k].nodes[std::size_t(i)]);
    add_more(scene, d, k, all[k], step);
    add_head(scene, d, k, room.x + (double(k) + 0.5) * step, heads, step);
    const double x = room.x + (double(k) + 0.5) * step;
    const std::string count = d.parameters[k] > 0 ? count_words(d.parameters[k]) : k == 0 && step > 66 ? "parameters" : "";
    if (feet.height > 0) add_words(scene, {x, feet.y + 14}, count, step - 4, theme.muted, Anchor::middle);
  }
  if (words > 0) add_classes(scene, d, all.back(), scene.box.right() - all.back().nodes[0].right() - 4);
}

}  // namespace viz::diagram
