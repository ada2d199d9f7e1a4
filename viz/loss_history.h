// The histories of one or several runs as rows of numbers, and which of very many rows are drawn.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/trainer.h"

namespace viz::loss {

constexpr nn::Index figures = 4;  // of an epoch: losses, then accuracies, train before test

struct Spread {
  std::vector<double> middle, low, high;  // rows of: epoch, figures
};
// Line by line, over the runs that got that far; of one run its history, with low and high empty.
Spread spread(const std::vector<std::span<const nn::Epoch>>& runs);

// Which lines of a long history are drawn: of each of so many stretches the first, the last, and of every figure the least and the
// greatest.
std::vector<std::int64_t> thinned_lines(const std::vector<const std::vector<double>*>& parts, std::size_t lines);

}  // namespace viz::loss
