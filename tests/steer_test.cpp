// Steering a trainer: other examples and activations with the same weights, the next batch, and states that do not fit.
#include <set>

#include "tests/steer.h"

using namespace steer;

TEST_CASE("another problem keeps weights, moments and epochs, and begins the running epoch anew") {
  Trainer t = trainer();
  t.advance(17);
  const State before = t.state();
  REQUIRE(before.position > 0);
  const auto other = problem(60, -2);
  t.set(other);
  CHECK(t.problem() == other);
  CHECK(t.state().parameters.numbers == before.parameters.numbers);
  CHECK(t.state().moments[0] == before.moments[0]);
  CHECK(t.state().epoch == before.epoch);
  CHECK(t.state().step == 17);
  CHECK(t.state().position == 0);
  CHECK(t.history().size() == std::size_t(before.history));
  t.advance(4);  // 60 examples: three batches of 16 and one of 12
  CHECK(t.state().position == 0);
  CHECK(t.state().epoch == before.epoch + 1);
  CHECK(t.history().back().train_loss == t.evaluate(other->train).loss);
}

TEST_CASE("a trainer that came to a problem goes on as one that began with it and these weights") {
  Trainer came = trainer(Order::once);
  came.advance(7);
  const auto other = problem(60, -2);
  came.set(other);
  Trainer began(other, Initializer::zeros, plain(Order::once), 4);
  auto start = *came.snapshot();
  start.state.history = 1;
  began.restore(start);
  came.advance(30);
  began.advance(30);
  CHECK(came.state().parameters.numbers == began.state().parameters.numbers);
}

TEST_CASE("a loss and its output change together, and one without the other is refused") {
  Trainer t = trainer();
  t.advance(5);
  Training training = plain();
  training.loss = Loss::cross_entropy;
  const State before = t.state();
  CHECK_THROWS_WITH(t.set(training), Catch::Contains("needs a model that ends with softmax or sigmoid"));
  t.set(sigmoid(), training);
  CHECK(t.training().loss == Loss::cross_entropy);
  CHECK(t.state().parameters.numbers == before.parameters.numbers);
  t.advance(300);
  CHECK(t.history().back().train_accuracy > 0.9);
  CHECK_THROWS_WITH(t.set(problem(100, 1)), Catch::Contains("needs a model that ends with softmax or sigmoid"));
  CHECK(t.training().loss == Loss::cross_entropy);
}

TEST_CASE("going on from any snapshot equals never having stopped, across other problems and losses") {
  Training entropy = plain();
  entropy.loss = Loss::cross_entropy;
  const auto second = problem(60, -2), third = sigmoid();
  const auto steer = [&](Trainer& t) {
    if (t.state().step == 13) t.set(second);
    if (t.state().step == 25) t.set(third, entropy);
    if (t.state().step == 38) t.set(problem(77, 1, "dense 3, relu, dense 1, sigmoid", 0));
  };
  for (const Order order : {Order::once, Order::each_epoch}) {
    entropy.shuffle = order;
    Trainer straight = trainer(order), broken = trainer(order);
    std::vector<std::shared_ptr<const Snapshot>> snapshots;
    while (straight.state().step < 50) {
      snapshots.push_back(straight.snapshot());
      steer(straight);
      straight.step();
    }
    // Backwards, so that each goes from a later problem to an earlier one.
    for (auto snapshot = snapshots.rbegin(); snapshot != snapshots.rend(); ++snapshot) {
      broken.restore(**snapshot, straight.history());
      CHECK(broken.problem() == (*snapshot)->problem);
      while (broken.state().step < 50) {
        steer(broken);
        broken.step();
      }
      check_same(broken.state(), straight.state());
      CHECK(broken.history().back().train_loss == straight.history().back().train_loss);
    }
  }
}

TEST_CASE("the next batch is what the next step learns from") {
  for (const Order order : {Order::once, Order::each_epoch}) {
    Trainer t = trainer(order);
    for (int i = 0; i < 30; i++) {
      if (i == 10) t.set(problem(53, -2));
      const auto snapshot = t.snapshot();
      const std::vector<Index> batch = next_batch(*snapshot, 4);
      CHECK(std::set<Index>(batch.begin(), batch.end()).size() == batch.size());
      // A step with these examples alone, in this order, ends at the same weights.
      const Examples& all = t.problem()->train;
      Examples alone{Matrix(Index(batch.size()), 2), Matrix(Index(batch.size()), 1)};
      for (Index k = 0; k < alone.count(); k++) {
        for (Index j = 0; j < 2; j++) alone.inputs(k, j) = all.inputs(batch[std::size_t(k)], j);
        alone.targets(k, 0) = all.targets(batch[std::size_t(k)], 0);
      }
      Trainer one(std::make_shared<const Problem>(Problem{t.problem()->model, alone, {}, true}), Initializer::zeros, plain(order), 4);
      auto start = *snapshot;
      start.problem = nullptr;
      start.state.position = 0;
      start.state.history = 1;
      start.state.order.clear();
      one.restore(start);
      one.step();
      t.step();
      CHECK(one.batch_loss() == Approx(t.batch_loss()).epsilon(1e-5));
      for (Index k = 0; k < one.state().parameters.numbers.size(); k++)
        CHECK(double(one.state().parameters.numbers.data()[k]) == Approx(double(t.state().parameters.numbers.data()[k])).margin(1e-5));
    }
  }
}

TEST_CASE("an epoch of next batches holds every example once") {
  for (const Order order : {Order::once, Order::each_epoch}) {
    Trainer t = trainer(order);
    t.advance(7);
    REQUIRE(t.state().position == 0);
    std::multiset<Index> seen;
    do {
      for (const Index i : next_batch(*t.snapshot(), 4)) seen.insert(i);
      t.step();
    } while (t.state().position != 0);
    CHECK(seen.size() == 100);
    CHECK(std::set<Index>(seen.begin(), seen.end()).size() == 100);
  }
}

TEST_CASE("a state that was damaged or is of other data is refused, and nothing changes") {
  Trainer t = trainer();
  t.advance(10);
  const State before = t.state();
  const auto refused = [&](auto damage, const char* part) {
    Snapshot snapshot = *t.snapshot();
    damage(snapshot);
    CHECK_THROWS_WITH(t.restore(snapshot), Catch::Contains(part));
    check_same(t.state(), before);
  };
  refused([](Snapshot& s) { s.state.position = 100; }, "with other data than these 100 examples");
  refused([](Snapshot& s) { s.state.order.pop_back(); }, "with other data than these 100 examples");
  refused([](Snapshot& s) { s.state.moments[0] = Matrix(); }, "lacks the moments of momentum");
  refused([](Snapshot& s) { s.state.history = 0; }, "history is shorter");
  refused([](Snapshot& s) { s.training.loss = Loss::cross_entropy; }, "softmax or sigmoid");
}

TEST_CASE("whether weights carry over is a matter of names and shapes") {
  const auto model = [](const char* text) { return parse_model(text, {2, 1, 1}); };
  CHECK(same_parameters(model("dense 3, tanh, dense 1"), model("dense 3, relu, dropout 0.5, dense 1, sigmoid")));
  CHECK_FALSE(same_parameters(model("dense 3, tanh, dense 1"), model("dense 3, tanh, dense 2")));
  CHECK_FALSE(same_parameters(model("dense 3, tanh, dense 1"), model("dense 3, tanh")));
  CHECK_FALSE(same_parameters(model("dense 3"), parse_model("dense 3", {3, 1, 1})));
}
