// Shapley values, KernelSHAP, LIME and RISE on functions whose answers are known.
#include "viz/coalitions.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "viz/superpixels.h"

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

namespace {

// Captum's small net: 3 inputs, 4 rectified sums with biases -10, 1, 1, 1, their sum less 1.
Real small_net(const std::vector<double>& x) {
  const double s = x[0] + x[1] + x[2];
  return Real(std::max(s - 10, 0.0) + 3 * std::max(s + 1, 0.0) - 1);
}

// Of each coalition: parts that are off are the baseline. `part` says to which each input belongs.
Scores scores_of(const std::function<Real(const std::vector<double>&)>& f, const std::vector<double>& x,
                 const std::vector<double>& baseline, nn::ConstView on, const std::vector<Index>& part) {
  Scores all;
  for (Index k = 0; k < on.columns; k++) {
    std::vector<double> mixed_input = x;
    for (std::size_t i = 0; i < x.size(); i++)
      if (on(part[i], k) == 0) mixed_input[i] = baseline[i];
    all.push_back(f(mixed_input));
  }
  return all;
}

std::vector<double> shapley_of(const std::vector<double>& x, const std::vector<double>& baseline,
                               const std::vector<Index>& part = {0, 1, 2}) {
  const Matrix on = all_coalitions(part.back() + 1);
  return shapley_values(on.rows(), scores_of(small_net, x, baseline, on, part));
}

void check_near(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); i++) CHECK(std::abs(a[i] - b[i]) <= tolerance * std::max(1.0, std::abs(b[i])));
}

}  // namespace

TEST_CASE("Shapley values of Captum's small net are known") {
  check_near(shapley_of({20, 50, 30}, {0, 0, 0}), {76.666667, 196.666667, 116.666667}, 1e-6);
  check_near(shapley_of({20, 50, 30}, {0, 0, 0}, {0, 0, 1}), {275, 115}, 1e-6);
  check_near(shapley_of({20, 50, 30}, {4, 4, 4}, {0, 0, 1}), {248, 104}, 1e-6);
  check_near(shapley_of({2, 10, 3}, {0, 0, 0}), {7, 32.5, 10.5}, 1e-6);
  check_near(shapley_of({20, 50, 30}, {10, 20, 10}), {40, 120, 80}, 1e-6);
}

TEST_CASE("Shapley values of the smaller of two numbers are known, and share what the two make") {
  const auto smaller = [](const std::vector<double>& x) { return Real(std::min(x[0], x[1])); };
  const Matrix on = all_coalitions(2);
  check_near(shapley_values(2, scores_of(smaller, {2, -2}, {0, 0}, on, {0, 1})), {0, -2}, 1e-6);
  check_near(shapley_values(2, scores_of(smaller, {4, 2}, {0, 0}, on, {0, 1})), {1, 1}, 1e-6);
}

TEST_CASE("Shapley values are efficient, symmetric, and nothing for a part that does nothing") {
  const auto f = [](const std::vector<double>& x) { return Real(std::tanh(x[0] * x[1]) + x[2] * x[2] * x[0] + 3); };
  const std::vector<double> x = {0.7, 0.7, -1.2, 5}, baseline = {0.1, 0.1, 0.3, -2};
  const Matrix on = all_coalitions(4);
  const Scores scores = scores_of(f, x, baseline, on, {0, 1, 2, 3});
  const std::vector<double> phi = shapley_values(4, scores);
  CHECK(phi[0] + phi[1] + phi[2] + phi[3] == Approx(double(scores.back()) - double(scores.front())).epsilon(1e-5));
  CHECK(phi[3] == Approx(0).margin(1e-6));
  const auto both_alike = [](const std::vector<double>& y) { return Real(std::tanh(y[0] * y[1]) + y[2]); };
  const std::vector<double> alike = shapley_values(4, scores_of(both_alike, x, baseline, on, {0, 1, 2, 3}));
  CHECK(alike[0] == Approx(alike[1]));
}

TEST_CASE("KernelSHAP of all coalitions is the Shapley value, by its weights") {
  CHECK(kernel_weight(4, 1) == 0.25);
  CHECK(kernel_weight(4, 2) == 0.125);
  CHECK(kernel_weight(4, 3) == 0.25);
  CHECK(std::isinf(kernel_weight(4, 0)));
  const Matrix on = all_coalitions(3);
  const Scores scores = scores_of(small_net, {20, 50, 30}, {0, 0, 0}, on, {0, 1, 2});
  check_near(kernel_shap(on, scores), {76.666667, 196.666667, 116.666667}, 1e-5);
  const auto f = [](const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); i++) sum += std::sin(x[i] * double(i + 1)) * (i > 0 ? x[i - 1] : 1);
    return Real(sum * std::tanh(x[0] + x[3]));
  };
  const Matrix many = all_coalitions(6);
  const Scores said = scores_of(f, {1, -0.5, 2, 0.3, 0.8, -1}, {0, 0, 0, 0, 0, 0}, many, {0, 1, 2, 3, 4, 5});
  check_near(kernel_shap(many, said), shapley_values(6, said), 1e-3);
}

TEST_CASE("LIME without weights is the least squares fit, and says how much it explains") {
  const Matrix on = all_coalitions(3);
  const LinearFit fit = linear_fit(on, scores_of(small_net, {20, 50, 30}, {0, 0, 0}, on, {0, 1, 2}), std::vector<double>(8, 1), 0);
  check_near(fit.weights, {77.5, 197.5, 117.5}, 1e-5);
  CHECK(fit.intercept == Approx(-3).epsilon(1e-4));
  CHECK(fit.explained > 0.99);
  CHECK(fit.explained < 1);
  CHECK(nearness(0.5) == Approx(0.25345145).epsilon(1e-6));
  CHECK(nearness(1) == 1);
}

