// Real back-propagation through time, example by example, and what is left at each lag.
#include "viz/lag.h"

#include <algorithm>
#include <cmath>

#include "datasets/text_set.h"
#include "viz/text_study.h"

namespace viz::lag {

namespace {

using nn::Index;
using nn::Real;

constexpr Index most_columns = 20'000;  // steps of all examples together

Index width_within(Index examples, Index steps) { return std::clamp<Index>(most_columns / std::max<Index>(steps, 1), 1, examples); }

// -1 but for one step of each example, in the layout of symbols: step t of example b is column t B + b.
void ask(Batch& batch, Index example, Index step, Real symbol) { batch.y(0, step * batch.x.columns() + example) = symbol; }

Batch text_batch(const Study& study, Index examples, Index lags, bool backwards) {
  const data::TextSet& text = text_of(study, "lag");
  const Index length = std::ssize(text.ids), read = std::min(2 * lags, length - 1), begin = part_of(study, text, 0, 2).first;
  const Index first = std::clamp<Index>(begin, 0, length - 1 - read), room = length - 1 - read - first;
  const Index count = std::min(width_within(examples, read), room + 1);
  Batch batch{{1, 1, read}, nn::Matrix(read, count), nn::Matrix(1, read * count), std::vector<Index>(std::size_t(count), read)};
  nn::fill(batch.y, -1);
  for (Index b = 0; b < count; b++) {
    const Index start = first + (count == 1 ? 0 : room * b / (count - 1)), asked = backwards ? 0 : read - 1;
    for (Index t = 0; t < read; t++) batch.x(t, b) = Real(text.ids[std::size_t(start + t)]);
    ask(batch, b, asked, Real(text.ids[std::size_t(start + asked + 1)]));
  }
  return batch;
}

Batch sequence_batch(const Study& study, Index examples, bool backwards) {
  const nn::Examples& from = study.test.count() > 0 ? study.test : study.train;
  const Index steps = study.model.input.width, count = std::min(width_within(examples, steps), from.count());
  Batch batch{study.model.input, nn::Matrix(from.inputs.columns(), count), {}, std::vector<Index>(std::size_t(count), steps)};
  batch.y = study.set.tagged ? nn::Matrix(1, steps * count) : nn::Matrix(from.targets.columns(), count);
  if (study.set.tagged) nn::fill(batch.y, -1);
  for (Index b = 0; b < count; b++) {
    const Real* const row = from.inputs.view().row(b);
    for (Index i = 0; i < from.inputs.columns(); i++) batch.x(i, b) = row[i];
    if (study.set.text)  // a negative number is no symbol: the sequence has ended
      batch.steps[std::size_t(b)] = std::max<Index>(1, std::find_if(row, row + steps, [](Real symbol) { return symbol < 0; }) - row);
    const Index asked = backwards ? 0 : batch.steps[std::size_t(b)] - 1;
    if (study.set.tagged) ask(batch, b, asked, from.targets(b, asked));
    for (Index k = 0; k < from.targets.columns() && !study.set.tagged; k++) batch.y(k, b) = from.targets(b, k);
  }
  return batch;
}

double norm_of(nn::ConstView signal, Index column) {
  double sum = 0;
  for (Index i = 0; i < signal.rows; i++) sum += double(signal(i, column)) * double(signal(i, column));
  return std::sqrt(sum);
}

// The share `q` of the numbers lies below; numbers that are none do not count.
double quantile(std::vector<double> all, double q) {
  std::erase_if(all, [](double value) { return std::isnan(value); });
  if (all.empty()) return NAN;
  std::ranges::sort(all);
  const double place = q * double(all.size() - 1);
  const std::size_t before = std::size_t(place), after = std::min(before + 1, all.size() - 1);
  return all[before] + (place - double(before)) * (all[after] - all[before]);
}

}  // namespace

Batch batch_of(const Study& study, Index examples, Index lags, bool backwards) {
  return study.set.text && study.set.text->running ? text_batch(study, examples, lags, backwards)
                                                   : sequence_batch(study, examples, backwards);
}

nn::Matrix gradient_norms(const nn::Model& model, const nn::Parameters& parameters, nn::Loss loss, const Batch& batch, std::size_t layer,
                          bool cell, Index lags) {
  const nn::Model sized = nn::parse_model(model.text, batch.shape);
  const Index examples = batch.x.columns();
  nn::Tape tape;
  const nn::Network network = sized.record(tape, examples, nn::Mode::evaluation);
  const nn::Var y = tape.input("y", {batch.y.rows(), batch.y.columns()});
  const int cost = nn::cost(loss, sized, network, tape, y).index;
  const nn::Program program = tape.finish();
  nn::Values values(program);
  nn::bind(parameters, values);
  values.bind(network.x, batch.x);
  values.bind(y.index, batch.y);
  nn::forward(program, values);
  nn::Signals signals(program, cost, nn::Wanted::everything);
  nn::backward(program, values, signals);

  const nn::Unrolled& steps = network.recurrent[layer];
  const auto& nodes = cell && !steps.cells.empty() ? steps.cells : steps.states;
  const bool backwards = steps.name.ends_with(".backward");
  nn::Matrix norms(lags, examples);
  nn::fill(norms, Real(NAN));
  for (Index b = 0; b < examples; b++) {
    const Index count = batch.steps[std::size_t(b)];
    for (Index k = 0; k < std::min(lags, count); k++) {
      const nn::ConstView signal = signals[nodes[std::size_t(backwards ? k : count - 1 - k)]];
      // The cost is a mean over the examples: dL_b/dh = B dC/dh
      norms(k, b) = Real(signal.data ? double(examples) * norm_of(signal, b) : 0);
    }
  }
  return norms;
}

nn::Matrix shares_of_first(nn::ConstView norms) {
  nn::Matrix shares(norms);
  for (Index k = 0; k < norms.rows; k++)
    for (Index b = 0; b < norms.columns; b++) shares(k, b) = norms(0, b) > 0 ? norms(k, b) / norms(0, b) : Real(NAN);
  return shares;
}

double factor_per_step(nn::ConstView medians, Index from) {
  double n = 0, sum_k = 0, sum_log = 0, sum_kk = 0, sum_klog = 0;
  for (Index k = from; k < medians.columns; k++) {
    const double value = double(medians(0, k));
    if (!(value > 0) || !std::isfinite(value)) continue;
    const double x = double(k), log = std::log(value);
    n++, sum_k += x, sum_log += log, sum_kk += x * x, sum_klog += x * log;
  }
  return n < 2 ? NAN : std::exp((n * sum_klog - sum_k * sum_log) / (n * sum_kk - sum_k * sum_k));
}

Numbers numbers_of(const std::vector<Network>& networks, bool share) {
  Numbers numbers;
  const Index lags = networks.front().norms.rows();
  std::vector<Real> all, factors, kinds;
  for (const Network& network : networks) {
    const nn::Matrix norms = share ? shares_of_first(network.norms) : network.norms;
    nn::Matrix medians(1, lags);
    for (Index k = 0; k < lags; k++) {
      const std::vector<double> row(norms.view().row(k), norms.view().row(k) + norms.columns());
      medians(0, k) = Real(quantile(row, 0.5));
      all.insert(all.end(), {medians(0, k), Real(quantile(row, 0.25)), Real(quantile(row, 0.75))});
    }
    factors.push_back(Real(factor_per_step(medians, 1)));
    kinds.insert(kinds.end(), {Real(network.trained), Real(network.second)});
    numbers.words["networks"].push_back(network.words);
  }
  const Index count = std::ssize(networks);
  numbers.tensors.push_back(tensor_of_reals("lag", {count, lags, 3}, std::move(all)));
  numbers.tensors.push_back(tensor_of_reals("factors", {count}, std::move(factors)));
  numbers.tensors.push_back(tensor_of_reals("kinds", {count, 2}, std::move(kinds)));
  const nn::ConstView first = networks.front().norms;
  Index longest = 0;  // of the examples, as many as reach the last lag
  for (Index b = 0; b < first.columns; b++) longest += !std::isnan(first(lags - 1, b));
  numbers.tensors.push_back(tensor_of_reals("examples", {3}, {Real(first.columns), Real(longest), Real(share)}));
  return numbers;
}

}  // namespace viz::lag
