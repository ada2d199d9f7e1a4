// Puts the picture of an unrolled network together.
#include "viz/unrolled_picture.h"

#include <algorithm>
#include <cmath>

#include "datasets/text.h"
#include "viz/link.h"
#include "viz/text.h"

namespace viz::unrolled {

namespace {

using nn::Index;

Index place_of(const std::vector<Inside>& parts, Inside part) { return std::ranges::find(parts, part) - parts.begin(); }

std::string title_of(const View& view) {
  const Layer& layer = view.layer();
  const std::string of = view.text ? "" : " of " + count_words(view.length);
  return "Unrolled: unit " + count_words(view.unit + 1) + " of " + layer.name + " at step " + count_words(view.step_number()) + of +
         (view.symbols().empty() ? "" : ", " + data::character_name(view.symbols()[std::size_t(view.step)]));
}

void add_keys(Scene& scene, const View& view) {
  const double place = double(view.step + 1), steps = double(view.steps()), from = double(view.first + 1);
  // At the end of what is shown it goes on with the next step.
  const double last = std::max(1.0, double(view.length) - steps + 1);
  const Settings forward = place < steps ? Settings{{"place", place + 1}} : Settings{{"from", std::min(from + 1, last)}};
  scene.add(on_key("right", forward));
  scene.add(on_key("left", place > 1 ? Settings{{"place", place - 1}} : Settings{{"from", std::max(from - 1, 1.0)}}));
  if (place < steps || from < last) scene.add(on_key("next", forward));
  scene.add(on_key("page down", {{"from", std::min(from + steps, last)}}));
  scene.add(on_key("page up", {{"from", std::max(from - steps, 1.0)}}));
  const Index all = view.states.rows, unit = view.layer().first + view.unit;
  scene.add(on_key("down", {{"unit", double((unit + 1) % all + 1)}}));
  scene.add(on_key("up", {{"unit", double((unit + all - 1) % all + 1)}}));
}

// From the chosen step to the frame in which it is enlarged.
void add_zoom(Scene& scene, const View& view, Box column, Box frame) {
  const Theme& theme = *view.style.theme;
  Path fan{.closed = true, .fill = with_alpha(theme.accent, 0.1)};
  scene.add(fan.move({column.x, column.bottom()})
                .line({column.right(), column.bottom()})
                .line({frame.right(), frame.y})
                .line({frame.x, frame.y}));
  scene.add(Rect{.box = frame, .radius = 6, .fill = theme.panel, .stroke = with_alpha(theme.accent, 0.6)});
}

}  // namespace

View::View(const Numbers& of, const Style& with)
    : numbers(of),
      style(with),
      states(rows_of(of["states"])),
      inside(rows_of(of["inside"])),
      sums(rows_of(of["sums"])),
      memory(rows_of(of["memory"])) {
  range = std::max(1.0, extent(states));
  const auto &rows = whole_numbers(of, "layers"), &chosen = whole_numbers(of, "chosen");
  for (std::size_t i = 0; i + 5 < rows.size(); i += 6)
    layers.push_back({nn::Cell(rows[i]), nn::Function(rows[i + 1]), rows[i + 2], rows[i + 3], rows[i + 5], rows[i + 4] != 0,
                      words_of(of, "layers")[i / 6]});
  number = chosen[0], unit = chosen[1], step = chosen[2], part = Inside(chosen[3]), first = chosen[4], length = chosen[5];
  text = chosen[6] != 0, parameters = chosen[7], each_step = chosen[8] != 0;
}

double View::value(Inside what) const { return double(inside(place_of(parts_of(layer().cell), what), unit)); }
double View::sum(Inside what) const { return double(sums(place_of(sums_of(layer().cell), what), 2)); }
double View::delta(Inside what) const {
  const std::vector<Inside> all = sums_of(layer().cell);
  const Index at = place_of(all, what);
  if (at < std::ssize(all)) return double(sums(at, 4));
  return double(memory(0, what == Inside::cell ? 2 : 3));
}

std::string part_words(Inside part) {
  std::string name(inside_names[std::size_t(part)]);
  return part == Inside::cell || part == Inside::state || part == Inside::candidate ? name : name + " gate";
}

std::string part_tip(const View& view, Inside part) {
  const nn::Cell cell = view.layer().cell;
  const std::string letter(cell == nn::Cell::rnn ? "s" : letter_of(part, cell)), now = std::to_string(view.step_number()),
                                                                                 before = std::to_string(view.before_number());
  const auto words = [](double value) { return decimal_words(value); };
  std::string tip = part_words(part) + ": " + letter + "_" + now + " = ";
  const auto sums = sums_of(cell);
  if (std::ranges::count(sums, part) > 0) {
    const std::string squash = cell == nn::Cell::rnn ? std::string(nn::name(view.layer().sigma)) : part == Inside::candidate ? "tanh" : "σ";
    tip += cell == nn::Cell::rnn ? squash + "(U x_" + now + " + W s_" + before + " + b)"
           : cell == nn::Cell::gru && part == Inside::candidate
               ? "tanh(U x_" + now + " + b + r_" + now + " (W h_" + before + " + c))"
               : squash + "(W_" + letter + " [h_" + before + ", x_" + now + "] + b_" + letter + ")";
    tip += " = " + squash + "(" + words(view.sum(part)) + ")";
  } else if (part == Inside::cell) {
    tip += "f C_" + before + " + i C~ = " + words(view.value(Inside::forget)) + " · " + words(view.cell_before()) + " + " +
           words(view.value(Inside::input)) + " · " + words(view.value(Inside::candidate));
  } else if (cell == nn::Cell::lstm) {
    tip += "o tanh(C) = " + words(view.value(Inside::output)) + " · tanh(" + words(view.value(Inside::cell)) + ")";
  } else {
    tip += "(1 − u) n + u h_" + before + " = " + words(1 - view.value(Inside::update)) + " · " + words(view.value(Inside::candidate)) +
           " + " + words(view.value(Inside::update)) + " · " + words(view.state_before());
  }
  tip += " = " + words(view.value(part));
  if (!std::isnan(view.delta(part)))
    tip += std::string("; back comes ") + (std::ranges::count(sums, part) > 0 ? "delta = dL/dz = " : "dL/d" + letter + " = ") +
           number_words(view.delta(part));
  return tip;
}

void add_arrow(Scene& scene, Point from, Point to, Color color, double width) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (length < 1) return;
  const double head = std::min(6.0, length * 0.6), x = (to.x - from.x) / length, y = (to.y - from.y) / length;
  scene.add_line(from, {to.x - x * head * 0.8, to.y - y * head * 0.8}, color, width);
  Path tip{.closed = true, .fill = color};
  scene.add(tip.move(to)
                .line({to.x - x * head - y * head * 0.5, to.y - y * head + x * head * 0.5})
                .line({to.x - x * head + y * head * 0.5, to.y - y * head - x * head * 0.5}));
}

