// Histories of very long trainings stay short.
#include <catch2/catch.hpp>

#include "engine/session.h"

using namespace nn;

namespace {

// Two examples, one step an epoch.
Trainer two_examples() {
  Problem problem{parse_model("dense 1, tanh", {1, 1, 1}), {Matrix(2, 1), Matrix(2, 1)}, {}, false};
  problem.train.inputs(0, 0) = problem.train.targets(0, 0) = 1;
  Training training;
  training.batch = 2;
  return Trainer(std::make_shared<const Problem>(std::move(problem)), Initializer::playground, training, 1);
}

}  // namespace

TEST_CASE("a history of a hundred thousand epochs is thinned out evenly and goes on to be read step by step") {
  Session session(two_examples(), std::size_t(1) << 20, 1000);
  std::vector<Epoch> mine;
  for (int i = 0; i < 10; i++) {
    session.advance(10000);
    session.update(mine);
    const std::vector<Epoch> all = session.history();
    REQUIRE(mine.size() == all.size());
    CHECK(mine.front().epoch == 0);
    CHECK(mine.back().epoch == session.snapshot()->state.epoch);
    CHECK(mine.size() <= 65537);
    for (std::size_t k = 0; k < all.size(); k++) REQUIRE(mine[k].epoch == all[k].epoch);
    for (std::size_t k = 1; k < all.size(); k++) REQUIRE(all[k].epoch > all[k - 1].epoch);
  }
  CHECK(session.snapshot()->state.epoch == 100000);
  CHECK(mine.size() < 70000);
  CHECK(mine.size() >= 16384);

  session.scrub(50000);
  session.update(mine);
  const auto at = session.snapshot();
  CHECK(mine.back().epoch <= at->state.epoch);
  CHECK(mine.back().step <= at->state.step);
}
