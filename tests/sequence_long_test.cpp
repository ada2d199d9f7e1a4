// Who remembers for forty steps? The adding problem (Hochreiter and Schmidhuber 1997), learned by an LSTM and by a plain recurrent layer.
// "Error" is the mean of (answer - sum)^2 over sequences that were not learned: twice what the quadratic loss says of them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "datasets/prepare.h"

namespace {

constexpr nn::Index seeds = 3, updates = 2000, every = 50;
constexpr double chance = 1.0 / 6;  // of who always answers 1

// The mean squared error after every 50 updates.
std::vector<double> errors(const std::string& layers, nn::Index seed) {
  data::Experiment e;
  for (const char* assignment :
       {"data.source=adding", "data.samples=20000", "data.window=40", "data.split=90 %", "model.init=xavier", "train.loss=quadratic",
        "train.optimizer=adam", "train.rate=0.01", "train.batch=50", "train.clip=1", "train.epochs=0"})
    data::set(e, assignment);
  data::set(e, "model.layers=" + layers);
  e.seed = seed;
  nn::Trainer trainer = data::trainer(data::prepare(e, ""), e);
  std::vector<double> all;
  while (std::ssize(all) < updates / every) {
    REQUIRE(trainer.advance(every) == every);
    all.push_back(2 * trainer.evaluate(trainer.problem()->test).loss);
  }
  REQUIRE(trainer.state().step == updates);
  return all;
}

}  // namespace

TEST_CASE("an LSTM adds two numbers that lie among forty, and a plain recurrent layer does not", "[.long][sequences]") {
  std::ostringstream words;
  for (nn::Index seed = 1; seed <= seeds; seed++) {
    const std::vector<double> lstm = errors("lstm 16", seed), rnn = errors("rnn 16", seed);
    const double best = *std::ranges::min_element(rnn);
    const auto first = std::ranges::find_if(lstm, [](double error) { return error < 0.01; });
    words << "\n  seed " << seed << ": LSTM below 0.01 after "
          << (first == lstm.end() ? "no" : std::to_string((first - lstm.begin() + 1) * every)) << " updates, " << lstm.back() << " after "
          << updates << "; tanh RNN " << rnn.back() << ", at best " << best;
    INFO("seed " << seed);
    CHECK(first != lstm.end());
    CHECK(best > 0.05);
  }
  WARN("adding, 40 steps, 16 units; always answering 1: " << chance << words.str());
}
