// The gradient against the lag: known rates of decay, the known figures of untrained networks, and differences instead of signals.
#include <catch2/catch.hpp>
#include <cmath>

#include "datasets/text_set.h"
#include "tests/methods_study.h"
#include "viz/lag.h"

using namespace viz;
using Catch::Matchers::Contains;
using nn::Index;
using nn::Real;

namespace {

Numbers measured(const Study& study, const Arguments& options = {}) {
  return numbers_of(method("lag"), study, arguments(method("lag"), options));
}

// Noise that is read, and numbers that are wanted at the end.
lag::Batch noise(Index steps, Index examples, double size) {
  lag::Batch batch{{1, 1, steps}, nn::Matrix(steps, examples), nn::Matrix(1, examples), std::vector<Index>(std::size_t(examples), steps)};
  nn::Generator random(5);
  for (Index i = 0; i < batch.x.size(); i++) batch.x.data()[i] = Real(size * random.normal());
  for (Index i = 0; i < examples; i++) batch.y.data()[i] = Real(1 + random.uniform());
  return batch;
}

nn::Parameters drawn(const nn::Model& model, nn::Initializer how, std::uint64_t seed) {
  nn::Parameters parameters = nn::parameters_of(model);
  nn::Generator random(seed, "weights");
  nn::initialize(how, parameters, random);
  return parameters;
}

void scale(nn::Parameters& parameters, const char* name, double factor) {
  const nn::View w = parameters[parameters.find(name)];
  for (Index i = 0; i < w.rows; i++)
    for (Index j = 0; j < w.columns; j++) w(i, j) *= Real(factor);
}

nn::Matrix medians_of(const nn::Matrix& norms) {
  const Numbers numbers = lag::numbers_of({{"", true, false, norms}}, true);
  nn::Matrix medians(1, norms.rows());
  for (Index k = 0; k < norms.rows(); k++) medians(0, k) = rows_of(numbers["lag"])(k, 0);
  return medians;
}

// Weights U(-1/sqrt n, 1/sqrt n) of 16 units on noise of 50 steps, as in the trial implementation: the median over seeds of what is left.
double left_at_20(const std::string& layers, double weights, double forget_bias) {
  std::vector<double> all;
  const nn::Model model = nn::parse_model(layers + ", last, dense 1", {1, 1, 50});
  for (std::uint64_t seed = 1; seed <= 9; seed++) {
    nn::Parameters parameters = drawn(model, nn::Initializer::zeros, seed);
    nn::Generator random(seed, "weights");
    for (const nn::Parameter& p : parameters.list()) {
      const nn::View w = parameters[parameters.find(p.name)];
      for (Index i = 0; i < w.rows; i++)
        for (Index j = 0; j < w.columns; j++) w(i, j) = Real(random.uniform(-0.25, 0.25));
    }
    const std::string first = layers.substr(0, layers.find(' ')) + "1";
    scale(parameters, (first + ".recurrent").c_str(), weights);
    scale(parameters, (first + ".weight").c_str(), weights);
    if (first == "lstm1")
      for (Index i = 0; i < 16; i++) parameters[parameters.find("lstm1.bias")](i, 0) = Real(forget_bias);
    all.push_back(double(medians_of(lag::gradient_norms(model, parameters, nn::Loss::quadratic, noise(50, 8, 1), 0, false, 50))(0, 20)));
  }
  std::ranges::sort(all);
  UNSCOPED_INFO(layers << ", weights x " << weights << ", forget bias " << forget_bias << ": " << all[4] << " of lag 0 at lag 20 ("
                       << all[0] << " to " << all[8] << ")");
  return all[4];
}

}  // namespace

TEST_CASE("near zero the gradient of a plain layer with weights rho times orthogonal decays as rho to the lag", "[lag]") {
  const nn::Model model = nn::parse_model("rnn 16, last, dense 1", {1, 1, 40});
  for (const double rho : {0.5, 0.9, 1.0, 1.1}) {
    nn::Parameters parameters = drawn(model, nn::Initializer::orthogonal, 3);
    scale(parameters, "rnn1.recurrent", rho);
    const nn::Matrix norms = lag::gradient_norms(model, parameters, nn::Loss::quadratic, noise(40, 10, 1e-4), 0, false, 30);
    const nn::Matrix medians = medians_of(norms);
    INFO("rho " << rho);
    CHECK(lag::factor_per_step(medians, 0) == Approx(rho).epsilon(0.001));
    // the slope of the logarithm, within 2 %
    const double slope = std::log(lag::factor_per_step(medians, 0));
    if (rho != 1) CHECK(slope == Approx(std::log(rho)).epsilon(0.02));
    for (Index k = 0; k < 30; k++) CHECK(medians(0, k) == Approx(std::pow(rho, double(k))).epsilon(0.01));
  }
}

