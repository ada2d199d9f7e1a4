// The picture of the states over time: the chosen unit's line, the heat map of all, what is read and what is answered.
#include <algorithm>
#include <cmath>
#include <functional>

#include "datasets/text.h"
#include "viz/link.h"
#include "viz/states.h"
#include "viz/text.h"
#include "viz/text_grid.h"

namespace viz::states {

namespace {

using figure::small;
using nn::Index;

struct View {
  const Numbers& numbers;
  const Style& style;
  nn::ConstView states;
  Index row, first, length;
  Inside signal;
  bool text;
  Index shown = 0;   // steps
  double pitch = 0;  // of a step
  Box columns = {};  // where the steps lie, from left to right
  View(const Numbers& of, const Style& with) : numbers(of), style(with), states(rows_of(of["states"])) {
    const auto& chosen = whole_numbers(of, "chosen");
    row = chosen[0], signal = Inside(chosen[1]), first = chosen[3], length = chosen[4], text = chosen[5] != 0;
  }
  const std::vector<std::string>& symbols() const { return words_of(numbers, "symbols"); }
  // "lstm1 3"; of a layer that reads from the last step to the first "←lstm1 3".
  std::string name(Index of) const {
    std::string words = words_of(numbers, "names")[std::size_t(of)];
    const std::size_t at = words.find(".backward");
    return at == words.npos ? words : "←" + words.replace(at, 9, "");
  }
  // Gates go from 0 to 1; a cell C may be larger than 1.
  bool gate() const { return signal != Inside::state && signal != Inside::cell && signal != Inside::candidate; }
  double range() const { return std::max(1.0, std::ceil(extent(states) * 10 - 1e-6) / 10); }
  // The size in which all that is read and answered fits into a step.
  double letters() const {
    double widest = 1;
    for (const char* which : {"symbols", "wanted", "foreseen"})
      for (const std::string& word : words_of(numbers, which)) widest = std::max(widest, text_width(shown_symbol(word), 13));
    return std::clamp(13 * (pitch - 3) / widest, 8.0, 13.0);
  }
  Box cell(Box band, Index step) const { return {columns.x + double(step) * pitch, band.y, pitch, band.height}; }
};

std::string title_of(const View& view) {
  const std::string what = view.signal == Inside::state ? "State h" : view.signal == Inside::cell ? "Cell C" : "";
  std::string name = words_of(view.numbers, "signal")[0];
  name[0] = char(std::toupper(name[0]));
  return (what.empty() ? name + (view.signal == Inside::candidate ? "" : " gate") : what) + " of " + count_words(view.states.rows) +
         (view.states.rows == 1 ? " unit" : " units") + " over " + count_words(view.shown) + (view.shown == 1 ? " step" : " steps");
}

std::string tip_of(const View& view, Index step) {
  std::string words = view.symbols().empty() ? "step " : data::character_name(view.symbols()[std::size_t(step)]) + " at ";
  words += count_words(view.first + step + 1) + ": " + view.name(view.row) + " = " + decimal_words(double(view.states(view.row, step)));
  const auto &wanted = words_of(view.numbers, "wanted"), &foreseen = words_of(view.numbers, "foreseen");
  if (Index(foreseen.size()) != view.states.columns || foreseen.size() < 2) return words;
  if (!wanted[std::size_t(step)].empty()) words += "; wanted " + data::character_name(wanted[std::size_t(step)]);
  return words + ", foreseen " + data::character_name(foreseen[std::size_t(step)]);
}

// The label of a band, to the left of it.
void add_label(Scene& scene, const View& view, Box band, const std::string& words, Color color) {
  const double room = view.columns.x - scene.box.x - figure::margin - 6;
  add_words(scene, {view.columns.x - 6, band.center().y + cap_height(small) / 2}, words, room, color, Anchor::end);
}

void add_line(Scene& scene, const View& view, Box band) {
  const Theme& theme = *view.style.theme;
  const double high = view.range(), low = view.gate() ? 0 : -high;
  const Box area = band.inset(0, 5);
  const auto y = [&](double value) { return area.bottom() - (std::clamp(value, low, high) - low) / (high - low) * area.height; };
  scene.add(Rect{.box = area, .fill = theme.panel, .stroke = theme.line});
  for (const double value : {low, (low + high) / 2, high}) {
    if (value > low && value < high) scene.add_line({area.x, y(value)}, {area.right(), y(value)}, theme.line);
    if (area.height > 40 || value != (low + high) / 2)
      add_words(scene, {area.x - 6, std::clamp(y(value) + cap_height(small) / 2, area.y + cap_height(small), area.bottom())},
                number_words(value), 60, theme.muted, Anchor::end);
  }
  Path line{.stroke = theme.accent, .line_width = 2};
  for (Index t = 0; t < view.shown; t++) {
    const double value = double(view.states(view.row, t));
    if (!std::isfinite(value)) continue;
    const Point at{view.cell(area, t).center().x, y(value)};
    line.segments.empty() ? line.move(at) : line.line(at);
    if (view.shown == 1 || view.pitch > 14) scene.add(Circle{.center = at, .radius = 2.5, .fill = theme.accent});
  }
  if (line.segments.size() > 1) scene.add(std::move(line));
  for (Index t = 0; t < view.shown; t++)
    scene.add(Rect{.box = view.cell(area, t), .fill = with_alpha(theme.background, 0.01), .tip = tip_of(view, t)});
}

void add_heat(Scene& scene, const View& view, Box band) {
  const Theme& theme = *view.style.theme;
  const auto &order = whole_numbers(view.numbers, "order"), &units = whole_numbers(view.numbers, "units");
  const Index rows = view.states.rows;
  nn::Matrix shown(rows, view.shown);
  for (Index i = 0; i < rows; i++) std::copy_n(view.states.row(order[std::size_t(i)]), view.shown, shown.view().row(i));
  const double range = view.range(), height = band.height / double(rows);
  const Box area{band.x, band.y, view.pitch * double(view.shown), band.height};
  Image image = readable(heat(shown, area, view.style.scale, -range, range), shown);
  image.tip = "rows from the top, steps from the left";
  scene.add(std::move(image));
  const auto middle = [&](Index i) { return area.y + (double(i) + 0.5) * height; };
  const Index chosen = std::find(order.begin(), order.end(), view.row) - order.begin();
  const double line = 0.9 * line_height(small);
  double labelled = -INFINITY;  // where the last name stands
  for (Index i = 0; i < rows; i++) {
    const Index unit = order[std::size_t(i)];
    const Box row{area.x, area.y + double(i) * height, area.width, height};
    const Box press{scene.box.x + figure::margin, row.y, row.right() - scene.box.x - figure::margin, height};
    scene.add(Rect{.box = press, .fill = with_alpha(theme.background, 0.01), .id = on_press({{"unit", double(units[std::size_t(unit)])}})});
    const bool near_chosen = i != chosen && std::abs(middle(i) - middle(chosen)) < line;
    if (middle(i) - labelled < line || near_chosen) continue;
    add_label(scene, view, row, view.name(unit), i == chosen ? theme.text : theme.muted);
    labelled = middle(i);
  }
  const Box row{area.x, area.y + double(chosen) * height, area.width, height};
  scene.add(Rect{.box = row, .stroke = theme.text, .line_width = height > 6 ? 2.0 : 1.2});
  scene.add(Rect{.box = area, .stroke = theme.line});
}

void add_symbols(Scene& scene, const View& view, Box band, const std::vector<std::string>& symbols, const std::string& label,
                 const std::function<Color(Index)>& ground) {
  add_label(scene, view, band, label, view.style.theme->muted);
  const double size = view.letters();
  for (Index t = 0; t < view.shown; t++) {
    const std::string& symbol = symbols[std::size_t(t)];
    const Color color = ground(t);
    const bool fits = text_width(shown_symbol(symbol), size) < view.pitch + 0.5;
    add_symbol(scene, fits ? symbol : " ", view.cell(band, t).inset(0.25, 1), size, color,
               color.a < 128 ? view.style.theme->text : ink_on(color), tip_of(view, t));
  }
}

// What was wanted after each step, and what the network foresaw: red where it was wrong.
void add_answers(Scene& scene, const View& view, Box wanted, Box foreseen) {
  const Theme& theme = *view.style.theme;
  const nn::ConstView right = rows_of(view.numbers["right"]);
  const std::string what = view.text ? "next" : "wanted";
  if (wanted.height > 0)
    add_symbols(scene, view, wanted, words_of(view.numbers, "wanted"), what, [&](Index) { return with_alpha(theme.grid, 0.2); });
  add_symbols(scene, view, foreseen, words_of(view.numbers, "foreseen"), "foreseen",
              [&](Index t) { return double(right(0, t)) == 0 ? mix(theme.background, theme.warning, 0.45) : with_alpha(theme.grid, 0.2); });
}

void add_numbers(Scene& scene, const View& view, Box band, Index feature) {
  const nn::ConstView numbers = rows_of(view.numbers["numbers"]);
  const nn::ConstView row{numbers.row(feature), 1, view.shown, numbers.stride};
  const double range = std::max(extent(row), 1e-6);
  add_label(scene, view, band, words_of(view.numbers, "features")[std::size_t(feature)], view.style.theme->muted);
  const Box area = Box{view.columns.x, band.y, view.pitch * double(view.shown), band.height}.inset(0, 1.5);
  Image image = readable(heat(row, area, view.style.scale, -range, range), row);
  image.tip = words_of(view.numbers, "features")[std::size_t(feature)];
  scene.add(std::move(image));
  for (Index t = 0; t < view.shown && view.pitch >= 30; t++) {
    const double value = double(row(0, t));
    add_centered(scene, view.cell(area, t), decimal_words(value), ink_on(color_at(view.style.scale, value, -range, range)), 10);
  }
}

std::string answer_words(const View& view) {
  const auto &wanted = words_of(view.numbers, "wanted"), &foreseen = words_of(view.numbers, "foreseen");
  const bool known = double(rows_of(view.numbers["right"])(0, 0)) >= 0;
  std::string words = "answered " + foreseen[0];
  if (!wanted[0].empty()) words += ", wanted " + wanted[0];
  return known && wanted[0] != foreseen[0] ? words + ": wrong" : words;
}

void add_keys(Scene& scene, const View& view) {
  const double from = double(view.first + 1), last = std::max(1.0, double(view.length - 1)), page = std::max(1.0, double(view.shown));
  scene.add(on_key("right", {{"from", std::min(from + 1, last)}}));
  scene.add(on_key("left", {{"from", std::max(from - 1, 1.0)}}));
  scene.add(on_key("page down", {{"from", std::min(from + page, last)}}));
  scene.add(on_key("page up", {{"from", std::max(from - page, 1.0)}}));
  const auto &order = whole_numbers(view.numbers, "order"), &units = whole_numbers(view.numbers, "units");
  const Index at = std::find(order.begin(), order.end(), view.row) - order.begin(), rows = std::ssize(order);
  scene.add(on_key("down", {{"unit", double(units[std::size_t(order[std::size_t((at + 1) % rows)])])}}));
  scene.add(on_key("up", {{"unit", double(units[std::size_t(order[std::size_t((at + rows - 1) % rows)])])}}));
}

}  // namespace

Scene picture_of(const Numbers& numbers, Box box, const Style& style) {
  View view(numbers, style);
  Scene scene = sheet(box, style);
  const bool symbols = !view.symbols().empty();
  const double labels = box.width >= 360 ? 76 : 30, room_across = box.width - 2 * figure::margin - labels;
  double widest = 0;  // of words, which need more room than characters
  for (const std::string& symbol : view.symbols()) widest = std::max(widest, text_width(shown_symbol(symbol), 9));
  const double least = symbols ? std::clamp(widest + 3, 9.0, 40.0) : 2;
  view.shown = std::min(view.states.columns, std::max<Index>(1, Index(room_across / least)));
  view.pitch = std::min(room_across / double(view.shown), 48.0);
  const auto& now = words_of(numbers, "moment");
  Box room = add_title(scene, title_of(view), now.empty() ? "" : now[0], style);
  room.cut_left(labels);
  view.columns = {room.x, 0, view.pitch * double(view.shown), 0};

  if (room.height >= 200) add_color_bar(scene, room.cut_bottom(26), {view.gate() ? -1 : -view.range(), view.range()}, style);
  const bool each_step = Index(words_of(numbers, "foreseen").size()) == view.states.columns && view.states.columns > 1;
  if (!each_step && room.height >= 110) {
    const Box line = room.cut_bottom(20);
    add_words(scene, {line.x, line.y + 14}, answer_words(view), line.width, style.theme->text);
  }
  constexpr double band = 19;
  if (each_step && room.height >= 120) {
    const bool wanted = room.height >= 160;
    const Box foreseen = room.cut_bottom(band);
    add_answers(scene, view, wanted ? room.cut_bottom(band) : Box{}, foreseen);
  }
  if (symbols && room.height >= 60) add_symbols(scene, view, room.cut_bottom(band), view.symbols(), "read", [&](Index) { return nothing; });
  if (!symbols)
    for (Index f = rows_of(numbers["numbers"]).rows - 1; f >= 0; f--)
      if (room.height >= 90) add_numbers(scene, view, room.cut_bottom(band), f);
  room.cut_bottom(4);
  if (room.height >= 130) {
    Box top = room.cut_top(std::clamp(room.height * 0.28, 50.0, 150.0));
    const Box heading = top.cut_top(16);
    add_words(scene, {heading.x, heading.y + 11}, view.name(view.row), heading.width, style.theme->accent, Anchor::start, small,
              Font::bold);
    add_line(scene, view, {top.x, top.y, view.columns.width, top.height});
  }
  add_heat(scene, view, room);
  add_keys(scene, view);
  return scene;
}

}  // namespace viz::states
