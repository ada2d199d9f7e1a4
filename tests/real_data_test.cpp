// What the engine reaches on MNIST and optdigits, against a mainstream framework on the same protocol. Needs $GLASSBOX_DATA.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "datasets/prepare.h"
#include "tests/support.h"

namespace {

// The history of a shipped experiment, trained to its end with changes such as "train.epochs=1".
std::vector<nn::Epoch> trained(const std::string& name, nn::Index seed, std::initializer_list<const char*> assignments) {
  data::Experiment e = data::load_experiment(data::experiments_folder() / (name + ".toml"));
  for (const char* assignment : assignments) data::set(e, assignment);
  e.seed = seed;
  nn::Trainer trainer = data::trainer(data::prepare(e, std::getenv("GLASSBOX_DATA")), e);
  while (trainer.step()) {
  }
  return trainer.history();
}

bool data_are_missing() {
  if (std::getenv("GLASSBOX_DATA")) return false;
  skip("GLASSBOX_DATA is not set");
  return true;
}

}  // namespace

TEST_CASE("optdigits 64-32-10 comes within a point of 94.8 %, or above: SGD 0.1, batch 32, 20 epochs") {
  if (data_are_missing()) return;
  double sum = 0;
  for (nn::Index seed = 0; seed < 3; seed++) {
    const std::vector<nn::Epoch> history = trained("optdigits", seed, {});
    REQUIRE(history.back().step == 20 * 120);  // 3,823 examples: 119 batches of 32 and a short one
    sum += history.back().test_accuracy;
  }
  INFO("mean of three seeds " << sum / 3);
  CHECK(sum / 3 >= 0.938);
}

TEST_CASE("MNIST 784-100-10 ReLU reads 93.5 % after one epoch and 96.3 % after three: SGD 0.1, batch 32") {
  if (data_are_missing()) return;
  if (sizeof(nn::Real) > 4) return skip("in double, by the reference kernels alone, this takes minutes");
  const std::vector<nn::Epoch> history = trained("mnist", 0, {});
  REQUIRE(history.back().step == 3 * 1875);
  INFO("after 1 and 3 epochs " << history[1].test_accuracy << ", " << history[3].test_accuracy);
  CHECK(history[1].test_accuracy >= 0.935);  // 94.5 % there
  CHECK(history[3].test_accuracy >= 0.963);  // 96.8 %
}

TEST_CASE("MNIST by two convolutions reads 97.0 % after one epoch: Adam 0.001, batch 64") {
  if (data_are_missing()) return;
  if (sizeof(nn::Real) > 4) return skip("in double, by the reference kernels alone, this takes minutes");
  const std::vector<nn::Epoch> history = trained("mnist_cnn", 0, {"train.epochs=1"});
  REQUIRE(history.back().step == 938);
  INFO("after 1 epoch " << history[1].test_accuracy);
  CHECK(history[1].test_accuracy >= 0.97);  // 97.6 % there
}

TEST_CASE("MNIST by two convolutions, three seeds: 97.0 % after one epoch and 98.3 % after three", "[.long]") {
  if (data_are_missing()) return;
  for (nn::Index seed = 1; seed <= 3; seed++) {
    const std::vector<nn::Epoch> history = trained("mnist_cnn", seed, {"train.epochs=3"});
    INFO("seed " << seed << ": after 1 and 3 epochs " << history[1].test_accuracy << ", " << history[3].test_accuracy);
    CHECK(history[1].test_accuracy >= 0.97);
    CHECK(history[3].test_accuracy >= 0.983);
  }
}

TEST_CASE("CIFAR-10, 2,000 train and 1,000 test, by two convolutions: about 40 % after ten epochs", "[.long]") {
  if (data_are_missing()) return;
  const std::vector<nn::Epoch> history = trained("cifar10", 0, {});
  INFO("after " << history.back().epoch << " epochs " << history.back().test_accuracy);
  CHECK(history.back().test_accuracy >= 0.37);
}

TEST_CASE("MNIST by logistic regression reads 90.5 % after one epoch: SGD 0.1, batch 32") {
  if (data_are_missing()) return;
  const std::vector<nn::Epoch> history = trained("mnist", 0, {"model.layers=", "train.epochs=1"});
  REQUIRE(history.back().step == 1875);
  INFO("after 1 epoch " << history[1].test_accuracy);
  CHECK(history[1].test_accuracy >= 0.905);  // 91.5 % there
}

TEST_CASE("MNIST, the means of three seeds come within a point of the reference, or above", "[.long]") {
  if (data_are_missing()) return;
  double one = 0, three = 0, logistic = 0;
  for (nn::Index seed = 0; seed < 3; seed++) {
    const std::vector<nn::Epoch> history = trained("mnist", seed, {});
    one += history[1].test_accuracy;
    three += history[3].test_accuracy;
    logistic += trained("mnist", seed, {"model.layers=", "train.epochs=1"})[1].test_accuracy;
  }
  WARN("MNIST: 784-100-10 " << one / 3 << " after one epoch and " << three / 3 << " after three, logistic regression " << logistic / 3);
  CHECK(one / 3 >= 0.935);       // 94.5 %
  CHECK(three / 3 >= 0.958);     // 96.8 %
  CHECK(logistic / 3 >= 0.905);  // 91.5 %
}