TEST_CASE("the gradient of an untrained network fades as it is known to", "[lag]") {
  const double rnn = left_at_20("rnn 16", 1, 0), larger = left_at_20("rnn 16", 2.5, 0), lstm = left_at_20("lstm 16", 1, 1),
               open = left_at_20("lstm 16", 1, 3);
  const auto near = [](double measured_value, double known) { return measured_value > known / 10 && measured_value < known * 10; };
  CHECK(near(rnn, 1.6e-5));
  CHECK(near(larger, 0.36));
  CHECK(near(lstm, 3e-3));
  CHECK(near(open, 4.5e-2));
  CHECK(rnn < lstm);
  CHECK(lstm < open);
}

TEST_CASE("norms are those of differences of the loss", "[lag]") {
  // The state before the first step is an input: with the last steps alone, dL/dh_{T-k} is dL/dh0 of the steps behind it.
  const Index T = 6, n = 4;
  for (const std::string layers : {"rnn 4", "lstm 4", "gru 4"}) {
    const nn::Model whole = nn::parse_model(layers + ", last, dense 2", {2, 1, T});
    const nn::Parameters parameters = drawn(whole, nn::Initializer::xavier, 2);
    lag::Batch batch{{2, 1, T}, nn::Matrix(2 * T, 3), nn::Matrix(2, 3), {T, T, T}};
    nn::Generator random(7);
    for (Index i = 0; i < batch.x.size(); i++) batch.x.data()[i] = Real(random.normal());
    for (Index i = 0; i < batch.y.size(); i++) batch.y.data()[i] = Real(random.normal());
    const nn::Matrix norms = lag::gradient_norms(whole, parameters, nn::Loss::quadratic, batch, 0, false, T);

    nn::Tape first_tape;
    const nn::Network first = whole.record(first_tape, 3, nn::Mode::evaluation);
    const nn::Program first_program = first_tape.finish();
    nn::Values values(first_program);
    nn::bind(parameters, values);
    values.bind(first.x, batch.x);
    nn::forward(first_program, values);
    for (Index k = 1; k < T; k++) {
      const nn::Model tail = nn::parse_model(layers + ", last, dense 2", {2, 1, k});
      nn::Tape tape;
      const nn::Network network = tail.record(tape, 1, nn::Mode::evaluation, nn::Start::carried);
      const nn::Program program = tape.finish();
      nn::Values rest(program);
      nn::bind(parameters, rest);
      for (Index b = 0; b < 3; b++) {
        nn::Matrix x(2 * k, 1), h(n, 1), C(n, 1);
        for (Index f = 0; f < 2; f++)
          for (Index t = 0; t < k; t++) x(f * k + t, 0) = batch.x(f * T + T - k + t, b);
        const std::size_t at = std::size_t(T - 1 - k);
        for (Index i = 0; i < n; i++) h(i, 0) = values[first.recurrent[0].states[at]](i, b);
        if (layers == "lstm 4")
          for (Index i = 0; i < n; i++) C(i, 0) = values[first.recurrent[0].cells[at]](i, b);
        rest.bind(network.x, x);
        rest.bind(network.carried[0].before, h);
        if (layers == "lstm 4") rest.bind(network.carried[1].before, C);
        const auto loss = [&] {
          nn::forward(program, rest);
          double sum = 0;
          for (Index i = 0; i < 2; i++) sum += 0.5 * std::pow(double(rest[network.output](i, 0)) - double(batch.y(i, b)), 2);
          return sum;
        };
        double squares = 0;
        for (Index i = 0; i < n; i++) {
          const Real kept = h(i, 0);
          h(i, 0) = kept + Real(0.01);
          const double above = loss();
          h(i, 0) = kept - Real(0.01);
          squares += std::pow((above - loss()) / 0.02, 2);
          h(i, 0) = kept;
        }
        INFO(layers << ", lag " << k << ", example " << b);
        CHECK(double(norms(k, b)) == Approx(std::sqrt(squares)).epsilon(0.01).margin(2e-4));
      }
    }
  }
}

TEST_CASE("a sequence has no lag that is longer than itself, and padding behind it changes nothing", "[lag]") {
  const MadeStudy made = make_sequence_study("names", "rnn 5", 60, 0, 20);
  const Study study = made.study();
  const lag::Batch batch = lag::batch_of(study, 500, 12, false);
  REQUIRE(batch.x.columns() == std::ssize(study.split.test));
  const nn::Matrix norms = lag::gradient_norms(study.model, study.parameters, study.loss, batch, 0, false, 12);
  for (Index b = 0; b < batch.x.columns(); b++) {
    const Index length = batch.steps[std::size_t(b)];
    for (Index k = 0; k < 12; k++) CHECK(std::isnan(norms(k, b)) == (k >= length));
    // the same name alone, in a network that is exactly as long
    const nn::Model exact = nn::parse_model(study.model.text, {1, 1, length});
    lag::Batch alone{{1, 1, length}, nn::Matrix(length, 1), nn::Matrix(batch.y.rows(), 1), {length}};
    for (Index t = 0; t < length; t++) alone.x(t, 0) = batch.x(t, b);
    for (Index i = 0; i < batch.y.rows(); i++) alone.y(i, 0) = batch.y(i, b);
    const nn::Matrix expected = lag::gradient_norms(exact, study.parameters, study.loss, alone, 0, false, length);
    for (Index k = 0; k < length; k++) CHECK(norms(k, b) == Approx(expected(k, 0)).epsilon(1e-3).margin(1e-7));
  }
}

