// What the toolbox shows, where its parts lie, its input, its stages and its keys.
#include "viz/toolbox_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/link.h"
#include "viz/text.h"

namespace viz::toolbox {

using figure::small;
using nn::Index;

namespace {

nn::Shape shape_of(const nn::Tensor& tensor) { return {tensor.shape[0], tensor.shape[1], tensor.shape[2]}; }

constexpr double gap = 14;

}  // namespace

Toolbox toolbox_of(const Numbers& numbers) {
  const nn::ConstView chosen = rows_of(numbers["chosen"]);
  return {numbers,
          shape_of(numbers["maps"]),
          shape_of(numbers["picture"]),
          Index(chosen(0, 0)),
          Index(chosen(0, 1)),
          Index(chosen(0, 2)),
          Index(chosen(0, 3)),
          chosen(0, 4) > 0};
}

nn::ConstView Toolbox::map(Index i) const {
  const nn::ConstView all = rows_of(numbers["maps"]);
  return {all.row(i * shape.height), shape.height, shape.width, shape.width};
}

Best Toolbox::best(std::string_view tensor, Index i) const {
  const nn::ConstView all = rows_of(numbers[tensor]);
  const auto at = [&](Index k) { return Index(all(i, k)); };
  Best best{double(all(i, 0)), at(1), {}, {at(3), at(4), at(5), at(6)}};
  if (at(2) >= 0) best.picture = {rows_of(numbers["pictures"]).row(at(2)), 1, picture.size(), picture.size()};
  return best;
}

double Toolbox::range(Index i) const {
  return std::max(extent(alone() || word("range") == "layer" ? rows_of(numbers["maps"]) : map(i)), 1e-12);
}

bool Toolbox::dead(Index i) const { return best("best", i).value == 0; }

std::string Toolbox::name(Index i) const {
  const std::string stage_name = word("stages", std::size_t(stage));
  const auto& units = words_of(numbers, "units");
  return units.empty() ? stage_name + " " + std::to_string(i + 1) : stage_name + ": " + units.at(std::size_t(i));
}

std::string Toolbox::title() const {
  return word("stages", std::size_t(stage)) + (alone() ? ", unit " : ", map ") + std::to_string(unit + 1) + " of " +
         count_words(shape.channels);
}

void add_heading(Scene& scene, Box& box, const std::string& words, const Style& style) {
  const Box row = box.cut_top(heading);
  add_words(scene, {row.x, row.y + 12}, words, row.width, style.theme->muted);
}

void add_frame(Scene& scene, Box box, const Style& style) {
  scene.add(Rect{.box = box, .stroke = {0xff, 0xff, 0xff}, .line_width = 4});
  scene.add(Rect{.box = box, .stroke = style.theme->accent, .line_width = 2});
}

// Columns where there is room in width: the input and the stages, all units, the chosen one. A high box has them in rows, a low one side by
// side, and a small one leaves out what would be too small.
Places places_of(const Toolbox& t, Box room) {
  Places p;
  const bool back = t.numbers.has("back");
  const double aspect = double(t.picture.height) / double(t.picture.width);
  if (room.width >= 640 && room.height >= 330) {
    Box left = room.cut_left(std::clamp(0.18 * room.width, 130.0, 280.0));
    room.cut_left(gap);
    Box right = room.cut_right(std::clamp(0.42 * room.width, 260.0, 640.0));
    room.cut_right(gap);
    p.grid = room;
    p.input = left.cut_top(std::min(left.width * aspect + 2 * heading, left.height * 0.55));
    left.cut_top(8);
    p.stages = left;
    Box row = right.cut_top(std::min(right.width / 2 * aspect + heading, right.height * 0.4));
    p.unit = back ? row.cut_left((row.width - gap) / 2) : row;
    if (back) row.cut_left(gap), p.back = row;
    p.numbers = right.cut_top(62);
    p.top = right;
  } else if (room.height > 1.3 * room.width) {
    Box row = room.cut_top(std::min(room.width / (back ? 3 : 2) * aspect + 2 * heading, room.height * 0.3));
    const double third = (row.width - (back ? 2 : 1) * 8) / (back ? 3 : 2);
    p.input = row.cut_left(third), row.cut_left(8);
    p.unit = row.cut_left(third), row.cut_left(8);
    if (back) p.back = row;
    p.numbers = room.cut_top(62);
    p.grid = room.cut_top(room.height * 0.5);
    room.cut_top(8);
    p.top = room;
  } else {
    const double side = std::min((room.height - 2 * heading) / aspect, room.width * 0.27);
    p.input = room.cut_left(side), room.cut_left(gap);
    p.unit = room.cut_right(side), room.cut_right(gap);
    if (back && room.width > 3 * side) p.back = room.cut_right(side), room.cut_right(gap);
    if (room.width > 500) p.top = room.cut_right(room.width * 0.5), room.cut_right(gap);
    p.grid = room;
  }
  return p;
}

void add_input(Scene& scene, const Toolbox& t, Box box, const Style& style) {
  if (box.width < 30 || box.height < 30 + heading) return;
  const Theme& theme = *style.theme;
  add_heading(scene, box, t.word("example"), style);
  const std::string& answer = t.word("example", 1);
  const Box below = box.height > 70 && !answer.empty() ? box.cut_bottom(heading) : Box{};
  const Box place = fitted(t.picture, box);
  scene.add(picture_image(rows_of(t.numbers["picture"]), t.picture, place));
  scene.add(Rect{.box = place, .stroke = theme.line});
  if (below.height > 0) add_words(scene, {below.x, place.bottom() + 13}, answer, below.width, theme.text);
  const nn::ConstView f = rows_of(t.numbers["field"]);
  const auto field = [&](Index i) { return Pixels{Index(f(i, 0)), Index(f(i, 1)), Index(f(i, 2)), Index(f(i, 3))}; };
  if (field(1).height == 0) return;
  // Dashed where it leaves the picture, and only as far as there is room.
  scene.add(ClipStart{box});
  const Box open = box_of(field(0), t.picture, place), inside = box_of(field(1), t.picture, place);
  Path dashed{.closed = true, .stroke = theme.muted, .dash = {4, 3}};
  if (!(field(0) == field(1)))
    scene.add(dashed.move({open.x, open.y}).line({open.right(), open.y}).line({open.right(), open.bottom()}).line({open.x, open.bottom()}));
  scene.add(ClipEnd{});
  add_frame(scene, inside, style);
  scene.add(Rect{.box = inside,
                 .id = "field",
                 .tip = "the receptive field of " + t.name(t.unit) + " at row " + std::to_string(t.row + 1) + ", column " +
                        std::to_string(t.column + 1) + ": " + nn::dimensions(field(0).height, field(0).width) + " pixels"});
}

void add_stages(Scene& scene, const Toolbox& t, Box box, const Style& style) {
  constexpr double row = 20;
  const Theme& theme = *style.theme;
  if (box.width < 60 || box.height < heading + 2 * row) return;
  add_heading(scene, box, "stages (keys u, o)", style);
  const auto& words = words_of(t.numbers, "stage words");
  const Index count = std::ssize(words), shown = std::min(count, Index(box.height / row));
  const Index first = std::clamp(t.stage - shown / 2, Index(0), count - shown);
  for (Index k = first; k < first + shown; k++) {
    const Box line = box.cut_top(row);
    const bool is_chosen = k == t.stage;
    scene.add(Rect{.box = line.inset(0, 1),
                   .radius = 3,
                   .fill = is_chosen ? theme.accent : theme.panel,
                   .id = on_press({{"stage", double(k)}, {"row", 0}, {"column", 0}}),
                   .tip = words[std::size_t(k)]});
    add_words(scene, {line.x + 6, line.center().y + cap_height(small) / 2}, words[std::size_t(k)], line.width - 10,
              is_chosen ? theme.on_accent : theme.text);
  }
}

void add_keys(Scene& scene, const Toolbox& t, int columns) {
  const auto key = [&](const char* name, const char* letter, const Settings& settings) {
    for (const char* each : {name, letter}) {
      Mark mark = on_key(each, settings);
      std::get<Rect>(mark).box = {scene.box.x, scene.box.y, 0, 0};
      scene.add(std::move(mark));
    }
  };
  const auto move = [&](Index by) {
    const Index to = t.unit + by;
    return Settings{{"unit", double((to < 0 || to >= t.shape.channels ? t.unit : to) + 1)}};
  };
  const auto go = [&](Index by) {
    const Index stages = std::ssize(words_of(t.numbers, "stages")), to = std::clamp(t.stage + by, Index(0), stages - 1);
    return to == t.stage ? Settings{{"stage", double(to)}} : Settings{{"stage", double(to)}, {"row", 0}, {"column", 0}};
  };
  key("left", "j", move(-1)), key("right", "l", move(1));
  key("up", "i", move(-columns)), key("down", "k", move(columns));
  key("page up", "u", go(-1)), key("page down", "o", go(1));
  key("s", "s", {{"pattern", t.pattern() ? 0 : 1}});
  const auto back = std::find(std::begin(back_words), std::end(back_words), t.word("back")) - std::begin(back_words);
  key("b", "b", {{"back", double((back + 1) % std::ssize(back_words))}});
}

}  // namespace viz::toolbox