Scene picture_of(const Numbers& numbers, Box box, const Style& style) {
  const View view(numbers, style);
  Scene scene = sheet(box, style);
  const auto& now = words_of(numbers, "moment");
  Box room = add_title(scene, title_of(view), now.empty() ? "" : now[0], style);
  if (room.height < 250 || room.width < 300) {  // one thing at a time
    if (room.width >= 700 && room.height >= 90) {
      add_equations(scene, view, room.cut_right(room.width * 0.45));
      room.cut_right(12);
    } else if (room.height >= 500) {
      Box lower = room.cut_bottom(room.height * 0.6);
      lower.cut_top(10);
      add_cell(scene, view, lower.cut_top(lower.height * 0.5));
      add_equations(scene, view, lower);
    }
    add_graph(scene, view, room);
    add_keys(scene, view);
    return scene;
  }
  Box lower = room.cut_bottom(room.height * 0.54);
  const Box column = add_graph(scene, view, room);
  lower.cut_top(14);
  add_zoom(scene, view, column, lower);
  lower = lower.inset(10, 8);
  if (lower.width >= 640) {
    add_cell(scene, view, lower.cut_left(lower.width * 0.48));
    lower.cut_left(16);
    add_equations(scene, view, lower);
  } else if (lower.height >= 420) {
    add_cell(scene, view, lower.cut_top(lower.height * 0.55));
    add_equations(scene, view, lower);
  } else {
    add_cell(scene, view, lower);
  }
  add_keys(scene, view);
  return scene;
}

}  // namespace viz::unrolled
