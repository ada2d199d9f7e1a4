// Batches that are computed in parts: what is learned is what the whole batch says.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/threads.h"
#include "engine/trainer.h"

using namespace nn;

namespace {

constexpr const char* plain = "conv 9 3x3 pad 1, relu, maxpool 2, conv 8 3x3 pad 1, tanh, dense 4, softmax";

std::shared_ptr<const Problem> noise(const std::string& layers, Index count) {
  Generator random(5, "noise");
  const auto some = [&] {
    Examples examples{Matrix(count, 2 * 36), Matrix(count, 4)};
    for (Index i = 0; i < examples.inputs.size(); i++) examples.inputs.data()[i] = Real(random.uniform() - 0.3);
    for (Index i = 0; i < count; i++) examples.targets(i, Index(random.below(4))) = 1;
    return examples;
  };
  Examples train = some(), test = some();
  return std::make_shared<const Problem>(Problem{parse_model(layers, {2, 6, 6}), std::move(train), std::move(test), true});
}

Training how(Index batch) {
  Training training;
  training.loss = Loss::cross_entropy;
  training.rate = 0.5;
  training.batch = batch;
  return training;
}

// Mean cost of examples `first` .. of the data in the order that they are learned in, and its gradient, by one program for all of them.
struct Whole {
  double cost;
  Matrix gradient;
};
Whole whole(const Problem& problem, const Parameters& parameters, const std::vector<Index>& examples) {
  Tape tape;
  const Network network = problem.model.record(tape, Index(examples.size()), Mode::evaluation);
  const Var c = cost(Loss::cross_entropy, problem.model, network, tape, target_slot(problem, network, tape));
  const Program program = tape.finish();
  Values values(program);
  Matrix x(72, Index(examples.size())), y(4, Index(examples.size()));
  for (Index j = 0; j < x.columns(); j++) {
    for (Index i = 0; i < 72; i++) x(i, j) = problem.train.inputs(examples[std::size_t(j)], i);
    for (Index i = 0; i < 4; i++) y(i, j) = problem.train.targets(examples[std::size_t(j)], i);
  }
  bind(parameters, values);
  values.bind(network.x, x);
  values.bind(program.find("y"), y);
  Signals signals(program, c.index, Wanted::parameters);
  forward(program, values);
  backward(program, values, signals);
  Matrix gradient(1, parameters.numbers.size());
  copy(signals.gradients(), gradient);
  return {double(values[c.index](0, 0)), std::move(gradient)};
}

}  // namespace

TEST_CASE("a step in parts moves the weights as the gradient of the whole batch says") {
  for (const Index batch : {32, 48, 64, 40, 16}) {
    const auto problem = noise(plain, 64);
    Trainer trainer(problem, Initializer::he, how(batch), 3);
    const Parameters before = trainer.state().parameters;
    const Whole expected = whole(*problem, before, next_batch(*trainer.snapshot(), 3));
    REQUIRE(trainer.step());
    INFO("batch of " << batch);
    CHECK(trainer.batch_loss() == Approx(expected.cost).epsilon(1e-5));
    double largest = 0, off = 0, size = 0;
    for (Index i = 0; i < before.numbers.size(); i++) {
      const double moved = double(trainer.state().parameters.numbers.data()[i]) - double(before.numbers.data()[i]);
      const double wanted = -0.5 * double(expected.gradient.data()[i]);
      largest = std::max(largest, std::abs(wanted)), off = std::max(off, std::abs(moved - wanted)), size += std::abs(moved);
    }
    CHECK(largest > 1e-3);
    CHECK(off < 1e-5 * largest + 1e-7);
    CHECK(size > 0);
  }
}

TEST_CASE("losses and accuracies of convolutional networks are means over all examples, whatever their number") {
  for (const Index count : {1, 15, 16, 33, 300}) {
    const auto problem = noise(plain, count);
    Trainer trainer(problem, Initializer::he, how(8), 3);
    double loss = 0;
    for (Index i = 0; i < count; i++) loss += whole(*problem, trainer.state().parameters, {i}).cost / double(count);
    INFO(count << " examples");
    CHECK(trainer.history().back().train_loss == Approx(loss).epsilon(1e-5));
  }
}

TEST_CASE("batch normalization sees the whole batch") {
  const auto problem = noise("conv 8 3x3 pad 1, batchnorm, relu, dense 4, softmax", 64);
  Trainer trainer(problem, Initializer::he, how(64), 3);
  const Parameters before = trainer.state().parameters;
  REQUIRE(trainer.step());
  // The running mean has moved a tenth of the way from 0 to the mean over all 64 examples, here by the definition.
  const ConstView W = before[before.find("conv1.weight")], b = before[before.find("conv1.bias")];
  const ConstView running = trainer.state().parameters[trainer.state().parameters.find("batchnorm1.running_mean")];
  for (Index o = 0; o < 8; o++) {
    double sum = 0;
    for (Index n = 0; n < 64; n++)
      for (Index i = 0; i < 36; i++) {
        sum += double(b(o, 0));
        for (Index c = 0; c < 2; c++)
          for (Index u = 0; u < 9; u++) {
            const Index k = i / 6 + u / 3 - 1, l = i % 6 + u % 3 - 1;
            if (k >= 0 && l >= 0 && k < 6 && l < 6) sum += double(W(o, c * 9 + u)) * double(problem->train.inputs(n, c * 36 + k * 6 + l));
          }
      }
    CHECK(double(running(o, 0)) == Approx(0.1 * sum / 64 / 36).margin(1e-6));
  }
}

TEST_CASE("a batch in parts that diverges says so and leaves the weights") {
  const auto problem = noise(plain, 64);
  Training training = how(64);
  training.rate = 1e20;
  Trainer trainer(problem, Initializer::he, training, 3);
  trainer.advance(20);
  CHECK(trainer.diverged());
  CHECK(trainer.stopped().find("diverged") != std::string::npos);
  const Matrix weights = trainer.state().parameters.numbers;
  CHECK_FALSE(trainer.step());
  CHECK(trainer.state().parameters.numbers == weights);
}
