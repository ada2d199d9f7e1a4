// A text that a network writes: each symbol is drawn from what it expects next, and is then read by it.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "viz/study.h"

namespace viz {

struct Sampled {
  struct Likely {
    int symbol;
    double share;
  };
  std::vector<int> symbols;
  std::vector<double> shares;                     // how probable each was when it was drawn
  std::vector<std::vector<Likely>> alternatives;  // the five likeliest symbols at each step, the drawn one among them or not
};

// With z = log p of what the network says, symbol k is drawn with probability  e^{z_k / temperature} / sum_j e^{z_j / temperature};
// temperature 0 takes the likeliest. `prime` is read first, one symbol at least. The same seed gives the same text.
// Throws std::invalid_argument for an empty prime or a negative temperature.
Sampled sampled_text(const Study& study, std::span<const int> prime, nn::Index count, double temperature, std::uint64_t seed);

}  // namespace viz
