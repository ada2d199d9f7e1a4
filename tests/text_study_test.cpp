// Reading texts with networks: in windows and streams as in one go, and what the views say of texts that they can't read.
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "tests/methods_study.h"
#include "tests/support.h"
#include "viz/explanation.h"
#include "viz/method.h"
#include "viz/sampling.h"
#include "viz/text_memory.h"
#include "viz/text_study.h"

using namespace viz;
using Catch::Matchers::Contains;
using nn::Index;

namespace {

// The whole text from its first symbol, in one program as long as the text: the plain way.
struct Whole {
  nn::Network network;
  nn::Program program;
  nn::Values values;
  nn::Matrix x;
  Whole(const Study& study, Index steps) : program(record(study, steps, network)), values(program), x(steps, 1) {
    nn::bind(study.parameters, values);
    for (Index t = 0; t < steps; t++) x(t, 0) = nn::Real(study.set.text->ids[std::size_t(t)]);
    values.bind(network.x, x);
    nn::forward(program, values);
  }
  static nn::Program record(const Study& study, Index steps, nn::Network& network) {
    nn::Tape tape;
    network = nn::parse_model(study.model.text, {1, 1, steps}).record(tape, 1, nn::Mode::evaluation);
    return tape.finish();
  }
};

}  // namespace

TEST_CASE("a text read in windows and streams has the states of one that is read in one go") {
  const MadeStudy made = make_text_study("text", "latch", "lstm 6, rnn 3", 2000, 40);
  const Study study = made.study();
  const data::TextSet& text = text_of(study, "test");
  const Whole whole(study, 1900);
  for (const Part part : {Part{0, 130}, {7, 60}, {0, 1900}, {600, 1250}, {350, 3}}) {
    const Reading reading = read_text(study, study.parameters, text, part, {.next = true, .gates = true});
    REQUIRE(reading.steps() == part.count);
    REQUIRE(reading.cells.rows() == 9);
    REQUIRE(reading.gates.size() == 3);
    double worst = 0;
    const auto compare = [&](double a, double b) { worst = std::max(worst, std::abs(a - b)); };
    for (Index t = 0; t < part.count; t++) {
      const std::size_t at = std::size_t(part.first + t);
      CHECK(reading.symbols[std::size_t(t)] == text.ids[at]);
      const nn::Unrolled &lstm = whole.network.recurrent[0], &rnn = whole.network.recurrent[1];
      const nn::ConstView gates = whole.values[lstm.gates[at]];
      for (Index i = 0; i < 6; i++) {
        compare(reading.states(i, t), whole.values[lstm.states[at]](i, 0));
        compare(reading.cells(i, t), std::tanh(whole.values[lstm.cells[at]](i, 0)));
        compare(reading.gates[0].values(i, t), gates(i, 0));       // forget
        compare(reading.gates[1].values(i, t), gates(6 + i, 0));   // input
        compare(reading.gates[2].values(i, t), gates(18 + i, 0));  // output
      }
      for (Index i = 0; i < 3; i++) compare(reading.cells(6 + i, t), whole.values[rnn.states[at]](i, 0));
      for (Index k = 0; k < reading.next.rows(); k++) compare(reading.next(k, t), whole.values[whole.network.output](k, Index(at)));
    }
    INFO(part.first << " + " << part.count);
    CHECK(worst < 1e-3);  // of what was read more than a hundred symbols ago, next to nothing is left
  }
  CHECK(read_text(study, study.parameters, text, {0, 50}, {}).gates.empty());
}

TEST_CASE("an untrained network reads otherwise, and always the same") {
  const MadeStudy made = make_text_study("text", "latch", "lstm 6", 600, 40);
  const Study study = made.study();
  const nn::Parameters a = untrained(study), b = untrained(study);
  CHECK(a.numbers == b.numbers);
  CHECK_FALSE(a.numbers == study.parameters.numbers);
}

TEST_CASE("parts of a text are cut where it ends and begin where testing begins") {
  const MadeStudy made = make_text_study("text", "latch", "rnn 3", 1000, 1);
  const Study study = made.study();
  const data::TextSet& text = text_of(study, "test");
  CHECK(part_of(study, text, 0, 50).first == made.split.test.front());
  CHECK(part_of(study, text, 11, 50).first == 10);
  CHECK(part_of(study, text, 990, 50).count == 11);
  CHECK(part_of(study, text, 5000, 50).count == 2);
}

TEST_CASE("views of texts refuse what is no text, and what their text lacks") {
  const Study points = named("ring").study();
  for (const char* name : {"text-heatmap", "lstmvis", "saturation", "errortypes", "sample"})
    CHECK_THROWS_WITH(
        numbers_of(method(name), points, arguments(method(name), {})),
        std::string(name) + ": this network does not read a running text; a run that has learned one, such as latch, would do");
  const MadeStudy made = make_text_study("text", "latch", "rnn 3", 1000, 1);
  CHECK_THROWS_WITH(numbers_of(method("saturation"), made.study(), arguments(method("saturation"), {})),
                    Contains("saturation: a plain recurrent layer has no gates"));
  CHECK_THROWS_WITH(numbers_of(method("text-heatmap"), made.study(), arguments(method("text-heatmap"), {{"property", 12}})),
                    Contains("text-heatmap: this text has no property 'digit due'; it has inside quotes, letter, answer due, column"));
}

