// A square for each gate: a dot a cell, to the right how often shut, upwards how often open; both together never more than always.
#include "viz/saturation.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/layout.h"
#include "viz/link.h"
#include "viz/probes.h"
#include "viz/text.h"

namespace viz::saturation {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

std::vector<std::string> gate_names(const Reading& reading) {
  std::vector<std::string> names;
  for (const GateValues& gate : reading.gates)
    if (std::find(names.begin(), names.end(), gate.name) == names.end()) names.push_back(gate.name);
  return names;
}

// Rows of "saturation".
std::vector<Real> dots_of(const Reading& reading, const std::vector<std::string>& names) {
  std::vector<Real> rows;
  for (std::size_t name = 0; name < names.size(); name++)
    for (const GateValues& gate : reading.gates) {
      if (gate.name != names[name]) continue;
      const auto& cells = reading.cell_names;
      const Index first = std::find(cells.begin(), cells.end(), gate.layer + " 1") - cells.begin();
      const std::vector<Saturation> all = saturations(gate.values);
      for (std::size_t i = 0; i < all.size(); i++)
        rows.insert(rows.end(), {Real(name), Real(first + Index(i)), Real(all[i].left), Real(all[i].right)});
    }
  return rows;
}

// The mean shares of a gate over its dots.
Saturation mean_of(const std::vector<Real>& dots, std::size_t gate) {
  Saturation sum;
  double count = 0;
  for (std::size_t i = 0; i < dots.size(); i += 4)
    if (std::size_t(dots[i]) == gate) sum.left += double(dots[i + 2]), sum.right += double(dots[i + 3]), count++;
  return {sum.left / count, sum.right / count};
}

std::string percent(double share) { return number_words(std::round(share * 100)) + " %"; }

void add_panel(Scene& scene, const Numbers& numbers, Index gate, Box box, const Style& style) {
  const Theme& theme = *style.theme;
  const nn::ConstView dots = rows_of(numbers["saturation"]), means = rows_of(numbers["means"]);
  const auto& cells = words_of(numbers, "cells");
  const Index chosen = whole_numbers(numbers, "unit")[0] - 1;
  Box heading = box.cut_top(18);
  add_words(scene, {heading.x, heading.y + 12}, words_of(numbers, "gates")[std::size_t(gate)] + " gate", heading.width, theme.text,
            Anchor::start, figure::normal, Font::bold);
  const bool words = box.height > 190 && box.width > 150;
  Box below = words ? box.cut_bottom(34) : Box{};
  const bool axes = box.width > 130 && box.height > 120;
  const double across = axes ? axes_left : 2, down = axes ? axes_below : 2, top = 6;
  const double side = std::min(box.width - across - 8, box.height - down - top);
  if (side < 20) return;
  const Box area{box.x + across, box.y + top, side, side};
  if (axes)
    add_axes(scene, area, {0, 1}, {0, 1}, "shut: share below 0.1", "open: share above 0.9", theme);
  else
    scene.add(Rect{.box = area, .stroke = theme.line});
  scene.add_line({area.x, area.y}, {area.right(), area.bottom()}, theme.line);
  const double radius = std::clamp(side / 60, 2.0, 5.0);
  for (const bool marked : {false, true})  // the marked one on top
    for (Index i = 0; i < dots.rows; i++) {
      const Index cell = Index(dots(i, 1));
      if (Index(dots(i, 0)) != gate || (cell == chosen) != marked) continue;
      const double left = double(dots(i, 2)), right = double(dots(i, 3));
      scene.add(Circle{.center = {area.x + left * side, area.bottom() - right * side},
                       .radius = marked ? radius + 2 : radius,
                       .fill = with_alpha(marked ? theme.warning : theme.accent, 0.6),
                       .stroke = marked ? theme.text : theme.accent,
                       .id = on_press({{"unit", double(cell + 1)}}),
                       .tip = word_at(cells, cell) + ": shut " + percent(left) + ", open " + percent(right) + " of the time"});
    }
  if (!words) return;
  const auto row = [&](double y, const std::string& who, double shut, double open) {
    add_words(scene, {box.x, y}, who + ": shut " + percent(shut) + ", open " + percent(open), box.width, theme.muted);
  };
  row(below.y + 12, "mean", double(means(gate, 0)), double(means(gate, 1)));
  if (!std::isnan(double(means(gate, 2)))) row(below.y + 28, "untrained", double(means(gate, 2)), double(means(gate, 3)));
}

}  // namespace

Numbers numbers_of(const Reading& reading, const Reading* untrained, Index unit) {
  if (reading.gates.empty())
    throw std::invalid_argument("saturation: a plain recurrent layer has no gates; a run with an lstm or gru layer would do");
  const std::vector<std::string> names = gate_names(reading);
  std::vector<Real> dots = dots_of(reading, names), means;
  const std::vector<Real> before = untrained ? dots_of(*untrained, names) : std::vector<Real>{};
  for (std::size_t gate = 0; gate < names.size(); gate++) {
    const Saturation now = mean_of(dots, gate), then = before.empty() ? Saturation{NAN, NAN} : mean_of(before, gate);
    means.insert(means.end(), {Real(now.left), Real(now.right), Real(then.left), Real(then.right)});
  }
  Numbers numbers;
  const Index count = std::ssize(dots) / 4;
  numbers.tensors.push_back(tensor_of_reals("saturation", {count, 4}, std::move(dots)));
  numbers.tensors.push_back(tensor_of_reals("means", {std::ssize(names), 4}, std::move(means)));
  numbers.tensors.push_back({"unit", {2}, std::vector<std::int64_t>{std::min(unit, reading.cells.rows()), reading.steps()}});
  numbers.words["gates"] = names;
  numbers.words["cells"] = reading.cell_names;
  return numbers;
}

Scene picture_of(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Index steps = whole_numbers(numbers, "unit")[1];
  const auto& now = words_of(numbers, "moment");
  const Box room =
      add_title(scene, "How often each gate is shut or open, in " + count_words(steps) + " steps", now.empty() ? "" : now[0], style);
  const int gates = int(words_of(numbers, "gates").size());
  const Tiling tiling = tiles(gates, room, {.aspect = room.width < room.height ? 1.25 : 1.2, .gap = 16, .smallest = 30, .largest = 460});
  for (int gate = 0; gate < tiling.shown; gate++) add_panel(scene, numbers, gate, tiling.tile(gate), style);
  return scene;
}

}  // namespace viz::saturation
