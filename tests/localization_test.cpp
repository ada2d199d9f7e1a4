// Maps against masks, ranks against ranks, and the curves of pixel flipping: the cases of Quantus, iNNvestigate and RISE.
#include "viz/localization.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "viz/perturbation_curves.h"
#include "viz/rank_correlation.h"

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

namespace {

// f = w x of each column.
Score linear(std::vector<double> w) {
  return [w](nn::ConstView x) {
    std::vector<Real> y(std::size_t(x.columns));
    for (Index k = 0; k < x.columns; k++) {
      double sum = 0;
      for (Index i = 0; i < x.rows; i++) sum += w[std::size_t(i)] * double(x(i, k));
      y[std::size_t(k)] = Real(sum);
    }
    return y;
  };
}

Matrix random_matrix(Index rows, Index columns, std::uint64_t seed) {
  nn::Generator random(seed);
  Matrix m(rows, columns);
  for (Index i = 0; i < m.size(); i++) m.data()[i] = Real(std::round(random.normal() * 4) / 4);  // with equals
  return m;
}

}  // namespace

TEST_CASE("a map is measured against a mask: mass, rank, pointing and the area under the ROC curve") {
  const Matrix map(3, 3, {1, 0, 0, 0, 2, 1, 0, 1, 0}), mask(3, 3, {0, 0, 0, 0, 1, 1, 0, 1, 1});
  CHECK(mass_in(map, mask) == Approx(0.8));
  CHECK(rank_in(map, mask) == Approx(0.75));
  CHECK(roc_auc(map, mask) == Approx(0.8));
  CHECK(points_at(map, mask));
}

TEST_CASE("a map all inside its mask has all its mass there, and half of one has half") {
  const Matrix mask(2, 2, {1, 1, 0, 0});
  CHECK(mass_in(mask, mask) == 1);
  CHECK(rank_in(mask, mask) == 1);
  CHECK(roc_auc(mask, mask) == 1);
  CHECK(mass_in(Matrix(2, 2, {1, 0, 1, 0}), mask) == 0.5);
  CHECK(selectivity(Matrix(2, 2, {3, 0, 1, 0}), mask, Matrix(2, 2, {0, 0, 1, 1})) == 0.75);
}

TEST_CASE("a map of zeros has no mass, points nowhere and tells nothing apart") {
  const Matrix zero(2, 2), mask(2, 2, {1, 0, 0, 1});
  CHECK(mass_in(zero, mask) == 0);
  CHECK_FALSE(points_at(zero, mask));
  CHECK(roc_auc(zero, mask) == 0.5);
  CHECK(selectivity(zero, mask, mask) == 0.5);
  CHECK(mass_in(Matrix(2, 2, {NAN, 1, 0, 1}), mask) == 0.5);  // what is not a number counts as least
  CHECK(roc_auc(mask, Matrix(2, 2)) == 0.5);
}

TEST_CASE("a pointing map may miss by the tolerance") {
  Matrix map(4, 4), mask(4, 4);
  map(1, 1) = 1, mask(2, 2) = 1;
  CHECK_FALSE(points_at(map, mask));
  CHECK(points_at(map, mask, 1));
  CHECK_THROWS_WITH(points_at(map, Matrix(2, 2)), Catch::Contains("4x4") && Catch::Contains("2x2"));
}

TEST_CASE("the area under the ROC curve is the share of pairs that are in order") {
  for (std::uint64_t seed = 1; seed < 6; seed++) {
    const Matrix map = random_matrix(5, 6, seed);
    Matrix mask = random_matrix(5, 6, seed + 10);
    for (Index i = 0; i < mask.size(); i++) mask.data()[i] = mask.data()[i] > 0;
    double right = 0, pairs = 0;
    for (Index a = 0; a < map.size(); a++)
      for (Index b = 0; b < map.size(); b++)
        if (mask.data()[a] > 0 && mask.data()[b] == 0)
          pairs++, right += map.data()[a] > map.data()[b] ? 1 : map.data()[a] == map.data()[b] ? 0.5 : 0;
    CHECK(roc_auc(map, mask) == Approx(right / pairs));
  }
}

