// One step of training after another.
#include "engine/trainer.h"

#include <algorithm>
#include <stdexcept>

#include "engine/order.h"
#include "engine/recorded.h"

namespace nn {

Trainer::Trainer(std::shared_ptr<const Problem> problem, Initializer init, const Training& training, std::uint64_t seed) : seed_(seed) {
  if (!problem) throw std::invalid_argument("training: there is no problem to learn");
  state_.parameters = parameters_of(problem->model);
  check(*problem, training);
  Generator weights(seed, "weights");
  initialize(init, state_.parameters, weights);
  state_.order_random = Generator(seed, "order");
  state_.mask_random = Generator(seed, "masks");
  state_.augment_random = Generator(seed, "augmentation");
  take(std::move(problem));
  set(training);
  note_epoch();
}

Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;

double Trainer::rate() const {
  if (training_.schedule == Schedule::constant) return training_.rate;
  const double epoch = double(state_.epoch) + double(state_.position) / double(steps_an_epoch());
  // The warm-up of the first step is one step long, not zero.
  const double one_step = double(training_.batch * std::max<Index>(problem_->window, 1)) / double(steps_an_epoch());
  return scheduled_rate(training_, training_.schedule == Schedule::warm_up ? epoch + one_step : epoch);
}

bool Trainer::step() {
  if (!stopped_.empty()) return false;
  if (resting_) started_ = std::chrono::steady_clock::now();
  resting_ = false;
  const bool shuffled = training_.shuffle == Order::each_epoch && problem_->window == 0;
  if (shuffled && state_.position == 0) next_order(state_.order, train_.count(), state_.order_random);
  const std::uint32_t* order = shuffled ? state_.order.data() : nullptr;
  const bool windows = problem_->window > 0;
  const Index n = windows ? streams(train_.count()) * problem_->window : std::min(training_.batch, train_.count() - state_.position);
  if (!(windows ? learn_window(n) : part_of(n) < n ? learn_parts(n, order) : learn_batch(n, order))) return false;
  state_.step++;
  state_.position += n;
  if (state_.position >= steps_an_epoch()) end_epoch();
  return stopped_.empty() && !stop_rule_holds();
}

bool Trainer::learn_batch(Index n, const std::uint32_t* order) {
  Recorded& batch = recorded(n, Mode::training);
  load(batch, state_.position, order);
  return learn(batch);
}

// Forward, backward, update.
bool Trainer::learn(Recorded& batch) {
  forward(batch.program, batch.values);
  batch_loss_ = batch.loss();
  if (diverging(batch, batch_loss_)) return false;
  backward(batch.program, batch.values, batch.signals);
  update(batch.signals.gradients());
  fold_statistics(batch);
  last_ = &batch;
  return true;
}

Index Trainer::advance(Index n) {
  for (Index done = 0; done < n; done++)
    if (const Index before = state_.step; !step()) return done + (state_.step - before);
  return n;
}

double Trainer::seconds() const {
  if (resting_) return seconds_before_;
  return seconds_before_ + std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
}

void Trainer::rest() {
  seconds_before_ = seconds();
  resting_ = true;
}

void Trainer::load_batch(Recorded& batch, const Examples& examples, Index first, const std::uint32_t* order) {
  const Index n = batch.x.columns();
  const auto gather = [&](const Matrix& from, View to) {
    const Real* rows = from.view().row(first);
    if (order) {
      if (rows_.rows() < n || rows_.columns() < from.columns()) rows_ = Matrix(n, std::max(from.columns(), rows_.columns()));
      for (Index i = 0; i < n; i++)
        std::copy_n(from.view().row(Index(order[first + i])), from.columns(), rows_.data() + i * from.columns());
      rows = rows_.data();
    }
    kernels().transpose(n, from.columns(), rows, from.columns(), to.data, to.stride);
  };
  gather(examples.inputs, batch.x);
  // Symbols, one a step: step t of example b is column t n + b.
  gather(examples.targets, problem_->symbols ? View{batch.y.data(), examples.targets.columns(), n, n} : batch.y.view());
}

// What a training batch reads: its examples, changed at random where that is asked for, and the masks of dropout.
void Trainer::load(Recorded& batch, Index first, const std::uint32_t* order) {
  load_batch(batch, train_, first, order);
  if (problem_->augment) {
    batch.plain = batch.x;  // keeps its memory from step to step
    problem_->augment(batch.plain, batch.x, state_.augment_random);
  }
  if (!batch.network.masks.empty()) fill_masks(batch);
}

// Inverted dropout (Srivastava et al. 2014): 1 / (1 - p) with probability 1 - p, else 0.
void Trainer::fill_masks(Recorded& batch) {
  for (std::size_t i = 0; i < batch.masks.size(); i++) {
    const double p = batch.network.mask_probabilities[i];
    for (Index j = 0; j < batch.masks[i].size(); j++)
      batch.masks[i].data()[j] = state_.mask_random.uniform() < p ? Real(0) : Real(1 / (1 - p));
  }
}

void Trainer::end_epoch() {
  state_.position = 0;
  state_.epoch++;
  note_epoch();
}

}  // namespace nn
