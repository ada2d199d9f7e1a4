// The made-up data sets: each against its formula or its geometry, and what noise may and may not change.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "datasets/generators.h"

using data::Dataset;
using data::generate;

namespace {

double x(const Dataset& set, int i) { return set.inputs(i, 0); }
double y(const Dataset& set, int i) { return set.inputs(i, 1); }
double radius(const Dataset& set, int i) { return std::hypot(x(set, i), y(set, i)); }
bool positive(const Dataset& set, int i) { return set.labels[std::size_t(i)] == 1; }
double mean_label(const Dataset& set) {
  double sum = 0;
  for (int label : set.labels) sum += 2 * label - 1;
  return sum / double(set.labels.size());
}

// The mean over radius, angle and both offsets, each in even steps, of the label that the noisy position gives.
double circle_mean_label(double noise) {
  constexpr int steps = 30;
  const auto middle = [](int i, double low, double high) { return low + (i + 0.5) / steps * (high - low); };
  double sum = 0;
  for (int half = 0; half < 2; half++)
    for (int i = 0; i < steps; i++)
      for (int j = 0; j < steps; j++)
        for (int k = 0; k < steps; k++)
          for (int l = 0; l < steps; l++) {
            const double r = half ? middle(i, 3.5, 5) : middle(i, 0, 2.5), a = middle(j, 0, 6.283185307);
            sum += std::hypot(r * std::sin(a) + noise * middle(k, -5, 5), r * std::cos(a) + noise * middle(l, -5, 5)) < 2.5 ? 1 : -1;
          }
  return sum / (2 * std::pow(steps, 4));
}

}  // namespace

TEST_CASE("every generator gives what its table entry promises") {
  REQUIRE(data::generators().size() == 19);
  for (const auto& entry : data::generators()) {
    INFO(entry.name);
    const Dataset set = generate(entry.name, 0, 25, 3);
    CHECK(set.examples() == entry.samples);
    CHECK(set.inputs.columns() == entry.inputs());
    CHECK(int(set.input_names.size()) == entry.inputs());
    CHECK(set.shape == entry.shape);
    CHECK(set.classification() == (entry.task == data::Task::classification));
    CHECK(int(set.class_names.size()) == entry.classes);
    CHECK(set.values.rows() == (set.classification() ? 0 : entry.samples));
    if (set.classification()) {
      CHECK(std::set<int>(set.labels.begin(), set.labels.end()).size() == std::size_t(entry.classes));
      CHECK(*std::max_element(set.labels.begin(), set.labels.end()) == entry.classes - 1);
    }
    data::check_finite(set);
    CHECK(generate(entry.name, 0, 25, 3).inputs == set.inputs);
    CHECK(generate(entry.name, 0, 25, 3).labels == set.labels);
    CHECK(generate(entry.name, 0, 25, 3).values == set.values);
  }
}

TEST_CASE("noise on labels leaves every position where it was") {
  for (const char* name : {"circle", "xor", "reg-plane", "reg-gauss", "checkerboard", "overfit", "line1d"}) {
    INFO(name);
    const Dataset clean = generate(name, 0, 0, 5), noisy = generate(name, 0, 50, 5);
    CHECK(clean.inputs == noisy.inputs);
    CHECK((clean.labels != noisy.labels || !(clean.values == noisy.values)));
    CHECK_FALSE(generate(name, 0, 0, 6).inputs == clean.inputs);
  }
}

TEST_CASE("noise on positions moves each point along a fixed offset and keeps its label") {
  for (const char* name : {"spiral", "moons", "spirals3", "xor4"}) {
    INFO(name);
    const Dataset clean = generate(name, 0, 0, 5), half = generate(name, 0, 20, 5), full = generate(name, 0, 40, 5);
    CHECK(clean.labels == full.labels);
    double moved = 0;
    for (int i = 0; i < clean.examples(); i++)
      for (int j = 0; j < 2; j++) {
        const double one = half.inputs(i, j) - clean.inputs(i, j), two = full.inputs(i, j) - clean.inputs(i, j);
        CHECK(two == Approx(2 * one).margin(1e-5));
        moved += std::abs(two);
      }
    CHECK(moved > 0.05 * double(clean.examples()));
  }
}

