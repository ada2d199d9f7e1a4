// One neuron with its numbers for the chosen example (Zeng 2016, figure 3.2), and what backpropagation says about it (3.4).
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/kernels.h"
#include "engine/ops.h"
#include "viz/backward.h"
#include "viz/methods.h"
#include "viz/network_picture.h"
#include "viz/neuron_picture.h"
#include "viz/neurons.h"

namespace viz::neuron {

namespace {

using nn::Index;
using nn::Real;

constexpr Index most_shown = 8;

// What follows the weights of a layer (counted from 1) up to the next ones.
std::vector<nn::Layer> after(const nn::Model& model, Index layer) {
  std::vector<nn::Layer> all;
  Index before = 0;
  for (const nn::Layer& part : model.layers) {
    if (std::holds_alternative<nn::Dense>(part) || std::holds_alternative<nn::Conv>(part))
      before++;
    else if (before == layer)
      all.push_back(part);
  }
  return all;
}

std::string function_of(const std::vector<nn::Layer>& parts) {
  std::string words;
  for (const nn::Layer& part : parts) {
    const auto* activation = std::get_if<nn::Activate>(&part);
    const std::string name = activation                                  ? std::string(nn::name(activation->sigma))
                             : std::holds_alternative<nn::Softmax>(part) ? "softmax"
                                                                         : "";
    if (!name.empty()) words += (words.empty() ? "" : ", ") + name;
  }
  return words.empty() ? "linear" : words;
}

// Tensor "curve" [65, 2]: z and sigma(z) around the neuron's own z; of softmax, while the other neurons stay as they are:
//   a_j = e^z / (e^z + sum_{i != j} e^{z_i}) = sigmoid(z - log sum_{i != j} e^{z_i})
void add_curve(Numbers& numbers, const std::vector<nn::Layer>& parts, nn::ConstView z, Index unit) {
  constexpr Index points = 65;
  const double own = z(unit, 0), reach = std::isfinite(own) ? std::max(4.0, 1.25 * std::abs(own)) : 4;
  nn::Matrix x(1, points), y(1, points);
  for (Index i = 0; i < points; i++) x(0, i) = y(0, i) = Real(reach * (2.0 * double(i) / (points - 1) - 1));
  for (const nn::Layer& part : parts) {
    if (const auto* activation = std::get_if<nn::Activate>(&part))
      nn::kernels().apply(activation->sigma, 1, points, y.data(), points, y.data(), points);
    if (!std::holds_alternative<nn::Softmax>(part)) continue;
    double largest = -INFINITY, sum = 0;
    for (Index i = 0; i < z.rows; i++)
      if (i != unit) largest = std::max(largest, double(z(i, 0)));
    for (Index i = 0; i < z.rows; i++)
      if (i != unit) sum += std::exp(double(z(i, 0)) - largest);
    for (Index i = 0; i < points; i++) y(0, i) = Real(z.rows == 1 ? 1 : 1 / (1 + std::exp(largest + std::log(sum) - double(y(0, i)))));
  }
  std::vector<Real> all;
  for (Index i = 0; i < points; i++) all.push_back(x(0, i)), all.push_back(y(0, i));
  numbers.tensors.push_back(tensor_of_reals("curve", {points, 2}, std::move(all)));
}

// Tensor "shown" [inputs drawn]: all, or of more than 8 the 7 with the largest |w a|, in order. "rest" [1]: the sum of w a of the others.
void add_shown(Numbers& numbers, Index inputs) {
  const nn::ConstView terms = rows_of(numbers["terms"]);
  std::vector<std::int64_t> shown(static_cast<std::size_t>(inputs));
  std::iota(shown.begin(), shown.end(), 0);
  double rest = 0;
  if (inputs > most_shown) {
    const auto strength = [&](std::int64_t k) { return std::isnan(terms(k, 2)) ? INFINITY : -std::abs(double(terms(k, 2))); };
    std::ranges::stable_sort(shown, {}, strength);
    for (std::size_t i = most_shown - 1; i < shown.size(); i++) rest += double(terms(shown[i], 2));
    shown.resize(most_shown - 1);
    std::ranges::sort(shown);
  }
  const Index count = Index(shown.size());
  numbers.tensors.push_back({"shown", {count}, std::move(shown)});
  numbers.tensors.push_back(tensor_of_reals("rest", {1}, {Real(rest)}));
}

}  // namespace

// Tensors "terms" [inputs, 4]: a_k, w_jk, w_jk a_k, dC/dw_jk; "sums" [5]: b, z, a, delta = dC/dz, C; the last ones NaN where the example
// has no target; "shown", "rest", "curve"; "place" [2]: layer and unit, counted from 1.
Numbers compute(const Study& study, const Arguments& options) {
  const Index layer = Index(options.at("layer")), unit = Index(options.at("unit"));
  Numbers numbers;
  add_names(numbers, study);
  const Index layers = std::ssize(words_of(numbers, "parameters")) - 1;
  if (layer > layers)
    throw std::invalid_argument("neuron: layer " + std::to_string(layer) + " was asked for, but the network has " + std::to_string(layers));
  const std::string name = words_of(numbers, "parameters")[std::size_t(layer)];
  if (!name.starts_with("dense"))
    throw std::invalid_argument("neuron: layer " + std::to_string(layer) + ", " + name +
                                ", shares its weights over a picture; 'arithmetic' shows how it computes");
  const nn::ConstView W = study.parameters[study.parameters.find(name + ".weight")],
                      b = study.parameters[study.parameters.find(name + ".bias")];
  if (unit > W.rows)
    throw std::invalid_argument("neuron: unit " + std::to_string(unit) + " was asked for, but layer " + std::to_string(layer) + " has " +
                                std::to_string(W.rows));

  nn::Matrix target = target_of_example(study);
  const bool has_target = target.size() > 0;
  if (!has_target) target = nn::Matrix(1, study.model.outputs());
  const Backward net(study, study.inputs_of(chosen_example(study)), &target);
  const nn::Signals signals = net.from_cost();

  const std::vector<int>& own = net.network().layers[std::size_t(layer)];
  const nn::ConstView before = net[net.network().layers[std::size_t(layer) - 1].back()], z = net[own.front()], a = net[own.back()];
  const nn::ConstView gradient = signals[net.program().find(name + ".weight")], delta = signals[own.front()];
  const auto known = [&](nn::ConstView signal, Index i, Index j) { return has_target && signal.data ? signal(i, j) : Real(NAN); };
  std::vector<Real> terms;
  for (Index k = 0; k < W.columns; k++)
    for (const Real number : {before(k, 0), W(unit - 1, k), W(unit - 1, k) * before(k, 0), known(gradient, unit - 1, k)})
      terms.push_back(number);
  numbers.tensors.push_back(tensor_of_reals("terms", {W.columns, 4}, std::move(terms)));
  numbers.tensors.push_back(tensor_of_reals(
      "sums", {5}, {b(unit - 1, 0), z(unit - 1, 0), a(unit - 1, 0), known(delta, unit - 1, 0), has_target ? Real(net.cost()) : Real(NAN)}));
  numbers.tensors.push_back(tensor_of_reals("place", {2}, {Real(layer), Real(unit)}));
  add_shown(numbers, W.columns);
  const std::vector<nn::Layer> parts = after(study.model, layer);
  add_curve(numbers, parts, z, unit - 1);
  numbers.words["function"] = {function_of(parts)};
  numbers.words["example"] = {example_words(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Terms terms = terms_of(numbers);
  const Index layers = std::ssize(words_of(numbers, "parameters")) - 1;
  const std::string who = terms.layer < layers ? "Neuron " + std::to_string(terms.unit) + " of layer " + std::to_string(terms.layer)
                          : std::ssize(words_of(numbers, "classes")) > 2 ? "Output " + word_at(words_of(numbers, "classes"), terms.unit - 1)
                                                                         : "Output";
  Box room = add_title(scene, who + ", " + words_of(numbers, "example")[0], words_of(numbers, "moment")[0], style);
  const double inputs = double(terms.shown.size()) + (terms.hidden() > 0 ? 1 : 0);
  const double drawing = std::min(room.height, std::max(110.0, std::min(inputs * 34 + 20, room.height * 0.6)));  // at least, of the height
  const Scene words = equations(terms, {0, 0, room.width, room.height - drawing - 12}, style);
  if (words.box.height > 0) {
    scene.append(words, {room.x, room.bottom() - words.box.height});
    room.cut_bottom(words.box.height + 10);
    scene.add_line({room.x, room.bottom()}, {room.right(), room.bottom()}, style.theme->line);
    room.cut_bottom(6);
  }
  const double most = std::min(room.width, 1100.0);
  add_neuron(scene, terms, {room.center().x - most / 2, room.y, most, room.height}, style);
  return scene;
}

Terms terms_of(const Numbers& numbers) {
  const nn::ConstView sums = rows_of(numbers["sums"]), place = rows_of(numbers["place"]);
  const auto& shown = whole_numbers(numbers, "shown");
  Terms t{.inputs = rows_of(numbers["terms"]),
          .shown = {shown.begin(), shown.end()},
          .b = sums(0, 0),
          .z = sums(0, 1),
          .a = sums(0, 2),
          .delta = sums(0, 3),
          .cost = sums(0, 4),
          .rest = rows_of(numbers["rest"])(0, 0),
          .layer = Index(place(0, 0)),
          .unit = Index(place(0, 1)),
          .curve = rows_of(numbers["curve"]),
          .function = words_of(numbers, "function")[0],
          .names = {},
          .from = {},
          .parameter = {}};
  for (Index k = 0; k < t.inputs.rows; k++)
    t.names.push_back(t.layer == 1 ? word_at(words_of(numbers, "inputs"), k) : "neuron " + std::to_string(k + 1));
  t.from = words_of(numbers, "parameters")[std::size_t(t.layer) - 1], t.parameter = words_of(numbers, "parameters")[std::size_t(t.layer)];
  return t;
}

}  // namespace viz::neuron
