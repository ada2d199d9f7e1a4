// Relevance through time: Arras et al.'s rules for LSTM on the known case, and that nothing is lost in any recurrent layer.
#include <catch2/catch.hpp>

#include "engine/model.h"
#include "engine/relevance.h"
#include "engine/rules/recurrent.h"
#include "tests/known_lstm.h"

using namespace nn;

namespace {

double sum(ConstView x) {
  double total = 0;
  for (Index i = 0; i < x.rows; i++)
    for (Index j = 0; j < x.columns; j++) total += x(i, j);
  return total;
}

// What all parameters took: no weight takes any, so it is what the biases took.
double taken_by_biases(const Program& program, const Signals& signals) {
  double total = 0;
  for (int i = 0; i < program.size(); i++)
    if (program[i].name.ends_with("bias")) total += sum(signals[i]);
  return total;
}

}  // namespace

TEST_CASE("relevance of the known LSTM at each step (TC-32), and all of it is the score", "[lrp][recurrent]") {
  const test::KnownLstm known;
  const Real score = known.values[known.score](0, 0);
  // The case has epsilon .001 in every sum, and shares W_x x + W_h h + b in one: then x takes its part of what a took by rule zero.
  Composite composite = everywhere(rule_zero);
  composite.other = {.epsilon = Real(.001)};
  composite.by_node[known.score] = {.epsilon = Real(.001)};
  Signals signals(known.program, known.score, Wanted::everything);
  backward(known.program, known.values, signals, ConstView{&score, 1, 1, 1}, relevance_rules(known.program, known.values, composite));
  const double expected[] = {.02426211, .12106962, -.16628057, .16556382};
  double all = 0;
  for (Index t = 0; t < known.steps; t++) {
    double step = 0;
    for (Index j = 0; j < known.m; j++) step += double(signals[known.x](j, t));
    CHECK(step == Approx(expected[t]).margin(1e-6));
    all += step;
  }
  CHECK(all == Approx(.14461498).margin(1e-6));

  // By rule zero the inputs, the biases and the first state together have the whole score.
  backward(known.program, known.values, signals, ConstView{&score, 1, 1, 1},
           relevance_rules(known.program, known.values, everywhere(rule_zero)));
  CHECK(sum(signals[known.x]) + sum(signals[known.program.find("b")]) + sum(signals[known.program.find("C0")]) ==
        Approx(.3153995863).margin(1e-6));
}

TEST_CASE("whatever the recurrent layer, inputs and biases together have the whole score", "[lrp][recurrent]") {
  const char* const texts[] = {"rnn 5, last, dense 2",
                               "lstm 4, last, dense 2",
                               "gru 4, last, dense 2",
                               "lstm 3 both, gru 3, last, dense 2",
                               "embed 6 3 padded, lstm 4, last, dense 2",
                               "embed 6 4 padded, gru 3, rnn 4, last, dense 2"};
  for (const std::string text : texts)
    for (const std::uint64_t seed : {1, 2, 3}) {
      INFO(text << ", seed " << seed);
      const bool symbols = text.starts_with("embed");
      const Model model = parse_model(text, {symbols ? 1 : 2, 1, 5});
      Tape tape;
      const Network network = model.record(tape, 1, Mode::evaluation);
      const Program program = tape.finish();
      Generator random(seed);
      Parameters parameters = parameters_of(model);
      for (Index i = 0; i < parameters.numbers.size(); i++) parameters.numbers.data()[i] = Real(random.uniform(-1, 1));
      Matrix x(model.input.size(), 1);
      for (Index i = 0; i < x.size(); i++) x.data()[i] = symbols ? Real(i < 4 ? Index(random.below(6)) : -1) : Real(random.uniform(-1, 1));
      Values values(program);
      bind(parameters, values);
      values.bind(network.x, x);
      forward(program, values);
      Signals signals(program, network.output, Wanted::everything);
      const Real score = values[network.output](0, 0), seeds[] = {score, 0};
      backward(program, values, signals, ConstView{seeds, 2, 1, 1}, relevance_rules(program, values, everywhere(rule_zero)));
      CHECK(sum(signals[network.x]) + taken_by_biases(program, signals) == Approx(double(score)).margin(2e-3 * (1 + std::abs(score))));
      if (symbols) CHECK(signals[network.x](4, 0) == 0);  // behind the end of the sequence
    }
}

TEST_CASE("a step that the gates shut out has no relevance", "[lrp][recurrent]") {
  const Model model = parse_model("lstm 3, last, dense 1", {1, 1, 4});
  Tape tape;
  const Network network = model.record(tape, 1, Mode::evaluation);
  const Program program = tape.finish();
  Parameters parameters = parameters_of(model);
  Generator random(7);
  for (Index i = 0; i < parameters.numbers.size(); i++) parameters.numbers.data()[i] = Real(random.uniform(-1, 1));
  // Every step forgets all that was.
  View b = parameters[parameters.find("lstm1.bias")];
  for (Index k = 0; k < 3; k++) b(k, 0) = -200;
  const Matrix x(4, 1, {1, -1, .5, 2});
  Values values(program);
  bind(parameters, values);
  values.bind(network.x, x);
  forward(program, values);
  Signals signals(program, network.output, Wanted::everything);
  const Real score = values[network.output](0, 0);
  backward(program, values, signals, ConstView{&score, 1, 1, 1}, relevance_rules(program, values, everywhere(rule_zero)));
  // What remains of the steps before is what h carries into the candidate of the last.
  CHECK(std::abs(signals[network.x](3, 0)) > 1e-4);
  Parameters deaf = parameters;
  fill(deaf[deaf.find("lstm1.recurrent")], 0);
  bind(deaf, values);
  forward(program, values);
  const Real again = values[network.output](0, 0);
  backward(program, values, signals, ConstView{&again, 1, 1, 1}, relevance_rules(program, values, everywhere(rule_zero)));
  for (Index t = 0; t < 3; t++) CHECK(signals[network.x](t, 0) == 0);
  CHECK(std::abs(signals[network.x](3, 0)) > 1e-4);
}
