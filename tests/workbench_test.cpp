// An experiment on the bench that changes while it trains: what carries over, what an older snapshot says, and the way back.
#include "viz/workbench.h"

#include <catch2/catch.hpp>

#include "tests/support.h"
#include "viz/state_line.h"

using namespace viz;

namespace {

data::Experiment with(std::initializer_list<const char*> assignments, data::Experiment e = {}) {
  for (const char* assignment : assignments) data::set(e, assignment);
  return e;
}

const nn::Matrix& weights(Workbench& bench) { return bench.session().snapshot()->state.parameters.numbers; }

}  // namespace

TEST_CASE("a bench of prepared data is the bench of its experiment") {
  const data::Experiment e = with({"data.source=xor", "seed=3"});
  Workbench a(e, ""), b(e, data::prepare(e, ""));
  a.session().advance(50);
  b.session().advance(50);
  CHECK(weights(a) == weights(b));
}

TEST_CASE("hyper-parameters, data and activations change on the running network") {
  Workbench bench({}, "");
  bench.session().advance(60);
  const nn::Matrix before = weights(bench);
  const auto problem = bench.prepared().problem;
  const auto step = [&](std::initializer_list<const char*> assignments) {
    const data::Experiment next = with(assignments, bench.experiment());
    REQUIRE(bench.change(next));
    CHECK(bench.experiment() == next);
    CHECK(weights(bench) == before);
    CHECK(bench.session().step() == 60);
  };
  step({"train.rate=0.1", "train.l2=0.01"});
  CHECK(bench.prepared().problem == problem);
  CHECK(bench.session().snapshot()->training.rate == 0.1);
  step({"view.palette=grey"});
  CHECK(bench.session().journal().size() == 1);
  step({"data.noise=20"});
  CHECK_FALSE(bench.prepared().problem == problem);
  step({"data.source=xor"});
  step({"data.split=80 %"});
  CHECK(bench.session().snapshot()->problem->train.count() == 400);
  step({"data.added=[\"1, 2, +1\"]", "data.removed=7"});
  CHECK(bench.prepared().set.examples() == 500);
  step({"model.layers=dense 4, relu, dense 2, relu"});
  step({"model.output=sigmoid", "train.loss=cross-entropy"});
  CHECK(bench.session().snapshot()->training.loss == nn::Loss::cross_entropy);
  bench.session().advance(100);
  CHECK_FALSE(weights(bench) == before);
}

TEST_CASE("what needs a new network changes nothing") {
  Workbench bench({}, "");
  bench.session().advance(10);
  const auto before = bench.session().snapshot();
  for (const char* assignment : {"seed=1", "model.init=he", "model.layers=dense 4, tanh", "data.features=x1, x2, x1*x2", "data.source=iris",
                                 "train.loss=cross-entropy"})
    CHECK_FALSE(bench.change(with({assignment})));
  CHECK_THROWS_WITH(bench.change(with({"data.source=circel"})), Catch::Contains("did you mean 'circle'"));
  CHECK_THROWS_WITH(bench.change(with({"data.removed=501"})), "data.removed: there is no row 501 to take away from 500");
  CHECK(bench.experiment() == data::Experiment{});
  CHECK(bench.session().snapshot() == before);
  CHECK(bench.session().journal().empty());
}

TEST_CASE("another data seed draws other points and leaves the network") {
  Workbench bench({}, "");
  bench.session().advance(10);
  const nn::Matrix before = weights(bench), points = bench.prepared().set.inputs;
  REQUIRE(bench.change(with({"data.seed=5"})));
  CHECK(weights(bench) == before);
  CHECK_FALSE(bench.prepared().set.inputs == points);
}

TEST_CASE("the study of an older snapshot has the data, the network and the history of its time") {
  Workbench bench({}, "");
  bench.session().advance(60);
  const auto old = bench.session().snapshot();
  const data::Experiment first = bench.experiment();
  REQUIRE(bench.change(with({"data.source=xor", "data.split=80 %", "model.layers=dense 4, relu, dense 2, relu", "train.rate=0.3"})));
  bench.session().advance(100);
  CHECK(bench.experiment_of(*old) == first);
  CHECK(bench.experiment_of(*bench.session().snapshot()) == bench.experiment());
  CHECK(bench.prepared_of(*old).set.name == "circle");

  const Study then = bench.study(old, 3);
  CHECK(then.set.name == "circle");
  CHECK(then.split.train.size() == 250);
  CHECK(&then.train == &old->problem->train);
  CHECK(then.model.text == "dense 4, tanh, dense 2, tanh, dense 1, tanh");
  CHECK(then.step == 60);
  CHECK(then.history.size() == std::size_t(old->state.history));
  CHECK(then.example == 3);
  const Study now = bench.study();
  CHECK(now.set.name == "xor");
  CHECK(now.model.text == "dense 4, relu, dense 2, relu, dense 1, tanh");
  CHECK(now.step == 160);
  CHECK(now.history.size() == bench.session().history().size());
}

TEST_CASE("a scrub brings the experiment back with the snapshot") {
  Workbench bench({}, "");
  bench.session().advance(100);
  const data::Experiment first = bench.experiment();
  const data::Experiment second = with({"data.source=xor", "train.rate=0.3"});
  REQUIRE(bench.change(second));
  bench.session().advance(100);
  bench.scrub(150);
  CHECK(bench.experiment() == second);
  bench.scrub(60);
  CHECK(bench.session().step() == 50);
  CHECK(bench.experiment() == first);
  CHECK(bench.prepared().set.name == "circle");
  bench.session().advance(50);
  Workbench straight({}, "");
  straight.session().advance(100);
  CHECK(weights(bench) == weights(straight));
}

TEST_CASE("a run saved after a change opens with the experiment of its last step") {
  Workbench bench({}, "");
  bench.session().advance(100);
  REQUIRE(bench.change(with({"data.source=xor", "train.rate=0.3"})));
  bench.session().advance(60);
  const nn::Run run = bench.run();
  for (const auto& snapshot : run.snapshots) CHECK(snapshot->problem == run.now->problem);
  TemporaryFolder folder;
  nn::save_run(folder / "run", run);
  const auto opened = Workbench::open(folder / "run", "");
  const auto pasted = Workbench::open(parse_state_line(state_line(run)), "");
  bench.session().advance(70);
  for (Workbench* other : {opened.get(), pasted.get()}) {
    CHECK(other->experiment() == bench.experiment());
    other->session().advance(70);
    CHECK(weights(*other) == weights(bench));
  }
}
