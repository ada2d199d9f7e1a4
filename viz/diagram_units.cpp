// Single units as nodes: the unit in its map, the maps of the stage before with a line from every unit in its window, and the input with
// its receptive field.
#include <algorithm>
#include <cmath>
#include <optional>

#include "viz/diagram_picture.h"
#include "viz/layout.h"
#include "viz/text.h"

namespace viz::diagram {

using figure::small;
using nn::Index;

namespace {

double finite(double x) { return std::isfinite(x) ? x : 0; }

Box caption_row(Scene& scene, Box& box, const std::string& words, const Theme& theme) {
  const Box row = box.cut_top(18);
  add_words(scene, {box.center().x, row.y + 12}, words, box.width, theme.muted, Anchor::middle);
  return row;
}

Box pixel(Box map, const nn::Shape& shape, Index row, Index column) {
  const double high = map.height / double(shape.height), wide = map.width / double(shape.width);
  return {map.x + double(column) * wide, map.y + double(row) * high, wide, high};
}

// Boxes of the first maps of a stage; units of a vector are small squares.
std::vector<Box> boxes_of(const Diagram& d, std::size_t k, Box room) {
  const nn::Shape shape = d.shapes[k];
  const TileRule rule{.aspect = double(shape.height) / double(shape.width),
                      .gap = 6,
                      .label = 0,
                      .smallest = 10,
                      .largest = d.vector(k)           ? 26.0
                                 : shape.channels == 1 ? 360.0
                                                       : 150.0};
  const Tiling tiling = tiles(int(std::min(shape.channels, most_maps)), room, rule);
  const double width = tiling.columns * (tiling.width + tiling.gap) - tiling.gap,
               height = tiling.rows * (tiling.height + tiling.gap) - tiling.gap;
  std::vector<Box> all;
  for (int i = 0; i < tiling.shown; i++)
    all.push_back(tiling.tile(i).moved({std::max(0.0, (room.width - width) / 2), std::max(0.0, (room.height - height) / 2)}));
  return all;
}

void add_map(Scene& scene, const Diagram& d, std::size_t k, Index channel, Box box, const std::string& id, bool chosen) {
  const Shades shades = d.shades(k);
  scene.add(readable(heat(d.map(k, channel), box, shades.scale, shades.low, shades.high), d.map(k, channel)));
  scene.add(Rect{.box = box, .stroke = chosen ? d.style.theme->accent : d.style.theme->line, .line_width = chosen ? 2.0 : 1.0, .id = id});
}

// The place in the stage before that a line begins at, and the strongest lines on top. Returns how many are drawn.
Index add_lines(Scene& scene, const Diagram& d, const std::vector<Box>& before, Point to) {
  std::vector<Index> order;
  double range = 1e-12;
  for (Index i = 0; i < d.links.rows; i++) {
    if (Index(d.links(i, 0)) < std::ssize(before)) order.push_back(i);
    range = std::max(range, std::abs(finite(d.links(i, 3))));
  }
  std::ranges::stable_sort(order, {}, [&](Index i) { return -std::abs(finite(d.links(i, 3))); });
  order.resize(std::min<std::size_t>(order.size(), std::size_t(most_links)));
  std::ranges::reverse(order);
  for (const Index i : order) {
    const Index channel = Index(d.links(i, 0)), row = Index(d.links(i, 1)), column = Index(d.links(i, 2));
    const Box from = pixel(before[std::size_t(channel)], d.shapes[d.stage - 1], row, column);
    const double weight = d.links(i, 3), share = std::abs(finite(weight)) / range;
    Path path = link({from.center().x, from.center().y}, to);
    path.stroke = link_color(d, weight, range);
    path.line_width = d.learned ? 0.4 + 2.2 * share : 1;
    path.id = "from:" + std::to_string(channel + 1) + ":" + std::to_string(row + 1) + ":" + std::to_string(column + 1);
    path.tip = "from " + d.unit_name(d.stage - 1, channel) +
               (d.vector(d.stage - 1) ? "" : ", row " + std::to_string(row + 1) + ", column " + std::to_string(column + 1)) +
               (d.learned ? ": weight " + number_words(weight) : "") + ", number " + number_words(double(d.links(i, 4)));
    scene.add(std::move(path));
  }
  return std::ssize(order);
}

// Pales what lies around the window, so that the lines are seen to come from it.
void add_focus(Scene& scene, const Diagram& d, Index channel, Box map) {
  const Color pale = with_alpha(d.style.theme->background, 0.55);
  std::optional<Box> window;
  for (Index i = 0; i < d.links.rows; i++) {
    if (Index(d.links(i, 0)) != channel) continue;
    const Box slot = pixel(map, d.shapes[d.stage - 1], Index(d.links(i, 1)), Index(d.links(i, 2)));
    window = window ? united(*window, slot) : slot;
  }
  if (!window) return void(scene.add(Rect{.box = map, .fill = pale}));
  Box rest = map;
  for (const Box& side : {rest.cut_top(window->y - map.y), rest.cut_bottom(map.bottom() - window->bottom()),
                          rest.cut_left(window->x - map.x), rest.cut_right(map.right() - window->right())})
    if (side.width > 0.01 && side.height > 0.01) scene.add(Rect{.box = side, .fill = pale});
  scene.add(Rect{.box = *window, .stroke = d.style.theme->accent, .line_width = 1.2});
}

void add_targets(Scene& scene, const Diagram& d, Box box) {
  constexpr double most = 1200;
  const nn::Shape shape = d.shapes[d.stage];
  const Index step = Index(std::ceil(std::sqrt(std::max(1.0, double(shape.height * shape.width) / most))));
  for (Index i = 0; i < shape.height; i += step)
    for (Index j = 0; j < shape.width; j += step) {
      const Box first = pixel(box, shape, i, j);
      const Index row = std::min(i + step / 2, shape.height - 1), column = std::min(j + step / 2, shape.width - 1);
      scene.add(Rect{.box = intersection({first.x, first.y, first.width * double(step), first.height * double(step)}, box),
                     .id = on_hover({{"row", double(row + 1)}, {"column", double(column + 1)}})});
    }
}

// The unit in its own map; or, of a vector, among the others.
Point add_unit(Scene& scene, const Diagram& d, Box room) {
  const Theme& theme = *d.style.theme;
  if (d.vector(d.stage)) {
    const std::vector<Box> boxes = boxes_of(d, d.stage, room);
    for (std::size_t i = 0; i < boxes.size(); i++)
      add_map(scene, d, d.stage, Index(i), boxes[i], on_hover({{"unit", double(i + 1)}}), Index(i) == d.unit.channel);
    const Index at = std::min<Index>(d.unit.channel, std::ssize(boxes) - 1);
    return {boxes[std::size_t(at)].x, boxes[std::size_t(at)].center().y};
  }
  Box map = fitted(d.shapes[d.stage], room.inset(4));
  const Shades shades = d.shades(d.stage);
  const nn::ConstView values = rows_of(d.numbers["chosen"]);
  scene.add(readable(heat(values, map, shades.scale, shades.low, shades.high), values));
  add_targets(scene, d, map);
  scene.add(Rect{.box = map, .stroke = theme.line});
  const Box unit = pixel(map, d.shapes[d.stage], d.unit.row, d.unit.column);
  add_frame(scene, unit, theme.accent, 2.5);
  return {unit.x, unit.center().y};
}

}  // namespace

void add_units(Scene& scene, const Diagram& d, Box room) {
  const Theme& theme = *d.style.theme;
  const std::size_t before = d.stage - 1;
  const bool input = before > 0;  // else the stage before is the input
  const bool picture = !d.vector(0);
  const double gap = std::clamp(room.width * 0.06, 14.0, 60.0);
  const bool notes = room.height > 130;
  Box foot = notes ? room.cut_bottom(20) : Box{};
  if (input) {
    Box left = room.cut_left((room.width - 2 * gap) * 0.27);
    room.cut_left(gap);
    const std::string size = picture ? ", sees " + std::to_string(d.field.height) + " x " + std::to_string(d.field.width) : "";
    caption_row(scene, left, "input" + size, theme);
    const Box box = picture ? fitted(d.shapes[0], left) : left;
    if (picture) {
      scene.add(picture_image(rows_of(d.numbers["stage 0"]), d.shapes[0], box));
      scene.add(Rect{.box = box, .stroke = theme.line});
      add_frame(scene, box_of(d.field, d.shapes[0], box), theme.accent, 2.5);
      scene.add(Rect{.box = box_of(d.field, d.shapes[0], box), .id = "field", .tip = "the receptive field: all that the unit can see"});
    } else {
      const std::vector<Box> boxes = boxes_of(d, 0, left);
      for (std::size_t i = 0; i < boxes.size(); i++) add_map(scene, d, 0, Index(i), boxes[i], "", false);
    }
  }
  Box middle = room.cut_left((room.width - gap) * 0.58);
  room.cut_left(gap);
  const Index shown = std::min(d.shapes[before].channels, most_maps);
  caption_row(scene, middle,
              d.names[before] + (shown < d.shapes[before].channels
                                     ? ", the first " + std::to_string(shown) + " of " + count_words(d.shapes[before].channels)
                                     : ""),
              theme);
  caption_row(scene, room, d.unit_name(d.stage, d.unit.channel), theme);
  const std::vector<Box> boxes = boxes_of(d, before, middle);
  for (std::size_t i = 0; i < boxes.size(); i++) {
    add_map(scene, d, before, Index(i), boxes[i], "", false);
    if (!d.vector(before)) add_focus(scene, d, Index(i), boxes[i]);
  }
  const Point to = add_unit(scene, d, room);
  const Index drawn = add_lines(scene, d, boxes, to);
  if (!notes) return;
  const std::string words = drawn == d.links.rows ? "every line comes from a unit in the window of this one"
                                                  : "of " + count_words(d.links.rows) + " links, the " + count_words(drawn) +
                                                        " strongest from the maps shown are drawn";
  add_words(scene, {foot.x, foot.y + 14}, words, foot.width, theme.muted);
}

}  // namespace viz::diagram