TEST_CASE("a ridge draws the weights of LIME to zero, and a part that never changes has none") {
  Matrix on(2, 4, {0, 1, 0, 1, 1, 1, 1, 1});
  const LinearFit fit = linear_fit(on, {0, 2, 0, 2}, std::vector<double>(4, 1), 1e-3);
  CHECK(fit.weights[0] == Approx(2).epsilon(1e-2));
  CHECK(fit.weights[1] == Approx(0).margin(1e-6));
  CHECK(std::abs(linear_fit(on, {0, 2, 0, 2}, std::vector<double>(4, 1), 100).weights[0]) < 0.1);
}

TEST_CASE("RISE of a linear function, all masks, is known") {
  const Matrix on = all_coalitions(3);
  const std::vector<double> wx = {1, -2, 6};
  Scores scores;
  for (Index k = 0; k < 8; k++) {
    double sum = 0;
    for (Index i = 0; i < 3; i++) sum += wx[std::size_t(i)] * double(on(i, k));
    scores.push_back(Real(sum));
  }
  check_near(mean_of_masks(on, scores, 0.5), {3, 1.5, 5.5}, 1e-6);
}

TEST_CASE("RISE comes nearer to its limit with the root of the number of masks") {
  const nn::Shape picture{1, 6, 6};
  // f = sum w x over the pixels: S_i - S_k tends to what the covariances of the masks say; two halves of the masks must agree with them
  const auto difference = [&](Index count, std::uint64_t seed) {
    const Matrix masks = random_masks(picture, 3, 0.5, count, seed);
    Scores scores;
    for (Index k = 0; k < count; k++) scores.push_back(masks(0, k) + masks(1, k));
    const auto s = mean_of_masks(masks, scores, 0.5);
    return s[0] - s[35];
  };
  const double limit = difference(40000, 99);
  CHECK(limit > 0.1);
  double few = 0, many = 0;
  for (std::uint64_t seed = 1; seed <= 12; seed++) {
    few += std::pow(difference(100, seed) - limit, 2);
    many += std::pow(difference(1600, seed) - limit, 2);
  }
  CHECK(std::sqrt(few / many) > 2);  // 4 is expected
  CHECK(std::sqrt(few / many) < 8);
}

TEST_CASE("random masks are smooth, between 0 and 1, on with their chance, and the same for the same seed") {
  const nn::Shape picture{1, 16, 12};
  const Matrix masks = random_masks(picture, 4, 0.5, 400, 3);
  CHECK(masks == random_masks(picture, 4, 0.5, 400, 3));
  CHECK_FALSE(masks == random_masks(picture, 4, 0.5, 400, 4));
  double sum = 0, steepest = 0;
  for (Index k = 0; k < 400; k++)
    for (Index i = 0; i < masks.rows(); i++) {
      const double m = double(masks(i, k));
      CHECK_FALSE((m < 0 || m > 1));
      sum += m;
      if (i % 12 > 0) steepest = std::max(steepest, std::abs(m - double(masks(i - 1, k))));
    }
  CHECK(sum / double(masks.size()) == Approx(0.5).margin(0.02));
  CHECK(steepest < 0.51);  // a cell is 4 x 3 pixels: at most a third of a step from pixel to pixel, in both neighbours of a middle
}

TEST_CASE("a picture is cut into a grid, or into pieces that follow it") {
  const nn::Shape picture{1, 8, 8};
  const Pieces grid = grid_pieces(picture, 4, 4);
  CHECK(count_of(grid) == 16);
  CHECK(grid[0] == 0);
  CHECK(grid[63] == 15);
  CHECK(grid[2 * 8 + 1] == 4);
  Matrix x(64, 1);
  for (Index i = 0; i < 64; i++) x(i, 0) = i % 8 < 3 ? Real(1) : Real(0);  // an edge that the grid does not meet
  const Pieces pieces = superpixels(x, picture, 2, 2, 0.3);
  for (Index i = 0; i < 64; i++)
    for (Index j = 0; j < 64; j++)
      if (x(i, 0) != x(j, 0)) CHECK_FALSE(pieces[std::size_t(i)] == pieces[std::size_t(j)]);
  CHECK(count_of(pieces) >= 2);
  CHECK(count_of(pieces) <= 4);
}

TEST_CASE("coalitions of pieces show the picture or the baseline, in all channels") {
  const nn::Shape picture{2, 2, 2};
  const Matrix x(8, 1, {1, 2, 3, 4, 5, 6, 7, 8}), baseline(8, 1);
  const Matrix all = mixed(x, baseline, grid_pieces(picture, 1, 2), Matrix(2, 2, {1, 0, 0, 1}));
  CHECK(all == Matrix(8, 2, {1, 0, 0, 2, 3, 0, 0, 4, 5, 0, 0, 6, 7, 0, 0, 8}));
  CHECK(painted({3, 5}, grid_pieces(picture, 1, 2), picture) == Matrix(2, 2, {3, 5, 3, 5}));
  CHECK(some_coalitions(5, 20, 1) == some_coalitions(5, 20, 1));
  CHECK_THROWS_WITH(all_coalitions(20), Catch::Contains("1 to 16"));
}
