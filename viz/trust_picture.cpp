// From the left: the map, its curves, its table; below them the cascade.
#include "viz/trust_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/explanation_picture.h"
#include "viz/layout.h"
#include "viz/map_tiles.h"
#include "viz/pictures.h"
#include "viz/text.h"

namespace viz::trust {

namespace {

using figure::small;
using nn::Index;

constexpr const char* rows[] = {"this map", "a random order", "|x − background|", "this map, untrained"};

nn::Shape shape_of(const Numbers& numbers) {
  const auto& size = numbers["picture"].shape;
  return {size[0], size[1], size[2]};
}
bool is_signed(const Numbers& numbers) { return rows_of(numbers["facts"])(0, 3) > 0; }

// The picture under its map, with the mask's outline; and what the map promises.
void add_map_column(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const nn::Shape shape = shape_of(numbers);
  const bool promises = numbers["shares"].shape[0] > 0 && room.height > 170 && room.width > 130;
  if (room.height > 120) {
    const Box foot = room.cut_bottom(promises ? 54 : 20);
    if (promises)
      add_shares(scene, {foot.x, foot.y + 6, foot.width, 44}, numbers, style);
    else if (foot.width > 60)
      add_words(scene, {foot.x, foot.y + 14}, numbers["shares"].shape[0] > 0 ? "" : "promises no sum", foot.width, style.theme->muted);
  }
  const nn::ConstView map = picture_at(numbers["maps"], 0);
  const Box place = fitted(shape, room);
  add_overlay(scene, rows_of(numbers["picture"]), shape, map, place, extent(map), style);
  if (extent(map) == 0) add_zero_badge(scene, place, is_signed(numbers), style);
  if (!numbers.has("mask")) return;
  const nn::ConstView mask = rows_of(numbers["mask"]);
  Path outline{.stroke = style.theme->text, .line_width = 1.5};
  const double across = place.width / double(mask.columns), down = place.height / double(mask.rows);
  const auto in = [&](Index i, Index j) { return i >= 0 && j >= 0 && i < mask.rows && j < mask.columns && mask(i, j) > 0; };
  for (Index i = 0; i <= mask.rows; i++)
    for (Index j = 0; j <= mask.columns; j++) {
      const Point corner{place.x + across * double(j), place.y + down * double(i)};
      if (j < mask.columns && in(i, j) != in(i - 1, j)) outline.move(corner).line({corner.x + across, corner.y});
      if (i < mask.rows && in(i, j) != in(i, j - 1)) outline.move(corner).line({corner.x, corner.y + down});
    }
  if (!outline.segments.empty()) scene.add(outline);
}

void add_curves(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const nn::ConstView curves = rows_of(numbers["curves"]);
  const bool beside = room.width > room.height * 1.3;
  const Box first = beside ? room.cut_left(room.width / 2 - 5) : room.cut_top(room.height / 2 - 4);
  beside ? room.cut_left(10) : room.cut_top(8);
  const Color colors[] = {style.theme->accent, style.theme->muted, style.theme->warning};
  for (int k = 0; k < 2; k++) {
    Plot plot;
    plot.title = k == 0 ? "Deletion: should fall at once" : "Insertion: should rise at once";
    plot.x_label = "share of pixels", plot.y_label = words_of(numbers, "target")[1];
    if (words_of(numbers, "target")[1] == "probability") plot.y_range = Range{0, 1};
    for (int of = 0; of < 3; of++) {
      Series series{.name = rows[of], .color = colors[of], .width = of == 0 ? 2.2 : 1.4};
      if (of == 1) series.dash = {4, 3};
      for (Index i = 0; i < curves.columns; i++) {
        series.x.push_back(double(i) / double(curves.columns - 1));
        series.y.push_back(double(curves(3 * k + of, i)));
      }
      plot.series.push_back(std::move(series));
    }
    const Box box = k == 0 ? first : room;
    if (box.width >= 110 && box.height >= 80) scene.append(draw(plot, box, *style.theme));
  }
}

// What was measured of this map, beside maps that know nothing.
void add_table(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const nn::ConstView table = rows_of(numbers["table"]);
  static constexpr const char* columns[] = {"deletion", "insertion", "infidelity", "points", "mass", "rank", "AUC"};
  const int shown = numbers.has("mask") ? 7 : 3;
  const double name = std::min(room.width * 0.36, 150.0), width = std::min((room.width - name) / shown, 86.0), row = 18;
  if (width < 30 || room.height < 3 * row) return;
  const auto write = [&](int line, int column, const std::string& words, Color color, Font font = Font::regular) {
    const double y = room.y + row * line + 13;
    if (column < 0)
      add_words(scene, {room.x, y}, words, name - 6, color, Anchor::start, small, font);
    else
      add_words(scene, {room.x + name + width * (column + 1) - 4, y}, words, width - 6, color, Anchor::end, small, font);
  };
  for (int c = 0; c < shown; c++) write(0, c, columns[c], style.theme->muted);
  const double beside = room.x + name + width * shown + 20;
  if (room.right() - beside > 150)
    scene.append(paragraph("Areas under the curves. |x − background| knows no network and may do as well as any: curves show, they prove "
                           "nothing.",
                           small, room.right() - beside, style.theme->muted),
                 {beside, room.y + 2});
  for (int r = 0; r < 4 && row * (r + 2) <= room.height; r++) {
    if (r == 3 && shown == 3) break;  // of the untrained network the mask alone can tell
    const Font font = r == 0 ? Font::bold : Font::regular;
    write(r + 1, -1, rows[r], style.theme->text, font);
    for (int c = 0; c < shown; c++) {
      const double value = double(table(r, c));
      write(r + 1, c, std::isnan(value) ? "–" : c == 3 ? (value > 0 ? "inside" : "beside") : decimal_words(value), style.theme->text, font);
    }
  }
}

// The map while the network is destroyed from its end, and how much of its order is left.
void add_cascade(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const nn::Shape shape = shape_of(numbers);
  const nn::ConstView correlations = rows_of(numbers["correlations"]);
  const Index count = correlations.columns;
  if (room.height > 70) {
    const Box heading = room.cut_top(20);
    const double last = double(correlations(0, count - 1));
    add_words(scene, {heading.x, heading.y + 13},
              std::string("Layers made random, the last first: ") +
                  (std::abs(last) > 0.5 ? "the map hardly changes, it cannot show what was learned" : "the map changes with the network") +
                  ". Rank correlation over ink pixels",
              heading.width, style.theme->text);
  }
  const double label = room.height > 60 ? 30 : 0;
  const Tiling tiling = tiles(
      int(count), room, {.aspect = double(shape.height) / double(shape.width), .gap = 8, .label = label, .smallest = 12, .largest = 130});
  for (int k = 0; k < std::min(tiling.shown, int(count)); k++) {
    const Box tile = tiling.tile(k);
    const nn::ConstView map = picture_at(numbers["maps"], k);
    add_heat(scene, map, tile, extent(map), is_signed(numbers), style);
    if (label == 0) continue;
    add_words(scene, {tile.center().x, tile.bottom() + 12}, words_of(numbers, "layers")[std::size_t(k)], tile.width + 6, style.theme->muted,
              Anchor::middle);
    add_words(scene, {tile.center().x, tile.bottom() + 26}, decimal_words(double(correlations(0, k))), tile.width + 6, style.theme->text,
              Anchor::middle);
  }
}

}  // namespace

Scene drawn(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = add_title(scene, "Can this be believed? " + words_of(numbers, "explainer")[0] + " of " + words_of(numbers, "target")[0],
                       words_of(numbers, "example")[0] + ", baseline: " + words_of(numbers, "fill")[0], style);
  if (room.width < 420 || room.height < 260) {  // what fits: the map, or the cascade below it
    const bool wide = room.width > room.height;
    Box map = wide ? room.cut_left(std::min(room.width * 0.4, room.height)) : room.cut_top(room.height * 0.5);
    wide ? room.cut_left(10) : room.cut_top(8);
    add_map_column(scene, numbers, map, style);
    const Box table = room.cut_top(std::min(room.height * 0.5, 92.0));
    add_table(scene, numbers, table, style);
    add_cascade(scene, numbers, room, style);
    return scene;
  }
  Box below = room.cut_bottom(std::min(room.height * 0.34, 190.0));
  room.cut_bottom(8);
  if (room.width > 640) {
    add_map_column(scene, numbers, room.cut_left(std::min(room.width * 0.3, room.height - 50)), style);
    room.cut_left(16);
  }
  add_table(scene, numbers, room.cut_bottom(92), style);
  room.cut_bottom(6);
  add_curves(scene, numbers, room, style);
  add_cascade(scene, numbers, below, style);
  return scene;
}

}  // namespace viz::trust
