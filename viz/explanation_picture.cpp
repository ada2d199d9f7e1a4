// The common picture of all explainers.
#include "viz/explanation_picture.h"

#include <algorithm>

#include "viz/examples.h"
#include "viz/layout.h"
#include "viz/map_tiles.h"
#include "viz/neurons.h"
#include "viz/pictures.h"
#include "viz/target_chooser.h"
#include "viz/text.h"

namespace viz {

using figure::small;
using nn::Index;
using nn::Real;

Numbers numbers_of(const Explainer& explainer, const Study& study, const Arguments& options) {
  const nn::Shape shape = study.set.shape;
  require_pictures(study, explainer.name);
  const Explanation e = explained(explainer, study, options, Progress{study.goes_on});
  const Backward net(study, study.inputs_of(chosen_example(study)));
  const Target target = target_of(study, net, options);
  Numbers numbers;
  numbers.tensors.push_back(nn::tensor_of("map", {e.shape.height, e.shape.width}, collapsed(e)));
  numbers.tensors.push_back(nn::tensor_of("picture", {shape.channels, shape.height, shape.width}, chosen_example(study)));
  numbers.tensors.push_back(nn::tensor_of("raw", {e.shape.channels, e.shape.height, e.shape.width}, e.map));
  numbers.tensors.push_back(tensor_of_reals("facts", {4}, {Real(e.score), Real(e.whole), Real(e.residual()), Real(e.is_signed)}));
  std::vector<Real> shares;
  for (const Share& share : e.shares) shares.push_back(Real(share.value)), numbers.words["shares"].push_back(share.words);
  const Index count = std::ssize(shares);
  numbers.tensors.push_back(tensor_of_reals("shares", {count}, std::move(shares)));
  for (const nn::Tensor& part : e.parts) numbers.tensors.push_back(part);
  if (!e.part_words.empty()) numbers.words["parts"] = e.part_words;
  add_choice(numbers, study, net, options);
  numbers.words["title"] = {std::string(explainer.title)};
  numbers.words["target"] = {target.words, target.probability ? "probability" : "score"};
  numbers.words["promise"] = {e.promise};
  numbers.words["note"] = {e.note};
  numbers.words["example"] = {example_words(study)};
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

namespace {

// Of scales with a neutral middle the upper half; the others from their beginning.
double lowest(double range, bool is_signed, Scale scale) {
  return is_signed || scale == Scale::orange_blue || scale == Scale::purple_green ? -range : 0;
}

std::string sum_words(const Numbers& numbers) {
  const nn::ConstView values = rows_of(numbers["shares"]), facts = rows_of(numbers["facts"]);
  const auto& names = words_of(numbers, "shares");
  std::string words;
  double sum = 0;
  for (Index i = 0; i < values.columns; i++) {
    words += (i ? " + " : "") + names[std::size_t(i)] + " " + number_words(values(0, i));
    sum += double(values(0, i));
  }
  const double whole = double(facts(0, 1)), rest = double(facts(0, 2));
  const double part = whole == 0 ? 0 : std::abs(rest / whole);
  return words + (values.columns > 1 ? " = " + number_words(sum) : "") + " of " + number_words(whole) +
         (part < 5e-4 ? "" : ", " + number_words(rest) + " missing (" + number_words(100 * part) + " %)");
}

}  // namespace

void add_zero_badge(Scene& scene, Box box, bool is_signed, const Style& style) {
  if (box.width < 24) return;
  const std::string words = box.width < 120 ? "0" : is_signed ? "0 everywhere" : "no positive evidence";
  const Box badge{box.center().x - (text_width(words, small) / 2 + 6), box.center().y - 9, text_width(words, small) + 12, 18};
  scene.add(Rect{.box = badge, .radius = 4, .fill = style.theme->panel, .stroke = style.theme->line});
  add_centered(scene, badge, words, style.theme->text);
}

void add_heat(Scene& scene, nn::ConstView map, Box box, double range, bool is_signed, const Style& style) {
  const double wide = std::max(range, 1e-12);
  scene.add(readable(heat(map, box, style.scale, lowest(wide, is_signed, style.scale), wide), map));
  scene.add(Rect{.box = box, .stroke = style.theme->line});
  if (extent(map) == 0) add_zero_badge(scene, box, is_signed, style);
}

void add_overlay(Scene& scene, nn::ConstView picture, const nn::Shape& shape, nn::ConstView map, Box box, double range,
                 const Style& style) {
  Image under = picture_image(picture, shape, box);
  for (std::size_t i = 0; i < under.rgba.size(); i += 4) {  // grey and fainter, so that colours mean the map alone
    const double grey = (under.rgba[i] + under.rgba[i + 1] + under.rgba[i + 2]) / 3.0;
    for (std::size_t c = 0; c < 3; c++) under.rgba[i + c] = uint8_t(128 + (grey - 128) * 0.7);
  }
  under.numbers.clear();
  scene.add(std::move(under));
  const double wide = std::max(range, 1e-12);
  Image over = readable(heat(map, box, style.scale, lowest(wide, true, style.scale), wide), map);
  for (Index i = 0; i < map.rows; i++)
    for (Index j = 0; j < map.columns; j++) {
      const double strength = std::min(1.0, std::abs(double(map(i, j))) / wide);
      over.rgba[std::size_t(4 * (i * map.columns + j) + 3)] = uint8_t(235 * std::sqrt(strength));
    }
  scene.add(std::move(over));
  scene.add(Rect{.box = box, .stroke = style.theme->line});
}

void add_heat_bar(Scene& scene, Box row, double range, bool is_signed, const Style& style) {
  const Box strip = row.left(std::min(row.width, 200.0)).top(9);
  nn::Matrix steps(1, 64);
  const double wide = std::max(range, 1e-12), low = is_signed ? -wide : 0;
  for (Index i = 0; i < 64; i++) steps(0, i) = Real(low + (wide - low) * double(i) / 63);
  Image image = heat(steps, strip, style.scale, lowest(wide, is_signed, style.scale), wide);
  image.smooth = true;
  scene.add(std::move(image));
  const double y = strip.bottom() + 12, third = strip.width / (is_signed ? 3 : 2) - 4;
  add_words(scene, {strip.x, y}, is_signed && range > 0 ? number_words(-range) : "0", third, style.theme->muted);
  if (is_signed) add_words(scene, {strip.center().x, y}, "0", third, style.theme->muted, Anchor::middle);
  add_words(scene, {strip.right(), y}, number_words(range), third, style.theme->muted, Anchor::end);
}

void add_shares(Scene& scene, Box box, const Numbers& numbers, const Style& style) {
  const nn::ConstView values = rows_of(numbers["shares"]), facts = rows_of(numbers["facts"]);
  const double whole = double(facts(0, 1));
  double sum = 0, low = std::min(0.0, whole), high = std::max(0.0, whole);
  for (Index i = 0; i < values.columns; i++) sum += double(values(0, i)), low = std::min(low, sum), high = std::max(high, sum);
  add_words(scene, {box.x, box.y + 11}, words_of(numbers, "promise")[0], box.width, style.theme->muted);
  const Box bar{box.x, box.y + 17, box.width, 9};
  scene.add(Rect{.box = bar, .fill = style.theme->grid});
  const auto at = [&](double value) { return bar.x + (high > low ? (value - low) / (high - low) : 0) * bar.width; };
  const Color colors[] = {style.theme->accent, mix(style.theme->accent, style.theme->background, 0.5), style.theme->muted};
  double from = 0;
  for (Index i = 0; i < values.columns; i++) {
    const double to = from + double(values(0, i)), a = at(std::min(from, to)), b = at(std::max(from, to));
    // parts that go back lie lower
    const Box part{a, to < from ? bar.y + 5 : bar.y, std::max(0.0, b - a), to < from ? 4.0 : bar.height};
    scene.add(Rect{.box = part, .fill = colors[i % 3], .tip = word_at(words_of(numbers, "shares"), i) + ": " + number_words(values(0, i))});
    from = to;
  }
  const double mark = std::clamp(at(whole), bar.x + 1, bar.right() - 1);
  scene.add_line({mark, bar.y - 3}, {mark, bar.bottom() + 3}, style.theme->text, 2);
  add_words(scene, {box.x, box.y + 40}, sum_words(numbers), box.width, style.theme->text);
}

namespace {

// Where picture, map and overlay go; a box without width is of one that there is no room for. A large map beside two half as large, three
// of one size, two, or the overlay alone.
struct Tiles {
  Box picture = {}, map = {}, overlay = {};
  double label = 0, bottom = 0;
};

Tiles places(Box room, const nn::Shape& shape) {
  const double aspect = double(shape.height) / double(shape.width);
  Tiles t{.label = room.height > 90 ? 18.0 : 0.0};
  const TileRule rule{.aspect = aspect, .gap = 12, .label = t.label, .smallest = 8, .largest = 420};
  int count = 3;
  while (count > 1 && tiles(count, room, rule).width < 96) count--;
  const Tiling tiling = tiles(count, room, rule);
  const double large = std::min({(room.height - t.label) / aspect, (room.width - 12) / 1.5, 640.0});
  const double half = ((large * aspect - t.label - 8) / 2) / aspect;
  if (count == 3 && half > 0.72 * tiling.width) {
    t.map = {room.x, room.y, large, large * aspect};
    t.picture = {t.map.right() + 14, room.y, half, half * aspect};
    t.overlay = t.picture.moved({0, half * aspect + t.label + 8});
  } else if (count == 3) {
    t.picture = tiling.tile(0), t.map = tiling.tile(1), t.overlay = tiling.tile(2);
  } else if (count == 2) {
    t.picture = tiling.tile(0), t.map = tiling.tile(1);
  } else {
    t.overlay = tiling.tile(0);
  }
  for (const Box& box : {t.picture, t.map, t.overlay}) t.bottom = std::max(t.bottom, box.bottom() + t.label);
  return t;
}

}  // namespace

Scene draw_explanation(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const nn::ConstView map = rows_of(numbers["map"]), facts = rows_of(numbers["facts"]);
  const bool is_signed = facts(0, 3) > 0;
  const auto& target = words_of(numbers, "target");
  const std::string score = target[1] + " " + number_words(facts(0, 0)), note = words_of(numbers, "note")[0];
  Box room = add_title(scene, words_of(numbers, "title")[0] + ": why " + target[0] + "?", score, style);
  const nn::Tensor& tensor = numbers["picture"];
  const nn::Shape shape{tensor.shape[0], tensor.shape[1], tensor.shape[2]};
  const double range = extent(map);

  if (room.height > 260) add_chooser(scene, room.cut_top(chooser), numbers, style);
  const bool noted = !note.empty() && room.height > 150, summed = numbers["shares"].shape[0] > 0 && room.height > 230,
             barred = room.height > 110;
  Box tiled = room;
  tiled.height -= (noted ? 18 : 0) + (summed ? 52 : 0) + (barred ? 30 : 0);
  const Tiles t = places(tiled, shape);
  const auto label = [&](const Box& tile, const std::string& words) {
    if (t.label > 0) add_words(scene, {tile.x, tile.bottom() + 13}, words, tile.width, style.theme->muted);
  };
  if (t.picture.width > 0) {
    scene.add(picture_image(rows_of(tensor), shape, t.picture));
    scene.add(Rect{.box = t.picture, .stroke = style.theme->line});
    label(t.picture, words_of(numbers, "example")[0]);
  }
  if (t.map.width > 0) {
    add_heat(scene, map, t.map, range, is_signed, style);
    label(t.map, is_signed ? "for it, against it" : "how much it counts");
  }
  if (t.overlay.width > 0) {
    add_overlay(scene, rows_of(tensor), shape, map, t.overlay, range, style);
    label(t.overlay, "over each other");
    if (range == 0 && t.map.width == 0) add_zero_badge(scene, t.overlay, is_signed, style);
  }
  Box foot{room.x, t.bottom + 4, room.width, 0};
  if (barred) {
    const Box& under = t.map.width > 0 ? t.map : t.overlay;
    add_heat_bar(scene, {under.x, foot.y, std::min(under.width, room.right() - under.x), 24}, range, is_signed, style), foot.y += 30;
  }
  if (summed) foot.height = 48, add_shares(scene, foot, numbers, style), foot.y += 52;
  if (noted) add_words(scene, {foot.x, foot.y + 12}, note, foot.width, style.theme->muted);
  return scene;
}

}  // namespace viz