TEST_CASE("circle: the inner half is +1 and the ring -1, and noise turns more of the inner labels over than of the ring's") {
  const Dataset set = generate("circle", 501, 0, 1);
  int inner = 0;
  for (int i = 0; i < set.examples(); i++) {
    CHECK(positive(set, i) == (radius(set, i) < 2.5));
    CHECK((radius(set, i) <= 2.5001 || radius(set, i) >= 3.4999));
    CHECK(radius(set, i) <= 5.0001);
    inner += positive(set, i);
  }
  CHECK(inner == 250);
  CHECK(mean_label(generate("circle", 100000, 0, 1)) == Approx(0).margin(1e-9));
  const double expected = circle_mean_label(0.5);
  CHECK(expected == Approx(-0.3).margin(0.01));
  CHECK(mean_label(generate("circle", 100000, 50, 1)) == Approx(expected).margin(0.01));
}

TEST_CASE("circle: radii are uniform in r, not in area") {
  const Dataset set = generate("circle", 40000, 0, 2);
  double inner = 0, ring = 0;
  for (int i = 0; i < 20000; i++) inner += radius(set, i) / 20000;
  for (int i = 20000; i < 40000; i++) ring += radius(set, i) / 20000;
  CHECK(inner == Approx(1.25).margin(0.02));
  CHECK(ring == Approx(4.25).margin(0.02));
}

TEST_CASE("xor: the label is the sign of x y, and a gap of 0.3 lies along both axes") {
  const Dataset set = generate("xor", 2000, 0, 1);
  double furthest = 0;
  for (int i = 0; i < set.examples(); i++) {
    CHECK(positive(set, i) == (x(set, i) * y(set, i) >= 0));
    CHECK(std::min(std::abs(x(set, i)), std::abs(y(set, i))) >= 0.2999);
    furthest = std::max(furthest, std::abs(x(set, i)));
  }
  CHECK(furthest <= 5.3001);
  CHECK(furthest > 5.2);
}

TEST_CASE("gauss: the centres stay and the same normals are scaled by the deviation") {
  const Dataset clean = generate("gauss", 20000, 0, 1), noisy = generate("gauss", 20000, 50, 1);
  double mean = 0, variance = 0;
  for (int i = 0; i < 20000; i++) {
    const double centre = i < 10000 ? 2 : -2;
    CHECK(positive(clean, i) == (i < 10000));
    CHECK((x(noisy, i) - centre) / std::sqrt(4.0) == Approx((x(clean, i) - centre) / std::sqrt(0.5)).margin(1e-4));
    mean += (x(clean, i) - centre) / 20000;
    variance += std::pow(x(clean, i) - centre, 2) / 20000;
  }
  CHECK(mean == Approx(0).margin(0.02));
  CHECK(variance == Approx(0.5).margin(0.02));
}

TEST_CASE("spiral: radius and angle grow together, and one arm is the other turned by half a circle") {
  const Dataset set = generate("spiral", 500, 0, 1);
  for (int i = 0; i < 250; i++) {
    const double r = i / 250.0 * 5, t = 1.75 * i / 250.0 * 2 * 3.14159265358979;
    CHECK(positive(set, i));
    CHECK_FALSE(positive(set, i + 250));
    CHECK(x(set, i) == Approx(r * std::sin(t)).margin(1e-5));
    CHECK(y(set, i) == Approx(r * std::cos(t)).margin(1e-5));
    CHECK(x(set, i + 250) == Approx(-x(set, i)).margin(1e-5));
    CHECK(y(set, i + 250) == Approx(-y(set, i)).margin(1e-5));
  }
  const Dataset noisy = generate("spiral", 500, 30, 1);
  for (int i = 0; i < 500; i++) CHECK(std::abs(x(noisy, i) - x(set, i)) <= 0.3001);
}

TEST_CASE("reg-plane: the value is a tenth of x + y, and noise adds up to 0.6 for each at 50 %") {
  const Dataset set = generate("reg-plane", 0, 0, 1), noisy = generate("reg-plane", 0, 50, 1);
  double most = 0;
  for (int i = 0; i < set.examples(); i++) {
    CHECK(set.values(i, 0) == Approx((x(set, i) + y(set, i)) / 10).margin(1e-6));
    most = std::max(most, std::abs(double(noisy.values(i, 0)) - set.values(i, 0)));
  }
  CHECK(most <= 0.6001);
  CHECK(most > 0.4);
}