TEST_CASE("another text can be read, and its unknown characters are named") {
  const MadeStudy made = make_text_study("text", "latch", "rnn 3", 1000, 1);
  TemporaryFolder folder;
  std::ofstream(folder / "known.txt") << "ab\"cd?yab\"cd?nabcd";
  std::ofstream(folder / "other.txt") << "abc xyz";
  const data::TextSet text = text_given(folder / "known.txt", made.set, "show: --text");
  CHECK(text.ids.size() == 18);
  Study study = made.study();
  study.given_text = &text;
  const Numbers numbers = numbers_of(method("text-heatmap"), study, arguments(method("text-heatmap"), {}));
  CHECK(numbers.tensors.front().shape == std::vector<Index>{18});
  CHECK_THROWS_WITH(text_given(folder / "other.txt", made.set, "show: --text"), Contains("blank, 'x', 'z' are not among the 8 symbols"));
  CHECK_THROWS_WITH(text_given(folder / "known.txt", named("ring").set, "show: --text"), Contains("does not read a running text"));
}

TEST_CASE("a sampled text is drawn from what the network expects of it") {
  const MadeStudy made = make_text_study("text", "latch", "lstm 6", 1500, 150);
  const Study study = made.study();
  const std::vector<int> prime = {study.set.text->ids.begin(), study.set.text->ids.begin() + 10};
  const Sampled text = sampled_text(study, prime, 300, 1, 4);
  CHECK(sampled_text(study, prime, 300, 1, 4).symbols == text.symbols);
  CHECK(sampled_text(study, prime, 300, 1, 5).symbols != text.symbols);

  data::TextSet whole = *study.set.text;  // what was read and written, read once more
  whole.ids = prime;
  whole.ids.insert(whole.ids.end(), text.symbols.begin(), text.symbols.end());
  whole.tracks.clear();
  const Reading reading = read_text(study, study.parameters, whole, {0, 310}, {});
  for (Index t = 0; t < 300; t++) {
    CHECK(text.shares[std::size_t(t)] == Approx(double(reading.next(text.symbols[std::size_t(t)], 9 + t))).margin(1e-4));
    const auto& best = text.alternatives[std::size_t(t)];
    CHECK(best[0].share >= best[1].share);
    CHECK(best[0].share == Approx(double(reading.next(best[0].symbol, 9 + t))).margin(1e-4));
  }
}

TEST_CASE("a sample goes on behind the end of a text of one's own") {
  const MadeStudy made = make_text_study("text", "latch", "rnn 3", 1000, 1);
  Study study = made.study();
  const data::TextSet own = own_text("aabbccddab\"cd?y", made.set, "test");
  study.given_text = &own;
  const Numbers numbers = numbers_of(method("sample"), study, arguments(method("sample"), {{"prime", 4}, {"length", 5}}));
  const std::vector<int> end = own.symbols.ids("cd?y");
  CHECK(std::get<std::vector<std::int64_t>>(numbers["prime"].numbers) == std::vector<std::int64_t>(end.begin(), end.end()));
}

TEST_CASE("an index of a long text has the cells of a reading, is made once, and can be given up") {
  const MadeStudy made = make_text_study("text", "latch", "lstm 6, gru 3", 3000, 60);
  Study study = made.study();
  const data::TextSet& text = text_of(study, "test");
  const Part part{250, 2500};
  const Reading reading = read_text(study, study.parameters, text, part, {.next = false});
  TextMemory memory;
  study.text_memory = &memory;
  const auto cells = pattern_index(study, text, part, true), states = pattern_index(study, text, part, false);
  REQUIRE(cells->steps() == 2500);
  for (const double threshold : {0.05, 0.3}) {
    const PatternRule rule{.threshold = threshold, .off_before = false};
    for (nn::Index t = 0; t < 2500; t += 7) {
      CHECK(cells->pattern({t, t}, rule) == pattern_cells(reading.cells, {t, t}, rule));
      CHECK(states->pattern({t, t}, rule) == pattern_cells(reading.states, {t, t}, rule));
    }
  }
  double share = 0;
  bool wanted = true;
  study.goes_on = [&](double done) { return share = done, wanted; };
  CHECK(pattern_index(study, text, part, true) == cells);
  CHECK(share == 0);  // nothing was read
  CHECK(pattern_index(study, text, {0, 2500}, true) != cells);
  CHECK(share > 0.5);
  wanted = false;
  CHECK_THROWS_AS(pattern_index(study, text, {1, 2500}, true), Cancelled);
  CHECK(pattern_index(study, text, part, false) == states);
}

TEST_CASE("temperature sharpens and flattens what is drawn from, and 0 takes the likeliest") {
  const MadeStudy made = make_text_study("text", "latch", "lstm 6", 1500, 150);
  const Study study = made.study();
  const std::vector<int> prime = {0, 1};
  const auto first = [&](double temperature) { return sampled_text(study, prime, 1, temperature, 1).alternatives[0]; };
  const auto one = first(1), cold = first(0.5), hot = first(2);
  CHECK(cold[0].share / cold[1].share == Approx(std::pow(one[0].share / one[1].share, 2)).epsilon(1e-3));
  CHECK(hot[0].share / hot[1].share == Approx(std::sqrt(one[0].share / one[1].share)).epsilon(1e-3));
  const Sampled likeliest = sampled_text(study, prime, 50, 0, 1);
  for (std::size_t t = 0; t < 50; t++) {
    CHECK(likeliest.shares[t] == 1);
    CHECK(likeliest.symbols[t] == likeliest.alternatives[t][0].symbol);
  }
  CHECK_THROWS_WITH(sampled_text(study, {}, 1, 1, 1), Contains("sample: 0 symbols to begin with"));
}
