// Lines above, matches below; the same text colours in both: how many of the selected cells are on.
#include <algorithm>
#include <cmath>

#include "datasets/text.h"
#include "viz/link.h"
#include "viz/lstmvis.h"
#include "viz/text.h"
#include "viz/text_grid.h"

namespace viz::lstmvis {

namespace {

using figure::small;
using nn::Index;

struct View {
  const Numbers& numbers;
  const Style& style;
  nn::ConstView lines, track;
  Steps range;
  Index first, length, searched;
  explicit View(const Numbers& of, const Style& with) : numbers(of), style(with), lines(rows_of(of["lines"])), track(rows_of(of["track"])) {
    const auto& where = whole_numbers(of, "where");
    range = {where[0], where[1]}, first = where[2], length = where[3], searched = where[5];
  }
  Index steps() const { return lines.columns; }
  Index selected() const { return std::ssize(whole_numbers(numbers, "selection")) / 2; }
  Index selected_cell(Index i) const { return whole_numbers(numbers, "selection")[std::size_t(2 * i)]; }
  bool low(Index i) const { return whole_numbers(numbers, "selection")[std::size_t(2 * i + 1)] != 0; }
  std::string cell_words(Index i) const { return words_of(numbers, "cells")[std::size_t(selected_cell(i))] + (low(i) ? " low" : " high"); }
  const std::string& symbol(Index number) const { return words_of(numbers, "vocabulary")[std::size_t(number)]; }
  const std::string& symbol_at(Index step) const { return symbol(whole_numbers(numbers, "symbols")[std::size_t(step)]); }
  double threshold() const { return double(rows_of(numbers["threshold"])(0, 0)); }
  const std::string& property() const { return words_of(numbers, "property")[0]; }

