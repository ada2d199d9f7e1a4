// Training: the step rule, order, penalties, stop rules, divergence, and going on from a snapshot.
#include "engine/trainer.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/count_allocations.h"
#include "tests/nets.h"

using namespace nn;

namespace {

// w after one step of gradient descent on one example, y = 1, from weight w and bias b: 1-1 linear.
double after_one_step(double w, double b, double x, double rate) { return w - rate * (w * x + b - 1) * x; }

Trainer one_weight(Training training, Real x = 2) {
  training.epochs = 0;
  Examples examples{Matrix(1, 1, {x}), Matrix(1, 1, {1})};
  const Model model = parse_model("dense 1", {1, 1, 1});
  return Trainer(std::make_shared<const Problem>(Problem{model, std::move(examples), {}, false}), Initializer::playground, training, 3);
}

Real weight(const Trainer& trainer) { return trainer.state().parameters[0](0, 0); }

}  // namespace

TEST_CASE("one step of gradient descent is equation 3.5") {
  Training training;
  training.rate = 0.1;
  Trainer trainer = one_weight(training);
  const double before = double(weight(trainer)), bias = double(trainer.state().parameters[1](0, 0));
  trainer.step();
  CHECK(double(weight(trainer)) == Approx(after_one_step(before, bias, 2, 0.1)).epsilon(1e-5));
}

TEST_CASE("the playground's start: weights within a half, biases 0.1") {
  Trainer trainer = test::circle_trainer({}, 5);
  for (std::size_t i = 0; i < trainer.state().parameters.list().size(); i++) {
    const ConstView p = trainer.state().parameters[i];
    for (Index r = 0; r < p.rows; r++)
      for (Index c = 0; c < p.columns; c++) {
        if (trainer.state().parameters.list()[i].is_weight())
          CHECK(std::abs(p(r, c)) <= 0.5);
        else
          CHECK(p(r, c) == Real(0.1));
      }
  }
}

TEST_CASE("penalties act after the step, on the old weight, and not on biases") {
  Training plain, penalized;
  plain.rate = penalized.rate = 0.1;
  penalized.l2 = 0.3;
  Trainer a = one_weight(plain), b = one_weight(penalized);
  const double old = double(weight(a));
  a.step();
  b.step();
  CHECK(double(weight(b)) == Approx(double(weight(a)) - 0.1 * 0.3 * old).epsilon(1e-5));
  CHECK(a.state().parameters[1](0, 0) == b.state().parameters[1](0, 0));
}

TEST_CASE("a weight that L1 takes across zero becomes zero, and revives when the data want it") {
  Training training;
  training.rate = 0.1;
  training.l1 = 100;  // shrinks by 10 a step: more than any weight
  Trainer trainer = one_weight(training);
  trainer.step();
  CHECK(weight(trainer) == 0);
  trainer.step();
  CHECK(weight(trainer) == 0);  // the data pull by less than the penalty: it stays
  training.l1 = 0;
  trainer.set(training);
  trainer.step();
  CHECK(weight(trainer) != 0);
}

TEST_CASE("the shown loss leaves penalties out") {
  Training training;
  training.l1 = training.l2 = 0.5;
  training.rate = 1e-30;
  Trainer with = test::circle_trainer(training, 5), without = test::circle_trainer({}, 5);
  CHECK(with.history().front().train_loss == without.history().front().train_loss);
  with.step();
  without.step();
  CHECK(with.batch_loss() == without.batch_loss());
}

TEST_CASE("clipping scales the whole gradient to its largest norm") {
  Training training;
  training.rate = 1;
  training.clip = 0.01;
  Trainer trainer = one_weight(training);
  const Real w = weight(trainer), b = trainer.state().parameters[1](0, 0);
  trainer.step();
  const double dw = double(weight(trainer) - w), db = double(trainer.state().parameters[1](0, 0) - b);
  CHECK(std::sqrt(dw * dw + db * db) == Approx(0.01).epsilon(1e-3));
  CHECK(dw / db == Approx(2).epsilon(1e-3));  // the direction stays: dw = 2 db
}

TEST_CASE("a short last batch is a step of its own") {
  Training training;
  training.batch = 30;
  Trainer trainer = test::circle_trainer(training, 5);  // 250 examples: eight batches of 30, one of 10
  trainer.advance(9);
  CHECK(trainer.state().epoch == 1);
  CHECK(trainer.state().position == 0);
  CHECK(trainer.history().size() == 2);
}