TEST_CASE("a layer that reads backwards has its last step at the beginning", "[lag]") {
  const MadeStudy made = make_sequence_study("inside", "rnn 4 both", 60, 14, 20);
  const Study study = made.study();
  const lag::Batch batch = lag::batch_of(study, 500, 14, true);
  for (Index b = 0; b < batch.x.columns(); b++) CHECK(batch.y(0, b) >= 0);  // asked at the first step
  const nn::Matrix norms = lag::gradient_norms(study.model, study.parameters, study.loss, batch, 1, false, 14);
  for (Index b = 0; b < batch.x.columns(); b++)
    for (Index k = 0; k < 14; k++) CHECK((k < batch.steps[std::size_t(b)] ? norms(k, b) > 0 : std::isnan(norms(k, b))));
}

TEST_CASE("windows of a text lie in the part that tests, and only their last symbol is asked for", "[lag]") {
  const MadeStudy made = make_text_study("text", "latch", "lstm 4", 900, 20);
  const Study study = made.study();
  const lag::Batch batch = lag::batch_of(study, 20, 30, false);
  REQUIRE(batch.x.rows() == 60);
  REQUIRE(batch.x.columns() == 20);
  const auto& ids = study.set.text->ids;
  const Index first = study.split.test.front();
  for (Index b = 0; b < 20; b++) {
    Index asked = 0;
    for (Index t = 0; t < 60; t++) asked += batch.y(0, t * 20 + b) >= 0;
    CHECK(asked == 1);
    const Index start = first + (std::ssize(ids) - 1 - 60 - first) * b / 19;
    for (Index t = 0; t < 60; t++) CHECK(batch.x(t, b) == Real(ids[std::size_t(start + t)]));
    CHECK(batch.y(0, 59 * 20 + b) == Real(ids[std::size_t(start + 60)]));
  }
}

TEST_CASE("two runs on the same data stand in one picture, each beside its own beginning", "[lag]") {
  const MadeStudy lstm = make_sequence_study("adding", "lstm 6", 80, 12, 30), rnn = make_sequence_study("adding", "rnn 6", 80, 12, 30);
  Study study = lstm.study();
  const Study other = rnn.study();
  study.other = &other;
  const Numbers numbers = measured(study);
  CHECK(words_of(numbers, "networks") == std::vector<std::string>{"this run, lstm1 h", "this run, lstm1 h before training",
                                                                  "second run, rnn1 h", "second run, rnn1 h before training"});
  CHECK(numbers["lag"].shape == std::vector<Index>{4, 12, 3});
  const Numbers alone = measured(other);
  for (Index k = 0; k < 12; k++) CHECK(rows_of(numbers["lag"])(24 + k, 0) == rows_of(alone["lag"])(k, 0));
  // before training: the weights of step 0, which are kept
  Study beginning = other;
  const nn::Parameters start = rnn.moments.front()->state.parameters;
  const lag::Batch batch = lag::batch_of(other, 50, 50, false);
  const nn::Matrix norms = lag::gradient_norms(other.model, start, other.loss, batch, 0, false, 12);
  for (Index k = 0; k < 12; k++) CHECK(rows_of(alone["lag"])(12 + k, 0) == medians_of(norms)(0, k));

  const MadeStudy longer = make_sequence_study("adding", "rnn 6", 80, 14, 1);
  const Study wrong = longer.study();
  study.other = &wrong;
  CHECK_THROWS_WITH(measured(study), Contains("lag: the second run has learned 'adding', which are not the same examples"));
  CHECK_THROWS_WITH(measured(named("ring").study()), Contains("lag: this network has no recurrent layer"));
}

TEST_CASE("along the cell the gradient fades by the forget gates alone", "[lag]") {
  // Weights of the state zero: C_t = f C_{t-1} + .., f = sigmoid(2) throughout.
  const nn::Model model = nn::parse_model("lstm 5, last, dense 1", {1, 1, 20});
  nn::Parameters parameters = drawn(model, nn::Initializer::xavier, 1);
  scale(parameters, "lstm1.recurrent", 0);
  scale(parameters, "lstm1.weight", 0);
  for (Index i = 0; i < 5; i++) parameters[parameters.find("lstm1.bias")](i, 0) = 2;
  const nn::Matrix norms = lag::gradient_norms(model, parameters, nn::Loss::quadratic, noise(20, 3, 1), 0, true, 20);
  const double f = 1 / (1 + std::exp(-2.0));
  for (Index k = 1; k < 20; k++) CHECK(norms(k, 0) / norms(k - 1, 0) == Approx(f).epsilon(1e-4));
}
