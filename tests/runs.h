// Runs in which every number says which generation it is of, for the tests of run folders.
#pragma once
#include <catch2/catch.hpp>
#include <fstream>

#include "engine/save.h"

namespace runs {

using namespace nn;
namespace fs = std::filesystem;

inline Parameters parameters_of(Index units) {
  Tape tape;
  tape.parameter("dense1.weight", units, 3, {units, 3});
  tape.parameter("dense1.bias", units, 1, {units});
  return Parameters(tape.program());
}

inline void count_up(View x, Real first) {
  for (Index i = 0; i < x.rows; i++)
    for (Index j = 0; j < x.columns; j++) x(i, j) = first + Real(i * x.columns + j) / 7;
}

// A state in which every number says which generation it is of.
inline std::shared_ptr<Snapshot> generation(Index g) {
  auto snapshot = std::make_shared<Snapshot>();
  State& s = snapshot->state;
  s.step = s.position = s.updates = s.epochs_since_best = g;
  s.epoch = 2 * g;
  s.history = 2;
  s.best_loss = 1.0 / double(g + 1);
  s.parameters = parameters_of(2);
  for (std::size_t i = 0; i < 2; i++) count_up(s.parameters[i], Real(g));
  s.moments[0] = s.parameters.numbers;
  s.moments[1] = s.parameters.numbers;
  s.order_random = Generator(std::uint64_t(g), "order");
  s.mask_random = Generator(std::uint64_t(g), "masks");
  s.augment_random = Generator(std::uint64_t(g), "augmentation");
  s.order = {2, 0, 1, std::uint32_t(3)};
  snapshot->training = {
      .loss = Loss::huber, .optimizer = Update::adam, .rate = 0.1 + double(g), .shuffle = Order::each_epoch, .l1 = 1e-300};
  return snapshot;
}

inline Run run_of(Index g) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  return {"seed = " + std::to_string(g) + "\n",
          generation(g),
          {{0, 0, 0.5, none, 0.25, none, 0}, {1, g, 0.1, 0.2, 0.3, 0.4, 1.5}},
          {generation(g), generation(g + 1)}};
}

inline bool same(const Snapshot& a, const Snapshot& b) {
  const State &x = a.state, &y = b.state;
  bool list = x.parameters.list().size() == y.parameters.list().size();
  for (std::size_t i = 0; list && i < x.parameters.list().size(); i++)
    list = x.parameters.list()[i].name == y.parameters.list()[i].name && x.parameters.list()[i].tensor == y.parameters.list()[i].tensor;
  return list && x.step == y.step && x.epoch == y.epoch && x.position == y.position && x.parameters.numbers == y.parameters.numbers &&
         x.moments == y.moments && x.updates == y.updates && x.order_random == y.order_random && x.mask_random == y.mask_random &&
         x.augment_random == y.augment_random &&
         x.order == y.order && x.best_loss == y.best_loss && x.epochs_since_best == y.epochs_since_best && x.history == y.history &&
         a.training == b.training;
}

// Which generation a folder holds; all of it has to be of the same.
inline Index generation_in(const fs::path& folder) {
  const Run run = load_run(folder);
  const Index g = run.now->state.step;
  const Run expected = run_of(g);
  REQUIRE(run.experiment == expected.experiment);
  REQUIRE(same(*run.now, *expected.now));
  REQUIRE(run.history.size() == 2);
  REQUIRE(run.history[1].step == g);
  REQUIRE(run.snapshots.size() == 2);
  for (std::size_t i = 0; i < 2; i++) REQUIRE(same(*run.snapshots[i], *expected.snapshots[i]));
  return g;
}

inline std::size_t entries(const fs::path& folder) {
  return std::size_t(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

inline void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

}  // namespace runs
