// Text coloured by one cell, a list of all cells by how well they follow a property, and what the network expects next.
#include "viz/text_heatmap.h"

#include <algorithm>
#include <cmath>

#include "datasets/text.h"
#include "viz/link.h"
#include "viz/probes.h"
#include "viz/text.h"
#include "viz/text_grid.h"

namespace viz::text_heatmap {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

// The numbers by their names.
struct Map {
  const Numbers& numbers;
  Index cell, place, next, first, length;  // place: counted from 1
  bool end;
  Values activation, track;
  nn::ConstView scores, share;
  explicit Map(const Numbers& of)
      : numbers(of), activation(row("activation")), track(row("track")), scores(rows_of(of["scores"])), share(rows_of(of["share"])) {
    const auto& chosen = whole_numbers(of, "chosen");
    cell = chosen[0], place = chosen[1], next = chosen[2], first = chosen[3], length = chosen[4], end = chosen[5] != 0;
  }
  Values row(std::string_view name) const { return values_of(rows_of(numbers[name]), 0); }
  Index steps() const { return std::ssize(activation); }
  const std::string& symbol(Index number) const { return words_of(numbers, "vocabulary").at(std::size_t(number)); }
  const std::string& symbol_at(Index step) const { return symbol(whole_numbers(numbers, "symbols")[std::size_t(step)]); }
  Index next_at(Index step, Index i) const { return whole_numbers(numbers, "next")[std::size_t(step * likeliest + i)]; }
  const std::string& cell_name(Index number) const { return words_of(numbers, "cells").at(std::size_t(number)); }
  const std::string& property() const { return words_of(numbers, "property")[0]; }
  double worth(Index i) const { return double(rows_of(numbers["worth"])(0, i)); }
  double correlation() const {
    for (Index i = 0; i < scores.rows; i++)
      if (Index(scores(i, 0)) == cell) return double(scores(i, 1));
    return 0;
  }
  std::vector<std::string> text() const {
    std::vector<std::string> all;
    for (Index t = 0; t < steps(); t++) all.push_back(symbol_at(t));
    return all;
  }
};

std::string percent(double share) { return number_words(std::round(share * 100)) + " %"; }

std::string title_of(const Map& map) {
  std::string words = map.cell_name(map.cell) + " and \"" + map.property() + "\": r = " + decimal_words(map.correlation());
  if (!std::isnan(map.worth(2))) words += "; untrained, the best cell has |r| = " + decimal_words(map.worth(2));
  return words;
}

std::string tip_of(const Map& map, Index t) {
  std::string words = data::character_name(map.symbol_at(t)) + " at " + count_words(map.first + t + 1) + ": " + map.cell_name(map.cell) +
                      " = " + decimal_words(double(map.activation[std::size_t(t)])) + ", " + map.property() + " = " +
                      number_words(double(map.track[std::size_t(t)])) + "; next ";
  for (Index i = 0; i < 3 && map.next_at(t, i) >= 0; i++)
    words += (i ? ", " : "") + data::character_name(map.symbol(map.next_at(t, i))) + " " + percent(double(map.share(t, i)));
  return words;
}

// Steps that are on paper.
struct Shown {
  Index first = 0, count = 0;
};

// The text, and below each symbol the likeliest that could follow it: what did follow stands at its right.
Shown add_text(Scene& scene, const Map& map, Box room, const Style& style) {
  constexpr double line = 19, alternative = 12, gap = 6;
  Index next = std::min<Index>(map.next, std::ssize(words_of(map.numbers, "vocabulary")));
  while (next > 0 && room.height < 2 * (line + alternative * double(next))) next--;
  const double row = line + (next > 0 ? double(next) * alternative + gap : 0);
  const std::vector<std::string> text = map.text();
  const std::size_t first = map.end ? first_to_show(text, text.size() - 1, room, 13, row) : 0;
  const TextGrid grid = text_grid(std::span(text).subspan(first), room, 13, row);
  for (std::size_t i = 0; i < grid.boxes.size(); i++) {
    Box box = grid.boxes[i];
    const Index t = Index(first + i);
    const Box above = box.cut_top(line);
    const Color ground = color_at(style.scale, double(map.activation[std::size_t(t)]));
    add_symbol(scene, text[std::size_t(t)], above, 13, ground, ink_on(ground), tip_of(map, t),
               on_press({{"place", t + 1 == map.place ? 0.0 : double(t + 1)}}));
    for (Index k = 0; k < next && map.next_at(t, k) >= 0; k++) {
      const Box below = box.cut_top(alternative);
      const double share = double(map.share(t, k));
      if (share < 0.01) continue;
      const Color red = mix(style.theme->background, style.theme->warning, 0.8 * share);
      const std::string& symbol = map.symbol(map.next_at(t, k));
      add_symbol(scene, symbol == " " ? "␣" : symbol, below, 9, red, ink_on(red));
    }
    if (t + 1 == map.place) scene.add(Rect{.box = above, .stroke = style.theme->text, .line_width = 2});
  }
  return {Index(first), std::ssize(grid.boxes)};
}

// Name, bar and number of a score in a row.
void add_score(Scene& scene, Box row, const std::string& name, double share, Color color, const std::string& words, const Style& style) {
  const Theme& theme = *style.theme;
  const double names = std::min(70.0, row.width * 0.4), numbers = 38;
  const double base = row.center().y + cap_height(small) / 2;
  add_words(scene, {row.x + 4, base}, name, names - 6, theme.text);
  const double room = row.width - names - numbers;
  if (room > 10)
    scene.add(Rect{.box = {row.x + names, row.y + 3, std::max(1.0, room * std::clamp(share, 0.0, 1.0)), row.height - 6}, .fill = color});
  add_words(scene, {row.right() - 4, base}, words, numbers, theme.text, Anchor::end);
}

void add_cells(Scene& scene, const Map& map, Box box, const Style& style) {
  const Theme& theme = *style.theme;
  constexpr double row = 17;
  Box heading = box.cut_top(20);
  add_words(scene, {heading.x + 4, heading.y + 13}, "cells by |r| with \"" + map.property() + "\"", heading.width - 8, theme.muted);
  Box foot = box.cut_bottom(2 * row);
  for (Index i = 0; i < map.scores.rows && box.height >= row; i++) {
    const Box line = box.cut_top(row);
    const Index cell = Index(map.scores(i, 0));
    const double r = double(map.scores(i, 1)), area = double(map.scores(i, 2));
    scene.add(Rect{
        .box = line,
        .radius = 3,
        .fill = cell == map.cell ? with_alpha(theme.accent, 0.25) : with_alpha(theme.background, 0.01),
        .id = on_press({{"unit", double(cell + 1)}}),
        .tip = map.cell_name(cell) + ": r = " + decimal_words(r) + (area == 0.5 ? "" : ", area under the curve " + decimal_words(area))});
    add_score(scene, line, map.cell_name(cell), std::abs(r), color_at(style.scale, r < 0 ? -0.7 : 0.7), decimal_words(r), style);
  }
  const std::string before = std::isnan(map.worth(3)) ? "" : ", untrained " + decimal_words(map.worth(3));
  add_words(scene, {foot.x + 4, foot.y + 14}, "all cells by a linear probe:", foot.width - 8, theme.muted);
  add_words(scene, {foot.x + 4, foot.y + row + 12},
            std::isnan(map.worth(1)) ? "the text is too short" : "R² = " + decimal_words(map.worth(1)) + before, foot.width - 8,
            theme.text);
}

void add_next_list(Scene& scene, const Map& map, Box box, const Style& style) {
  const Index t = map.place - 1;
  add_words(scene, {box.x + 4, box.y + 13}, "after " + data::character_name(map.symbol_at(t)) + " at " + count_words(map.first + map.place),
            box.width - 8, style.theme->muted);
  box.cut_top(20);
  for (Index i = 0; i < likeliest && map.next_at(t, i) >= 0; i++) {
    const std::string name = data::character_name(map.symbol(map.next_at(t, i)));
    add_score(scene, box.cut_top(17), name, double(map.share(t, i)), mix(style.theme->background, style.theme->warning, 0.7),
              percent(double(map.share(t, i))), style);
  }
}

// The cell over time, and the property stretched to the same height.
void add_curves(Scene& scene, const Map& map, Box box, Shown shown, const Style& style) {
  viz::Series cell{.name = map.cell_name(map.cell), .color = style.theme->text, .width = 1.3};
  viz::Series track{.name = map.property(), .color = style.theme->accent, .width = 1.3, .dash = {4, 3}};
  const auto [low, high] = std::minmax_element(map.track.begin(), map.track.end());
  const Index start = std::min(shown.first, map.steps() - 2), end = std::max(shown.first + shown.count, start + 2);  // two at least
  for (Index t = start; t < end; t++) {
    const double x = double(t + 1), at = double(map.track[std::size_t(t)]);
    cell.x.push_back(x), cell.y.push_back(double(map.activation[std::size_t(t)]));
    track.x.push_back(x), track.y.push_back(*high > *low ? 2 * (at - double(*low)) / double(*high - *low) - 1 : -1);
  }
  const double most = std::max(1.0, extent(rows_of(map.numbers["activation"])));
  const std::string label = map.first == 0 ? "" : "behind symbol " + count_words(map.first);
  scene.append(draw(Plot{.x_label = label, .series = {track, cell}, .whole_x = true, .y_range = Range{-most, most}},
                    {0, 0, box.width, box.height}, *style.theme),
               {box.x, box.y});
}

void add_steps(Scene& scene, const Map& map, Index shown) {
  const double page = std::max<double>(1, double(shown));
  const double from = double(map.first + 1), last = std::max(1.0, double(map.length));
  scene.add(on_key("right", {{"from", std::min(from + 1, last)}}));
  scene.add(on_key("left", {{"from", std::max(from - 1, 1.0)}}));
  scene.add(on_key("page down", {{"from", std::min(from + page, last)}}));
  scene.add(on_key("page up", {{"from", std::max(from - page, 1.0)}}));
}

}  // namespace

