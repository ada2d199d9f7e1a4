// Training on sequences: windows that carry their states, padded ones, bidirectional ones, and state files that go on to the bit.
#include <catch2/catch.hpp>
#include <cmath>

#include "datasets/prepare.h"
#include "datasets/text_set.h"
#include "engine/save.h"
#include "engine/trainer.h"
#include "tests/count_allocations.h"
#include "tests/gradcheck.h"

using namespace nn;

namespace {

data::Experiment experiment(const std::string& source, const std::string& layers, Index window = 0) {
  data::Experiment e;
  e.source = source;
  e.layers = layers;
  e.init = "xavier";
  e.split = "80 %";
  e.window = window;
  e.training.loss = Loss::cross_entropy;
  e.training.optimizer = Update::adam;
  e.training.rate = 0.01;
  e.training.batch = 16;
  return e;
}

Trainer trainer_of(const data::Experiment& e) { return data::trainer(data::prepare(e, {}), e); }

// The values of a network for one window, from states that are zero.
Matrix outputs(const Model& model, const Parameters& parameters, const Matrix& x) {
  Tape tape;
  const Network network = model.record(tape, x.columns(), Mode::evaluation);
  const Program program = tape.finish();
  Values values(program);
  bind(parameters, values);
  values.bind(network.x, x);
  forward(program, values);
  return Matrix(values[network.output]);
}

Parameters some(const Model& model, std::uint64_t seed) {
  Parameters parameters = parameters_of(model);
  Generator random(seed);
  initialize(Initializer::xavier, parameters, random);
  return parameters;
}

}  // namespace

TEST_CASE("windows that carry their states are one long sequence, cut anywhere", "[sequences]") {
  for (const std::string layers :
       {"onehot 5, rnn 4, dense 5, softmax", "onehot 5, lstm 4, lstm 3, dense 5, softmax", "embed 5 3, gru 4, dense 5, softmax"}) {
    INFO(layers);
    const Model whole = parse_model(layers, {1, 1, 12}), part = parse_model(layers, {1, 1, 4});
    const Parameters parameters = some(whole, 1);
    REQUIRE(same_parameters(whole, part));
    Matrix x(12, 2);
    for (Index i = 0; i < x.size(); i++) x.data()[i] = Real(i * 7 % 5);
    const Matrix expected = outputs(whole, parameters, x);

    Tape tape;
    const Network network = part.record(tape, 2, Mode::evaluation, Start::carried);
    const Program program = tape.finish();
    Values values(program);
    bind(parameters, values);
    std::vector<Matrix> states;
    for (const Carried& state : network.carried) states.emplace_back(program[state.before].size.rows, 2);
    CHECK(states.size() == (layers.find("lstm") != layers.npos ? 4 : 1));
    for (Index window = 0; window < 3; window++) {
      Matrix now(4, 2);
      copy({x.view().row(4 * window), 4, 2, 2}, now);
      values.bind(network.x, now);
      for (std::size_t i = 0; i < states.size(); i++) values.bind(network.carried[i].before, states[i]);
      forward(program, values);
      CHECK(gradcheck::relative_error(values[network.output], expected.view().block(window * 8, 8)) < 1e-6);
      for (std::size_t i = 0; i < states.size(); i++) states[i] = Matrix(values[network.carried[i].after]);
    }
  }
}

TEST_CASE("what comes behind the end of a sequence changes nothing, in both directions", "[sequences]") {
  for (const std::string layers : {"onehot 5 padded, lstm 4 both, last, dense 3, softmax", "embed 5 3 padded, gru 4, last, dense 3",
                                   "onehot 5 padded, rnn 4 relu, rnn 3, last, dense 3"}) {
    INFO(layers);
    const Model longer = parse_model(layers, {1, 1, 7}), exact = parse_model(layers, {1, 1, 4});
    const Parameters parameters = some(longer, 2);
    const Matrix padded(7, 1, {3, 0, 4, 1, -1, -1, -1}), plain(4, 1, {3, 0, 4, 1});
    CHECK(gradcheck::relative_error(outputs(longer, parameters, padded), outputs(exact, parameters, plain)) < 1e-6);
  }
}

TEST_CASE("a layer that reads both ways knows the future, and one that reads forwards does not", "[sequences]") {
  const auto first_output = [](const std::string& layers, Real last) {
    const Model model = parse_model(layers, {1, 1, 3});
    const Matrix x(3, 1, {1, 2, last}), y = outputs(model, some(model, 3), x);
    return Matrix(y.view().block(0, 1));
  };
  CHECK(first_output("onehot 5, lstm 4, dense 2", 0) == first_output("onehot 5, lstm 4, dense 2", 3));
  CHECK_FALSE(first_output("onehot 5, lstm 4 both, dense 2", 0) == first_output("onehot 5, lstm 4 both, dense 2", 3));
}

