// Links: as wide as their weights, in the colours of the weights.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "viz/network_picture.h"

namespace viz::network {

using nn::Index;

namespace {

double finite_or_zero(double w) { return std::isfinite(w) ? w : 0; }

// Where links end at a box: at its middle, but spread a little at a large one, so that they can be told apart.
double spread(Box box, std::size_t i, std::size_t of) {
  return box.center().y + (double(i + 1) / double(of + 1) - 0.5) * std::min(40.0, box.height / 3);
}

}  // namespace

double width_of(double weight, double node_size) {
  return (0.4 + std::clamp(std::abs(finite_or_zero(weight)), 0.0, 5.0) * 1.7) * std::min(1.0, node_size / 40);
}

// Links fade out towards zero; those that the background would swallow come nearer to the colour of letters.
Color link_color(const Style& style, double weight) {
  Color color = color_at(style.scale, weight);
  for (int i = 0; i < 8 && contrast(color, style.theme->background) < 1.6; i++) color = mix(color, style.theme->text, 0.12);
  return with_alpha(color, 0.35 + 0.55 * std::min(1.0, std::abs(finite_or_zero(weight))));
}

void add_links(Picture& p, std::size_t layer) {
  const nn::ConstView W = rows_of(p.numbers[p.parameter(layer) + ".weight"]);
  const std::string id = "link:" + p.parameter(layer) + ":";
  const std::size_t outputs = p.shown(layer), inputs = p.shown(layer - 1);
  std::vector<std::size_t> order(outputs * inputs);
  std::iota(order.begin(), order.end(), std::size_t(0));
  const auto weight = [&](std::size_t k) { return double(W(Index(k / inputs), Index(k % inputs))); };
  const auto faded = [&](std::size_t k) { return p.chosen >= 0 && !p.is_chosen(layer, k / inputs) && !p.is_chosen(layer - 1, k % inputs); };
  // Strong ones on top, and above all those of the chosen neuron.
  std::ranges::stable_sort(order, {}, [&](std::size_t k) { return std::pair(!faded(k), std::abs(finite_or_zero(weight(k)))); });
  for (const std::size_t k : order) {
    const std::size_t i = k / inputs, j = k % inputs;
    const double w = weight(k);
    const Box from = p.node(layer - 1, j), to = p.node(layer, i);
    Path path = link({from.right(), from.center().y}, {to.x, p.is_large(layer) ? spread(to, j, inputs) : to.center().y});
    path.stroke = link_color(p.style, w);
    path.line_width = width_of(w, p.nodes.size);
    if (faded(k)) path.stroke.a = std::uint8_t(path.stroke.a / 5);
    path.id = id + std::to_string(i + 1) + ":" + std::to_string(j + 1);
    path.tip.reserve(64);
    path.tip.append("weight from ").append(p.names[layer - 1][j]).append(" to ").append(p.names[layer][i]).append(": ");
    path.tip += number_words(w);
    p.scene.add(std::move(path));
  }
}

// All pixels go to all neurons: one thin line each says so, the weights are pictures of their own.
void add_picture_links(Picture& p) {
  const std::size_t shown = p.shown(1);
  for (std::size_t i = 0; i < shown; i++) {
    const Box to = p.node(1, i);
    const double y = p.input.center().y + (double(i + 1) / double(shown + 1) - 0.5) * p.input.height;
    Path path = link({p.input.right(), y}, {to.x, to.center().y});
    path.stroke = p.style.theme->line;
    path.tip = count_words(p.sizes[0]) + " weights from the picture to " + p.names[1][i] + "; see 'weights'";
    p.scene.add(std::move(path));
  }
}

}  // namespace viz::network
