// Threads: a shared loop covers its range once, and training gives the same bits however many threads compute.
#include "engine/threads.h"

#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "engine/trainer.h"

using namespace nn;

namespace {

// So many threads as long as this lives, then one again.
struct Threads {
  explicit Threads(int count) { set_threads(count); }
  ~Threads() { set_threads(1); }
};

const char* const dense = "dense 100, relu, dense 10, softmax";
const char* const convolutional = "conv 16 5x5 pad 2, relu, maxpool 2, conv 8 3x3, relu, maxpool 3, dense 10, softmax";
const char* const with_dropout = "conv 8 3x3, relu, dropout 0.3, maxpool 4, dense 10, softmax";

// Pictures of the size of MNIST that are noise, in batches of 32.
Trainer digits_trainer(const char* layers) {
  constexpr Index count = 400;
  Generator random(3, "noise");
  Examples examples{Matrix(count, 784), Matrix(count, 10)};
  for (Index i = 0; i < count; i++) {
    for (Index j = 0; j < 784; j++) examples.inputs(i, j) = Real(random.uniform());
    examples.targets(i, Index(random.below(10))) = 1;
  }
  Training training;
  training.loss = Loss::cross_entropy;
  training.rate = 0.1;
  training.batch = 32;
  training.shuffle = Order::each_epoch;
  const Model model = parse_model(layers, {1, 28, 28});
  return Trainer(std::make_shared<const Problem>(Problem{model, std::move(examples), {}, true}), Initializer::he, training, 7);
}

struct Result {
  Matrix weights;
  std::vector<double> losses;  // of every step
  double epoch_loss;           // at the end of the last whole epoch
};

Result after_steps(int steps, const char* layers, int threads) {
  const Threads use(threads);
  Trainer trainer = digits_trainer(layers);
  Result result;
  for (int i = 0; i < steps; i++) {
    trainer.step();
    result.losses.push_back(trainer.batch_loss());
  }
  result.weights = trainer.state().parameters.numbers;
  result.epoch_loss = trainer.history().back().train_loss;
  return result;
}

}  // namespace

TEST_CASE("a shared loop covers every number once, in pieces that start at multiples of the grain") {
  for (const int count : {1, 2, 3, 5}) {
    const Threads use(count);
    for (const Index n : {0, 1, 11, 12, 13, 24, 100, 1000}) {
      INFO(count << " threads, n = " << n);
      std::vector<int> visits(std::size_t(n), 0);
      std::vector<Index> starts;
      std::set<std::thread::id> workers;
      std::mutex mutex;
      share(n, 12, [&](Index first, Index last) {
        const std::lock_guard lock(mutex);
        starts.push_back(first);
        workers.insert(std::this_thread::get_id());
        for (Index i = first; i < last; i++) visits[std::size_t(i)]++;
      });
      CHECK(visits == std::vector<int>(std::size_t(n), 1));
      for (const Index start : starts) CHECK(start % 12 == 0);
      if (n == 1000) CHECK(int(workers.size()) == count);  // nobody stands by
    }
  }
}

TEST_CASE("a loop within a shared loop is done by whoever came to it") {
  const Threads use(3);
  std::vector<double> sums(3, 0);
  share(3, 1, [&](Index first, Index last) {
    CHECK(threads() == 1);
    for (Index i = first; i < last; i++) {
      const auto me = std::this_thread::get_id();
      share(1000, 1, [&](Index from, Index to) {
        CHECK((from == 0 && to == 1000 && std::this_thread::get_id() == me));
        for (Index j = from; j < to; j++) sums[std::size_t(i)] += double(j);
      });
    }
  });
  CHECK(threads() == 3);
  CHECK(sums == std::vector<double>(3, 999 * 500.0));
}

TEST_CASE("two callers may share at the same time: one uses the pool, the other works alone") {
  const Threads use(3);
  std::vector<double> sums(2, 0);
  const auto sum = [&](std::size_t caller) {
    std::vector<double> x(1000, 0);
    for (int round = 0; round < 200; round++)
      share(1000, 10, [&](Index first, Index last) {
        for (Index i = first; i < last; i++) x[std::size_t(i)] += double(i);
      });
    for (const double value : x) sums[caller] += value;
  };
  std::thread other(sum, 1);
  sum(0);
  other.join();
  CHECK(sums == std::vector<double>(2, 200 * 999 * 1000 / 2.0));
}

TEST_CASE("training gives the same bits on one thread and on two") {
  for (const auto& [layers, steps] : {std::pair{dense, 50}, std::pair{convolutional, 14}, std::pair{with_dropout, 14}}) {
    const Result one = after_steps(steps, layers, 1);
    CHECK(one.losses.front() != one.losses.back());
    for (const int threads : {2, 3}) {
      const Result more = after_steps(steps, layers, threads);
      INFO(threads << " threads: " << layers);
      CHECK(more.weights == one.weights);
      CHECK(more.losses == one.losses);
      CHECK(more.epoch_loss == one.epoch_loss);
    }
  }
}
