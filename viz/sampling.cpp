// One symbol a step.
#include "viz/sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/random.h"
#include "engine/text.h"
#include "viz/text_runner.h"

namespace viz {

namespace {

// What the network says at a temperature.
std::vector<double> tempered(nn::ConstView output, double temperature) {
  std::vector<double> p;
  double most = 0;
  for (nn::Index k = 0; k < output.rows; k++) most = std::max(most, double(output(k, 0)));
  for (nn::Index k = 0; k < output.rows; k++) {
    const double share = double(output(k, 0)) / most;  // 1 for the likeliest, so that no power overflows
    p.push_back(temperature == 0 ? double(share == 1) : std::pow(share, 1 / temperature));
  }
  const double sum = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& share : p) share /= sum;
  return p;
}

// The first k with u below the sum of the shares up to k.
int drawn(const std::vector<double>& shares, double u) {
  double sum = 0;
  for (std::size_t k = 0; k < shares.size(); k++)
    if (u < (sum += shares[k])) return int(k);
  return int(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

std::vector<Sampled::Likely> likeliest(const std::vector<double>& shares) {
  std::vector<Sampled::Likely> all;
  for (std::size_t k = 0; k < shares.size(); k++) all.push_back({int(k), shares[k]});
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
  all.resize(std::min<std::size_t>(all.size(), 5));
  return all;
}

}  // namespace

Sampled sampled_text(const Study& study, std::span<const int> prime, nn::Index count, double temperature, std::uint64_t seed) {
  if (prime.empty() || !(temperature >= 0))
    throw std::invalid_argument("sample: " + std::to_string(prime.size()) + " symbols to begin with, and a temperature of " +
                                nn::number_text(temperature) + "; one symbol is needed, and 0 or more");
  TextRunner runner(study, study.parameters, 1, 1);
  nn::Generator random(seed, "sample");
  const auto read = [&](int symbol) {
    runner.x(0, 0) = nn::Real(symbol);
    runner.forward();
  };
  for (const int symbol : prime) read(symbol);
  Sampled text;
  for (nn::Index t = 0; t < count; t++) {
    check_numbers(nn::Matrix(runner.values[runner.network.output]), "sample");
    const std::vector<double> shares = tempered(runner.values[runner.network.output], temperature);
    const int symbol = drawn(shares, random.uniform());
    text.symbols.push_back(symbol);
    text.shares.push_back(shares[std::size_t(symbol)]);
    text.alternatives.push_back(likeliest(shares));
    read(symbol);
  }
  return text;
}

}  // namespace viz
