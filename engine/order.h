// In which order examples are seen. Inside the engine only.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/matrix.h"
#include "engine/random.h"

namespace nn {

// The order in which so many examples are laid out, once: number of the example at each place.
std::vector<std::uint32_t> layout(std::uint64_t seed, Index examples);

// The places in the order of the next epoch, drawn from that of the last epoch, or from no order.
void next_order(std::vector<std::uint32_t>& order, Index examples, Generator& random);

}  // namespace nn
