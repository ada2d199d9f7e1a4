// One number for each of many inputs: all that methods that change the input ask of a network.
#pragma once
#include <functional>
#include <vector>

#include "engine/matrix.h"

namespace viz {

// Inputs x examples (columns) -> one number an example.
using Score = std::function<std::vector<nn::Real>(nn::ConstView inputs)>;

// Of one input, inputs x 1.
inline double score_of_one(const Score& score, nn::ConstView input) { return double(score(input).at(0)); }

}  // namespace viz
