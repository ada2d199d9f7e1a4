// Measures of a map against a mask.
#include "viz/localization.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace viz {

namespace {

using nn::Index;

// Both as rows of numbers.
struct Pair {
  std::vector<double> map;
  std::vector<bool> in;

  Pair(nn::ConstView values, nn::ConstView mask) {
    if (values.rows != mask.rows || values.columns != mask.columns)
      throw std::invalid_argument("localization: the map is " + nn::dimensions(values) + " but the mask is " + nn::dimensions(mask));
    for (Index i = 0; i < values.rows; i++)
      for (Index j = 0; j < values.columns; j++) {
        const double x = double(values(i, j));
        map.push_back(std::isfinite(x) ? x : -INFINITY);
        in.push_back(mask(i, j) > 0);
      }
  }
  double positive(std::size_t i) const { return std::max(map[i], 0.0); }
};

double positive_mass(const Pair& pair) {
  double sum = 0;
  for (std::size_t i = 0; i < pair.map.size(); i++)
    if (pair.in[i]) sum += pair.positive(i);
  return sum;
}

}  // namespace

bool points_at(nn::ConstView map, nn::ConstView mask, Index tolerance) {
  const Pair pair(map, mask);
  if (pair.map.empty()) return false;
  const Index at = std::max_element(pair.map.begin(), pair.map.end()) - pair.map.begin();
  if (!(pair.map[std::size_t(at)] > 0)) return false;
  const Index row = at / map.columns, column = at % map.columns;
  for (Index i = std::max(row - tolerance, Index(0)); i <= std::min(row + tolerance, map.rows - 1); i++)
    for (Index j = std::max(column - tolerance, Index(0)); j <= std::min(column + tolerance, map.columns - 1); j++)
      if (mask(i, j) > 0) return true;
  return false;
}

double mass_in(nn::ConstView map, nn::ConstView mask) {
  const Pair pair(map, mask);
  double all = 0;
  for (std::size_t i = 0; i < pair.map.size(); i++) all += pair.positive(i);
  return all > 0 ? positive_mass(pair) / all : 0;
}

double rank_in(nn::ConstView map, nn::ConstView mask) {
  const Pair pair(map, mask);
  const std::ptrdiff_t size = std::count(pair.in.begin(), pair.in.end(), true);
  if (size == 0) return 0;
  std::vector<std::size_t> order(pair.map.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return pair.map[a] > pair.map[b]; });
  const std::ptrdiff_t hits = std::count_if(order.begin(), order.begin() + size, [&](std::size_t i) { return pair.in[i]; });
  return double(hits) / double(size);
}

// AUC = (sum of the ranks in the mask - K (K + 1) / 2) / (K (N - K)), equals sharing their mean rank (Mann and Whitney 1947)
double roc_auc(nn::ConstView map, nn::ConstView mask) {
  const Pair pair(map, mask);
  const std::size_t all = pair.map.size();
  std::vector<std::size_t> order(all);
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return pair.map[a] < pair.map[b]; });
  double ranks = 0, size = 0;
  for (std::size_t i = 0; i < all;) {
    std::size_t end = i, inside = 0;
    for (; end < all && pair.map[order[end]] == pair.map[order[i]]; end++) inside += pair.in[order[end]];
    ranks += double(inside) * (double(i + 1) + double(end)) / 2;
    size += double(inside);
    i = end;
  }
  if (size == 0 || size == double(all)) return 0.5;
  return (ranks - size * (size + 1) / 2) / (size * (double(all) - size));
}

double selectivity(nn::ConstView map, nn::ConstView own, nn::ConstView other) {
  const double a = positive_mass(Pair(map, own)), b = positive_mass(Pair(map, other));
  return a + b > 0 ? a / (a + b) : 0.5;
}

}  // namespace viz