  Color ground(std::int64_t active) const {  // white where none is on, full where all are
    const double share = selected() == 0 ? 0 : double(std::max<std::int64_t>(active, 0)) / double(selected());
    return mix(style.theme->background, style.theme->accent, 0.75 * share);
  }
  Color track_color(double value, double most) const {
    return mix(style.theme->grid, style.theme->text, most > 0 ? std::clamp(value / most, 0.0, 1.0) : 0);
  }
};

std::string title_of(const View& view) {
  std::string words = count_words(view.selected()) + (view.selected() == 1 ? " cell is on in \"" : " cells are on in \"");
  for (Index t = view.range.from; t <= view.range.to; t++) {
    const std::string shown = shown_symbol(view.symbol_at(t));
    words += shown.empty() ? " " : shown;
  }
  return words + "\"";
}

double largest(nn::ConstView values) { return extent(values); }

// The cells' lines over the steps from `start`, each step `pitch` wide; those of the selection in colours.
void add_lines(Scene& scene, const View& view, Box area, Index start, Index shown, double pitch) {
  const Theme& theme = *view.style.theme;
  const double most = std::max({1.0, largest(view.lines)});
  const auto y = [&](double value) { return area.center().y - value / most * (area.height / 2 - 1); };
  const auto path = [&](Index cell) {
    Path line;
    for (Index t = start; t < start + shown; t++) {
      const Point at{area.x + (double(t - start) + 0.5) * pitch, y(double(view.lines(cell, t)))};
      t == start ? line.move(at) : line.line(at);
    }
    return line;
  };
  const double alpha = std::clamp(1.6 / std::sqrt(double(view.lines.rows)), 0.15, 0.7);
  scene.add(Rect{.box = area, .fill = theme.panel, .stroke = theme.line});
  const double left = area.x + double(view.range.from - start) * pitch, width = double(view.range.length()) * pitch;
  scene.add(Rect{.box = intersection({left, area.y, width, area.height}, area), .fill = with_alpha(theme.accent, 0.18)});
  scene.add_line({area.x, y(0)}, {area.right(), y(0)}, theme.line);
  for (const double sign : {-1.0, 1.0}) {
    if (view.threshold() > most) continue;
    Path line{.stroke = theme.muted, .dash = {3, 3}, .tip = "the threshold: ±" + number_words(view.threshold())};
    scene.add(line.move({area.x, y(sign * view.threshold())}).line({area.right(), y(sign * view.threshold())}));
  }
  scene.add(ClipStart{area});
  for (Index cell = 0; cell < view.lines.rows; cell++) {
    Path line = path(cell);
    line.stroke = with_alpha(theme.muted, alpha);
    line.tip = words_of(view.numbers, "cells")[std::size_t(cell)];
    scene.add(line);
  }
  for (Index i = 0; i < view.selected(); i++) {
    Path line = path(view.selected_cell(i));
    line.stroke = category(int(i)), line.line_width = 1.8, line.tip = view.cell_words(i);
    scene.add(line);
  }
  scene.add(ClipEnd{});
}

// The window's text, and below it the property.
void add_window_text(Scene& scene, const View& view, Box row, Index start, Index shown, double pitch) {
  const auto& active = whole_numbers(view.numbers, "active");
  const double size = std::clamp(pitch, 8.0, 13.0), most = largest(view.track);
  Box strip = row.cut_bottom(5);
  for (Index t = start; t < start + shown; t++) {
    const Box box{row.x + double(t - start) * pitch, row.y, pitch, row.height};
    const Color ground = view.ground(active[std::size_t(t)]);
    const double property = double(view.track(0, t));
    const std::string tip = data::character_name(view.symbol_at(t)) + " at " + count_words(view.first + t + 1) + ": " +
                            count_words(active[std::size_t(t)]) + " of " + count_words(view.selected()) + " cells on, " + view.property() +
                            " " + number_words(property);
    const std::string& symbol = view.symbol_at(t);
    const bool fits = text_width(shown_symbol(symbol), size) < pitch;
    add_symbol(scene, fits ? symbol : " ", box, size, ground, ink_on(ground), tip, on_press({{"place", double(view.first + t + 1)}}));
    scene.add(Rect{.box = {box.x, strip.y + 1, pitch, 4}, .fill = view.track_color(property, most), .tip = tip});
  }
}

void add_chips(Scene& scene, const View& view, Box row) {
  const Theme& theme = *view.style.theme;
  double x = row.x;
  if (view.selected() == 0) {
    add_words(scene, {x, row.y + 13},
              "no cell is on throughout the range and off before; a lower threshold, a shorter range, or before = 0 would find some",
              row.width, theme.muted);
    return;
  }
  for (Index i = 0; i < view.selected(); i++) {
    const std::string words = view.cell_words(i), rest = "and " + count_words(view.selected() - i) + " more";
    const double width = text_width(words, small) + 22, left = i + 1 < view.selected() ? text_width(rest, small) + 6 : 0;
    if (x + width + left > row.right()) {
      add_words(scene, {x, row.y + 13}, rest, row.right() - x, theme.muted);
      return;
    }
    scene.add(Rect{.box = {x, row.y + 5, 10, 10}, .radius = 2, .fill = category(int(i))});
    add_words(scene, {x + 14, row.y + 14}, words, width, theme.text);
    x += width;
  }
}

void add_select(Scene& scene, const View& view, Box room) {
  const double pitch_least = room.width < 300 ? 8 : 9;
  const Index shown = std::min(view.steps(), std::max<Index>(1, Index(room.width / pitch_least)));
  const double pitch = room.width / double(shown);
  const Index start = std::clamp<Index>(view.range.from - shown / 4, 0, view.steps() - shown);
  if (room.height > 110) add_chips(scene, view, room.cut_bottom(20));
  add_window_text(scene, view, room.cut_bottom(24), start, shown, pitch);
  if (room.height > 20) add_lines(scene, view, room, start, shown, pitch);
}

// "top 50 of the searched 20,000 characters: 97 % of their steps have "inside quotes", 49 % of all"
std::string heading_of(const View& view, Index matches) {
  std::string words = count_words(matches) + (matches == 1 ? " match" : " matches") + " in " + count_words(view.searched) + " characters";
  const nn::ConstView precision = rows_of(view.numbers["precision"]);
  const auto percent = [](double share) { return number_words(std::round(share * 100)) + " %"; };
  if (!std::isnan(double(precision(0, 0))))
    words += "; in " + percent(double(precision(0, 0))) + " of their steps \"" + view.property() + "\", in " +
             percent(double(precision(0, 1))) + " of all";
  return words;
}

void add_match(Scene& scene, const View& view, Index i, Box row) {
  const Theme& theme = *view.style.theme;
  const std::int64_t* match = whole_numbers(view.numbers, "matches").data() + 4 * i;
  const bool itself = match[0] == view.first + view.range.from && match[1] == view.first + view.range.to;
  const double base = row.y + 13;
  const Box all = row;
  const Box place = row.cut_left(74), count = row.cut_right(44);
  add_words(scene, {place.right() - 8, base}, count_words(match[0] + 1), place.width - 8, itself ? theme.text : theme.muted, Anchor::end);
  add_words(scene, {count.right(), base}, count_words(match[2]) + " of " + count_words(match[3]), count.width, theme.muted, Anchor::end);

  const double pitch = std::clamp(std::floor(row.width / double(before + after)), 10.0, 15.0);
  const Index columns = std::min<Index>(before + after, Index(row.width / pitch));
  const Index lead = std::min(before, columns / 4), start = before - lead;
  const nn::ConstView track = rows_of(view.numbers["match track"]);
  const double most = std::max(largest(view.track), largest(track));
  for (Index k = 0; k < columns; k++) {
    const std::size_t at = std::size_t(i * (before + after) + start + k);
    const std::int64_t symbol = whole_numbers(view.numbers, "match symbols")[at];
    if (symbol < 0) continue;
    const Box box{row.x + double(k) * pitch, row.y, pitch, row.height - 5};
    const Color ground = view.ground(whole_numbers(view.numbers, "match active")[at]);
    const std::string& shown = view.symbol(symbol);
    add_symbol(scene, text_width(shown_symbol(shown), 11) < pitch ? shown : " ", box, 11, ground, ink_on(ground));
    scene.add(Rect{.box = {box.x, box.bottom(), pitch, 3}, .fill = view.track_color(double(track(i, start + k)), most)});
  }
  const double from = row.x + double(lead) * pitch, length = double(match[1] - match[0] + 1);
  scene.add(Rect{.box = {from, row.y, std::min(length, double(columns - lead)) * pitch, row.height - 5}, .stroke = theme.text});
  scene.add(Rect{.box = all,
                 .fill = with_alpha(theme.background, 0.01),
                 .id = on_press({{"place", double(match[0] + 1)}, {"range", std::min(length, 100.0)}}),
                 .tip = "characters " + count_words(match[0] + 1) + " to " + count_words(match[1] + 1) + ": " + count_words(match[2]) +
                        " of " + count_words(match[3]) + " cells are in both patterns"});
}

void add_match_view(Scene& scene, const View& view, Box room) {
  const Index matches = std::ssize(whole_numbers(view.numbers, "matches")) / 4;
  Box heading = room.cut_top(20);
  add_words(scene, {heading.x, heading.y + 13}, heading_of(view, matches), heading.width, view.style.theme->muted);
  constexpr double row = 23;
  for (Index i = 0; i < matches && room.height >= row; i++) add_match(scene, view, i, room.cut_top(row));
}

void add_keys(Scene& scene, const View& view) {
  const double place = double(view.first + view.range.from + 1), length = double(view.range.length());
  scene.add(on_key("right", {{"place", std::min(place + 1, double(view.length))}}));
  scene.add(on_key("left", {{"place", std::max(place - 1, 1.0)}}));
  scene.add(on_key("up", {{"range", std::min(length + 1, 100.0)}}));
  scene.add(on_key("down", {{"range", std::max(length - 1, 1.0)}}));
}

}  // namespace

Scene picture_of(const Numbers& numbers, Box box, const Style& style) {
  const View view(numbers, style);
  Scene scene = sheet(box, style);
  const auto& now = words_of(numbers, "moment");
  Box room = add_title(scene, title_of(view), now.empty() ? "" : now[0], style);
  if (room.height > 150) {
    Box matches = room.cut_bottom(room.height * 0.52);
    matches.cut_top(8);
    add_match_view(scene, view, matches);
  }
  add_select(scene, view, room);
  add_keys(scene, view);
  return scene;
}

}  // namespace viz::lstmvis
