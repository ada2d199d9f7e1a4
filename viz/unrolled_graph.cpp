// Figure 3.4 with numbers: inputs below, a strip of all units for each layer and step, answers above, arrows through time.
#include <algorithm>
#include <cmath>

#include "viz/link.h"
#include "viz/text.h"
#include "viz/unrolled_graph.h"

namespace viz::unrolled {

namespace {

using graph::answer_row, graph::letters;
using nn::Index;

Index answer_rows(const View& view) {
  const Index answers = rows_of(view.numbers["shares"]).columns;
  return view.numbers["shares"].shape[1] > 0 ? answers : 2;  // a number, and what is wanted
}

double inputs_height(const View& view) {
  return view.symbols().empty() ? 15 * double(std::min<Index>(view.numbers["numbers"].shape[0], 3)) : 20;
}

void place(Graph& g, Box room) {
  const Index answers = room.height >= 200 ? answer_rows(g.view) : room.height >= 90 ? 1 : 0;
  g.gap = room.height >= 150 ? 17 : room.height >= 80 ? 10 : 4;
  g.outputs = room.cut_top(answer_row * double(answers));
  if (answers > 0) room.cut_top(g.gap);
  g.inputs = room.cut_bottom(std::min(inputs_height(g.view), room.height * 0.4));
  room.cut_bottom(g.gap);
  const double layers = double(g.view.layers.size()), height = std::max(2.0, (room.height - (layers - 1) * g.gap) / layers);
  for (std::size_t l = 0; l < g.view.layers.size(); l++)
    g.rows.push_back({room.x, room.bottom() - height - double(l) * (height + g.gap), room.width, height});
}

void add_weight_name(Graph& g, Point at, const std::string& words) {
  add_words(g.scene, at, words, 40, g.theme.muted, Anchor::middle, letters, Font::italic);
}

// Along time: what a layer hands to its next step.
void add_through_time(Graph& g, std::size_t layer, Index column) {
  const Layer& own = g.view.layers[layer];
  const Box here = g.box(layer, column);
  const bool last = column + 1 == g.count;
  const double from = here.right() + 2,
               to = last ? std::min(here.right() + g.pitch - g.strip, g.inputs.right()) - 2 : g.box(layer, column + 1).x - 2;
  const bool more = g.start + column + 1 < g.view.length - g.view.first;
  if (last && !more) return;
  const Color color = last ? with_alpha(g.theme.muted, 0.4) : g.theme.muted;
  const auto line = [&](double share, const std::string& name) {
    const double y = here.y + share * here.height;
    own.backwards ? add_arrow(g.scene, {to, y}, {from, y}, color) : add_arrow(g.scene, {from, y}, {to, y}, color);
    if (to - from >= 16 && !last && here.height >= 30) add_weight_name(g, {(from + to) / 2, y - 4}, name);
  };
  if (own.cell != nn::Cell::lstm) return line(0.5, own.cell == nn::Cell::rnn ? "W" : "h");
  line(0.3, "C");
  line(0.75, "h");
}

// From below into a layer, and past a twin that lies between.
void add_upwards(Graph& g, std::size_t layer, Index column, bool named) {
  const bool twin = g.view.layers[layer].backwards;
  const std::size_t bottom = twin ? layer - 1 : layer;
  const double from = bottom == 0 ? g.inputs.y - 1 : g.rows[bottom - 1].y - 1, to = g.rows[layer].bottom() + 1.5, x = g.center(column);
  if (!twin) {
    add_arrow(g.scene, {x, from}, {x, to}, g.theme.muted);
    if (named && bottom == 0 && g.gap > 14 && !g.below_its_twin(layer)) add_weight_name(g, {x + 9, (from + to) / 2 + 4}, "U");
    return;
  }
  const double aside = x + g.strip / 2 + 4;
  g.scene.add_line({x + 3, from}, {aside, from - g.gap * 0.4}, g.theme.muted, 1.2);
  g.scene.add_line({aside, from - g.gap * 0.4}, {aside, to + g.gap * 0.5}, g.theme.muted, 1.2);
  add_arrow(g.scene, {aside, to + g.gap * 0.5}, {x + 3, to}, g.theme.muted, 1.2);
}

// From the top layer to the answer; of one answer for all steps a layer that reads backwards gives its state at the first step.
void add_to_answer(Graph& g, Index column, bool named) {
  if (g.outputs.height <= 0) return;
  const std::size_t top = g.rows.size() - 1;
  const bool twin = g.view.layers[top].backwards, here = !twin || g.view.each_step;
  const double x = g.center(column), to = g.outputs.bottom() + 1, bend = g.rows[top].y - g.gap * 0.45;
  if (here) add_arrow(g.scene, {x, g.rows[top].y - 1}, {x, to}, g.theme.muted);
  if (named && g.gap > 14) add_weight_name(g, {x + 9, (g.rows[top].y + to) / 2 + 4}, "V");
  if (!twin) return;
  const double aside = x - g.strip / 2 - 4;  // past the layer above
  g.scene.add_line({x - 3, g.rows[top - 1].y}, {aside, g.rows[top - 1].y - g.gap * 0.4}, g.theme.muted, 1.2);
  g.scene.add_line({aside, g.rows[top - 1].y - g.gap * 0.4}, {aside, bend}, g.theme.muted, 1.2);
  add_arrow(g.scene, {aside, bend}, {x - 2, to}, g.theme.muted, 1.2);
  if (here || g.start > 0) return;
  const double first = g.center(0);
  g.scene.add_line({first, g.rows[top].y - 1}, {first, bend}, g.theme.muted, 1.2);
  g.scene.add_line({first, bend}, {x - g.strip / 2 - 8, bend}, g.theme.muted, 1.2);
  add_arrow(g.scene, {x - g.strip / 2 - 8, bend}, {x - 4, to}, g.theme.muted, 1.2);
}

// Figure 3.4, on its left: the same network with a loop.
void add_folded(Graph& g, Box room) {
  const double x = room.x + 46, top = g.rows.back().y, bottom = g.rows.front().bottom(), radius = 15;
  const Point middle{x, (top + bottom) / 2};
  const Color line = g.theme.muted;
  const auto node = [&](Point at, const std::string& words) {
    g.scene.add(Circle{.center = at, .radius = radius, .fill = g.theme.panel, .stroke = line, .line_width = 1.4});
    add_centered(g.scene, {at.x - radius, at.y - radius, 2 * radius, 2 * radius}, words, g.theme.text, 13, Font::italic);
  };
  const Point x_node{x, std::min(g.inputs.center().y, g.inputs.bottom() - radius - 1)},
      o_node{x, std::max(g.outputs.center().y, g.outputs.y + radius + 1)};
  add_arrow(g.scene, {x, x_node.y - radius}, {x, middle.y + radius + 1}, line);
  add_arrow(g.scene, {x, middle.y - radius}, {x, o_node.y + radius + 1}, line);
  Path loop{.stroke = line, .line_width = 1.4};
  g.scene.add(loop.move({x - radius * 0.6, middle.y - radius * 0.8})
                  .cubic({x - 58, middle.y - 40}, {x - 58, middle.y + 40}, {x - radius * 0.7, middle.y + radius * 0.9}));
  add_arrow(g.scene, {x - radius - 4, middle.y + radius + 4}, {x - radius * 0.6, middle.y + radius * 0.75}, line);
  node(middle, g.state()), node(x_node, "x"), node(o_node, "o");
  add_weight_name(g, {x + 10, (x_node.y + middle.y) / 2 + 4}, "U");
  add_weight_name(g, {x + 10, (o_node.y + middle.y) / 2 + 4}, "V");
  add_weight_name(g, {x - 27, middle.y + 4}, "W");
  add_arrow(g.scene, {x + 28, middle.y}, {room.right() - 6, middle.y}, line, 2);
  add_words(g.scene, {(x + 28 + room.right() - 6) / 2, middle.y - 7}, "unfold", 60, line, Anchor::middle, letters);
}

std::string caption(const View& view) {
  const Layer& layer = view.layer();
  const bool framed = view.numbers["shares"].shape[1] > 0 && !words_of(view.numbers, "wanted").empty();
  return "The same weights at every step: those of " + layer.name + " are " + count_words(layer.numbers) +
         " numbers, the whole network's " + count_words(view.parameters) + ", for T = 5 as for T = 50." +
         (framed ? view.text ? " Framed: what came next." : " Framed: what is right." : "");
}

}  // namespace

Box add_graph(Scene& scene, const View& view, Box room) {
  Graph g{scene, view, *view.style.theme};
  const double left = room.x;
  if (room.height >= 120 && room.width >= 300) {
    const Box line = room.cut_top(18);
    add_words(scene, {line.x, line.y + 12}, caption(view), line.width, g.theme.muted);
  }
  const Box folded = room.width >= 860 && room.height >= 190 ? room.cut_left(120) : Box{};
  if (room.width >= 400) room.cut_left(56);
  g.count = std::min(view.steps(), std::max<Index>(1, Index(room.width / (room.width < 300 ? 40 : 54))));
  g.pitch = std::min(room.width / double(g.count), 130.0);
  g.strip = std::clamp(g.pitch * 0.42, 10.0, 30.0);
  g.start = std::clamp<Index>(view.step - g.count / 2, 0, view.steps() - g.count);
  place(g, {room.x, room.y, g.pitch * double(g.count), room.height});

  const Index chosen = view.step - g.start;
  const Box column{g.inputs.x + double(chosen) * g.pitch, room.y, g.pitch, room.height};
  for (Index c = 0; c < g.count; c++)
    scene.add(Rect{.box = {g.inputs.x + double(c) * g.pitch, room.y, g.pitch, room.height},
                   .radius = 5,
                   .fill = with_alpha(g.theme.accent, c == chosen ? 0.14 : 0.002),
                   .id = on_press({{"place", double(g.start + c + 1)}})});
  if (folded.width > 0) add_folded(g, folded);
  add_row_names(g, folded.width > 0 ? folded.right() : left);
  for (Index c = 0; c < g.count; c++) {
    for (std::size_t l = 0; l < g.rows.size(); l++) add_upwards(g, l, c, g.pitch >= 40);
    for (std::size_t l = 0; l < g.rows.size(); l++) add_through_time(g, l, c), add_strip(g, l, c);
    add_input(g, c);
    if (!g.answers(g.start + c)) continue;
    add_to_answer(g, c, g.pitch >= 40);
    add_answer(g, c);
  }
  if (!view.each_step && g.start + g.count < view.length - view.first && g.outputs.height > 0)
    add_words(scene, {g.inputs.right(), g.outputs.bottom() - 3},
              "at step " + count_words(view.length) + ": " + words_of(view.numbers, "foreseen")[0], g.inputs.width, g.theme.text,
              Anchor::end);
  return column;
}

}  // namespace viz::unrolled
