// The states over time: the numbers of a plain run, the equations of the gates, orders whose answer was planted, and what can be pressed.
#include <catch2/catch.hpp>
#include <cmath>

#include "datasets/text_set.h"
#include "tests/methods_study.h"
#include "viz/link.h"
#include "viz/states.h"

using namespace viz;
using Catch::Matchers::Contains;
using nn::Index;

namespace {

Numbers shown(const Study& study, const Arguments& options) {
  return numbers_of(method("states"), study, arguments(method("states"), options));
}

const std::vector<std::int64_t>& whole(const Numbers& numbers, std::string_view name) {
  return std::get<std::vector<std::int64_t>>(numbers[name].numbers);
}

// Of a whole text or sequence in one go, from states that are zero.
struct Plain {
  nn::Network network;
  nn::Program program;
  nn::Values values;
  nn::Matrix x;
  Plain(const Study& study, nn::Matrix column, nn::Shape shape)
      : program(record(study, shape, network)), values(program), x(std::move(column)) {
    nn::bind(study.parameters, values);
    values.bind(network.x, x);
    nn::forward(program, values);
  }
  static nn::Program record(const Study& study, nn::Shape shape, nn::Network& network) {
    nn::Tape tape;
    network = nn::parse_model(study.model.text, shape).record(tape, 1, nn::Mode::evaluation);
    return tape.finish();
  }
};

Plain plain_example(const Study& study) {
  nn::Matrix x(study.set.inputs.columns(), 1);
  std::copy_n(study.set.inputs.view().row(study.example), x.size(), x.data());
  return Plain(study, std::move(x), study.model.input);
}

}  // namespace

TEST_CASE("the states of a text are those of a plain run", "[states]") {
  const MadeStudy made = make_text_study("text", "latch", "gru 4, rnn 3", 900, 30);
  const Study study = made.study();
  nn::Matrix x(90, 1);
  for (Index t = 0; t < 90; t++) x(t, 0) = nn::Real(study.set.text->ids[std::size_t(t)]);
  const Plain plain(study, x, {1, 1, 90});
  const Numbers numbers = shown(study, {{"from", 31}, {"length", 60}});
  const nn::ConstView states = rows_of(numbers["states"]);
  REQUIRE(states.rows == 7);
  REQUIRE(states.columns == 60);
  for (Index t = 0; t < 60; t++)
    for (Index i = 0; i < 7; i++) {
      const nn::Unrolled& layer = plain.network.recurrent[i < 4 ? 0 : 1];
      CHECK(states(i, t) == Approx(plain.values[layer.states[std::size_t(30 + t)]](i < 4 ? i : i - 4, 0)).margin(1e-6));
    }
  CHECK(words_of(numbers, "names")[5] == "rnn1 2");
  const auto& symbols = study.set.text->symbols.symbols();
  for (Index t = 0; t < 60; t++) {
    CHECK(words_of(numbers, "symbols")[std::size_t(t)] == symbols[std::size_t(study.set.text->ids[std::size_t(30 + t)])]);
    CHECK(words_of(numbers, "wanted")[std::size_t(t)] == symbols[std::size_t(study.set.text->ids[std::size_t(31 + t)])]);
    Index best = 0;
    const nn::ConstView output = plain.values[plain.network.output];
    for (Index k = 1; k < output.rows; k++)
      if (output(k, 30 + t) > output(best, 30 + t)) best = k;
    CHECK(words_of(numbers, "foreseen")[std::size_t(t)] == symbols[std::size_t(best)]);
    const bool right = words_of(numbers, "foreseen")[std::size_t(t)] == words_of(numbers, "wanted")[std::size_t(t)];
    CHECK(rows_of(numbers["right"])(0, t) == nn::Real(right));
  }
}

TEST_CASE("the signals of an LSTM obey its equations", "[states]") {
  const MadeStudy made = make_sequence_study("adding", "lstm 6", 60, 12, 20);
  const Study study = made.study();
  std::map<std::string, Numbers> all;
  for (std::size_t k = 0; k < 6; k++) all[std::string(inside_names[k])] = shown(study, {{"signal", double(k)}});
  const auto at = [&](const char* what, Index i, Index t) { return double(rows_of(all.at(what)["states"])(i, t)); };
  REQUIRE(rows_of(all.at("state")["states"]).columns == 12);
  for (Index t = 1; t < 12; t++)
    for (Index i = 0; i < 6; i++) {
      // C_t = f_t * C_{t-1} + i_t * C~_t ,  h_t = o_t * tanh(C_t)                                             (3.7)
      CHECK(at("cell", i, t) == Approx(at("forget", i, t) * at("cell", i, t - 1) + at("input", i, t) * at("candidate", i, t)).margin(1e-5));
      CHECK(at("state", i, t) == Approx(at("output", i, t) * std::tanh(at("cell", i, t))).margin(1e-5));
    }
  CHECK_THROWS_WITH(shown(study, {{"signal", 6}}),
                    "states: no layer of this network has the signal 'reset'; there is state, cell, forget, input, candidate, output");
}

TEST_CASE("the signals of a gated recurrent unit obey its equations", "[states]") {
  const MadeStudy made = make_sequence_study("recall", "gru 5", 60, 12, 20);
  const Study study = made.study();
  const Numbers h = shown(study, {}), u = shown(study, {{"signal", 7}}), n = shown(study, {{"signal", 4}});
  for (Index t = 1; t < 12; t++)
    for (Index i = 0; i < 5; i++) {
      const double update = double(rows_of(u["states"])(i, t));
      // h_t = (1 - u_t) * n_t + u_t * h_{t-1}                                                                 (Cho 2014)
      CHECK(double(rows_of(h["states"])(i, t)) ==
            Approx((1 - update) * double(rows_of(n["states"])(i, t)) + update * double(rows_of(h["states"])(i, t - 1))).margin(1e-5));
    }
}

