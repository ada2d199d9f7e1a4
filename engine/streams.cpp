// Training on one long sequence: streams side by side, window by window, each going on from the states that the last one ended with.
// Back-propagation through time is truncated at the windows (Williams and Peng 1990).
#include <algorithm>
#include <stdexcept>

#include "engine/recorded.h"

namespace nn {

Index Trainer::streams(Index examples) const { return std::clamp<Index>(training_.batch, 1, examples / problem_->window); }

Index Trainer::steps_an_epoch() const {
  if (problem_->window == 0) return train_.count();
  const Index side_by_side = streams(train_.count()), steps = side_by_side * problem_->window;
  return train_.count() / side_by_side / problem_->window * steps;
}

// Stream b begins b count / streams steps into the sequence, rounded down. Its step t is column t streams + b.
void Trainer::load_window(Recorded& batch, const Examples& examples, Index window) {
  const Index T = problem_->window, streams = batch.x.columns(), length = examples.count() / streams, F = examples.inputs.columns();
  const Index targets = batch.y.rows();
  for (Index b = 0; b < streams; b++)
    for (Index t = 0; t < T; t++) {
      const Index from = b * length + window * T + t;
      for (Index f = 0; f < F; f++) batch.x(f * T + t, b) = examples.inputs(from, f);
      for (Index k = 0; k < targets; k++) batch.y(k, t * streams + b) = examples.targets(from, k);
    }
}

bool Trainer::learn_window(Index n) {
  Recorded& batch = recorded(n / problem_->window, Mode::training);
  if (state_.position == 0) state_.carried.clear();
  carry_into(batch, state_.carried);
  load_window(batch, train_, state_.position / n);
  if (!batch.network.masks.empty()) fill_masks(batch);
  if (!learn(batch)) return false;
  carry(batch, state_.carried);
  return true;
}

void Trainer::carry(const Recorded& batch, std::vector<Matrix>& states) {
  states.resize(batch.network.carried.size());
  for (std::size_t i = 0; i < states.size(); i++) {
    const ConstView after = batch.values[batch.network.carried[i].after];
    if (states[i].rows() != after.rows || states[i].columns() != after.columns) states[i] = Matrix(after.rows, after.columns);
    copy(after, states[i]);
  }
}

void Trainer::carry_into(Recorded& batch, const std::vector<Matrix>& states) {
  for (std::size_t i = 0; i < batch.carried.size(); i++)
    if (i < states.size() && states[i].columns() == batch.carried[i].columns() && states[i].rows() == batch.carried[i].rows())
      copy(states[i], batch.carried[i]);
    else
      fill(batch.carried[i], 0);
}

// Of the first `most` steps.
Score Trainer::evaluate_streams(const Examples& examples, Index most) {
  const Index T = problem_->window, count = std::min(examples.count(), most);
  double loss = 0, right = 0;
  Index asked = 0, all = 0;
  if (count >= T) {
    const Index side_by_side = std::clamp<Index>(32, 1, count / T);
    Recorded& batch = recorded(side_by_side, Mode::evaluation);
    std::vector<Matrix> states;
    for (Index window = 0; (window + 1) * T <= count / side_by_side; window++, all += asked) {
      carry_into(batch, states);
      load_window(batch, examples, window);
      forward(batch.program, batch.values);
      carry(batch, states);
      const Score one = score(batch, asked);
      loss += one.loss;
      right += one.accuracy;
    }
  }
  return mean(loss, right, all);
}

}  // namespace nn
