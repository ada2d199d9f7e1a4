// Convolutional networks from their text: shapes, names, errors, running statistics, saving and going on.
#include <catch2/catch.hpp>

#include "engine/ops.h"
#include "engine/rules.h"
#include "engine/save.h"
#include "engine/trainer.h"
#include "tests/gradcheck.h"

using namespace nn;

namespace {

const char* const small_net = "conv 4 3x3 pad 1, batchnorm, relu, maxpool 2, conv 6 3x3 pad 1 stride 2, relu, gap, dense 3, softmax";

// Bars: horizontal, vertical, or none, with noise.
Examples bars(Index n, Generator& random) {
  Examples examples{Matrix(n, 64), Matrix(n, 3)};
  for (Index i = 0; i < n; i++) {
    const auto label = Index(random.below(3)), where = Index(random.below(8));
    examples.targets(i, label) = 1;
    for (Index p = 0; p < 64; p++) {
      const bool bright = (label == 0 && p / 8 == where) || (label == 1 && p % 8 == where);
      examples.inputs(i, p) = Real(0.2 * random.normal() + (bright ? 1 : 0));
    }
  }
  return examples;
}

Trainer trainer_of(const std::string& text, const Training& training, std::uint64_t seed = 3) {
  Generator random(seed, "bars");
  Examples train = bars(90, random), test = bars(40, random);
  const Model model = parse_model(text, {1, 8, 8});
  return Trainer(std::make_shared<const Problem>(Problem{model, std::move(train), std::move(test), true}), Initializer::he, training, seed);
}

Training training() {
  Training t;
  t.loss = Loss::cross_entropy;
  t.optimizer = Update::adamw;
  t.rate = 0.01;
  t.batch = 20;
  t.shuffle = Order::each_epoch;
  t.decay = 0.5;
  return t;
}

std::string refusal(const std::string& text, Shape input = {1, 8, 8}) {
  try {
    parameters_of(parse_model(text, input));
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("A convolutional network is recorded from its text with the shapes and names of its layers", "[conv]") {
  const std::string text =
      "conv 8 5x5 pad 2, relu, maxpool 2, conv 16 5x5 pad 2 stride 1, batchnorm, relu, lrn, avgpool 2, upsample 2, deconv 4 2x2 stride 2, "
      "layernorm, gap, flatten, dense 10, softmax";
  Tape tape;
  const Network network = parse_model(text, {3, 24, 20}).record(tape, 5, Mode::evaluation);
  const Program& program = tape.program();
  const auto shape = [&](const char* name) { return program[program.find(name)].size.shape; };
  CHECK(shape("conv1") == Shape{8, 24, 20});
  CHECK(shape("maxpool1") == Shape{8, 12, 10});
  CHECK(shape("maxpool1.switches") == Shape{8, 12, 10});
  CHECK(shape("conv2") == Shape{16, 12, 10});
  CHECK(shape("batchnorm1") == Shape{16, 12, 10});
  CHECK(shape("lrn1") == Shape{16, 12, 10});
  CHECK(shape("avgpool1") == Shape{16, 6, 5});
  CHECK(shape("upsample1") == Shape{16, 12, 10});
  CHECK(shape("deconv1") == Shape{4, 24, 20});
  CHECK(shape("layernorm1") == Shape{4, 24, 20});
  CHECK(shape("gap1") == Shape{4, 1, 1});
  CHECK(shape("dense1") == Shape{10, 1, 1});
  CHECK(network.layers.size() == 5);  // x, conv1, conv2, deconv1, dense1, each with what follows
  CHECK(program[network.layers[1].back()].name == "maxpool1");
  CHECK(network.logits == program.find("dense1"));
  CHECK(parse_model(text, {3, 24, 20}).outputs() == 10);

  const Parameters parameters(program);
  const auto tensor = [&](const char* name) { return parameters.list()[parameters.find(name)].tensor; };
  CHECK(tensor("conv1.weight") == std::vector<Index>{8, 3, 5, 5});
  CHECK(tensor("conv1.bias") == std::vector<Index>{8});
  CHECK(tensor("conv2.weight") == std::vector<Index>{16, 8, 5, 5});
  CHECK(tensor("batchnorm1.gain") == std::vector<Index>{16});
  CHECK(tensor("batchnorm1.running_variance") == std::vector<Index>{16});
  CHECK(tensor("deconv1.weight") == std::vector<Index>{16, 4, 2, 2});
  CHECK(tensor("dense1.weight") == std::vector<Index>{10, 4});
}

TEST_CASE("A layer that does not fit says which it is, what came in and what it needs", "[conv]") {
  CHECK(refusal("conv 4 3x3, maxpool 2, conv 4 5x5, dense 2") ==
        "model: layer 3 'conv 4 5x5' gets 4x3x3 (channels, height, width): conv2d: a kernel that reaches over 5x5 pixels does not fit into "
        "3x3 "
        "(3x3 and a padding of 0)");
  CHECK(refusal("dense 4, relu, maxpool 2") ==
        "model: layer 3 'maxpool 2' gets 4x1x1 (channels, height, width): max_pool_switches: a window of 2x2 does not fit into 1x1 pixels");
  CHECK(
      refusal("conv 4 3x3 groups 2") ==
      "model: layer 1 'conv 4 3x3 groups 2' gets 1x8x8 (channels, height, width): conv: 1 channels and 4 filters cannot both be cut into 2 "
      "groups");
  CHECK(refusal("conv 4 3") == "model: layer 1 'conv 4 3': '3' is not the size of a kernel, such as 5x5");
  CHECK(refusal("conv 4 3x3 pat 2") == "model: layer 1 'conv 4 3x3 pat 2': 'pat' is not one of dilation, groups, pad, stride");
  CHECK(refusal("conv x 3x3") == "model: layer 1 'conv x 3x3': 'x' is not a number of filters, a whole number from 1 to 65536");
  CHECK(refusal("conv 4 3x3 stride 0") ==
        "model: layer 1 'conv 4 3x3 stride 0': '0' is not a number for stride, a whole number from 1 to 65536");
  CHECK(refusal("upsample 2 cubic") == "model: layer 1 'upsample 2 cubic': 'cubic' is not 'bilinear'");
  CHECK(refusal("lrn 4").find("the number has to be odd") != std::string::npos);
}

TEST_CASE("A small convolutional network learns bars", "[conv]") {
  Training t = training();
  t.decay = 0;
  Trainer trainer = trainer_of(small_net, t);
  const double before = trainer.history().front().train_loss;
  trainer.advance(100);
  CHECK(trainer.history().back().train_loss < before / 4);
  CHECK(trainer.history().back().test_accuracy > 0.9);
}

TEST_CASE("Running statistics follow the batches by their formula and nothing else moves them", "[conv]") {
  Trainer trainer = trainer_of("batchnorm, dense 3, softmax", training());
  const auto running = [&](const char* name) {
    const Parameters& p = trainer.state().parameters;
    return double(p[p.find(std::string("batchnorm1.running_") + name)](0, 0));
  };
  CHECK(running("mean") == 0);
  CHECK(running("variance") == 1);
  const auto snapshot = trainer.snapshot();
  const std::vector<Index> batch = next_batch(*snapshot, 3);
  double mean = 0, square = 0;
  const Matrix& x = trainer.problem()->train.inputs;
  for (Index i : batch)
    for (Index p = 0; p < 64; p++) mean += double(x(i, p)) / (64.0 * double(batch.size()));
  for (Index i : batch)
    for (Index p = 0; p < 64; p++) square += std::pow(double(x(i, p)) - mean, 2);
  trainer.step();
  CHECK(running("mean") == Approx(0.1 * mean).epsilon(1e-4));
  CHECK(running("variance") == Approx(0.9 + 0.1 * square / (64.0 * double(batch.size()) - 1)).epsilon(1e-4));
}

TEST_CASE("Training uses the statistics of the batch and evaluation the running ones", "[conv]") {
  const Model model = parse_model("batchnorm", {2, 1, 1});
  const Matrix x{2, 4, {1, 2, 3, 6, -1, -1, 1, 1}};
  for (Mode mode : {Mode::training, Mode::evaluation}) {
    Tape tape;
    const Network network = model.record(tape, 4, mode);
    const Program program = tape.finish();
    Parameters parameters(program);
    Generator random(1);
    initialize(Initializer::he, parameters, random);
    parameters[parameters.find("batchnorm1.running_mean")](0, 0) = 1;
    Values values(program);
    bind(parameters, values);
    values.bind(network.x, x);
    forward(program, values);
    const double expected = mode == Mode::training ? (6 - 3) / std::sqrt(3.5 + 1e-5) : (6 - 1) / std::sqrt(1 + 1e-5);
    CHECK(double(values[network.output](0, 3)) == Approx(expected).epsilon(1e-5));
  }
}

TEST_CASE("A convolutional state comes back from its tensors to the bit, and going on equals never having stopped", "[conv]") {
  Trainer whole = trainer_of(small_net, training()), first = trainer_of(small_net, training()), second = trainer_of(small_net, training());
  whole.advance(13);
  first.advance(6);
  const auto middle = first.snapshot();
  const Snapshot read = parse_snapshot(snapshot_bytes(*middle), "test");
  CHECK(read.state.parameters.numbers == middle->state.parameters.numbers);
  CHECK(read.state.parameters.list()[2].tensor == middle->state.parameters.list()[2].tensor);
  second.restore(read, first.history());
  second.advance(7);
  CHECK(second.state().parameters.numbers == whole.state().parameters.numbers);
  CHECK(second.state().moments[1] == whole.state().moments[1]);
  CHECK(second.history().back().test_loss == whole.history().back().test_loss);
}

TEST_CASE("A deconvnet and the chain rule put a signal back to where max-pooling found its winners", "[conv]") {
  Tape tape;
  const Var x = tape.input("x", {Shape{1, 2, 4}, 1});
  const Var q = tape.name(max_pool_switches(x, {2, 2, 0}), "q");
  max_pool(x, q, {2, 2, 0});
  const Program program = tape.finish();
  const Matrix picture{8, 1, {1, 5, 2, 0, 3, 4, 7, 6}};
  Values values(program);
  values.bind(0, picture);
  forward(program, values);
  CHECK(Matrix(values[q.index]) == Matrix{2, 1, {1, 6}});
  CHECK(Matrix(values[2]) == Matrix{2, 1, {5, 7}});
  Signals signals(program, 2, Wanted::everything);
  for (const Rules& rules : {chain_rule(), deconvnet(), guided_backpropagation()}) {
    backward(program, values, signals, Matrix{2, 1, {10, 20}}, rules);
    CHECK(Matrix(signals[0]) == Matrix{8, 1, {0, 10, 0, 0, 0, 0, 20, 0}});
  }
}
