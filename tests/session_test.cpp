// The session: with a thread and without, commands, snapshots, the ring, the journal.
#include "engine/session.h"

#include <catch2/catch.hpp>

#include "tests/nets.h"

using namespace nn;

namespace {
constexpr std::size_t plenty = std::size_t(64) << 20;
}

TEST_CASE("with a thread and without, the same bits") {
  Session threaded(test::demanding_trainer(test::demanding(), 9), plenty, 7),
      plain(test::demanding_trainer(test::demanding(), 9), plenty, 7);
  threaded.play(100);
  threaded.wait();
  plain.advance(40);
  plain.advance(60);
  CHECK(threaded.snapshot()->state.step == 100);
  CHECK(threaded.snapshot()->state.parameters.numbers == plain.snapshot()->state.parameters.numbers);
  CHECK(threaded.ring().size() == plain.ring().size());
  CHECK(threaded.history().size() == plain.history().size());
}

TEST_CASE("watching, pausing and playing on change nothing") {
  Session watched(test::demanding_trainer(test::demanding(), 9), plenty, 7),
      plain(test::demanding_trainer(test::demanding(), 9), plenty, 7);
  watched.play(500);
  while (watched.playing()) {
    watched.snapshot();
    watched.history();
    watched.ring();
  }
  plain.advance(500);
  CHECK(watched.snapshot()->state.parameters.numbers == plain.snapshot()->state.parameters.numbers);

  // Paused wherever it happens to be, then played to the same step.
  Session broken(test::demanding_trainer(test::demanding(), 9), plenty, 7);
  for (int i = 0; i < 5; i++) {
    broken.play(500 - broken.snapshot()->state.step);
    broken.pause();
    CHECK_FALSE(broken.playing());
  }
  broken.advance(500 - broken.snapshot()->state.step);
  CHECK(broken.snapshot()->state.parameters.numbers == plain.snapshot()->state.parameters.numbers);
}

TEST_CASE("commands are carried out between steps and journalled with their step; replaying the journal repeats the run") {
  Session session(test::circle_trainer({}, 5), plenty, 25);
  session.advance(30);
  session.post(SetWeight{"dense1.weight", 2, 1, Real(0.75)});
  Training faster;
  faster.rate = 0.1;
  session.play(1000);
  session.post(SetTraining{faster});  // at whatever step the thread happens to be
  session.wait();
  const std::vector<Note> journal = session.journal();
  REQUIRE(journal.size() == 2);
  CHECK(journal[0].step == 30);
  CHECK(journal[1].step >= 30);
  CHECK(journal[1].step <= 1030);

  Session again(test::circle_trainer({}, 5), plenty, 25);
  for (const Note& note : journal) {
    again.advance(note.step - again.snapshot()->state.step);
    again.post(note.command);
  }
  again.advance(1030 - again.snapshot()->state.step);
  CHECK(again.snapshot()->state.parameters.numbers == session.snapshot()->state.parameters.numbers);
}

TEST_CASE("a command that does not fit is refused where it is posted, also while playing") {
  Session session(test::circle_trainer({}, 5), plenty, 25);
  session.play();
  CHECK_THROWS_WITH(session.post(SetWeight{"dense7.weight", 0, 0, 1}), Catch::Contains("none is named"));
  Training wrong;
  wrong.loss = Loss::cross_entropy;
  CHECK_THROWS_WITH(session.post(SetTraining{wrong}), Catch::Contains("softmax or sigmoid"));
  session.pause();
  CHECK(session.journal().empty());
}

TEST_CASE("the ring stays below its bytes and thins by halving, the newest and the first kept") {
  Trainer trainer = test::circle_trainer({}, 5);
  const std::size_t one = trainer.snapshot()->bytes();
  Ring ring(10 * one);
  for (int i = 0; i < 100; i++) {
    ring.add(trainer.snapshot());
    CHECK(ring.list().size() <= 10);
    CHECK(ring.list().front()->state.step == 0);
    CHECK(ring.list().back()->state.step == i);
    trainer.step();
  }
  CHECK(ring.list().size() >= 5);
  CHECK(ring.at(-1) == nullptr);
  CHECK(ring.at(0)->state.step == 0);
  CHECK(ring.at(1000)->state.step == 99);
}

TEST_CASE("scrubbing goes back to a snapshot, and going on from there repeats what was") {
  Session session(test::demanding_trainer(test::demanding(), 9), plenty, 10);
  session.advance(100);
  const Matrix end = session.snapshot()->state.parameters.numbers;
  session.scrub(47);
  CHECK(session.snapshot()->state.step == 40);
  CHECK(session.history().size() == std::size_t(session.snapshot()->state.history));
  session.advance(60);
  CHECK(session.snapshot()->state.parameters.numbers == end);
}

TEST_CASE("a stop rule ends playing and says why") {
  Training training;
  training.epochs = 3;
  Session session(test::circle_trainer(training, 5), plenty, 25);
  session.play();
  session.wait();
  CHECK(session.snapshot()->state.epoch == 3);
  CHECK(session.stopped() == "all epochs are done, after epoch 3, step 75");
  CHECK(session.history().size() == 4);
}
