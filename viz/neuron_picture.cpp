// Figure 3.2 of the book with numbers: inputs, weights, the sum, the function and the output.
#include "viz/neuron_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/network_picture.h"
#include "viz/text.h"

namespace viz::neuron {

using figure::small;
using network::link_color;
using network::width_of;

namespace {

std::string shown_number(double value) {
  std::string words = short_number(value);
  for (std::size_t at; (at = words.find('-')) != std::string::npos;) words.replace(at, 1, "−");
  return words;
}

// Where everything stands, from the left; rows of inputs lie around the middle line.
struct Places {
  double names, pitch, circle, segment, sum, graph;
  double inputs_x, sum_x, graph_x, output_x, middle;  // centres; of the graph its left edge
  Box rows;
  bool captions, gradients, inside;  // inside: the inputs' numbers stand in their circles, else behind their names
};

constexpr double in_circle(double size) { return size >= 40 ? small : small - 1.5; }  // letters

// Nothing where not all of it fits: half a number would be a wrong one.
void add_whole(Scene& scene, Point at, const std::string& words, double width, Color color, Anchor anchor = Anchor::start,
               double size = small) {
  if (text_width(words, size) <= width) add_words(scene, at, words, width + 1, color, anchor, size);
}

std::string input_words(const Terms& t, nn::Index k, bool inside) {
  return t.names[std::size_t(k)] + (inside ? "" : "  " + shown_number(t.inputs(k, 0)));
}

Places places_of(const Terms& t, Box room) {
  Places p{};
  p.captions = room.height >= 170 && room.width >= 420;
  p.rows = room;
  if (p.captions) p.rows.cut_top(20);
  const double count = double(t.shown.size()) + (t.hidden() > 0 ? 1 : 0);
  p.pitch = std::min(p.rows.height / count, 68.0);
  p.circle = std::min({p.pitch * 0.72, 42.0, room.width * 0.08});
  p.inside = true;
  for (const nn::Index k : t.shown) p.inside = p.inside && text_width(shown_number(t.inputs(k, 0)), in_circle(p.circle)) <= p.circle - 4;
  for (const nn::Index k : t.shown) p.names = std::max(p.names, text_width(input_words(t, k, p.inside), small));
  if (t.hidden() > 0) p.names = std::max(p.names, text_width("… and " + count_words(t.hidden()) + " more", small));
  p.names = std::min(p.names + 1, room.width * 0.25);
  p.sum = std::clamp(std::min(room.width * 0.07, room.height * 0.2), 18.0, 56.0);
  p.graph = std::max(24.0, std::min({room.width * 0.17, p.rows.height - 2 * 20, 150.0}));
  p.gradients = p.pitch >= 36 && room.width >= 520 && !std::isnan(t.delta);
  const double gap = std::clamp(room.width * 0.09, 16.0, 76.0);
  p.middle = p.rows.center().y;
  p.output_x = room.right() - p.sum / 2 - 2;
  p.graph_x = p.output_x - p.sum / 2 - gap * 0.7 - p.graph;
  p.sum_x = p.graph_x - gap - p.sum / 2;
  p.inputs_x = room.x + p.names + 8 + p.circle / 2;
  p.segment = std::min((p.sum_x - p.sum / 2 - p.inputs_x - p.circle / 2) * 0.55, 150.0);
  return p;
}

void add_arrow(Scene& scene, Point from, Point to, Color color, double width = 1.4) {
  scene.add_line(from, {to.x - 6, to.y}, color, width);
  Path head{.closed = true, .fill = color};
  scene.add(head.move(to).line({to.x - 8, to.y - 4}).line({to.x - 8, to.y + 4}));
}

// A round node; returns the colour of what is written in it.
Color add_node(Scene& scene, Point at, double size, double value, double range, const Style& style, std::string id, std::string tip) {
  const Color fill = color_at(style.scale, value, -range, range);
  scene.add(Circle{.center = at,
                   .radius = size / 2,
                   .fill = fill,
                   .stroke = style.theme->muted,
                   .line_width = 1.2,
                   .id = std::move(id),
                   .tip = std::move(tip)});
  return ink_on(fill);
}

void add_value(Scene& scene, Point at, double size, double value, Color color) {
  add_whole(scene, {at.x, at.y + cap_height(in_circle(size)) / 2}, shown_number(value), size - 4, color, Anchor::middle, in_circle(size));
}

void add_inputs(Scene& scene, const Terms& t, const Places& p, const Style& style) {
  const Theme& theme = *style.theme;
  const double count = double(t.shown.size()) + (t.hidden() > 0 ? 1 : 0),
               range = std::max(1.0, extent({t.inputs.data, t.inputs.rows, 1, t.inputs.stride}));
  double y = p.middle - (count - 1) / 2 * p.pitch;
  const double from = p.inputs_x + p.circle / 2, bend = from + p.segment, end = p.sum_x - p.sum / 2;
  const auto add_link = [&](Color color, double width, std::string id, std::string tip) {
    Path path{.stroke = color, .line_width = width, .id = std::move(id), .tip = std::move(tip)};
    const double turn = (bend + end) / 2;
    scene.add(path.move({from, y}).line({bend, y}).cubic({turn, y}, {turn, p.middle}, {end, p.middle}));
  };
  for (const nn::Index k : t.shown) {
    const double a = t.inputs(k, 0), w = t.inputs(k, 1), gradient = t.inputs(k, 3);
    const std::string& name = t.names[std::size_t(k)];
    const std::string unit = std::to_string(t.unit), input = std::to_string(k + 1);
    std::string tip = "weight from " + name + ": w " + number_words(w) + ", a " + number_words(a) + ", w a " + number_words(w * a);
    if (!std::isnan(t.delta)) tip += ", dC/dw " + number_words(gradient);
    add_link(link_color(style, w), width_of(w, 40), "link:" + t.parameter + ":" + unit + ":" + input, tip);
    add_words(scene, {p.inputs_x - p.circle / 2 - 6, y + cap_height(small) / 2}, input_words(t, k, p.inside), p.names, theme.text,
              Anchor::end);
    const Point at{p.inputs_x, y};
    const Color ink = add_node(scene, at, p.circle, a, range, style, "node:" + t.from + ":" + input, name + ": " + number_words(a));
    if (p.inside) add_value(scene, at, p.circle, a, ink);
    const double above = std::max(4.0, width_of(w, 40) / 2 + 3);
    if (p.segment >= 34) add_whole(scene, {from + 8, y - above}, shown_number(w), p.segment - 8, theme.text);
    if (p.gradients)
      add_whole(scene, {from + 8, y + above + cap_height(small)}, "∂C/∂w " + shown_number(gradient), p.segment + 10, theme.muted);
    y += p.pitch;
  }
  if (t.hidden() == 0) return;
  add_link(theme.line, 1.5, "", "the sum of w a over all other inputs");
  add_words(scene, {p.inputs_x + p.circle / 2 - 6, y + cap_height(small) / 2}, "… and " + count_words(t.hidden()) + " more",
            p.names + p.circle, theme.muted, Anchor::end);
  if (p.segment >= 34) add_whole(scene, {from + 8, y - 4}, "sum " + shown_number(t.rest), p.segment - 8, theme.text);
}

// The sum and, above it, the bias.
void add_sum(Scene& scene, const Terms& t, const Places& p, const Style& style) {
  const Theme& theme = *style.theme;
  const double top = p.middle - p.sum / 2, drop = std::clamp(top - p.rows.y - 16, 4.0, 40.0);
  scene.add_line({p.sum_x, top - drop}, {p.sum_x, top}, link_color(style, t.b), width_of(t.b, 40));
  scene.add(Rect{.box = {p.sum_x - 5, top - drop - 5, 10, 10},
                 .fill = color_at(style.scale, t.b),
                 .stroke = theme.muted,
                 .line_width = 0.8,
                 .id = "bias:" + t.parameter + ":" + std::to_string(t.unit),
                 .tip = "bias: " + number_words(t.b)});
  add_whole(scene, {p.sum_x + 10, top - drop + 4}, "b " + shown_number(t.b), p.graph_x - p.sum_x - 12, theme.text);
  scene.add(Circle{.center = {p.sum_x, p.middle}, .radius = p.sum / 2, .fill = theme.panel, .stroke = theme.muted, .line_width = 1.4});
  add_words(scene, {p.sum_x, p.middle + cap_height(p.sum * 0.5) / 2}, "Σ", p.sum, theme.text, Anchor::middle, p.sum * 0.5);
  if (!std::isnan(t.delta) && p.middle + p.sum / 2 + 18 < p.rows.bottom())
    add_whole(scene, {p.sum_x, p.middle + p.sum / 2 + 15}, "δ " + shown_number(t.delta), p.sum + 50, theme.muted, Anchor::middle);
}

}  // namespace

void add_neuron(Scene& scene, const Terms& t, Box room, const Style& style) {
  const Theme& theme = *style.theme;
  const Places p = places_of(t, room);
  add_inputs(scene, t, p, style);
  add_sum(scene, t, p, style);
  const Box graph{p.graph_x, p.middle - p.graph / 2, p.graph, p.graph};
  add_arrow(scene, {p.sum_x + p.sum / 2, p.middle}, {graph.x - 1, p.middle}, theme.muted);
  add_arrow(scene, {graph.right(), p.middle}, {p.output_x - p.sum / 2 - 1, p.middle}, theme.muted);
  add_graph(scene, t, graph, style);
  const double between = graph.x - p.sum_x - p.sum / 2;
  if (between >= 30)
    add_whole(scene, {graph.x - between / 2 - 2, p.middle - 7}, "z " + shown_number(t.z), between, theme.text, Anchor::middle);
  if (graph.bottom() + 18 < room.bottom() + 4)
    add_whole(scene, {graph.center().x, graph.bottom() + 15}, t.function, graph.width + 20, theme.muted, Anchor::middle);
  const Point out{p.output_x, p.middle};
  const double range = std::max(1.0, std::isfinite(t.a) ? std::abs(t.a) : 0);
  const std::string id = "node:" + t.parameter + ":" + std::to_string(t.unit);
  add_value(scene, out, p.sum, t.a, add_node(scene, out, p.sum, t.a, range, style, id, "the output: a " + number_words(t.a)));
  if (!p.captions) return;
  const auto caption = [&](double x, const std::string& words, double width) {
    add_words(scene, {x, room.y + 12}, words, width, theme.muted, Anchor::middle, small, Font::bold);
  };
  const double segment = p.inputs_x + p.circle / 2 + p.segment / 2;
  caption(p.inputs_x, "a", p.circle + 10);
  caption(segment, "WEIGHTS w", p.segment);
  caption(p.sum_x, "SUM z", p.sum + 30);
  caption(graph.center().x, "σ(z)", p.graph);
  caption(p.output_x, "a", p.sum);
}

}  // namespace viz::neuron
