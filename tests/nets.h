// Small trainers that several tests use.
#pragma once
#include "engine/trainer.h"

namespace test {

// The playground's default: circle, 250 training and 250 test points, 2-4-2-1 tanh, quadratic cost.
nn::Trainer circle_trainer(const nn::Training& training, std::uint64_t seed);

// Everything at once: three classes, softmax, dropout, Adam, a new order each epoch, a cosine schedule, a short last batch.
nn::Training demanding();
nn::Trainer demanding_trainer(const nn::Training& training, std::uint64_t seed);

}  // namespace test
