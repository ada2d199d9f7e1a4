// What the text heat map shows, in numbers.
#include "viz/text_heatmap.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/probes.h"

namespace viz::text_heatmap {

namespace {

using nn::Index;
using nn::Real;

constexpr Index least_probed = 10;  // steps, and two for each cell, without which a probe says nothing

// The likeliest symbols after a step, the first of equals first.
std::vector<int> next_symbols(const Reading& reading, Index step) {
  std::vector<int> order(std::size_t(reading.next.rows()));
  std::iota(order.begin(), order.end(), 0);
  const std::size_t count = std::min<std::size_t>(order.size(), std::size_t(likeliest));
  std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(count), order.end(), [&](int a, int b) {
    const Real p = reading.next(a, step), q = reading.next(b, step);
    return p > q || (p == q && a < b);
  });
  order.resize(count);
  return order;
}

void add_next(Numbers& numbers, const Reading& reading) {
  std::vector<std::int64_t> symbols;
  std::vector<Real> shares;
  for (Index t = 0; t < reading.steps(); t++) {
    for (const int symbol : next_symbols(reading, t)) symbols.push_back(symbol), shares.push_back(reading.next(symbol, t));
    while (std::ssize(symbols) < (t + 1) * likeliest) symbols.push_back(-1), shares.push_back(0);  // of a small vocabulary
  }
  numbers.tensors.push_back({"next", {reading.steps(), likeliest}, std::move(symbols)});
  numbers.tensors.push_back(tensor_of_reals("share", {reading.steps(), likeliest}, std::move(shares)));
}

// The best |r|, and R^2 of the probe.
std::pair<double, double> worth(const Reading& reading, const std::string& property) {
  const data::Track& track = track_named(reading, property, "text-heatmap");
  const auto scores = cells_by_correlation(reading.cells, track.values);
  const bool enough = reading.steps() >= std::max(least_probed, 2 * reading.cells.rows());
  const double probe = enough ? linear_probe(reading.cells, track.values).measured : NAN;
  return {scores.empty() ? 0 : std::abs(scores[0].correlation), probe};
}

}  // namespace

Numbers numbers_of(const Reading& reading, const Reading* untrained, const Choice& choice) {
  const data::Track& track = track_named(reading, choice.property, "text-heatmap");
  const std::vector<CellScore> scores = cells_by_correlation(reading.cells, track.values);
  const Index cell = choice.unit == 0 ? scores.at(0).cell : std::min(choice.unit, reading.cells.rows()) - 1;
  const Index steps = reading.steps();
  Numbers numbers;
  const Values activation = values_of(reading.cells, cell);
  numbers.tensors.push_back(tensor_of_reals("activation", {steps}, {activation.begin(), activation.end()}));
  numbers.tensors.push_back(tensor_of_reals("track", {steps}, track.values));
  numbers.tensors.push_back({"symbols", {steps}, std::vector<std::int64_t>(reading.symbols.begin(), reading.symbols.end())});
  add_next(numbers, reading);
  std::vector<Real> rows;
  for (const CellScore& score : scores) rows.insert(rows.end(), {Real(score.cell), Real(score.correlation), Real(score.area)});
  numbers.tensors.push_back(tensor_of_reals("scores", {std::ssize(scores), 3}, std::move(rows)));
  const auto [r, probe] = worth(reading, track.name);
  const auto [r_before, probe_before] = untrained ? worth(*untrained, track.name) : std::pair<double, double>{NAN, NAN};
  numbers.tensors.push_back(tensor_of_reals("worth", {4}, {Real(r), Real(probe), Real(r_before), Real(probe_before)}));
  numbers.tensors.push_back(
      {"chosen",
       {6},
       std::vector<std::int64_t>{cell, std::min(choice.place, steps), choice.next, reading.first, reading.length, choice.end}});
  numbers.words["vocabulary"] = reading.vocabulary;
  numbers.words["cells"] = reading.cell_names;
  numbers.words["property"] = {track.name};
  return numbers;
}

}  // namespace viz::text_heatmap