TEST_CASE("reg-gauss: the bump nearest decides, with the sign of its centre") {
  const Dataset set = generate("reg-gauss", 0, 0, 1);
  const double centres[6][3] = {{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}};
  int zero = 0;
  for (int i = 0; i < set.examples(); i++) {
    double nearest = 1e9, sign = 0;
    for (const auto& c : centres)
      if (const double d = std::hypot(x(set, i) - c[0], y(set, i) - c[1]); d < nearest) {
        nearest = d;
        sign = c[2];
      }
    const double expected = nearest < 2 ? sign * (1 - nearest / 2) : 0;
    CHECK(set.values(i, 0) == Approx(expected).margin(1e-5));
    zero += expected == 0;
  }
  CHECK(zero > 100);
}

TEST_CASE("moons: two half circles of radius 3 that reach into each other") {
  const Dataset set = generate("moons", 200, 0, 1);
  for (int i = 0; i < 200; i++) {
    const double cx = positive(set, i) ? -1.5 : 1.5, cy = positive(set, i) ? -0.75 : 0.75;
    CHECK(std::hypot(x(set, i) - cx, y(set, i) - cy) == Approx(3).margin(1e-4));
    CHECK((positive(set, i) ? y(set, i) - cy : cy - y(set, i)) >= -1e-4);
  }
}

TEST_CASE("checkerboard: squares of side 3 alternate") {
  const Dataset set = generate("checkerboard", 2000, 0, 1);
  for (int i = 0; i < set.examples(); i++) {
    const int column = int((x(set, i) + 6) / 3), row = int((y(set, i) + 6) / 3);
    CHECK(positive(set, i) == ((column + row) % 2 == 0));
  }
}

TEST_CASE("spirals3: each arm is the one before turned by a third of a circle") {
  const Dataset set = generate("spirals3", 300, 0, 1);
  const double c = -0.5, s = std::sqrt(0.75);
  for (int i = 0; i < 300; i += 3)
    for (int k = 0; k < 2; k++) {
      CHECK(set.labels[std::size_t(i + k)] == k);
      CHECK(x(set, i + k + 1) == Approx(c * x(set, i + k) + s * y(set, i + k)).margin(1e-4));
      CHECK(y(set, i + k + 1) == Approx(c * y(set, i + k) - s * x(set, i + k)).margin(1e-4));
    }
}

TEST_CASE("line1d: the curve x sin(x) / 5 over one input") {
  const Dataset set = generate("line1d", 0, 0, 1);
  for (int i = 0; i < set.examples(); i++) CHECK(set.values(i, 0) == Approx(x(set, i) * std::sin(x(set, i)) / 5).margin(1e-5));
}

TEST_CASE("xor4: the rows of the truth table, and again from the start") {
  const Dataset set = generate("xor4", 8, 0, 1);
  CHECK(set.inputs == nn::Matrix(8, 2, {0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1}));
  CHECK(set.labels == std::vector<int>{0, 1, 1, 0, 0, 1, 1, 0});
}

TEST_CASE("overfit: every fifth training label is wrong, no test label is") {
  const Dataset set = generate("overfit", 0, 0, 1);
  REQUIRE(set.fixed_test.size() == 160);
  CHECK(set.fixed_test.front() == 40);
  for (int i = 0; i < 200; i++) {
    const bool truth = x(set, i) + y(set, i) >= 0;
    CHECK((positive(set, i) != truth) == (i < 40 && i % 5 == 4));
  }
}

TEST_CASE("a generator that is not there comes with the nearest name and the list") {
  CHECK_THROWS_WITH(generate("spirl", 0, 0, 1), Catch::Contains("did you mean 'spiral'") && Catch::Contains("checkerboard"));
  CHECK_THROWS_WITH(generate("circle", 1, 0, 1), Catch::Contains("1 samples"));
  CHECK_THROWS_WITH(generate("circle", -5, 0, 1), Catch::Contains("-5 samples"));
  CHECK_THROWS_WITH(generate("circle", 0, 101, 1), Catch::Contains("101 %"));
  CHECK_THROWS_WITH(generate("circle", 0, std::nan(""), 1), Catch::Contains("noise"));
}