TEST_CASE("the forget gates of an LSTM start open, and everything else as the initializer says", "[sequences]") {
  const Parameters parameters = some(parse_model("onehot 5, lstm 4, dense 2", {1, 1, 3}), 4);
  const ConstView bias = parameters[parameters.find("lstm1.bias")];
  for (Index i = 0; i < 16; i++) CHECK(bias(i, 0) == (i < 4 ? 1 : 0));
}

TEST_CASE("a network learns to count, to remember, to tag and to tell names apart", "[sequences]") {
  struct Task {
    std::string source, layers;
    Index steps;
    double accuracy;
  };
  for (const Task& task : {Task{"lines12", "lstm 16", 400, 0.29}, Task{"names", "lstm 16", 300, 0.95},
                           Task{"inside", "lstm 12 both", 300, 0.98}, Task{"recall", "gru 16", 600, 0.95}}) {
    INFO(task.source);
    Trainer trainer = trainer_of(experiment(task.source, task.layers, task.source == "lines12" ? 25 : 0));
    const double before = trainer.evaluate(trainer.problem()->test).accuracy;
    trainer.advance(task.steps);
    const Score after = trainer.evaluate(trainer.problem()->test);
    CAPTURE(before, after.accuracy, after.loss);
    CHECK(after.accuracy >= task.accuracy);
    CHECK(after.accuracy > before + 0.02);
  }
}

TEST_CASE("training on a text goes on from a state file to the bit, carried states and all", "[sequences]") {
  const data::Experiment e = experiment("latch", "lstm 8, dropout 0.1, gru 6", 20);
  const data::Prepared prepared = data::prepare(e, {});
  Trainer through = data::trainer(prepared, e), stopped = data::trainer(prepared, e);
  through.advance(9);
  stopped.advance(5);
  const Snapshot saved = parse_snapshot(snapshot_bytes(*stopped.snapshot()), "test");
  REQUIRE(saved.state.carried.size() == 3);
  Trainer other = data::trainer(prepared, e);
  other.restore(saved, stopped.history());
  other.advance(4);
  CHECK(other.state().parameters.numbers == through.state().parameters.numbers);
  CHECK(other.state().carried == through.state().carried);
}

TEST_CASE("a step of training on a text allocates nothing", "[sequences]") {
  Trainer trainer = trainer_of(experiment("latch", "lstm 8, rnn 6", 20));
  trainer.advance(3);
  const std::size_t before = allocations();
  trainer.advance(5);
  CHECK(allocations() == before);
}

TEST_CASE("streams of a text begin at equal distances, and an epoch is as many windows as they fill", "[sequences]") {
  data::Experiment e = experiment("latch", "rnn 4", 20);
  e.samples = 1001;
  e.split = "100 %";
  const data::Prepared prepared = data::prepare(e, {});
  REQUIRE(prepared.problem->train.count() == 1000);
  Trainer trainer = data::trainer(prepared, e);
  trainer.advance(3);  // 16 streams of 62 steps: three windows of 20
  CHECK(trainer.state().epoch == 1);
  CHECK(trainer.state().position == 0);
  CHECK(next_batch(*trainer.snapshot(), 0)[1] == 62);
}

TEST_CASE("a text is refused in one sentence where experiment and text do not go together", "[sequences]") {
  const auto refused = [](auto change) {
    data::Experiment e = experiment("latch", "lstm 4", 20);
    change(e);
    try {
      data::trainer(data::prepare(e, {}), e);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string("nothing was refused");
  };
  CHECK_THAT(refused([](auto& e) { e.training.loss = Loss::quadratic; }), Catch::Contains("take train.loss cross-entropy"));
  CHECK_THAT(refused([](auto& e) { e.split = "every 5"; }), Catch::Contains("whose beginning trains"));
  CHECK_THAT(refused([](auto& e) { e.samples = 100, e.window = 500; }), Catch::Contains("take a shorter window or a longer text"));
  CHECK_THAT(refused([](auto& e) { e.noise = 5; }), Catch::Contains("has no noise to set"));
  CHECK_THAT(refused([](auto& e) { e.layers = "lstm"; }), Catch::Contains("a number of units"));
  CHECK_THAT(refused([](auto& e) { e.layers = "rnn 4 both sideways"; }), Catch::Contains("'sideways' is not one of both, relu"));
  CHECK_THAT(refused([](auto& e) { e.layers = "tanh"; }), Catch::Contains("symbols go into dense, rnn, lstm or gru"));
  CHECK_THAT(refused([](auto& e) { e.source = "/nowhere/a.txt"; }),
             Catch::Contains("nothing was refused") || Catch::Contains("/nowhere/a.txt"));
}

TEST_CASE("a loss that is not a number stops training on a text, in words", "[sequences]") {
  data::Experiment e = experiment("latch", "rnn 8 relu", 40);
  e.training.optimizer = Update::sgd;
  e.training.rate = 1000;
  Trainer trainer = trainer_of(e);
  trainer.advance(50);
  CHECK(trainer.diverged());
  CHECK_THAT(trainer.stopped(), Catch::Contains("training diverged") && Catch::Contains("gradient clipping"));
}
