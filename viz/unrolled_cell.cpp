// Figure 3.5 with numbers: what flows where inside a cell.
#include <algorithm>
#include <cmath>

#include "viz/equation.h"
#include "viz/link.h"
#include "viz/text.h"
#include "viz/unrolled_picture.h"

namespace viz::unrolled {

namespace {

using figure::small;
using nn::Index;

// Places are shares of the area.
struct Drawing {
  Scene& scene;
  const View& view;
  const Theme& theme;
  Box area;
  double wide, high, radius;  // of a box; of a sign
  Drawing(Scene& of, const View& with, Box room)
      : scene(of),
        view(with),
        theme(*with.style.theme),
        area(room),
        wide(std::clamp(room.width * 0.15, 30.0, 76.0)),
        high(std::clamp(room.height * 0.17, 14.0, 32.0)),
        radius(std::clamp(room.height * 0.06, 6.0, 12.0)) {}

  Point at(double x, double y) const { return {area.x + x * area.width, area.y + y * area.height}; }
  void line(std::vector<Point> points, bool arrow = true, double width = 1.6) {
    for (std::size_t i = 1; i + 1 < points.size(); i++) scene.add_line(points[i - 1], points[i], theme.muted, width);
    const Point from = points[points.size() - 2], to = points.back();
    arrow ? add_arrow(scene, from, to, theme.muted, width) : void(scene.add_line(from, to, theme.muted, width));
  }
  // A gate, candidate or state with its number; pressing it chooses it.
  void box(Inside part, Point center, const std::string& function) {
    const nn::Cell cell = view.layer().cell;
    const double value = view.value(part);
    const Color ground = color_at(view.style.scale, value);
    const Box frame{center.x - wide / 2, center.y - high / 2, wide, high};
    scene.add(Rect{.box = frame,
                   .radius = 4,
                   .fill = ground,
                   .stroke = part == view.part ? theme.text : theme.muted,
                   .line_width = part == view.part ? 2.5 : 1.0,
                   .id = on_press({{"gate", option_of(part)}}),
                   .tip = part_tip(view, part)});
    const std::string letter = cell == nn::Cell::rnn                                 ? "s"
                               : part == Inside::candidate && cell == nn::Cell::lstm ? "C~"
                                                                                     : std::string(letter_of(part, cell));
    const bool both = high >= 28 && !function.empty();
    const std::string words = letter + " " + decimal_words(value);
    const double largest = std::clamp(high * 0.5, 9.0, 14.0);
    const double size = std::min(largest, largest * (wide - 4) / text_width(words, largest, Font::bold));
    const Box line = both ? frame.top(high * 0.58) : frame;
    add_centered(scene, line, size >= 9 ? words : letter, ink_on(ground), std::max(size, 9.0), Font::bold);
    if (both) add_centered(scene, frame.bottom(high * 0.48), function, ink_on(ground), 9.5);
  }
  static double option_of(Inside part) {
    constexpr Inside order[] = {Inside::forget, Inside::input, Inside::candidate, Inside::output,
                                Inside::cell,   Inside::state, Inside::reset,     Inside::update};
    return double(std::ranges::find(order, part) - std::begin(order));
  }
  void sign(Point center, const std::string& words, const std::string& tip) {
    const double half = words == "tanh" ? std::max(radius * 1.5, text_width(words, 9) / 2 + 4) : radius;
    scene.add(Rect{.box = {center.x - half, center.y - radius, 2 * half, 2 * radius},
                   .radius = radius,
                   .fill = theme.background,
                   .stroke = theme.muted,
                   .line_width = 1.2,
                   .tip = tip});
    add_centered(scene, {center.x - half, center.y - radius, 2 * half, 2 * radius}, words, theme.text, words == "tanh" ? 9 : 12);
  }
  // A number beside a line.
  void number(Point at, const std::string& words, Anchor anchor = Anchor::start, double room = 90) {
    if (area.width < 270 || area.height < 84) return;
    add_words(scene, at, words, room, theme.text, anchor, small);
  }
  // A letter with its index, and what it is, from `at` on; returns how wide.
  double letter(Point at, const std::string& tex, const std::string& words, Anchor anchor, Font font) {
    const Equation name = equation(tex, small + 1, theme.text);
    const double width = name.scene.box.width + 6 + text_width(words, small, font), x = anchor == Anchor::end ? at.x - width : at.x;
    scene.append(name.scene, {x, at.y - name.baseline});
    scene.add(Text{.at = {x + name.scene.box.width + 6, at.y}, .string = words, .size = small, .color = theme.text, .font = font});
    return width;
  }
  bool has_letters() const { return area.width >= 270 && area.height >= 84; }
  // A memory at an edge: what it was, and what it has become, which is chosen like a gate.
  void before(Point at, const std::string& name, double value) {
    const std::string then = view.layer().backwards ? "_{t+1}" : "_{t-1}";
    if (has_letters()) letter(at, name + then, decimal_words(value), Anchor::start, Font::regular);
  }
  void after(Point at, const std::string& name, Inside part) {
    if (!has_letters()) return;
    const std::size_t place = scene.marks.size();
    const double width = letter(at, name + "_t", decimal_words(view.value(part)), Anchor::end, Font::bold);
    scene.marks.insert(scene.marks.begin() + std::ptrdiff_t(place), Rect{.box = {at.x - width - 4, at.y - 12, width + 4, 17},
                                                                         .radius = 3,
                                                                         .fill = with_alpha(theme.accent, 0.12),
                                                                         .stroke = part == view.part ? theme.text : nothing,
                                                                         .id = on_press({{"gate", option_of(part)}}),
                                                                         .tip = part_tip(view, part)});
  }
  void input(Point at) {
    const auto& symbols = view.symbols();
    if (!has_letters()) return;
    const std::string symbol = symbols.empty() ? "" : symbols[std::size_t(view.step)];
    letter(at, "x_t", symbol == " " ? "␣" : symbol == "\n" ? "↵" : symbol, Anchor::start, Font::regular);
  }
};

void draw_lstm(Drawing& d) {
  const View& v = d.view;
  const double top = 0.16, middle = 0.44, gates = 0.7, below = 0.88, out = 0.89;
  const double f = std::clamp(86 / d.area.width, 0.16, 0.24), more = f - 0.16;  // right of what C_{t-1} was
  const double i = 0.35 + 0.7 * more, join = 0.45 + 0.6 * more, c = 0.55 + 0.5 * more, o = 0.74 + 0.2 * more;
  const double kept = v.value(Inside::forget) * v.cell_before(), added = v.value(Inside::input) * v.value(Inside::candidate);
  d.line({d.at(0, top), d.at(f, top)}, false, 2.4), d.line({d.at(f, top), d.at(join, top)}, false, 2.4),
      d.line({d.at(join, top), d.at(1, top)}, true, 2.4);
  d.line({d.at(0, below), d.at(o, below), d.at(o, gates)});
  for (const double x : {f, i, c}) d.line({d.at(x, below), d.at(x, gates)}, false);
  d.line({d.at((f + i) / 2, 1), d.at((f + i) / 2, below)});
  d.line({d.at(f, gates), {d.at(f, top).x, d.at(f, top).y + d.radius}});
  d.line({d.at(i, gates), d.at(i, middle), {d.at(join, middle).x - d.radius, d.at(join, middle).y}});
  d.line({d.at(c, gates), d.at(c, middle), {d.at(join, middle).x + d.radius, d.at(join, middle).y}});
  d.line({d.at(join, middle), {d.at(join, top).x, d.at(join, top).y + d.radius}});
  d.line({d.at(out, top), d.at(out, middle)}),
      d.line({d.at(o, gates), d.at(o, middle), {d.at(out, middle).x - d.radius, d.at(out, middle).y}});
  d.line({d.at(out, middle), d.at(out, below), d.at(1, below)});
  d.box(Inside::forget, d.at(f, gates), "σ"), d.box(Inside::input, d.at(i, gates), "σ"), d.box(Inside::candidate, d.at(c, gates), "tanh"),
      d.box(Inside::output, d.at(o, gates), "σ");
  d.sign(d.at(f, top), "×", "f C = " + decimal_words(kept) + ": what is kept of the cell"),
      d.sign(d.at(join, top), "+", part_tip(v, Inside::cell));
  d.sign(d.at(join, middle), "×", "i C~ = " + decimal_words(added) + ": what is added to the cell"),
      d.sign(d.at(out, middle), "×", part_tip(v, Inside::state));
  d.sign(d.at(out, (top + middle) / 2), "tanh", "tanh(C) = " + decimal_words(std::tanh(v.value(Inside::cell))));
  const double up = 5;
  d.before({d.area.x, d.at(0, top).y - up}, "C", v.cell_before());
  d.after({d.area.right(), d.at(0, top).y - up}, "C", Inside::cell);
  d.number({d.at((f + join) / 2, top).x, d.at(0, top).y - up}, decimal_words(kept), Anchor::middle, d.area.width * 0.18);
  d.number({d.at(join, 0).x + 5, d.at(0, (top + middle) / 2).y + 4}, decimal_words(added), Anchor::start, d.area.width * 0.2);
  d.before({d.area.x, d.at(0, below).y + 13}, "h", v.state_before());
  d.after({d.area.right(), d.at(0, below).y + 13}, "h", Inside::state);
  d.input({d.at((f + i) / 2, 0).x + 6, d.at(0, below).y + 13});
}

void draw_gru(Drawing& d) {
  const View& v = d.view;
  const double top = 0.16, middle = 0.42, gates = 0.7, below = 0.88, u = 0.2, r = 0.41, let = 0.58, n = 0.76, q = double(v.memory(0, 4));
  const double kept = v.value(Inside::update) * v.state_before(), added = (1 - v.value(Inside::update)) * v.value(Inside::candidate);
  d.line({d.at(0, top), d.at(u, top)}, false, 2.4), d.line({d.at(u, top), d.at(n, top)}, false, 2.4),
      d.line({d.at(n, top), d.at(1, top)}, true, 2.4);
  d.line({d.at(0, below), d.at(n, below), d.at(n, gates)});
  for (const double x : {u, r}) d.line({d.at(x, below), d.at(x, gates)}, false);
  d.line({d.at(0.27, 1), d.at(0.27, below)});
  d.line({d.at(let, below), {d.at(let, gates).x, d.at(let, gates).y + d.radius}});
  d.line({d.at(u, gates), {d.at(u, top).x, d.at(u, top).y + d.radius}});
  d.line({d.at(u, middle), {d.at(n, middle).x - d.radius, d.at(n, middle).y}});
  d.line({d.at(r, gates), {d.at(let, gates).x - d.radius, d.at(let, gates).y}}),
      d.line({d.at(let, gates), {d.at(n, gates).x - d.wide / 2, d.at(n, gates).y}});
  d.line({d.at(n, gates), {d.at(n, middle).x, d.at(n, middle).y + d.radius}}),
      d.line({d.at(n, middle), {d.at(n, top).x, d.at(n, top).y + d.radius}});
  d.box(Inside::update, d.at(u, gates), "σ"), d.box(Inside::reset, d.at(r, gates), "σ"), d.box(Inside::candidate, d.at(n, gates), "tanh");
  d.sign(d.at(u, top), "×", "u h = " + decimal_words(kept) + ": what is kept of the state"),
      d.sign(d.at(n, top), "+", part_tip(v, Inside::state));
  d.sign(d.at(n, middle), "×", "(1 − u) n = " + decimal_words(added) + ": what is added to the state"),
      d.sign(d.at(0.42, middle), "1−", "1 − u = " + decimal_words(1 - v.value(Inside::update)));
  d.sign(d.at(let, gates), "×", "r (W h + c) = " + decimal_words(v.value(Inside::reset) * q) + ": what is let through of the old state");
  const double up = 5;
  d.before({d.area.x, d.at(0, top).y - up}, "h", v.state_before());
  d.after({d.area.right(), d.at(0, top).y - up}, "h", Inside::state);
  d.number({d.at((u + n) / 2, 0).x, d.at(0, top).y - up}, decimal_words(kept), Anchor::middle, d.area.width * 0.2);
  d.number({d.at(n, 0).x + 5, d.at(0, (top + middle) / 2).y + 4}, decimal_words(added));
  d.input({d.at(0.27, 0).x + 6, d.at(0, below).y + 13});
  d.number({d.at(let, 0).x + 5, d.at(0, below).y + 13}, "W h + c " + decimal_words(q), Anchor::start, d.area.width * 0.4);
}

void draw_plain(Drawing& d) {
  const View& v = d.view;
  const double y = 0.5, x = 0.5;
  d.line({d.at(0, y), {d.at(x, y).x - d.wide / 2, d.at(x, y).y}}), d.line({d.at(x, 1), {d.at(x, y).x, d.at(x, y).y + d.high / 2}});
  d.line({d.at(x, y), d.at(1, y)}), d.line({d.at(0.78, y), d.at(0.78, 0)});
  d.box(Inside::state, d.at(x, y), std::string(nn::name(v.layer().sigma)));
  d.before({d.area.x, d.at(0, y).y - 6}, "s", v.state_before());
  d.after({d.area.right(), d.at(0, y).y - 6}, "s", Inside::state);
  d.number({d.at(0.22, 0).x, d.at(0, y).y + 14}, "W", Anchor::middle);
  d.number({d.at(x, 0).x - 6, d.at(0, 0.8).y}, "U", Anchor::end);
  d.input({d.at(x, 0).x + 6, d.at(0, 0.94).y});
  d.number({d.at(0.78, 0).x - 8, d.at(0, 0.12).y + 6}, "to V", Anchor::end);
}

}  // namespace

void add_cell(Scene& scene, const View& view, Box room) {
  const Theme& theme = *view.style.theme;
  const double rows = double(parts_of(view.layer().cell).size());
  if (room.height >= 150) {
    const double height = 16 + std::clamp((room.height - 120) / rows, 8.0, 15.0) * rows;
    if (room.height - height >= 104) {
      add_all_units(scene, view, room.cut_bottom(height));
      room.cut_bottom(6);
    }
  }
  if (room.height >= 110) {
    const Box heading = room.cut_top(16);
    const Layer& layer = view.layer();
    const std::string kind = layer.cell == nn::Cell::lstm ? "LSTM" : layer.cell == nn::Cell::gru ? "GRU" : "plain recurrent layer";
    add_words(scene, {heading.x, heading.y + 11},
              layer.name + " (" + kind + "), unit " + count_words(view.unit + 1) + ", " + words_of(view.numbers, "step")[0], heading.width,
              theme.text, Anchor::start, small, Font::bold);
  }
  Drawing drawing(scene, view, room.inset(4, 0));
  if (drawing.area.width < 120 || drawing.area.height < 60) return;
  if (view.layer().cell == nn::Cell::lstm) return draw_lstm(drawing);
  view.layer().cell == nn::Cell::gru ? draw_gru(drawing) : draw_plain(drawing);
}

}  // namespace viz::unrolled
