// Random numbers that are the same on every machine.
#include "engine/random.h"

#include <bit>
#include <cmath>

namespace nn {

namespace {

std::uint64_t splitmix64(std::uint64_t& x) {
  std::uint64_t z = (x += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// FNV-1a.
std::uint64_t hash(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (unsigned char c : text) h = (h ^ c) * 0x100000001b3u;
  return h;
}

}  // namespace

Generator::Generator(std::uint64_t seed) {
  for (auto& word : state) word = splitmix64(seed);
}

Generator::Generator(std::uint64_t seed, std::string_view stream) : Generator(splitmix64(seed) ^ hash(stream)) {}

std::uint64_t Generator::bits() {
  auto& s = state;
  const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = std::rotl(s[3], 45);
  return result;
}

double Generator::uniform() { return double(bits() >> 11) * 0x1p-53; }

double Generator::uniform(double low, double high) { return low + uniform() * (high - low); }

double Generator::normal() {
  for (;;) {
    const double u = uniform(-1, 1), v = uniform(-1, 1), s = u * u + v * v;
    if (s > 0 && s < 1) return u * std::sqrt(-2 * std::log(s) / s);
  }
}

std::uint64_t Generator::below(std::uint64_t n) {
  const std::uint64_t unfair = (0 - n) % n;  // 2^64 mod n values are drawn again
  for (;;)
    if (const std::uint64_t x = bits(); x >= unfair) return x % n;
}

}  // namespace nn