TEST_CASE("rank correlation follows order alone, and equals share their rank") {
  const std::vector<double> x = {3, 1, 2, 2}, cubed = {27, 1, 8, 8}, back = {-3, -1, -2, -2};
  CHECK(ranks(x) == std::vector<double>{4, 1, 2.5, 2.5});
  CHECK(rank_correlation(x, cubed) == Approx(1));
  CHECK(rank_correlation(x, back) == Approx(-1));
  CHECK(rank_correlation(x, std::vector<double>(4, 7.0)) == 0);
  // by hand: 1 - 6 sum d^2 / n (n^2 - 1) where nothing is equal
  CHECK(rank_correlation(std::vector<double>{1, 2, 3, 4, 5}, std::vector<double>{2, 1, 4, 3, 5}) == Approx(1 - 6 * 4.0 / (5 * 24)));
}

TEST_CASE("the regions that matter most are taken away first: the case of iNNvestigate") {
  std::vector<double> w(16);
  for (std::size_t i = 0; i < 16; i++) w[i] = double(i);
  Matrix map(4, 4), first(16, 1), second(16, 1);
  for (Index i = 0; i < 16; i++) map.data()[i] = Real(i), first(i, 0) = Real(i), second(i, 0) = Real(16 + i);
  const Order order = region_order(map, 2, 2);
  CHECK(order == Order{{10, 11, 14, 15}, {8, 9, 12, 13}, {2, 3, 6, 7}, {0, 1, 4, 5}});
  const auto a = deletion(linear(w), first, Matrix(16, 1), order), b = deletion(linear(w), second, Matrix(16, 1), order);
  const double expected[] = {5761600, 1654564, 182672, 21284};
  for (std::size_t k = 0; k < 4; k++) CHECK((a[k] * a[k] + b[k] * b[k]) / 2 == Approx(expected[k]));
}

TEST_CASE("curves have their areas by trapezoids") {
  const std::vector<double> line = {1, 0}, straight = {1, 0.5, 0}, risen = {0, 1, 1, 1};
  // 1, 1, 0, 0; written as a constant, GCC 12 with AVX-512 makes 1, 1, 1, 1 of it.
  const auto step = deletion(linear({0, 1, 0}), Matrix(3, 1, {1, 1, 1}), Matrix(3, 1), {{0}, {1}, {2}});
  CHECK(area_under(line) == 0.5);
  CHECK(area_under(straight) == 0.5);
  CHECK(area_under(step) == 0.5);
  CHECK(area_under(risen) == Approx(5 / 6.0));
  const Score f = linear({0.4, 0.3, 0.2, 0.1});
  const Matrix ones(4, 1, {1, 1, 1, 1}), zeros(4, 1);
  const auto falling = deletion(f, ones, zeros, pixel_order(Matrix(2, 2, {4, 3, 2, 1}), 4));
  const auto rising_order = deletion(f, ones, zeros, pixel_order(Matrix(2, 2, {1, 2, 3, 4}), 4));
  const double down[] = {1, 0.6, 0.3, 0.1, 0}, up[] = {1, 0.9, 0.7, 0.4, 0};
  for (std::size_t k = 0; k < 5; k++) {
    CHECK(falling[k] == Approx(down[k]).margin(1e-6));
    CHECK(rising_order[k] == Approx(up[k]).margin(1e-6));
  }
  CHECK(area_under(falling) == Approx(0.375));
  CHECK(area_under(rising_order) == Approx(0.625));
}

TEST_CASE("insertion begins at the baseline and ends at the picture, all channels of a pixel together") {
  const Matrix x(8, 1, {1, 2, 3, 4, 5, 6, 7, 8}), baseline(8, 1);
  const auto curve = insertion(linear(std::vector<double>(8, 1)), x, baseline, pixel_order(Matrix(2, 2, {0, 9, 0, 1}), 2));
  CHECK(curve == std::vector<double>{0, 2 + 6 + 4 + 8, 36});  // two pixels a step, the largest and the next
  CHECK(pixel_order(Matrix(3, 3), 4).size() == 4);
}
