// Shapley values, linear fits and masks.
#include "viz/coalitions.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <stdexcept>

#include "engine/random.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

double choose(Index n, Index k) {
  double c = 1;
  for (Index i = 1; i <= k; i++) c = c * double(n - k + i) / double(i);
  return c;
}

Index count_on(nn::ConstView on, Index coalition) {
  Index count = 0;
  for (Index i = 0; i < on.rows; i++) count += on(i, coalition) != 0;
  return count;
}

// The x with the least squares of A x - b, solved by its normal equations (A'A) x = A'b, symmetric: Gauss with the largest pivot. A
// direction that nothing determines gets 0.
std::vector<double> solved(std::vector<std::vector<double>> a, std::vector<double> b) {
  const std::size_t n = b.size();
  std::vector<double> x(n);
  std::vector<bool> fixed(n, true);
  for (std::size_t k = 0; k < n; k++) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < n; i++)
      if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
    if (std::abs(a[pivot][k]) < 1e-12) {
      fixed[k] = false;
      continue;
    }
    std::swap(a[k], a[pivot]), std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; i++) {
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; j++) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    if (!fixed[k]) continue;
    double sum = b[k];
    for (std::size_t j = k + 1; j < n; j++) sum -= a[k][j] * x[j];
    x[k] = sum / a[k][k];
  }
  return x;
}

}  // namespace

nn::Matrix all_coalitions(Index parts) {
  if (parts < 1 || parts > 16)
    throw std::invalid_argument("shapley: " + std::to_string(parts) + " parts have too many coalitions; 1 to 16 parts would do");
  nn::Matrix on(parts, Index(1) << parts);
  for (Index i = 0; i < parts; i++)
    for (Index k = 0; k < on.columns(); k++) on(i, k) = Real(k >> i & 1);
  return on;
}

nn::Matrix some_coalitions(Index parts, Index count, std::uint64_t seed) {
  nn::Generator random(seed, "coalitions");
  nn::Matrix on(parts, std::max(count, Index(2)));
  for (Index k = 0; k < on.columns(); k++)
    for (Index i = 0; i < parts; i++) on(i, k) = k == 0 ? Real(1) : k == 1 ? Real(0) : Real(random.below(2));
  return on;
}

std::vector<double> shapley_values(Index parts, const Scores& scores) {
  assert(std::ssize(scores) == Index(1) << parts);
  std::vector<double> phi(static_cast<std::size_t>(parts));
  for (std::size_t s = 0; s < scores.size(); s++)
    for (Index i = 0; i < parts; i++) {
      if (s >> i & 1) continue;
      // |S|! (M - |S| - 1)! / M! = 1 / (M C(M - 1, |S|))
      const double weight = 1 / (double(parts) * choose(parts - 1, std::popcount(s)));
      phi[std::size_t(i)] += weight * (double(scores[s | std::size_t(1) << i]) - double(scores[s]));
    }
  return phi;
}

double kernel_weight(Index parts, Index on) {
  if (on == 0 || on == parts) return INFINITY;
  return double(parts - 1) / (choose(parts, on) * double(on) * double(parts - on));
}

// The last part is what the others leave of f(whole) - f(nothing): phi_M = D - sum phi_i. That makes of
//   f(S) ~ f(nothing) + sum_i on_i phi_i    the fit    f(S) - f(nothing) - on_M D ~ sum_{i<M} (on_i - on_M) phi_i
std::vector<double> kernel_shap(nn::ConstView on, const Scores& scores) {
  const Index parts = on.rows;
  double nothing = NAN, whole = NAN;
  for (Index k = 0; k < on.columns; k++) {
    if (count_on(on, k) == 0) nothing = double(scores[std::size_t(k)]);
    if (count_on(on, k) == parts) whole = double(scores[std::size_t(k)]);
  }
  const double difference = whole - nothing;
  const std::size_t free = std::size_t(parts - 1);
  std::vector<std::vector<double>> a(free, std::vector<double>(free));
  std::vector<double> b(free), row(free);
  for (Index k = 0; k < on.columns; k++) {
    const Index count = count_on(on, k);
    if (count == 0 || count == parts) continue;
    const double weight = kernel_weight(parts, count), last = double(on(parts - 1, k));
    const double rest = double(scores[std::size_t(k)]) - nothing - last * difference;
    for (std::size_t i = 0; i < free; i++) row[i] = double(on(Index(i), k)) - last;
    for (std::size_t i = 0; i < free; i++) {
      for (std::size_t j = 0; j < free; j++) a[i][j] += weight * row[i] * row[j];
      b[i] += weight * row[i] * rest;
    }
  }
  std::vector<double> phi = solved(std::move(a), std::move(b));
  double sum = 0;
  for (const double p : phi) sum += p;
  phi.push_back(difference - sum);
  return phi;
}

