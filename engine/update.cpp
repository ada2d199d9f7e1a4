// What a step does to the parameters: clipping, the optimizer, the penalties.
#include <cmath>

#include "engine/kernels.h"
#include "engine/recorded.h"
#include "engine/threads.h"

namespace nn {

namespace {

void clip_norm(View g, double largest) {
  double square = 0;
  for (Index i = 0; i < g.columns; i++) square += double(g.data[i]) * double(g.data[i]);
  // g <- g min(1, clip / ||g||)                                                              (Pascanu et al. 2013)
  if (const double norm = std::sqrt(square); norm > largest)
    for (Index i = 0; i < g.columns; i++) g.data[i] *= Real(largest / norm);
}

// 1 - beta^t corrects moments that started at zero; only the two Adams ask for it.
Rates rates_of(const Training& training, double eta, Index updates) {
  Rates rates{Real(eta), Real(training.momentum), Real(training.beta1), Real(training.beta2), Real(training.epsilon), 1,
              1,         Real(training.decay)};
  if (training.optimizer == Update::adam || training.optimizer == Update::adamw) {
    rates.correction1 = Real(1 / (1 - std::pow(training.beta1, double(updates))));
    rates.correction2 = Real(1 / (1 - std::pow(training.beta2, double(updates))));
  }
  return rates;
}

// Penalties act after the optimizer, on the weight as it was before the step (as in TensorFlow Playground), and never on biases.
void penalize(Parameters& parameters, const Matrix& before, double shrink1, double shrink2) {
  Real* const w = parameters.numbers.data();
  for (const Parameter& p : parameters.list()) {
    if (!p.is_weight()) continue;
    for (Index i = p.offset; i < p.offset + p.rows * p.columns; i++) {
      const Real old = before.data()[i], sign = old != 0 ? old : w[i];
      // w <- w - eta lambda_2 w_old - eta lambda_1 sign(w_old);  a weight that L1 takes across zero becomes zero
      const Real next = w[i] - Real(shrink2) * old - (sign > 0 ? Real(shrink1) : sign < 0 ? -Real(shrink1) : Real(0));
      w[i] = shrink1 > 0 && w[i] * next < 0 ? Real(0) : next;
    }
  }
}

constexpr double folded = 0.1;  // how much of a running statistic each batch replaces

}  // namespace

// running <- (1 - f) running + f batch                                                        (Ioffe & Szegedy 2015)
void Trainer::fold_statistics(const Recorded& batch) {
  for (const Statistic& statistic : batch.network.statistics) {
    const View running = state_.parameters[state_.parameters.find(statistic.running)];
    const ConstView now = batch.values[statistic.batch];
    for (Index c = 0; c < running.rows; c++)
      running(c, 0) = Real((1 - folded) * double(running(c, 0)) + folded * statistic.correction * double(now(c, 0)));
  }
}

void Trainer::update(View g) {
  if (training_.clip > 0) clip_norm(g, training_.clip);
  const bool penalized = training_.l1 > 0 || training_.l2 > 0;
  if (penalized) before_ = state_.parameters.numbers;

  state_.updates++;
  const double eta = rate();
  const Rates rates = rates_of(training_, eta, state_.updates);
  // w^l -> w^l - (eta/m) sum_x delta^{x,l} (a^{x,l-1})^T ,  b^l -> b^l - (eta/m) sum_x delta^{x,l}                (3.5)
  // for plain gradient descent; the mean 1/m is in the cost already, the others are in kernels/updates.h.
  const auto& list = state_.parameters.list();
  const auto from = [](Matrix& x, Index first) { return x.size() > 0 ? x.data() + first : nullptr; };
  for (std::size_t i = 0; i < list.size(); i++) {
    if (!list[i].learned) continue;
    const Index first = list[i].offset;
    while (i + 1 < list.size() && list[i + 1].learned) i++;  // neighbours in one go
    const Index end = i + 1 < list.size() ? list[i + 1].offset : g.columns;
    const auto some = [&](Index begin, Index stop) {
      const Index at = first + begin;
      kernels().update(training_.optimizer, rates, stop - begin, g.data + at, state_.parameters.numbers.data() + at,
                       from(state_.moments[0], at), from(state_.moments[1], at));
    };
    constexpr Index piece = 16'384;  // numbers: fewer are not worth waking another thread
    end - first > piece ? share(end - first, piece, std::ref(some)) : some(0, end - first);
  }
  if (penalized) penalize(state_.parameters, before_, eta * training_.l1, eta * training_.l2);
}

}  // namespace nn
