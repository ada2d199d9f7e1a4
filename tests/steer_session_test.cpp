// Steering a live session: problems that change while it plays, the journal, scrubbing, the history, the cost of watching.
#include "engine/session.h"

#include <cstring>

#include "tests/steer.h"

using namespace steer;

namespace {
constexpr std::size_t plenty = std::size_t(64) << 20;
}

TEST_CASE("a problem that does not fit is refused, and nothing changes") {
  Session session(trainer(), plenty, 10);
  session.advance(5);
  const auto refused = [&](const std::shared_ptr<const Problem>& wrong, const char* part) {
    CHECK_THROWS_WITH(session.post(SetProblem{wrong}), Catch::Contains(part));
  };
  const auto before = session.snapshot();
  refused(problem(100, 1, "dense 4, tanh, dense 1, tanh"), "it has dense1.weight (4x2) where this one has dense1.weight (3x2)");
  refused(problem(100, 1, "dense 3, tanh, dense 3, tanh, dense 1, tanh"), "of another model");
  refused(nullptr, "there is no problem");
  Problem wrong = *problem(100, 1);
  wrong.test.inputs = Matrix(40, 3);
  refused(std::make_shared<const Problem>(wrong), "the data have 3 inputs and 1 targets but the model has 2 and 1");
  wrong = *problem(100, 1);
  wrong.train.targets = Matrix(99, 1);
  refused(std::make_shared<const Problem>(wrong), "there are 100 inputs and 99 targets");
  wrong.train = {};
  refused(std::make_shared<const Problem>(wrong), "no examples to train on");
  CHECK(session.snapshot() == before);
  CHECK(session.journal().empty());
}

TEST_CASE("replaying the journal repeats a run whose problem changed while it played") {
  Session session(trainer(), plenty, 25);
  session.advance(30);
  session.post(SetProblem{problem(60, -2)});
  session.play(1000);
  session.post(SetProblem{problem(80, 3)});
  Training entropy = plain();
  entropy.loss = Loss::cross_entropy;
  session.post(SetProblem{sigmoid(), entropy});
  session.post(SetWeight{"dense1.weight", 1, 1, Real(0.3)});
  entropy.rate = 0.1;
  session.post(SetTraining{entropy});  // fits what was posted before it, whether or not that was carried out
  session.wait();
  const std::vector<Note> journal = session.journal();

  Session again(trainer(), plenty, 25);
  for (const Note& note : journal) {
    again.advance(note.step - again.step());
    again.post(note.command);
  }
  again.advance(1030 - again.step());
  check_same(again.snapshot()->state, session.snapshot()->state);
}

TEST_CASE("the journal forgets examples that no step was made with") {
  Session session(trainer(), plenty, 10);
  session.advance(5);
  for (int i = 0; i < 20; i++) session.post(SetProblem{problem(50 + i, 1)});
  REQUIRE(session.journal().size() == 1);
  CHECK(std::get<SetProblem>(session.journal()[0].command).problem == session.snapshot()->problem);
  session.advance(1);
  session.post(SetProblem{problem(50, 1)});
  CHECK(session.journal().size() == 2);
}

TEST_CASE("a scrub brings back the problem, forgets the commands from there on, and the journal still repeats the run") {
  Session session(trainer(), plenty, 10);
  const auto first = session.snapshot()->problem, second = problem(60, -2);
  session.advance(15);
  session.post(SetProblem{second});
  session.advance(15);
  session.post(SetWeight{"dense1.weight", 0, 0, std::numeric_limits<Real>::quiet_NaN()});
  session.advance(5);
  CHECK(session.diverged());
  session.scrub(30);
  CHECK_FALSE(session.diverged());
  CHECK(session.stopped().empty());
  CHECK(session.step() == 30);
  CHECK(session.snapshot()->problem == second);
  CHECK(session.journal().size() == 1);
  session.scrub(10);
  CHECK(session.snapshot()->problem == first);
  CHECK(session.journal().empty());
  session.advance(40);
  Session straight(trainer(), plenty, 10);
  straight.advance(50);
  check_same(session.snapshot()->state, straight.snapshot()->state);
}

TEST_CASE("a copy of the history is brought up to date, also after a scrub") {
  Session session(trainer(), plenty, 7);  // seven steps are an epoch
  std::vector<Epoch> mine;
  const auto check = [&] {
    session.update(mine);
    const std::vector<Epoch> all = session.history();
    REQUIRE(mine.size() == all.size());
    for (std::size_t i = 0; i < all.size(); i++) CHECK(std::memcmp(&mine[i], &all[i], sizeof(Epoch)) == 0);
  };
  check();
  session.advance(70);
  check();
  CHECK(mine.size() == 11);
  session.scrub(35);
  Training faster = plain();
  faster.rate = 0.5;
  session.post(SetTraining{faster});
  session.advance(14);
  check();
  CHECK(mine.size() == 8);
  session.scrub(0);
  check();
  session.advance(70);  // longer than before, and other lines
  check();
}

TEST_CASE("what was read from a file belongs to the problem of the trainer that goes on with it") {
  Session source(trainer(), plenty, 10);
  source.advance(35);
  std::vector<std::shared_ptr<const Snapshot>> read;
  for (const auto& snapshot : source.ring())
    read.push_back(std::make_shared<const Snapshot>(Snapshot{snapshot->state, snapshot->training}));
  const auto now = std::make_shared<const Snapshot>(Snapshot{source.snapshot()->state, source.snapshot()->training});

  Session session(trainer(), plenty, 10);
  const auto own = session.snapshot()->problem;
  session.resume(read, now, source.history());
  session.post(SetProblem{problem(60, -2)});
  session.advance(20);
  session.scrub(20);
  CHECK(session.snapshot()->problem == own);
  session.advance(15);
  check_same(session.snapshot()->state, source.snapshot()->state);
}

TEST_CASE("time is counted while training plays, and a part of it for serving others") {
  Session session(trainer(), plenty, 10);
  CHECK(session.played_seconds() == 0);
  session.advance(200);
  const double played = session.played_seconds();
  CHECK(played > 0);
  CHECK(session.served_seconds() > 0);
  CHECK(session.served_seconds() < played);
  session.snapshot();
  session.post(SetProblem{problem(60, 1)});
  CHECK(session.played_seconds() == played);  // nothing plays
  CHECK(session.history().back().seconds <= played);
}

TEST_CASE("steered from one thread while another trains") {
  Session session(trainer(), plenty, 7);
  std::vector<Epoch> history;
  session.play();
  for (Index i = 0; i < 200; i++) {
    session.post(SetProblem{problem(40 + i % 30, 1)});
    const auto snapshot = session.snapshot();
    CHECK(next_batch(*snapshot, 4).size() <= 16);
    session.update(history);
    if (i % 20 == 0) {
      session.pause();
      CHECK(session.snapshot()->state.step == session.step());
      session.play();
    }
    if (i % 50 == 0) session.scrub(session.step() / 2), session.play();
  }
  session.pause();
  CHECK(session.snapshot()->problem->train.count() == 40 + 199 % 30);
}