TEST_CASE("a sequence is shown to its end and no further, in both directions", "[states]") {
  const MadeStudy made = make_sequence_study("names", "lstm 3 both", 60, 0, 30);
  Study study = made.study();
  for (study.example = 0; study.example < 10; study.example++) {
    const Plain plain = plain_example(study);
    const Numbers numbers = shown(study, {});
    const nn::ConstView states = rows_of(numbers["states"]);
    Index length = 0;
    while (length < study.set.inputs.columns() && study.set.inputs(study.example, length) >= 0) length++;
    REQUIRE(states.columns == length);
    REQUIRE(states.rows == 6);
    for (Index t = 0; t < length; t++)
      for (Index i = 0; i < 6; i++) {
        const nn::Unrolled& layer = plain.network.recurrent[i < 3 ? 0 : 1];
        CHECK(states(i, t) == Approx(plain.values[layer.states[std::size_t(t)]](i % 3, 0)).margin(1e-6));
      }
    CHECK(words_of(numbers, "wanted") ==
          std::vector<std::string>{study.set.class_names[std::size_t(study.set.labels[std::size_t(study.example)])]});
    CHECK(words_of(numbers, "foreseen").size() == 1);
  }
  const MadeStudy tagged = make_sequence_study("inside", "rnn 4", 60, 20, 30);
  const Numbers numbers = shown(tagged.study(), {});
  CHECK(words_of(numbers, "wanted").size() == words_of(numbers, "symbols").size());
  CHECK(words_of(numbers, "foreseen").size() == words_of(numbers, "symbols").size());
}

TEST_CASE("numbers that are read are shown, and the answer is what the network says", "[states]") {
  const MadeStudy made = make_sequence_study("adding", "rnn 5", 60, 12, 20);
  const Study study = made.study();
  const Numbers numbers = shown(study, {{"from", 4}, {"length", 5}});
  const nn::ConstView read = rows_of(numbers["numbers"]);
  REQUIRE(read.rows == 2);
  REQUIRE(read.columns == 5);
  CHECK(words_of(numbers, "features") == std::vector<std::string>{"value", "marker"});
  for (Index f = 0; f < 2; f++)
    for (Index t = 0; t < 5; t++) CHECK(read(f, t) == study.set.inputs(study.example, f * 12 + 3 + t));
  const Plain plain = plain_example(study);
  CHECK(words_of(numbers, "foreseen")[0] == decimal_words(double(plain.values[plain.network.output](0, 0))));
  CHECK(words_of(numbers, "wanted")[0] == decimal_words(double(study.set.values(study.example, 0))));
}

TEST_CASE("units are ordered by when they are strongest, and by likeness", "[states]") {
  nn::Matrix values(5, 6);
  for (Index i = 0; i < 5; i++) values(i, 4 - i) = i % 2 ? -1 : 1;
  using states::Order;
  CHECK(states::order_of(values, Order::as_they_are) == std::vector<Index>{0, 1, 2, 3, 4});
  CHECK(states::order_of(values, Order::by_when) == std::vector<Index>{4, 3, 2, 1, 0});

  // Two families, mixed: sines and cosines of the same period, of both signs.
  nn::Matrix families(6, 40);
  for (Index t = 0; t < 40; t++)
    for (Index i = 0; i < 6; i++) {
      const double angle = 2 * 3.14159265 * double(t) / 20;
      families(i, t) = nn::Real((i < 3 ? 1 : -0.5) * (i % 2 ? std::sin(angle) : std::cos(angle)));
    }
  const std::vector<Index> order = states::order_of(families, Order::by_likeness);
  for (std::size_t k = 1; k < 6; k++) CHECK(((order[k] % 2 == order[k - 1] % 2) == (k != 3)));
}

TEST_CASE("in the picture of the states rows choose units, and keys go on in time", "[states]") {
  const MadeStudy made = make_text_study("text", "latch", "lstm 5", 900, 20);
  const Study study = made.study();
  const Numbers numbers = shown(study, {{"from", 200}, {"length", 30}, {"unit", 4}, {"order", 1}});
  CHECK(whole(numbers, "chosen")[0] == 3);
  const Scene scene = states::picture_of(numbers, {0, 0, 900, 600}, {});
  double above = 0;
  for (const std::int64_t row : whole(numbers, "order")) {  // from the top, as ordered
    const Mark* mark = find(scene, on_press({{"unit", double(row + 1)}}));
    REQUIRE(mark);
    CHECK(bounds(*mark)->y > above);
    above = bounds(*mark)->y;
  }
  CHECK(keyed(scene, "right") == Settings{{"from", 201}});
  CHECK(keyed(scene, "left") == Settings{{"from", 199}});
  CHECK(keyed(scene, "page down") == Settings{{"from", 230}});
  const auto& order = whole(numbers, "order");
  const std::size_t at = std::size_t(std::find(order.begin(), order.end(), 3) - order.begin());
  CHECK(keyed(scene, "down") == Settings{{"unit", double(order[(at + 1) % 5] + 1)}});
}

TEST_CASE("without a recurrent layer there are no states", "[states]") {
  CHECK_THROWS_WITH(shown(named("ring").study(), {}),
                    Contains("states: this network has no recurrent layer; a run with an rnn, lstm or gru layer"));
}
