// Scores of cells against worked cases and slow definitions.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "viz/probes.h"

using nn::Index;
using nn::Matrix;
using nn::Real;

namespace {

using Values = std::vector<Real>;

Values random_values(std::size_t n, std::uint64_t seed, int different = 0) {
  nn::Generator random(seed);
  Values values(n);
  for (Real& value : values) value = different ? Real(random.below(std::uint64_t(different))) : Real(random.normal());
  return values;
}

// Every pair of a step with the property and one without, one by one.
double slow_area(const Values& values, const Values& track) {
  double sum = 0, pairs = 0;
  for (std::size_t a = 0; a < values.size(); a++)
    for (std::size_t b = 0; b < values.size(); b++)
      if (track[a] > 0 && !(track[b] > 0)) {
        pairs++;
        sum += values[a] > values[b] ? 1 : values[a] == values[b] ? 0.5 : 0;
      }
  return sum / pairs;
}

}  // namespace

TEST_CASE("correlation is Pearson's and nothing where a series never changes") {
  CHECK(viz::correlation(Values{1, 2, 3}, Values{2, 4, 6}) == Approx(1));
  CHECK(viz::correlation(Values{1, 2, 3}, Values{3, 2, 1}) == Approx(-1));
  CHECK(viz::correlation(Values{1, 2, 3, 4}, Values{1, 0, 0, 1}) == Approx(0).margin(1e-12));
  CHECK(viz::correlation(Values{1, 2, 4}, Values{0, 0, 1}) == Approx(5 / std::sqrt(28.0)));  // (4 - 7/3) / sqrt(14/3 * 2/3)
  CHECK(viz::correlation(Values(1000, Real(0.1)), random_values(1000, 1)) == 0);
  CHECK(viz::correlation(Values{}, Values{}) == 0);
  CHECK_THROWS_WITH(viz::correlation(Values{1, 2}, Values{1}), "correlation: 2 steps, but a track of 1");
}

TEST_CASE("the area under the curve is the share of pairs in the right order") {
  CHECK(viz::area_under_curve(Values{1, 2, 3, 4}, Values{0, 0, 1, 1}) == 1);
  CHECK(viz::area_under_curve(Values{1, 2, 3, 4}, Values{1, 1, 0, 0}) == 0);
  CHECK(viz::area_under_curve(Values{2, 2, 2}, Values{1, 0, 1}) == 0.5);
  CHECK(viz::area_under_curve(Values{1, 2}, Values{1, 1}) == 0.5);
  for (std::uint64_t seed = 0; seed < 5; seed++) {
    const Values values = random_values(200, seed, seed % 2 ? 7 : 0), track = random_values(200, seed + 50, 2);
    CHECK(viz::area_under_curve(values, track) == Approx(slow_area(values, track)));
  }
}

TEST_CASE("what is not a number follows nothing, and comes to an end") {
  const Values values = {1, NAN, 2, NAN}, track = {0, 1, 0, 1};
  CHECK(viz::correlation(values, track) == 0);
  CHECK(viz::area_under_curve(values, track) == 0.5);
  CHECK(viz::cells_by_correlation(Matrix(1, 4, {1, NAN, 2, NAN}), track)[0].correlation == 0);
}

TEST_CASE("cells are listed by how well they follow a track, whatever their sign") {
  const Matrix cells(3, 4, {0, 1, 0, 1, /**/ 1, 1, 0, 0, /**/ 0, Real(-.9), Real(-.1), -1});
  const auto scores = viz::cells_by_correlation(cells, Values{0, 1, 0, 1});
  CHECK(scores[0].cell == 0);
  CHECK(scores[1].cell == 2);
  CHECK(scores[1].correlation < -0.9);
  CHECK(scores[1].area == 0);
  CHECK(scores[2].correlation == Approx(0).margin(1e-12));
  CHECK(viz::cells_by_correlation(cells, Values{0, 2, 0, 1})[0].area == 0.5);
}

TEST_CASE("a linear probe finds what was mixed into the cells, and its worth is measured on other steps") {
  const Index n = 2000;
  const Values a = random_values(n, 1), b = random_values(n, 2), noise = random_values(n, 3);
  Matrix cells(3, n);
  Values track(n), other = random_values(n, 4);
  for (Index t = 0; t < n; t++) {
    const auto i = std::size_t(t);
    cells(0, t) = a[i] + b[i], cells(1, t) = a[i] - b[i], cells(2, t) = noise[i];
    track[i] = 3 * a[i] + Real(0.5);  // = 1.5 (cell 0 + cell 1) + 0.5
  }
  const viz::LinearProbe probe = viz::linear_probe(cells, track, 0.7, 1e-9);
  CHECK(probe.w[0] == Approx(1.5).margin(1e-4));
  CHECK(probe.w[1] == Approx(1.5).margin(1e-4));
  CHECK(probe.w[2] == Approx(0).margin(1e-4));
  CHECK(probe.b == Approx(0.5).margin(1e-4));
  CHECK(probe.measured == Approx(1).margin(1e-6));
  const viz::LinearProbe none = viz::linear_probe(cells, other);
  CHECK(none.fitted < 0.02);
  CHECK(none.measured < 0.01);
  CHECK(viz::linear_probe(cells, track, 1).measured == viz::linear_probe(cells, track, 1).fitted);
  CHECK_THROWS_WITH(viz::linear_probe(cells, track, 0), Catch::Matchers::Contains("two steps at least"));
}

TEST_CASE("a probe stands at the least of its cost") {
  const Index n = 60;
  Matrix cells(2, n);
  const Values track = random_values(n, 9);
  for (Index i = 0; i < 2 * n; i++) cells.data()[i] = random_values(2 * n, 8)[std::size_t(i)];
  const viz::LinearProbe probe = viz::linear_probe(cells, track, 1, 0.1);
  const auto cost = [&](viz::LinearProbe p) {
    double sum = 0.1 * n * (p.w[0] * p.w[0] + p.w[1] * p.w[1]);
    for (Index t = 0; t < n; t++) sum += std::pow(p.read(cells, t) - track[std::size_t(t)], 2);
    return sum;
  };
  for (int place = 0; place < 3; place++)
    for (const double step : {-0.01, 0.01}) {
      viz::LinearProbe moved = probe;
      (place < 2 ? moved.w[std::size_t(place)] : moved.b) += step;
      CHECK(cost(moved) > cost(probe));
    }
}

TEST_CASE("gates count as shut below 0.1 and as open above 0.9") {  // TC-45
  const Matrix gates(2, 6, {Real(.05), Real(.95), Real(.5), Real(.92), Real(.08), Real(.99), 0, 0, 0, 0, 0, 1});
  const auto all = viz::saturations(gates);
  CHECK(all[0].left == Approx(2 / 6.0));
  CHECK(all[0].right == Approx(3 / 6.0));
  CHECK(all[1].left == Approx(5 / 6.0));
  CHECK(all[1].right == Approx(1 / 6.0));
}

TEST_CASE("columns and values are kept where a track says so") {
  const Matrix cells(2, 3, {1, 2, 3, 4, 5, 6});
  CHECK(viz::columns_where(cells, Values{1, 0, 1}) == Matrix(2, 2, {1, 3, 4, 6}));
  CHECK(viz::values_where(Values{7, 8, 9}, Values{0, 0, 1}) == Values{9});
  CHECK(viz::quantile_of_magnitudes(cells, 0.5) == 3);
  CHECK(viz::quantile_of_magnitudes(cells, 1) == 6);
  CHECK(viz::quantile_of_magnitudes(Matrix(1, 2, {-4, 1}), 0) == 1);
}
