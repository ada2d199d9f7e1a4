// The numbers of the states over time, and their order.
#include "viz/states.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/text.h"
#include "viz/probes.h"

namespace viz::states {

namespace {

using nn::Index;
using nn::Real;

double range_of(nn::ConstView values, Index row) {
  const auto [low, high] = std::minmax_element(values.row(row), values.row(row) + values.columns);
  const double range = double(*high - *low);
  return std::isfinite(range) ? range : 0;
}

Index liveliest(nn::ConstView values) {
  Index most = 0;
  for (Index i = 1; i < values.rows; i++)
    if (range_of(values, i) > range_of(values, most)) most = i;
  return most;
}

Index strongest_step(nn::ConstView values, Index row) {
  Index at = 0;
  for (Index t = 1; t < values.columns; t++)
    if (std::abs(values(row, t)) > std::abs(values(row, at))) at = t;
  return at;
}

std::vector<Index> by_likeness(nn::ConstView values) {
  std::vector<Index> left(std::size_t(values.rows)), order;
  std::iota(left.begin(), left.end(), 0);
  Index now = liveliest(values);
  while (true) {
    order.push_back(now);
    std::erase(left, now);
    if (left.empty()) return order;
    std::vector<double> likeness;
    for (const Index other : left) likeness.push_back(std::abs(correlation(values_of(values, now), values_of(values, other))));
    now = left[std::size_t(std::max_element(likeness.begin(), likeness.end()) - likeness.begin())];
  }
}

// The rows of all layers that have the signal, one below the other.
nn::Matrix all_units(const SequenceRun& run, const std::vector<RecurrentLayer>& layers, const SequenceRead& read, Inside signal,
                     std::vector<std::string>& names, std::vector<std::int64_t>& units) {
  std::vector<nn::Matrix> parts;
  for (std::size_t l = 0; l < layers.size(); l++) {
    if (!has(layers[l].cell, signal)) continue;
    parts.push_back(run.inside(l, signal, read.before, read.steps));
    for (Index i = 0; i < layers[l].units; i++)
      names.push_back(layers[l].name + " " + std::to_string(i + 1)), units.push_back(layers[l].first + i + 1);
  }
  nn::Matrix all(std::ssize(names), read.steps);
  Index row = 0;
  for (const nn::Matrix& part : parts)
    for (Index i = 0; i < part.rows(); i++, row++) std::copy_n(part.view().row(i), read.steps, all.view().row(row));
  return all;
}

void require_signal(const std::vector<RecurrentLayer>& layers, Inside signal) {
  std::vector<std::string> there;
  for (std::size_t k = 0; k < std::size(inside_names); k++)
    for (const RecurrentLayer& layer : layers)
      if (has(layer.cell, Inside(k))) {
        if (Inside(k) == signal) return;
        there.emplace_back(inside_names[k]);
        break;
      }
  throw std::invalid_argument("states: no layer of this network has the signal '" + std::string(inside_names[std::size_t(signal)]) +
                              "'; there is " + nn::join(there, ", "));
}

void add_answers(Numbers& numbers, const Study& study, const SequenceRead& read, const SequenceRun& run) {
  SequenceAnswers answers = answers_of(study, read, run, 1);
  std::vector<Real> right;
  for (std::size_t i = 0; i < answers.foreseen.size(); i++) {
    const bool known = answers.likeliest > 0 && i < answers.wanted.size() && !answers.wanted[i].empty();
    right.push_back(known ? Real(answers.wanted[i] == answers.foreseen[i]) : Real(-1));
  }
  const Index count = std::ssize(right);
  numbers.tensors.push_back(tensor_of_reals("right", {count}, std::move(right)));
  if (answers.wanted.size() < answers.foreseen.size()) answers.wanted.resize(answers.foreseen.size());
  numbers.words["wanted"] = std::move(answers.wanted), numbers.words["foreseen"] = std::move(answers.foreseen);
}

}  // namespace

std::vector<Index> order_of(nn::ConstView values, Order order) {
  if (order == Order::by_likeness) return by_likeness(values);
  std::vector<Index> rows(std::size_t(values.rows));
  std::iota(rows.begin(), rows.end(), 0);
  if (order == Order::by_when) std::ranges::stable_sort(rows, {}, [&](Index row) { return strongest_step(values, row); });
  return rows;
}

Numbers numbers_of(const Study& study, const SequenceRead& read, const SequenceRun& run, const Choice& choice) {
  const std::vector<RecurrentLayer> layers = recurrent_layers(study.model, "states");
  require_signal(layers, choice.signal);
  Numbers numbers;
  std::vector<std::int64_t> units;
  const nn::Matrix all = all_units(run, layers, read, choice.signal, numbers.words["names"], units);
  const auto at = std::find(units.begin(), units.end(), std::int64_t(choice.unit));
  const Index row = at == units.end() ? liveliest(all) : at - units.begin();
  const std::vector<Index> order = order_of(all, choice.order);

  numbers.tensors.push_back(nn::tensor_of("states", {all.rows(), all.columns()}, all));
  numbers.tensors.push_back({"units", {std::ssize(units)}, units});
  numbers.tensors.push_back({"order", {std::ssize(order)}, std::vector<std::int64_t>(order.begin(), order.end())});
  numbers.tensors.push_back(
      {"chosen",
       {6},
       std::vector<std::int64_t>{row, std::int64_t(choice.signal), std::int64_t(choice.order), read.first, read.length, read.text}});
  add_answers(numbers, study, read, run);
  numbers.words["symbols"] = read.symbols;
  numbers.words["signal"] = {std::string(inside_names[std::size_t(choice.signal)])};
  if (read.symbols.empty()) {
    const nn::ConstView steps = run[run.program().find("steps")];
    const nn::Matrix shown(steps.block(read.before, read.steps));
    numbers.tensors.push_back(nn::tensor_of("numbers", {shown.rows(), shown.columns()}, shown));
    numbers.words["features"] = feature_names(study, shown.rows());
  }
  return numbers;
}

}  // namespace viz::states