TEST_CASE("order once keeps one order, each epoch draws its own") {
  for (const Order order : {Order::once, Order::each_epoch}) {
    Training training;
    training.shuffle = order;
    training.rate = 1e-30;  // nothing is learned: a batch's loss names the batch
    Trainer trainer = test::circle_trainer(training, 5);
    std::vector<double> first, second;
    for (int i = 0; i < 25; i++) trainer.step(), first.push_back(trainer.batch_loss());
    for (int i = 0; i < 25; i++) trainer.step(), second.push_back(trainer.batch_loss());
    CHECK((first == second) == (order == Order::once));
  }
}

TEST_CASE("schedules follow their formulas") {
  Training training;
  training.rate = 0.4;
  training.schedule_epochs = 10;
  training.schedule = Schedule::step;
  CHECK(scheduled_rate(training, 9.9) == 0.4);
  CHECK(scheduled_rate(training, 25) == Approx(0.1));
  training.schedule = Schedule::cosine;
  CHECK(scheduled_rate(training, 0) == Approx(0.4));
  CHECK(scheduled_rate(training, 5) == Approx(0.2));
  CHECK(scheduled_rate(training, 30) == Approx(0).margin(1e-12));
  training.schedule = Schedule::warm_up;
  CHECK(scheduled_rate(training, 2.5) == Approx(0.1));
  CHECK(scheduled_rate(training, 99) == Approx(0.4));
}

TEST_CASE("every optimizer lowers the loss on the circle") {
  for (const Update method :
       {Update::sgd, Update::momentum, Update::nesterov, Update::adagrad, Update::rmsprop, Update::adadelta, Update::adam, Update::adamw}) {
    Training training;
    training.optimizer = method;
    training.rate = method == Update::adadelta ? 1 : method == Update::momentum || method == Update::nesterov ? 0.01 : 0.03;
    Trainer trainer = test::circle_trainer(training, 5);
    const double before = trainer.history().front().train_loss;
    trainer.advance(25 * 60);
    INFO(update_names[int(method)] << ": " << before << " -> " << trainer.history().back().train_loss);
    CHECK(trainer.history().back().train_loss < 0.7 * before);
  }
}

TEST_CASE("the same seed gives the same bits, another seed another start") {
  Trainer a = test::circle_trainer({}, 5), b = test::circle_trainer({}, 5), c = test::circle_trainer({}, 6);
  a.advance(100);
  for (int i = 0; i < 100; i++) b.step();
  CHECK(a.state().parameters.numbers == b.state().parameters.numbers);
  CHECK_FALSE(a.state().parameters.numbers == c.state().parameters.numbers);
}

TEST_CASE("going on from any snapshot equals never having stopped") {
  Training training = test::demanding();
  Trainer straight = test::demanding_trainer(training, 9), broken = test::demanding_trainer(training, 9);
  std::vector<std::shared_ptr<const Snapshot>> snapshots;
  for (int i = 0; i < 60; i++) {
    snapshots.push_back(straight.snapshot());
    straight.step();
  }
  for (const auto& snapshot : snapshots) {
    broken.restore(*snapshot, straight.history());
    broken.advance(60 - snapshot->state.step);
    REQUIRE(broken.state().step == 60);
    CHECK(broken.state().parameters.numbers == straight.state().parameters.numbers);
    CHECK(broken.state().moments[0] == straight.state().moments[0]);
    CHECK(broken.state().moments[1] == straight.state().moments[1]);
    CHECK(broken.state().order_random == straight.state().order_random);
    CHECK(broken.state().mask_random == straight.state().mask_random);
    CHECK(broken.history().back().train_loss == straight.history().back().train_loss);
  }
}

TEST_CASE("a step in steady state allocates nothing") {
  for (const bool demanding : {false, true}) {
    Trainer trainer = demanding ? test::demanding_trainer(test::demanding(), 9) : test::circle_trainer({}, 5);
    // Two epochs, so that every batch size has been met; then the middle of an epoch.
    while (trainer.state().epoch < 2) trainer.step();
    trainer.step();
    const std::size_t before = allocations();
    for (int i = 0; i < 5; i++) trainer.step();
    CHECK(allocations() == before);
  }
}

TEST_CASE("stop rules end a run and say which") {
  Training training;
  training.epochs = 2;
  Trainer epochs = test::circle_trainer(training, 5);
  CHECK(epochs.advance(1000) == 50);
  CHECK(epochs.stopped() == "all epochs are done, after epoch 2, step 50");
  CHECK_FALSE(epochs.step());

  training = {};
  training.target_loss = 0.4;
  Trainer target = test::circle_trainer(training, 5);
  target.advance(100000);
  CHECK(target.history().back().train_loss <= 0.4);
  CHECK(target.stopped().find("target loss") != std::string::npos);

  training = {};
  training.patience = 3;
  training.rate = 1e-30;
  Trainer patience = test::circle_trainer(training, 5);
  CHECK(patience.advance(100000) <= 25 * 10);
  CHECK(patience.stopped().find("patience") != std::string::npos);

  training = {};
  training.seconds = 1e-9;
  Trainer time = test::circle_trainer(training, 5);
  CHECK(time.advance(1000) == 1);
  CHECK(time.stopped() == "the time is up, after epoch 0, step 1");
}

