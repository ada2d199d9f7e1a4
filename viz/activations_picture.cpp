// Rows of maps and cells.
#include "viz/activations_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/link.h"
#include "viz/pictures.h"
#include "viz/text.h"

namespace viz::activations {

using figure::small;
using nn::Index;

namespace {

constexpr double line = 13;  // of words

enum Column { least, mean, most, zeros, range };  // of the statistics of a unit

}  // namespace

Picture::Picture(const Numbers& numbers, Box box, const Style& style) : numbers_(numbers), style_(style), scene_(sheet(box, style)) {
  const nn::ConstView chosen = rows_of(numbers["chosen"]);
  chosen_ = {std::size_t(chosen(0, 0)), Index(chosen(0, 1))};
}

int Picture::pictures_before(std::size_t stage) const {
  return stage == 0 && numbers_.has("picture") && (gradients() || units(0) > 1) ? 1 : 0;
}

std::string Picture::name_of(Unit unit) const {
  const auto& names = words_of(numbers_, unit.stage == 0 ? "inputs" : "classes");
  const bool named = unit.stage == 0 ? !is_maps(0) : units(unit.stage) > 1 && !words_of(numbers_, "of classes")[unit.stage].empty();
  return named && std::ssize(names) == units(unit.stage) ? names[std::size_t(unit.number)] : "";
}

std::string Picture::tip_of(Unit unit) const {
  const std::string name = name_of(unit);
  std::string tip = words_of(numbers_, "stages")[unit.stage] + ", " + (is_maps(unit.stage) ? "map " : "unit ") +
                    count_words(unit.number + 1) + " of " + count_words(units(unit.stage)) + (name.empty() ? "" : " (" + name + ")");
  const nn::ConstView s = statistics_(unit.stage);
  if (!is_maps(unit.stage)) return tip;
  return tip + ": " + span_words(s(unit.number, least), s(unit.number, most)) + ", mean " + number_words(s(unit.number, mean)) + ", " +
         number_words(std::round(100 * double(s(unit.number, zeros)))) + " % zeros";
}

RowWish Picture::wish(std::size_t stage) const {
  const nn::Tensor& values = stage_(stage);
  if (!is_maps(stage)) return {int(units(stage)), 0, !name_of({stage, 0}).empty()};
  return {int(units(stage)) + pictures_before(stage), double(values.shape[1]) / double(values.shape[2])};
}

void Picture::add_heading(std::size_t stage, const StageRow& row) {
  const nn::ConstView s = statistics_(stage);
  double low = INFINITY, high = -INFINITY;
  for (Index i = 0; i < s.rows; i++) low = std::min(low, double(s(i, least))), high = std::max(high, double(s(i, most)));
  const std::string &name = words_of(numbers_, "stages")[stage], &shape = words_of(numbers_, "shapes")[stage];
  std::vector<std::string> lines = {stage == 0 ? "input" : name, shape, low <= high ? span_words(low, high) : "not a number",
                                    words_of(numbers_, "counts")[stage]};
  std::string tip;
  for (const std::string& words : lines) tip += words.empty() ? "" : (tip.empty() ? "" : " · ") + words;
  scene_.add(Rect{.box = row.label, .id = on_press({{"stage", double(stage)}}), .tip = tip});
  const std::string brief = count_words(units(stage)) + " · " + nn::dimensions(stage_(stage).shape[1], stage_(stage).shape[2]);
  if (is_maps(stage) && text_width(shape, small) > row.label.width) lines[1] = brief;
  for (std::size_t i = 0; i < lines.size(); i++) {
    const double y = row.label.y + line * double(i);
    if (y + line > row.label.bottom() + 5) break;
    const Font font = i == 0 && stage == chosen_.stage ? Font::bold : Font::regular;
    add_words(scene_, {row.label.x, y + 10}, lines[i], row.label.width, i == 0 ? style_.theme->text : style_.theme->muted, Anchor::start,
              small, font);
  }
}

void Picture::add_input(Box box) {
  const nn::Tensor& picture = numbers_["picture"];
  Image image = picture_image(rows_of(picture), {picture.shape[0], picture.shape[1], picture.shape[2]}, box);
  image.tip = words_of(numbers_, "example")[0];
  image.id = on_press({{"stage", 0}});
  scene_.add(std::move(image));
  add_frame(scene_, box, chosen_.stage == 0 && pictures_before(0) == 0, style_);
}

void Picture::add_cell(Unit unit, Box box) {
  const double value = picture_at(stage_(unit.stage), unit.number)(0, 0), reach = statistics_(unit.stage)(unit.number, range);
  const Color fill = color_at(style_.scale, value, -reach, reach);
  const std::string name = name_of(unit), number = number_words(value);
  const bool framed = box.width >= 10;
  const bool is_chosen = unit.stage == chosen_.stage && unit.number == chosen_.number;
  scene_.add(Rect{.box = box,
                  .fill = fill,
                  .stroke = is_chosen ? style_.theme->accent
                            : framed  ? style_.theme->line
                                      : nothing,
                  .line_width = is_chosen ? 2.5 : 1,
                  .id = on_press({{"stage", double(unit.stage)}, {"unit", double(unit.number + 1)}}),
                  .tip = tip_of(unit) + ": " + number});
  if (box.height < 11) return;
  const auto fits = [&](const std::string& words) { return text_width(words, small) <= box.width - 4; };
  const Color ink = ink_on(fill);
  if (name.empty() || box.height < 28) {
    const std::string both = name + ": " + number;
    const std::string words = !name.empty() && fits(both) ? both : fits(number) ? number : fits(name) ? name : "";
    return add_centered(scene_, box, words, ink);
  }
  const Box upper = box.top(box.height / 2), lower = box.bottom(box.height / 2);
  add_centered(scene_, upper.moved({0, 1.5}).inset(2, 0), name, ink, small, Font::bold);
  if (fits(number)) add_centered(scene_, lower.moved({0, -1.5}), number, ink);
}

void Picture::add_unit(Unit unit, Box box) {
  if (!is_maps(unit.stage)) return add_cell(unit, box);
  add_map(scene_,
          {.map = picture_at(stage_(unit.stage), unit.number),
           .box = box,
           .range = statistics_(unit.stage)(unit.number, range),
           .id = on_press({{"stage", double(unit.stage)}, {"unit", double(unit.number + 1)}}),
           .tip = tip_of(unit),
           .chosen = unit.stage == chosen_.stage && unit.number == chosen_.number},
          style_);
}

// What is looked at and what comes out of it, at the right of the input.
void Picture::add_sentences(const StageRow& row) {
  const double x = row.tiles.back().right() + 14;
  if (row.label.height < line - 5) return;
  const std::string says = words_of(numbers_, "says")[0];
  add_words(scene_, {x, row.label.y + 10}, style_.titled ? says : words_of(numbers_, "example")[0] + ", " + says, row.right - x,
            style_.theme->text);
  if (!gradients() || row.right - x < 60) return;
  double y = row.label.y + line + 1;
  for (const std::string& words : wrap(words_of(numbers_, "cost")[0], small, row.right - x)) {
    if (y + line > row.label.bottom() + 3) return;
    add_words(scene_, {x, y + 10}, words, row.right - x, style_.theme->muted);
    y += line;
  }
}

void Picture::add_row(std::size_t stage, const StageRow& row) {
  add_heading(stage, row);
  const int before = pictures_before(stage);
  for (std::size_t i = 0; i < row.tiles.size(); i++) {
    const Index unit = Index(i) - before;
    const bool own_colours = stage == 0 && numbers_.has("picture") && (unit < 0 || (!gradients() && units(0) == 1));
    own_colours ? add_input(row.tiles[i]) : add_unit({stage, unit}, row.tiles[i]);
  }
  if (row.more.width > 0) {
    const Index left = units(stage) + before - std::ssize(row.tiles);
    add_words(scene_, {row.more.x + 2, row.more.y + 10}, "and " + count_words(left) + " more", row.more.width - 2, style_.theme->muted);
  }
  if (stage == 0) add_sentences(row);
}

void Picture::add_legend(Box row) {
  const std::string by = words_of(numbers_, "range")[0];
  const double reach = by == "all" ? double(statistics_(numbers_.words.at("stages").size() - 1)(0, range)) : 1;
  add_color_bar(scene_, row, {-reach, reach}, style_);
  if (by != "all")
    add_words(scene_, {row.x + 214, row.y + 10}, std::string("times the largest number of the ") + (by == "each" ? "map" : "layer"),
              row.width - 214, style_.theme->muted);
}

// Left and right go through the units of the stage, up and down through the stages.
void Picture::add_keys() {
  const auto [stage, unit] = chosen_;
  const std::size_t last = words_of(numbers_, "stages").size() - 1;
  if (unit > 0) scene_.add(on_key("left", {{"unit", double(unit)}}));
  if (unit + 1 < units(stage)) scene_.add(on_key("right", {{"unit", double(unit + 2)}}));
  if (stage > 0) scene_.add(on_key("up", {{"stage", double(stage - 1)}}));
  if (stage < last) scene_.add(on_key("down", {{"stage", double(stage + 1)}}));
}

Scene Picture::drawn() {
  const std::string what = gradients() ? "Activation gradients dC/da, " : "Activations, ";
  Box room = add_title(scene_, what + words_of(numbers_, "example")[0], words_of(numbers_, "moment")[0], style_);
  if (room.height > 240) {
    add_legend(room.cut_bottom(26));
    room.cut_bottom(6);
  }
  std::vector<RowWish> wishes;
  for (std::size_t k = 0; k < words_of(numbers_, "stages").size(); k++) wishes.push_back(wish(k));
  const std::vector<StageRow> rows = stage_rows(wishes, room, std::clamp(room.width * 0.17, 66.0, 138.0));
  for (std::size_t k = 0; k < rows.size(); k++) add_row(k, rows[k]);
  add_keys();
  return std::move(scene_);
}

}  // namespace viz::activations
