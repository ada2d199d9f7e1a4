// Small problems and a trainer, for the tests of steering a live training.
#pragma once
#include <catch2/catch.hpp>

#include "engine/trainer.h"

namespace steer {

using namespace nn;

// So many points; those below the line y = slope x are of one class.
inline Examples points(Index n, double slope, std::uint64_t seed, Real other) {
  Generator random(seed, "points");
  Examples examples{Matrix(n, 2), Matrix(n, 1)};
  for (Index i = 0; i < n; i++) {
    const double x = random.uniform(-3, 3), y = random.uniform(-3, 3);
    examples.inputs(i, 0) = Real(x);
    examples.inputs(i, 1) = Real(y);
    examples.targets(i, 0) = y < slope * x ? 1 : other;
  }
  return examples;
}

inline std::shared_ptr<const Problem> problem(Index n, double slope, const char* model = "dense 3, tanh, dense 1, tanh", Real other = -1) {
  return std::make_shared<const Problem>(
      Problem{parse_model(model, {2, 1, 1}), points(n, slope, 1, other), points(40, slope, 2, other), true});
}

inline std::shared_ptr<const Problem> sigmoid() { return problem(90, 1, "dense 3, relu, dense 1, sigmoid", 0); }

inline Training plain(Order order = Order::each_epoch) {
  Training training;
  training.optimizer = Update::momentum;
  training.shuffle = order;
  training.batch = 16;
  return training;
}

inline Trainer trainer(Order order = Order::each_epoch) { return Trainer(problem(100, 1), Initializer::xavier, plain(order), 4); }

inline void check_same(const State& a, const State& b) {
  CHECK(a.step == b.step);
  CHECK(a.epoch == b.epoch);
  CHECK(a.position == b.position);
  CHECK(a.parameters.numbers == b.parameters.numbers);
  CHECK(a.moments[0] == b.moments[0]);
  CHECK(a.order == b.order);
  CHECK(a.order_random == b.order_random);
  CHECK(a.best_loss == b.best_loss);
}

}  // namespace steer
