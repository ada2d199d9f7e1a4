// Augmentation while training: of training batches alone, the same bits for the same seed, and part of what a run goes on from.
#include <catch2/catch.hpp>

#include "datasets/prepare.h"
#include "engine/save.h"
#include "tests/count_allocations.h"

namespace {

constexpr const char* all_of_it = "shift 1, flip, crop 0.9, rotate 10";

data::Experiment experiment(const std::string& augment) {
  data::Experiment e;
  e.source = "digits12";
  e.samples = 100;  // 50 train: three batches of 16 and a short one
  e.layers = "conv 2 3x3, relu";
  e.augment = augment;
  e.training.rate = 0.05;
  e.training.batch = 16;
  e.training.shuffle = nn::Order::each_epoch;
  return e;
}

nn::Trainer trainer(const std::string& augment) {
  const data::Experiment e = experiment(augment);
  return data::trainer(data::prepare(e, ""), e);
}

}  // namespace

TEST_CASE("augmentation changes what is learned, and not what it is measured on") {
  nn::Trainer plain = trainer(""), moved = trainer(all_of_it);
  CHECK(plain.history()[0].train_loss == moved.history()[0].train_loss);
  CHECK(plain.history()[0].test_loss == moved.history()[0].test_loss);
  plain.step(), moved.step();
  CHECK_FALSE(plain.batch_loss() == moved.batch_loss());
  CHECK_FALSE(plain.state().parameters.numbers == moved.state().parameters.numbers);
  CHECK(plain.state().order == moved.state().order);
  CHECK(moved.problem()->train.inputs == plain.problem()->train.inputs);
}

TEST_CASE("a move by nothing leaves a training to the bit as it is") {
  nn::Trainer plain = trainer(""), still = trainer("shift 0, crop 1, rotate 0");
  plain.advance(10), still.advance(10);
  CHECK(plain.state().parameters.numbers == still.state().parameters.numbers);
}

TEST_CASE("augmented training gives the same bits for the same seed, and goes on from any snapshot or file as if never stopped") {
  nn::Trainer straight = trainer(all_of_it), again = trainer(all_of_it);
  std::vector<std::shared_ptr<const nn::Snapshot>> snapshots;
  for (int i = 0; i < 10; i++) {
    snapshots.push_back(straight.snapshot());
    straight.step();
  }
  again.advance(10);
  CHECK(again.state().parameters.numbers == straight.state().parameters.numbers);
  CHECK_FALSE(snapshots[3]->state.augment_random == snapshots[4]->state.augment_random);
  for (const auto& snapshot : snapshots)
    for (const bool by_file : {false, true}) {
      INFO("step " << snapshot->state.step << (by_file ? ", by a file" : ""));
      nn::Trainer later = trainer(all_of_it);
      later.restore(by_file ? nn::parse_snapshot(nn::snapshot_bytes(*snapshot), "file") : *snapshot, straight.history());
      later.advance(10 - snapshot->state.step);
      CHECK(later.state().parameters.numbers == straight.state().parameters.numbers);
      CHECK(later.state().augment_random == straight.state().augment_random);
    }
}

TEST_CASE("a state from before there was augmentation is read as it was") {
  nn::Trainer before = trainer("");
  before.advance(5);
  nn::Tensors state = nn::state_tensors(*before.snapshot());
  REQUIRE(state.find("random.augmentation"));
  std::erase_if(state.list, [](const nn::Tensor& tensor) { return tensor.name == "random.augmentation"; });
  nn::Trainer later = trainer("");
  later.restore(nn::snapshot_from(nn::model_tensors(before.state().parameters), state, "old"), before.history());
  before.advance(5), later.advance(5);
  CHECK(later.state().parameters.numbers == before.state().parameters.numbers);
}

TEST_CASE("an augmented step in steady state allocates nothing") {
  nn::Trainer moved = trainer(all_of_it);
  while (moved.state().epoch < 2) moved.step();
  const std::size_t before = allocations();
  for (int i = 0; i < 3; i++) moved.step();
  CHECK(allocations() == before);
}

TEST_CASE("augmentation may change between two steps, and wants pictures") {
  nn::Trainer moved = trainer(all_of_it);
  moved.advance(4);
  moved.set(data::prepare(experiment(""), "").problem);
  const nn::Generator before = moved.state().augment_random;
  moved.step();
  CHECK(moved.state().augment_random == before);

  data::Experiment points;
  points.augment = "flip";
  CHECK_THROWS_WITH(data::prepare(points, ""), Catch::Contains("data.augment moves pictures, and the inputs of 'circle' are none"));
  CHECK_THROWS_WITH(data::set(points, "data.augment=flip, jump 3"), Catch::Contains("data.augment: 'jump 3' is no augmentation"));
}
