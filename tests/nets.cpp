// Small trainers that several tests use.
#include "tests/nets.h"

#include <cmath>

namespace test {

namespace {

nn::Examples circle(nn::Index n, nn::Generator& random) {
  nn::Examples examples{nn::Matrix(n, 2), nn::Matrix(n, 1)};
  for (nn::Index i = 0; i < n; i++) {
    const bool inside = i % 2 == 0;
    const double r = inside ? random.uniform(0, 2.5) : random.uniform(3.5, 5), angle = random.uniform(0, 6.283185307);
    examples.inputs(i, 0) = nn::Real(r * std::sin(angle));
    examples.inputs(i, 1) = nn::Real(r * std::cos(angle));
    examples.targets(i, 0) = inside ? 1 : -1;
  }
  return examples;
}

}  // namespace

nn::Trainer circle_trainer(const nn::Training& training, std::uint64_t seed) {
  nn::Generator random(seed, "circle");
  nn::Examples train = circle(250, random), test = circle(250, random);
  const nn::Model model = nn::parse_model("dense 4, tanh, dense 2, tanh, dense 1, tanh", {2, 1, 1});
  auto problem = std::make_shared<const nn::Problem>(nn::Problem{model, std::move(train), std::move(test), true});
  return nn::Trainer(problem, nn::Initializer::playground, training, seed);
}

nn::Training demanding() {
  nn::Training training;
  training.loss = nn::Loss::cross_entropy;
  training.optimizer = nn::Update::adam;
  training.rate = 0.01;
  training.batch = 16;
  training.shuffle = nn::Order::each_epoch;
  training.schedule = nn::Schedule::cosine;
  training.l2 = 1e-3;
  training.clip = 1;
  return training;
}

nn::Trainer demanding_trainer(const nn::Training& training, std::uint64_t seed) {
  nn::Generator random(seed, "three classes");
  nn::Examples train{nn::Matrix(137, 5), nn::Matrix(137, 3)};
  for (nn::Index i = 0; i < 137; i++) {
    const auto label = nn::Index(random.below(3));
    train.targets(i, label) = 1;
    for (nn::Index j = 0; j < 5; j++) train.inputs(i, j) = nn::Real(random.normal() + (j == label ? 2 : 0));
  }
  const nn::Model model = nn::parse_model("dense 12, relu, dropout 0.3, dense 3, softmax", {5, 1, 1});
  return nn::Trainer(std::make_shared<const nn::Problem>(nn::Problem{model, std::move(train), {}, true}), nn::Initializer::he, training,
                     seed);
}

}  // namespace test