TEST_CASE("divergence stops the run with step, layer and what to try") {
  Training training;
  training.rate = 50;
  Trainer trainer = one_weight(training);
  const Index done = trainer.advance(1000);
  CHECK(done < 1000);
  CHECK(trainer.diverged());
  CHECK(trainer.stopped().find("training diverged at step " + std::to_string(trainer.state().step)) == 0);
  CHECK(trainer.stopped().find("layer dense1") != std::string::npos);
  CHECK(trainer.stopped().find("smaller rate") != std::string::npos);

  Trainer poisoned = test::circle_trainer({}, 5);
  poisoned.set_weight("dense2.weight", 0, 0, std::numeric_limits<Real>::quiet_NaN());
  poisoned.step();
  CHECK(poisoned.diverged());
  CHECK(poisoned.stopped().find("layer dense2") != std::string::npos);
}

TEST_CASE("what does not fit is refused, and nothing changes") {
  Trainer trainer = test::circle_trainer({}, 5);
  Training training;
  training.loss = Loss::cross_entropy;
  CHECK_THROWS_WITH(trainer.set(training), Catch::Contains("needs a model that ends with softmax or sigmoid"));
  CHECK(trainer.training().loss == Loss::quadratic);
  CHECK_THROWS_WITH(trainer.set_weight("dense9.weight", 0, 0, 1), Catch::Contains("none is named 'dense9.weight'"));
  CHECK_THROWS_WITH(trainer.set_weight("dense1.weight", 4, 0, 1), Catch::Contains("is 4x2 and has no element 4,0"));
  CHECK_THROWS_WITH(test::demanding_trainer(test::demanding(), 9).restore(*trainer.snapshot()), Catch::Contains("another model"));
  const auto nothing = std::make_shared<const Problem>(Problem{parse_model("dense 1", {2, 1, 1}), {}, {}, false});
  CHECK_THROWS_WITH(Trainer(nothing, Initializer::zeros, {}, 1), Catch::Contains("no examples"));
}

TEST_CASE("evaluation counts every example once, whatever the chunks") {
  Trainer trainer = test::demanding_trainer(test::demanding(), 9);
  const Examples& all = trainer.problem()->train;
  const Score whole = trainer.evaluate(all);
  double loss = 0, right = 0;
  for (Index i = 0; i < all.count(); i++) {
    const Examples one{Matrix(ConstView{all.inputs.view().row(i), 1, all.inputs.columns(), all.inputs.columns()}),
                       Matrix(ConstView{all.targets.view().row(i), 1, all.targets.columns(), all.targets.columns()})};
    const Score score = trainer.evaluate(one);
    loss += score.loss;
    right += score.accuracy;
  }
  CHECK(whole.loss == Approx(loss / double(all.count())).epsilon(1e-5));
  CHECK(whole.accuracy == Approx(right / double(all.count())));
}

TEST_CASE("weights start as their initializer says") {
  Generator random(3);
  Matrix W(40, 60);
  const auto moments = [&] {
    double mean = 0, square = 0, largest = 0;
    for (Index i = 0; i < W.size(); i++) {
      mean += double(W.data()[i]);
      square += double(W.data()[i]) * double(W.data()[i]);
      largest = std::max(largest, std::abs(double(W.data()[i])));
    }
    return std::array{mean / double(W.size()), square / double(W.size()), largest};
  };
  initialize(Initializer::playground, W, random);
  CHECK(moments()[1] == Approx(1.0 / 12).epsilon(0.1));
  CHECK(moments()[2] <= 0.5);
  initialize(Initializer::xavier, W, random);
  CHECK(moments()[1] == Approx(2.0 / 100).epsilon(0.1));
  CHECK(moments()[2] <= std::sqrt(6.0 / 100));
  initialize(Initializer::he, W, random);
  CHECK(moments()[1] == Approx(2.0 / 60).epsilon(0.1));
  CHECK(moments()[0] == Approx(0).margin(0.02));
  initialize(Initializer::zeros, W, random);
  CHECK(moments()[2] == 0);
  initialize(Initializer::constant, W, random);
  CHECK(moments()[1] == Approx(0.01));
  initialize(Initializer::orthogonal, W, random);
  for (Index i = 0; i < 40; i++)
    for (Index j = 0; j <= i; j++) {
      double product = 0;
      for (Index k = 0; k < 60; k++) product += double(W(i, k)) * double(W(j, k));
      CHECK(product == Approx(i == j ? 1.0 : 0.0).margin(1e-5));
    }
}