LinearFit linear_fit(nn::ConstView on, const Scores& scores, const std::vector<double>& importance, double ridge) {
  const std::size_t n = std::size_t(on.rows) + 1;  // the last is the intercept, which no ridge holds down
  std::vector<std::vector<double>> a(n, std::vector<double>(n));
  std::vector<double> b(n), row(n, 1);
  double mass = 0, mean = 0;
  for (Index k = 0; k < on.columns; k++) {
    const double weight = importance[std::size_t(k)], y = double(scores[std::size_t(k)]);
    for (std::size_t i = 0; i + 1 < n; i++) row[i] = double(on(Index(i), k));
    for (std::size_t i = 0; i < n; i++) {
      for (std::size_t j = 0; j < n; j++) a[i][j] += weight * row[i] * row[j];
      b[i] += weight * row[i] * y;
    }
    mass += weight, mean += weight * y;
  }
  mean /= mass;
  for (std::size_t i = 0; i + 1 < n; i++) a[i][i] += ridge;
  LinearFit fit{.weights = solved(std::move(a), std::move(b))};
  fit.intercept = fit.weights.back();
  fit.weights.pop_back();
  double left = 0, variance = 0;
  for (Index k = 0; k < on.columns; k++) {
    const double weight = importance[std::size_t(k)], y = double(scores[std::size_t(k)]);
    double said = fit.intercept;
    for (Index i = 0; i < on.rows; i++) said += fit.weights[std::size_t(i)] * double(on(i, k));
    left += weight * (y - said) * (y - said), variance += weight * (y - mean) * (y - mean);
  }
  fit.explained = variance > 0 ? 1 - left / variance : 1;
  return fit;
}

double nearness(double share, double width) {
  const double distance = 1 - std::sqrt(share);
  return std::exp(-distance * distance / (width * width));
}

std::vector<double> mean_of_masks(nn::ConstView masks, const Scores& scores, double p) {
  std::vector<double> sums(std::size_t(masks.rows));
  for (Index i = 0; i < masks.rows; i++) {
    for (Index k = 0; k < masks.columns; k++) sums[std::size_t(i)] += double(scores[std::size_t(k)]) * double(masks(i, k));
    sums[std::size_t(i)] /= double(masks.columns) * p;
  }
  return sums;
}

nn::Matrix random_masks(const nn::Shape& picture, Index cells, double p, Index count, std::uint64_t seed) {
  nn::Generator random(seed, "masks");
  const double tall = std::ceil(double(picture.height) / double(cells)), wide = std::ceil(double(picture.width) / double(cells));
  const std::size_t side = std::size_t(cells) + 2;  // a cell more on both sides, for the shift
  nn::Matrix masks(picture.height * picture.width, count);
  std::vector<double> grid(side * side);
  for (Index k = 0; k < count; k++) {
    for (double& cell : grid) cell = random.uniform() < p;
    const double down = random.uniform(), right = random.uniform();
    for (Index i = 0; i < picture.height; i++)
      for (Index j = 0; j < picture.width; j++) {
        const double row = (double(i) + 0.5) / tall + down, column = (double(j) + 0.5) / wide + right;
        const std::size_t r = std::min(std::size_t(row), side - 2), c = std::min(std::size_t(column), side - 2);
        const double u = std::min(row - double(r), 1.0), v = std::min(column - double(c), 1.0);
        const double above = grid[r * side + c] * (1 - v) + grid[r * side + c + 1] * v;
        const double below = grid[(r + 1) * side + c] * (1 - v) + grid[(r + 1) * side + c + 1] * v;
        masks(i * picture.width + j, k) = Real(above * (1 - u) + below * u);
      }
  }
  return masks;
}

}  // namespace viz
