// Orders of pixels, and the curves that follow them.
#include "viz/perturbation_curves.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace viz {

namespace {

using nn::Index;

double rankable(nn::Real x) { return std::isfinite(x) ? double(x) : -INFINITY; }

std::vector<Index> largest_first(const std::vector<double>& values) {
  std::vector<Index> order(values.size());
  std::iota(order.begin(), order.end(), Index(0));
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return values[std::size_t(a)] > values[std::size_t(b)]; });
  return order;
}

}  // namespace

Order pixel_order(nn::ConstView map, Index steps) {
  std::vector<double> values;
  for (Index i = 0; i < map.rows; i++)
    for (Index j = 0; j < map.columns; j++) values.push_back(rankable(map(i, j)));
  const std::vector<Index> order = largest_first(values);
  const Index pixels = std::ssize(order), parts = std::min(steps, pixels);
  Order result;
  for (Index k = 0; k < parts; k++) result.emplace_back(order.begin() + pixels * k / parts, order.begin() + pixels * (k + 1) / parts);
  return result;
}

Order region_order(nn::ConstView map, Index height, Index width) {
  Order regions;
  std::vector<double> sums;
  for (Index top = 0; top < map.rows; top += height)
    for (Index left = 0; left < map.columns; left += width) {
      regions.emplace_back();
      double sum = 0;
      for (Index i = top; i < std::min(top + height, map.rows); i++)
        for (Index j = left; j < std::min(left + width, map.columns); j++)
          sum += double(map(i, j)), regions.back().push_back(i * map.columns + j);
      sums.push_back(rankable(nn::Real(sum)));
    }
  Order result;
  for (const Index i : largest_first(sums)) result.push_back(regions[std::size_t(i)]);
  return result;
}

std::vector<double> perturbed(const Score& score, nn::ConstView x, nn::ConstView to, const Order& order) {
  Index pixels = 0;
  for (const auto& part : order) pixels += std::ssize(part);
  assert(pixels > 0 && x.rows % pixels == 0 && x.rows == to.rows);
  nn::Matrix steps(x.rows, std::ssize(order) + 1);
  for (Index i = 0; i < x.rows; i++) std::fill_n(steps.view().row(i), steps.columns(), x(i, 0));
  for (Index k = 0; k < std::ssize(order); k++)
    for (const Index pixel : order[std::size_t(k)])
      for (Index i = pixel; i < x.rows; i += pixels)  // all channels
        std::fill(steps.view().row(i) + k + 1, steps.view().row(i) + steps.columns(), to(i, 0));
  const std::vector<nn::Real> scores = score(steps);
  return {scores.begin(), scores.end()};
}

// min over b of sum (b p_k - d_k)^2 / sum d_k^2 ,  p_k = sum of the map over part k ,  d_k = f(x) - f(x without part k)
double infidelity(const Score& score, nn::ConstView x, nn::ConstView baseline, nn::ConstView map, const Order& parts) {
  const double whole = score_of_one(score, x);
  double both = 0, told = 0, done = 0;
  nn::Matrix without(x.rows, std::ssize(parts));
  const Index pixels = map.rows * map.columns;
  for (Index i = 0; i < x.rows; i++) std::fill_n(without.view().row(i), without.columns(), x(i, 0));
  for (Index k = 0; k < std::ssize(parts); k++)
    for (const Index pixel : parts[std::size_t(k)])
      for (Index i = pixel; i < x.rows; i += pixels) without(i, k) = baseline(i, 0);
  const std::vector<nn::Real> scores = score(without);
  for (std::size_t k = 0; k < parts.size(); k++) {
    double p = 0;
    for (const Index pixel : parts[k]) p += double(map(pixel / map.columns, pixel % map.columns));
    const double d = whole - double(scores[k]);
    both += p * d, told += p * p, done += d * d;
  }
  return done > 0 && told > 0 ? 1 - both * both / (told * done) : 1;
}

double area_under(const std::vector<double>& curve) {
  if (curve.size() < 2) return curve.empty() ? 0 : curve[0];
  double sum = -(curve.front() + curve.back()) / 2;
  for (const double y : curve) sum += y;
  return sum / double(curve.size() - 1);
}

}  // namespace viz
