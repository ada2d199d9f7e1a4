// Three panes.
#include "viz/patches_picture.h"

#include <algorithm>

#include "viz/explanation_picture.h"
#include "viz/layout.h"
#include "viz/pictures.h"

namespace viz::patches {

namespace {

using nn::Index;

Pixels box_at(const Numbers& numbers, Index i) {
  const nn::ConstView b = rows_of(numbers["boxes"]);
  return {Index(b(i, 0)), Index(b(i, 1)), Index(b(i, 2)), Index(b(i, 3))};
}

void add_field(Scene& scene, const Pixels& field, const nn::Shape& shape, Box place, const Style& style) {
  Path dashed{.closed = true, .stroke = style.theme->warning, .line_width = 2, .dash = {5, 4}};
  const Box box = box_of(field, shape, place);
  scene.add(ClipStart{place});
  scene.add(dashed.move({box.x, box.y}).line({box.right(), box.y}).line({box.right(), box.bottom()}).line({box.x, box.bottom()}));
  scene.add(ClipEnd{});
}

// Around the numbers above half of the largest: the edges between pixels that are above and pixels that are not.
void add_contour(Scene& scene, nn::ConstView map, Box place, const Style& style) {
  const double most = extent(map), across = place.width / double(map.columns), down = place.height / double(map.rows);
  if (most <= 0) return;
  const auto above = [&](Index i, Index j) { return i >= 0 && j >= 0 && i < map.rows && j<map.columns&& double(map(i, j))> most / 2; };
  Path path{.stroke = style.theme->text, .line_width = 2};
  for (Index i = 0; i <= map.rows; i++)
    for (Index j = 0; j <= map.columns; j++) {
      const Point corner{place.x + across * double(j), place.y + down * double(i)};
      if (j < map.columns && above(i, j) != above(i - 1, j)) path.move(corner).line({corner.x + across, corner.y});
      if (i < map.rows && above(i, j) != above(i, j - 1)) path.move(corner).line({corner.x, corner.y + down});
    }
  scene.add(path);
}

// The part of the average around the theoretical field, as far as the patches reach: its first row and column, and how many.
Pixels shown_part(const Numbers& numbers, const Pixels& field, const nn::Shape& shape) {
  const Index reach = std::max(box_at(numbers, 1).height, box_at(numbers, 1).width) + 1;
  const auto side = [&](Index size, Index whole) { return std::min(size + 2 * reach, 2 * whole - 1); };
  const Index height = side(field.height, shape.height), width = side(field.width, shape.width);
  return {shape.height - 1 - (height - 1) / 2, shape.width - 1 - (width - 1) / 2, height, width};
}

std::string by(const Pixels& p) { return std::to_string(p.height) + " x " + std::to_string(p.width); }

}  // namespace

Scene drawn(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const auto& target = words_of(numbers, "target");
  const auto& size = numbers["picture"].shape;
  const nn::Shape shape{size[0], size[1], size[2]};
  const nn::ConstView seen = rows_of(numbers["seen"]), average = rows_of(numbers["average"]), map = rows_of(numbers["discrepancy"]);
  const Pixels field = box_at(numbers, 0), patch = box_at(numbers, 1);
  Box room = add_title(scene, "Random patches: what changes " + target[0] + "?", words_of(numbers, "example")[0], style);
  const bool captions = room.height > 130;
  const double label = captions ? (room.height > 260 ? 62 : 20) : 0;
  const Tiling panes =
      tiles(3, room, {.aspect = double(shape.height) / double(shape.width), .gap = 14, .label = label, .smallest = 8, .largest = 460});
  const std::string unit = "unit " + words_of(numbers, "stage")[1] + " of " + words_of(numbers, "stage")[0];
  const auto caption = [&](Box pane, int line, const std::string& words, bool strong) {
    if (captions && (line == 0 || label > 40))
      add_words(scene, {pane.x, pane.bottom() + 14 + 16 * line}, words, pane.width + 8, strong ? style.theme->text : style.theme->muted);
  };
  if (panes.shown > 0) {
    const Box pane = fitted(shape, panes.tile(0));
    scene.add(picture_image(rows_of(numbers["covered"]), shape, pane));
    scene.add(Rect{.box = pane, .stroke = style.theme->line});
    scene.add(Rect{.box = box_of(patch, shape, pane), .stroke = style.theme->accent, .line_width = 2});
    add_field(scene, field, shape, pane, style);
    caption(pane, 0, "the patch that changes most", true);
    caption(pane, 1, "dashed: what it can see, " + by(field), false);
    caption(pane, 2, "score " + number_words(seen(0, 2)), false);
  }
  if (panes.shown > 1) {
    const Box pane = fitted(shape, panes.tile(1));
    add_heat(scene, map, pane, extent(map), false, style);
    add_field(scene, field, shape, pane, style);
    caption(pane, 0, "mean change of the score", true);
    if (captions && label > 40) add_heat_bar(scene, {pane.x, pane.bottom() + 22, pane.width, 24}, extent(map), false, style);
  }
  if (panes.shown > 2) {
    const Pixels part = shown_part(numbers, field, shape);
    const Box pane = fitted({1, part.height, part.width}, panes.tile(2));
    nn::Matrix cut(part.height, part.width);
    for (Index i = 0; i < part.height; i++)
      for (Index j = 0; j < part.width; j++) cut(i, j) = average(part.top + i, part.left + j);
    add_heat(scene, cut, pane, extent(average), false, style);
    add_contour(scene, cut, pane, style);
    // the field's middle is the middle of the average, in half pixels rounded down
    const Pixels centred{shape.height - 1 - (field.height - 1) / 2 - part.top, shape.width - 1 - (field.width - 1) / 2 - part.left,
                         field.height, field.width};
    add_field(scene, centred, {1, part.height, part.width}, pane, style);
    caption(panes.tile(2), 0, unit + " over " + number_words(seen(0, 0)) + " images", true);
    const std::string used = seen(0, 0) == 0 ? "says nothing of any image"
                                             : std::string(seen(0, 3) > 0 ? "uses at most " : "uses ") +
                                                   number_words(seen(0, 3) > 0 ? double(patch.height) : double(seen(0, 1))) + " of " +
                                                   number_words(double(std::max(field.height, field.width)));
    caption(panes.tile(2), 1, used + " pixels", false);
    caption(panes.tile(2), 2, "line: above half of the largest", false);
  }
  return scene;
}

}  // namespace viz::patches
