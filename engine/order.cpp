// In which order examples are seen.
#include "engine/order.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "engine/trainer.h"

namespace nn {

namespace {

std::vector<std::uint32_t> identity(Index n) {
  std::vector<std::uint32_t> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0u);
  return order;
}

}  // namespace

std::vector<std::uint32_t> layout(std::uint64_t seed, Index examples) {
  Generator random(seed, "layout");
  std::vector<std::uint32_t> order = identity(examples);
  shuffle(order, random);
  return order;
}

void next_order(std::vector<std::uint32_t>& order, Index examples, Generator& random) {
  if (Index(order.size()) != examples) order = identity(examples);
  shuffle(order, random);
}

std::vector<Index> next_batch(const Snapshot& snapshot, std::uint64_t seed) {
  if (!snapshot.problem) throw std::invalid_argument("next batch: the snapshot does not say what it learns");
  const State& state = snapshot.state;
  const Index examples = snapshot.problem->train.count();
  const std::vector<std::uint32_t> laid_out = layout(seed, examples);
  std::vector<std::uint32_t> order;
  if (const Index window = snapshot.problem->window; window > 0) {  // the steps that the window begins with, one a stream
    const Index streams = std::clamp<Index>(snapshot.training.batch, 1, examples / window), first = state.position / streams;
    std::vector<Index> steps;
    for (Index b = 0; b < streams; b++) steps.push_back(b * (examples / streams) + first);
    return steps;
  }
  if (snapshot.training.shuffle == Order::each_epoch) order = state.order;
  if (Generator random = state.order_random; snapshot.training.shuffle == Order::each_epoch && state.position == 0)
    next_order(order, examples, random);

  std::vector<Index> batch;
  for (Index i = state.position; i < std::min(examples, state.position + snapshot.training.batch); i++)
    batch.push_back(laid_out[order.empty() ? std::size_t(i) : order[std::size_t(i)]]);
  return batch;
}

}  // namespace nn