Scene picture_of(const Numbers& numbers, Box box, const Style& style) {
  const Map map(numbers);
  Scene scene = sheet(box, style);
  Box room = add_title(scene, title_of(map), words_of(numbers, "moment").empty() ? "" : words_of(numbers, "moment")[0], style);
  if (room.width >= 420) {
    Box side = room.cut_right(std::clamp(room.width * 0.24, 170.0, 240.0));
    room.cut_right(12);
    if (map.place > 0 && side.height > 260) {
      add_next_list(scene, map, side.cut_bottom(20 + 17 * likeliest), style);
      side.cut_bottom(8);
    }
    if (side.height > 80) add_cells(scene, map, side, style);
  }
  if (room.height >= 180) {
    Box legend = room.cut_bottom(26);
    add_color_bar(scene, legend.cut_left(std::min(legend.width, 200.0)), {-1, 1}, style);
    add_words(scene, {legend.x + 12, legend.y + 10},
              map.next > 0 ? "what the cell says; below: what is expected next, the likelier the stronger" : "what the cell says",
              legend.width - 12, style.theme->muted);
  }
  Box curves = room.height >= 260 && room.width >= 200 ? room.cut_bottom(100) : Box{};
  room.cut_bottom(6);
  const Shown shown = add_text(scene, map, room, style);
  if (curves.height > 0) add_curves(scene, map, curves, shown, style);
  add_steps(scene, map, shown.count);
  return scene;
}

}  // namespace viz::text_heatmap
