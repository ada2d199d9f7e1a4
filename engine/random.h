// Random numbers that are the same on every machine: the distributions are our own, not the standard library's.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace nn {

// xoshiro256++ (Blackman and Vigna 2019), seeded by splitmix64. Its whole state is four numbers, so it can be saved.
class Generator {
 public:
  explicit Generator(std::uint64_t seed = 0);
  // An independent stream of the same seed: Generator(7, "weights") and Generator(7, "order") share nothing.
  Generator(std::uint64_t seed, std::string_view stream);

  std::uint64_t bits();
  double uniform();                         // [0, 1), 53 bits
  double uniform(double low, double high);  // [low, high)
  double normal();                          // mean 0, variance 1 (Marsaglia's polar method, the second value is not kept)
  std::uint64_t below(std::uint64_t n);     // 0 .. n - 1, without bias

  bool operator==(const Generator&) const = default;
  std::array<std::uint64_t, 4> state{};
};

// Fisher-Yates.
template <class T>
void shuffle(std::vector<T>& x, Generator& random) {
  for (std::size_t i = x.size(); i > 1; i--) std::swap(x[i - 1], x[random.below(i)]);
}

}  // namespace nn
