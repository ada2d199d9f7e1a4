// The units of the toolbox: all of a stage, and the chosen one with its picture backwards and its top images.
#include <algorithm>
#include <cmath>

#include "viz/layout.h"
#include "viz/link.h"
#include "viz/text.h"
#include "viz/toolbox_picture.h"

namespace viz::toolbox {

namespace {

using figure::small;
using nn::Index;

struct Statistics {
  double low, mean = 0, high, zeros = 0;
  Index row = 0, column = 0;  // of the largest

  explicit Statistics(nn::ConstView map) : low(double(map(0, 0))), high(low) {
    const double count = double(map.rows * map.columns);
    for (Index i = 0; i < map.rows; i++)
      for (Index j = 0; j < map.columns; j++) {
        const double value = double(map(i, j));
        if (value > high) high = value, row = i, column = j;
        low = std::min(low, value), mean += value / count, zeros += (value == 0) / count;
      }
  }
  std::string words() const {
    return "min " + number_words(low) + " · mean " + number_words(mean) + " · max " + number_words(high) +
           (zeros > 0 ? " · " + std::to_string(std::lround(100 * zeros)) + " % zero" : "");
  }
};

std::string tip_of(const Toolbox& t, Index i) {
  const nn::ConstView map = t.map(i);
  std::string words = t.name(i) + ": " + (t.alone() ? number_words(double(map(0, 0))) : Statistics(map).words());
  if (t.dead(i)) words += "; dead: 0 on all of " + t.word("images") + " training images";
  return words;
}

// The picture of a unit's map; the input is no activation, and is as bright as it is.
Image map_image(const Toolbox& t, Index i, Box box, const Style& style) {
  if (t.stage == 0) return readable(heat(t.map(i), box, Scale::grey, 0, white_of(rows_of(t.numbers["maps"]))), t.map(i));
  return readable(heat(t.map(i), box, style.scale, -t.range(i), t.range(i)), t.map(i));
}

void add_badge(Scene& scene, Box tile, const std::string& words) {
  if (tile.width < text_width(words, small) + 4 || tile.height < small + 2) return;
  add_centered(scene, tile, words, {0x5b, 0x68, 0x75}, small);
}

void add_tile(Scene& scene, const Toolbox& t, Index i, Box tile, const Style& style) {
  const bool alone = t.alone();
  const Best best = t.best("best", i);
  if (t.pattern() && !t.dead(i)) {
    const Box place = fitted({1, best.field.height, best.field.width}, tile);
    scene.add(picture_part(best.picture, t.picture, best.field, place));
  } else {
    scene.add(map_image(t, i, tile, style));
    if (t.dead(i))
      add_badge(scene, tile, "dead");
    else if (!alone && extent(t.map(i)) == 0)
      add_badge(scene, tile, "0");
  }
  const bool is_chosen = i == t.unit;
  scene.add(Rect{.box = is_chosen ? tile.inset(-1) : tile,
                 .stroke = is_chosen ? style.theme->accent : style.theme->line,
                 .line_width = is_chosen ? 3.0 : 1.0,
                 .id = on_press({{"unit", double(i + 1)}}),
                 .tip = t.pattern() ? t.name(i) + ": " + number_words(best.value) + " on example " + count_words(best.row) : tip_of(t, i)});
  const double value = double(t.map(i)(0, 0));
  if (alone && !t.pattern() && tile.width >= 34 && !t.dead(i))
    add_centered(scene, tile.inset(2), number_words(value), ink_on(color_at(style.scale, value, -t.range(i), t.range(i))));
}

}  // namespace

int add_grid(Scene& scene, const Toolbox& t, Box box, const Style& style) {
  const bool alone = t.alone();
  const nn::Shape tile = t.pattern() ? nn::Shape{1, t.picture.height, t.picture.width} : t.shape;
  const Box below{box.x, box.y + heading, box.width, std::max(0.0, box.height - heading)};
  const TileRule plain{
      .aspect = double(tile.height) / double(tile.width), .gap = 6, .smallest = 12, .largest = alone && !t.pattern() ? 100.0 : 180.0};
  TileRule named = plain;
  named.label = 13;
  Tiling tiling = tiles(int(t.shape.channels), below, named);
  if (tiling.width < 34) tiling = tiles(int(t.shape.channels), below, plain);
  const Index first = t.unit / tiling.shown * tiling.shown, end = std::min(t.shape.channels, first + tiling.shown);
  std::string words = t.pattern() ? "best of " + t.word("images") + " training images" : t.word("stage words", std::size_t(t.stage));
  if (tiling.shown < t.shape.channels) words += ", " + std::to_string(first + 1) + " to " + std::to_string(end) + " shown";
  if (t.word("range") == "layer" && !t.pattern() && t.stage > 0) words += " · ±" + number_words(t.range(0));
  add_heading(scene, box, words, style);
  const auto& units = words_of(t.numbers, "units");
  for (Index i = first; i < end; i++) {
    const Box place = tiling.tile(int(i - first));
    add_tile(scene, t, i, place, style);
    if (tiling.label > 0)
      add_words(scene, {place.center().x, place.bottom() + 12}, units.empty() ? std::to_string(i + 1) : units[std::size_t(i)],
                place.width + 4, i == t.unit ? style.theme->text : style.theme->muted, Anchor::middle);
  }
  return tiling.columns;
}

void add_unit(Scene& scene, const Toolbox& t, Box box, const Style& style) {
  if (box.width < 30 || box.height < 30 + heading) return;
  add_heading(scene, box, t.name(t.unit), style);
  const Box place = fitted(t.shape, box);
  Image image = map_image(t, t.unit, place, style);
  image.tip = t.name(t.unit);
  scene.add(std::move(image));
  scene.add(Rect{.box = place, .stroke = style.theme->line});
  if (t.dead(t.unit))
    add_badge(scene, place, "dead");
  else if (extent(t.map(t.unit)) == 0)
    add_badge(scene, place, "0 everywhere");
  if (t.alone()) {
    const double value = double(t.map(t.unit)(0, 0)), range = t.range(t.unit);
    return add_centered(scene, place, number_words(value), ink_on(color_at(style.scale, value, -range, range)), 24);
  }
  const Box pixel = box_of({0, 0, 1, 1}, t.shape, place);
  const auto at = [&](Index i, Index j) { return pixel.moved({double(j) * pixel.width, double(i) * pixel.height}); };
  add_frame(scene, at(t.row, t.column), style);
  if (pixel.width < 3 || t.shape.height * t.shape.width > 4096) return;  // too small to be hit
  for (Index i = 0; i < t.shape.height; i++)
    for (Index j = 0; j < t.shape.width; j++)
      scene.add(Rect{.box = at(i, j), .id = on_press({{"row", double(i + 1)}, {"column", double(j + 1)}})});
}

void add_numbers(Scene& scene, const Toolbox& t, Box box, const Style& style) {
  if (box.width < 100 || box.height < 60) return;
  const Theme& theme = *style.theme;
  const nn::ConstView map = t.map(t.unit), field = rows_of(t.numbers["field"]);
  const bool alone = t.alone();
  const std::string value = number_words(double(map(t.row, t.column)));
  add_words(scene, {box.x, box.y + 14}, alone ? "says " + value : Statistics(map).words(), box.width, theme.text);
  const std::string place = "row " + std::to_string(t.row + 1) + ", column " + std::to_string(t.column + 1);
  const bool all = Index(field(1, 2)) == t.picture.height && Index(field(1, 3)) == t.picture.width;
  const std::string sees = "sees " + (all ? "the whole picture" : nn::dimensions(Index(field(0, 2)), Index(field(0, 3))) + " pixels");
  add_words(scene, {box.x, box.y + 30}, alone ? sees : (t.placed ? "" : "largest at ") + place + ": " + value + " · " + sees, box.width,
            theme.muted);
  const double range = t.range(t.unit);
  if (t.stage > 0) add_color_bar(scene, {box.x, box.y + 36, box.width, 26}, {-range, range}, style);
}

void add_back(Scene& scene, const Toolbox& t, Box box, const Style& style) {
  if (box.width < 30 || box.height < 30 + heading) return;
  const nn::ConstView back = rows_of(t.numbers["back"]);
  add_heading(scene, box, t.word("back") + " of its " + t.word("back", 1), style);
  const Box place = fitted(t.picture, box);
  const double range = extent(back);
  if (t.picture.channels == 3 && range > 0) {  // in colour about grey, which is 0
    nn::Matrix about(back);
    for (Index i = 0; i < about.size(); i++) about.data()[i] = nn::Real(0.5 + about.data()[i] / (2 * range));
    scene.add(picture_image(about, t.picture, place));
  } else {
    nn::Matrix sum(t.picture.height, t.picture.width);
    for (Index i = 0; i < t.picture.size(); i++) sum.data()[i % sum.size()] += back(i / back.columns, i % back.columns);
    const double most = std::max(extent(sum), 1e-12);
    scene.add(readable(heat(sum, place, style.scale, -most, most), sum));
  }
  scene.add(Rect{.box = place, .stroke = style.theme->line});
  if (range == 0) add_badge(scene, place, "0 everywhere");
}

void add_top(Scene& scene, const Toolbox& t, Box box, const Style& style) {
  const Index count = t.numbers["top"].shape[0];
  if (box.width < 80 || box.height < 60 || count == 0) return;
  const Theme& theme = *style.theme;
  if (t.dead(t.unit)) return add_heading(scene, box, "dead: 0 on all of " + t.word("images") + " training images", style);
  Box above = box;
  box.cut_top(heading);
  const Pixels field = t.best("top", 0).field;
  const double aspect = double(t.picture.height) / double(t.picture.width);
  const bool whole = field.height == t.picture.height && field.width == t.picture.width;
  constexpr double smallest_pair = 76;
  const TileRule rule{.aspect = whole ? aspect : aspect / 2,
                      .gap = 8,
                      .label = 14,
                      .smallest = whole ? 24 : smallest_pair,
                      .largest = whole ? 130.0 : 260.0};
  // Three in a row where they fit, not two larger ones.
  const double third = (box.width - 2 * rule.gap) / 3;
  if (third >= rule.smallest) box.height = std::min(box.height, 3 * (third * rule.aspect + rule.label) + 2 * rule.gap);
  const Tiling tiling = tiles(int(count), box, rule);
  add_heading(scene, above, "top " + std::to_string(tiling.shown) + " of " + t.word("images") + " training images", style);
  for (int i = 0; i < tiling.shown; i++) {
    const Best best = t.best("top", i);
    Box tile = tiling.tile(i), image = whole ? tile : tile.left(tile.width / 2 - 1);
    const Box crop = whole ? Box{} : tile.right(tile.width / 2 - 1);
    image = fitted(t.picture, image);
    scene.add(picture_image(best.picture, t.picture, image));
    if (!whole) {
      scene.add(picture_part(best.picture, t.picture, best.field, fitted({1, best.field.height, best.field.width}, crop)));
      scene.add(ClipStart{image})
          .add(Rect{.box = box_of(best.field, t.picture, image), .stroke = theme.accent, .line_width = 1.5})
          .add(ClipEnd{});
    }
    const std::string label = t.word("top", std::size_t(i)), words = number_words(best.value);
    scene.add(Rect{.box = tile,
                   .stroke = theme.line,
                   .id = on_press({{"example", double(best.row)}, {"row", 0}, {"column", 0}}),
                   .tip = "example " + count_words(best.row) + (label.empty() ? "" : ": " + label) + ", where " + t.name(t.unit) +
                          " says " + words + ": click to look at it"});
    add_words(scene, {tile.x, tile.bottom() + 12}, words + (label.empty() ? "" : " · " + label), tile.width, theme.text);
  }
}

}  // namespace viz::toolbox
