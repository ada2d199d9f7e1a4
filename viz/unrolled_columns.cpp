// What belongs to one step of the unrolled graph.
#include <algorithm>
#include <cmath>

#include "datasets/text.h"
#include "viz/link.h"
#include "viz/text.h"
#include "viz/text_grid.h"
#include "viz/unrolled_graph.h"

namespace viz::unrolled {

using figure::small;
using graph::answer_row, graph::letters;
using nn::Index;

void add_strip(Graph& g, std::size_t number, Index column) {
  const Layer& layer = g.view.layers[number];
  const Index step = g.start + column;
  const Box box = g.box(number, column);
  nn::Matrix units(layer.units, 1);
  for (Index i = 0; i < layer.units; i++) units(i, 0) = g.view.states(layer.first + i, step);
  Image image = readable(heat(units, box, g.view.style.scale, -g.view.range, g.view.range), units);
  image.tip = layer.name + " at step " + count_words(g.view.first + step + 1) + ", all units";
  g.scene.add(std::move(image));
  g.scene.add(Rect{.box = box, .stroke = g.theme.line});
  const double height = box.height / double(layer.units);
  const bool chosen_layer = Index(number) == g.view.number;
  if (chosen_layer)
    g.scene.add(Rect{.box = {box.x - 1, box.y + double(g.view.unit) * height, box.width + 2, std::max(height, 2.0)},
                     .stroke = g.theme.text,
                     .line_width = step == g.view.step ? 2.0 : 1.0});
  const auto press = [&](Box where, Index unit) {
    g.scene.add(Rect{.box = where,
                     .fill = with_alpha(g.theme.background, 0.01),
                     .id = on_press({{"place", double(step + 1)}, {"unit", double(layer.first + unit + 1)}})});
  };
  if (height < 4) return press(box, chosen_layer ? g.view.unit : 0);
  for (Index i = 0; i < layer.units; i++) press({box.x, box.y + double(i) * height, box.width, height}, i);
}

void add_input(Graph& g, Index column) {
  const Index step = g.start + column;
  const Box box = g.cell(g.inputs, column);
  if (!g.view.symbols().empty()) {
    const std::string& symbol = g.view.symbols()[std::size_t(step)];
    const double size = std::min(13.0, 13 * (g.pitch - 4) / std::max(1.0, text_width(shown_symbol(symbol), 13)));
    const double width = std::min(g.pitch - 2, std::max(g.strip, text_width(shown_symbol(symbol), size) + 8));
    add_symbol(g.scene, symbol, {g.center(column) - width / 2, box.y, width, box.height}, size, g.theme.grid, g.theme.text,
               "x_" + std::to_string(g.view.first + step + 1) + ": " + data::character_name(symbol));
    return;
  }
  const nn::ConstView numbers = rows_of(g.view.numbers["numbers"]);
  const Index rows = std::min<Index>(numbers.rows, 3);
  const double height = box.height / double(rows), width = std::min(g.pitch - 2, std::max(g.strip, 34.0));
  for (Index f = 0; f < rows; f++) {
    const double value = double(numbers(f, step));
    const Color color = color_at(g.view.style.scale, value);
    const Box cell{g.center(column) - width / 2, box.y + double(f) * height, width, height};
    const std::string name = word_at(words_of(g.view.numbers, "features"), f);
    g.scene.add(
        Rect{.box = cell, .fill = color, .tip = name + " at step " + count_words(g.view.first + step + 1) + ": " + number_words(value)});
    if (height >= 11) add_centered(g.scene, cell, decimal_words(value), ink_on(color), letters);
  }
}

namespace {

std::string percent(double share) { return number_words(std::round(share * 100)) + " %"; }

}  // namespace

void add_answer(Graph& g, Index column) {
  const Index step = g.start + column, place = g.view.each_step ? step : 0, rows = Index(std::round(g.outputs.height / answer_row));
  if (rows == 0) return;
  const auto &wanted = words_of(g.view.numbers, "wanted"), &foreseen = words_of(g.view.numbers, "foreseen");
  const std::string right = place < std::ssize(wanted) ? wanted[std::size_t(place)] : "";
  const double width = g.view.each_step ? std::min(g.pitch - 4, 76.0) : std::min(110.0, g.inputs.width);
  const double x = std::clamp(g.center(column) - width / 2, g.inputs.x, g.inputs.right() - width);
  const auto line = [&](Index row) {
    return Box{x, g.outputs.bottom() - answer_row * double(row + 1), width, answer_row - 1};
  };  // the first lowest
  const Index likeliest = g.view.numbers["shares"].shape[1];
  if (likeliest == 0) {
    add_centered(g.scene, line(0), foreseen[0], g.theme.text, small, Font::bold);
    if (rows > 1 && !right.empty()) add_centered(g.scene, line(1), "wanted " + right, g.theme.muted, letters);
    return;
  }
  const nn::ConstView shares = rows_of(g.view.numbers["shares"]);
  for (Index k = 0; k < std::min(rows, likeliest); k++) {
    const std::string& name = foreseen[std::size_t(place * likeliest + k)];
    const double share = double(shares(place, k));
    const Color ground = mix(g.theme.background, g.theme.accent, 0.75 * std::clamp(share, 0.0, 1.0));
    const std::string words = (name == " " ? "␣" : shown_symbol(name)) + " " + percent(share);
    g.scene.add(Rect{.box = line(k),
                     .fill = std::isnan(share) ? not_a_number : ground,
                     .stroke = name == right ? g.theme.text : nothing,
                     .line_width = 1.5,
                     .tip = "o_" + std::to_string(g.view.first + step + 1) + ": " + data::character_name(name) + " " + percent(share) +
                            (right.empty() ? "" : "; wanted " + data::character_name(right))});
    add_centered(g.scene, line(k), text_width(words, letters) < width - 2 ? words : shown_symbol(name), ink_on(ground), letters);
  }
}

// The names of the rows, at the left.
void add_row_names(Graph& g, double left) {
  const double width = g.inputs.x - left - 6;
  if (width < 24) return;
  const auto name = [&](Box row, const std::string& words, bool chosen = false) {
    if (row.height >= 9)
      add_words(g.scene, {g.inputs.x - 6, row.center().y + cap_height(letters) / 2}, words, width, chosen ? g.theme.text : g.theme.muted,
                Anchor::end, letters);
  };
  const auto& features = words_of(g.view.numbers, "features");
  const double height = g.inputs.height / double(std::clamp<std::size_t>(features.size(), 1, 3));
  if (features.empty()) name(g.inputs, "read");
  for (std::size_t f = 0; f < std::min<std::size_t>(features.size(), 3); f++)
    name({0, g.inputs.y + double(f) * height, 0, height}, features[f]);
  for (std::size_t l = 0; l < g.rows.size(); l++) {
    const Layer& layer = g.view.layers[l];
    const std::string base = layer.name.substr(0, layer.name.find('.'));
    name(g.rows[l], (layer.backwards ? "←" : "") + base, Index(l) == g.view.number);
  }
  if (g.outputs.height >= 13) name(g.outputs, g.view.text ? "foreseen" : "answer");
}

}  // namespace viz::unrolled
