// Spearman's rank correlation.
#include "viz/rank_correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace viz {

std::vector<double> ranks(std::span<const double> x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  std::vector<double> result(x.size());
  for (std::size_t i = 0; i < x.size();) {
    std::size_t end = i;
    while (end < x.size() && x[order[end]] == x[order[i]]) end++;
    for (std::size_t k = i; k < end; k++) result[order[k]] = (double(i + 1) + double(end)) / 2;
    i = end;
  }
  return result;
}

// rho = sum (r - r')(s - s') / sqrt(sum (r - r')^2 sum (s - s')^2) ,  r' = s' = (n + 1) / 2
double rank_correlation(std::span<const double> a, std::span<const double> b) {
  assert(a.size() == b.size());
  const std::vector<double> r = ranks(a), s = ranks(b);
  const double mean = (double(r.size()) + 1) / 2;
  double both = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < r.size(); i++) {
    both += (r[i] - mean) * (s[i] - mean);
    first += (r[i] - mean) * (r[i] - mean);
    second += (s[i] - mean) * (s[i] - mean);
  }
  return first > 0 && second > 0 ? both / std::sqrt(first * second) : 0;
}

}  // namespace viz
