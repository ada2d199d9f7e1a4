// Patches: where they lie, what they show, and the maps they make, by the cases of Captum and PAIR.
#include "viz/patches.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

namespace {

using Function = std::function<double(const std::vector<double>&)>;

Score each_column(const Function& f) {
  return [f](nn::ConstView x) {
    std::vector<Real> y;
    for (Index k = 0; k < x.columns; k++) {
      std::vector<double> column(std::size_t(x.rows));
      for (Index i = 0; i < x.rows; i++) column[std::size_t(i)] = double(x(i, k));
      y.push_back(Real(f(column)));
    }
    return y;
  };
}

// A convolution 1 -> 2 of ones, 3 x 3, biases -50 and -75, rectified; then the first four of the eight positions plus the fifth, less the
// last three; rectified.
double one_conv(const std::vector<double>& x) {
  double sum = 0;
  for (int channel = 0; channel < 2; channel++)
    for (int i = 0; i < 2; i++)
      for (int j = 0; j < 2; j++) {
        double z = channel == 0 ? -50 : -75;
        for (int u = 0; u < 3; u++)
          for (int v = 0; v < 3; v++) z += x[std::size_t((i + u) * 4 + j + v)];
        sum += (channel * 4 + i * 2 + j < 5 ? 1 : -1) * std::max(z, 0.0);
      }
  return std::max(sum, 0.0);
}

Matrix occlusion(const Function& f, const Matrix& x, const nn::Shape& picture, const Windows& places, Real fill,
                 Spread how = Spread::mean) {
  Matrix filling(x.rows(), 1);
  nn::fill(filling, fill);
  return spread(places.all, drops(each_column(f), x, picture, places.all, filling), picture, how);
}

void check_near(const Matrix& a, const Matrix& b) {
  REQUIRE((a.rows() == b.rows() && a.columns() == b.columns()));
  for (Index i = 0; i < a.size(); i++) CHECK(double(a.data()[i]) == Approx(double(b.data()[i])).epsilon(1e-5).margin(1e-5));
}

Windows grid(const nn::Shape& picture, Index height, Index width, Index down, Index right) {
  return windows(picture, height, width, down, right, Border::grid, "test");
}

}  // namespace

TEST_CASE("occlusion of Captum's net of one convolution is known") {
  const nn::Shape picture{1, 4, 4};
  Matrix x(16, 1);
  for (Index i = 0; i < 16; i++) x(i, 0) = Real(i + 1);
  Matrix whole(4, 4), parts(4, 4, {17, 17, 17, 17, 17, 17, 17, 17, 64, 65.5, 65.5, 67, 64, 65.5, 65.5, 67});
  nn::fill(whole, 67);
  check_near(occlusion(one_conv, x, picture, grid(picture, 4, 4, 1, 1), 0), whole);
  check_near(occlusion(one_conv, x, picture, grid(picture, 2, 3, 2, 1), 1), parts);  // the net adds two inputs; the other one is 1
}

TEST_CASE("leaving out single inputs, or two at a time, is known for Captum's small net") {
  const auto f = [](const std::vector<double>& x) {
    const double s = x[0] + x[1] + x[2];
    return std::max(s - 10, 0.0) + 3 * std::max(s + 1, 0.0) - 1;
  };
  const nn::Shape row{1, 1, 3};
  const Matrix x(3, 1, {20, 50, 30});
  check_near(occlusion(f, x, row, grid(row, 1, 1, 1, 1), 0), Matrix(1, 3, {80, 200, 120}));
  check_near(occlusion(f, Matrix(3, 1, {2, 10, 3}), row, grid(row, 1, 1, 1, 1), 0), Matrix(1, 3, {8, 35, 12}));
  check_near(occlusion(f, x, row, grid(row, 1, 2, 1, 1), 10), Matrix(1, 3, {200, 220, 240}));
  check_near(occlusion(f, x, row, grid(row, 1, 2, 1, 2), 0), Matrix(1, 3, {280, 280, 120}));
}

TEST_CASE("occlusion that sums instead of averaging is PAIR's") {
  const nn::Shape picture{1, 5, 5};
  Matrix x(25, 1);
  x(6, 0) = 1, x(18, 0) = 1;
  const auto f = [](const std::vector<double>& y) {
    double sum = 0;
    for (const double v : y) sum += 3 * v;
    return sum;
  };
  check_near(occlusion(f, x, picture, grid(picture, 3, 3, 1, 1), 0, Spread::sum),
             Matrix(5, 5, {3, 6, 6, 3, 0, 6, 15, 18, 12, 3, 6, 18, 24, 18, 6, 3, 12, 18, 15, 6, 0, 3, 6, 6, 3}));
}

TEST_CASE("windows side by side take a linear function apart exactly") {
  const nn::Shape picture{2, 7, 5};  // neither side is a multiple of the window: the last ones are cut
  nn::Generator random(4);
  std::vector<double> w;
  Matrix x(picture.size(), 1), baseline(picture.size(), 1);
  double expected = 0;
  for (Index i = 0; i < picture.size(); i++) {
    w.push_back(random.normal()), x(i, 0) = Real(random.normal()), baseline(i, 0) = Real(random.normal());
    expected += w.back() * (double(x(i, 0)) - double(baseline(i, 0)));
  }
  const Score f = each_column([w](const std::vector<double>& y) {
    double sum = 0;
    for (std::size_t i = 0; i < w.size(); i++) sum += w[i] * y[i];
    return sum;
  });
  for (const Index size : {1, 2, 3, 5}) {
    const Windows places = grid(picture, size, size, size, size);
    double sum = 0;
    for (const Real drop : drops(f, x, picture, places.all, baseline)) sum += double(drop);
    CHECK(sum == Approx(expected).epsilon(1e-4));
  }
  const std::vector<Real> one = drops(f, x, picture, {{0, 0, 0, 0}}, baseline), all = drops(f, x, picture, {{0, 0, 7, 5}}, baseline);
  CHECK(one[0] == 0);  // nothing covered
  CHECK(double(all[0]) == Approx(score_of_one(f, x) - score_of_one(f, baseline)).epsilon(1e-5));
  // pixel by pixel it gives the weights back
  const nn::Shape grey{1, 5, 7};
  Matrix ones(35, 1), zeros(35, 1);
  nn::fill(ones, 1);
  const Score half = each_column([w](const std::vector<double>& y) {
    double sum = 0;
    for (std::size_t i = 0; i < y.size(); i++) sum += w[i] * y[i];
    return sum;
  });
  const std::vector<Real> weights = drops(half, ones, grey, grid(grey, 1, 1, 1, 1).all, zeros);
  for (std::size_t i = 0; i < 35; i++) CHECK(double(weights[i]) == Approx(w[i]).margin(1e-5));
}

TEST_CASE("every pixel is covered as long as the stride is at most the window, at the border too") {
  for (const Border border : {Border::grid, Border::centred})
    for (Index height = 3; height < 12; height++)
      for (Index size = 1; size <= 3; size++)
        for (Index stride = 1; stride <= size; stride++) {
          const nn::Shape picture{1, height, 12};
          const Windows places = windows(picture, size, size, stride, stride, border, "test");
          CHECK(std::ssize(places.all) == places.rows * places.columns);
          if (border == Border::grid) CHECK(places.rows == (height - size + stride - 1) / stride + 1);
          if (border == Border::centred && stride == 1) CHECK(places.rows == height);
          const Matrix map = spread(places.all, std::vector<Real>(places.all.size(), 1), picture, Spread::mean);
          for (Index i = 0; i < map.size(); i++) REQUIRE(map.data()[i] == 1);
        }
}

TEST_CASE("pixels that no window covers are zero in a map, not nothing over nothing") {
  const nn::Shape picture{1, 5, 5};
  const Matrix map = spread(grid(picture, 1, 1, 2, 2).all, std::vector<Real>(9, 2), picture, Spread::mean);
  CHECK(map(0, 0) == 2);
  CHECK(map(0, 1) == 0);
}

TEST_CASE("a patch larger than the picture, or that never moves on, says what would do") {
  const nn::Shape picture{1, 5, 6};
  CHECK_THROWS_WITH(windows(picture, 7, 7, 1, 1, Border::grid, "occlusion"),
                    "occlusion: a patch of 7 x 7 pixels is larger than the picture of 5 x 6; at most its size would do");
  CHECK_THROWS_WITH(windows(picture, 2, 2, 0, 0, Border::grid, "occlusion"), Catch::Contains("stride 0") && Catch::Contains("1 or more"));
  CHECK_THROWS_WITH(windows(picture, 0, 2, 1, 1, Border::grid, "occlusion"), Catch::Contains("covers nothing"));
}

TEST_CASE("patches are filled with grey, the mean, noise of a seed, or the picture blurred") {
  const nn::Shape picture{2, 9, 9};
  Matrix x(picture.size(), 1);
  x(40, 0) = 1;
  const auto all = [&](double value) {
    Matrix same(picture.size(), 1);
    nn::fill(same, Real(value));
    return same;
  };
  const Filling filling{all(0.5), all(0.25), all(0.125), all(0.2), all(0.4), 1};
  const auto made = [&](Fill fill, std::uint64_t seed) {
    nn::Generator random(seed);
    return filled(fill, x, picture, filling, random);
  };
  CHECK(made(Fill::grey, 1) == filling.grey);
  CHECK(made(Fill::mean, 1) == filling.mean);
  CHECK(made(Fill::background, 1) == filling.background);
  const Matrix noise = made(Fill::noise, 1), blur = made(Fill::blur, 1);
  CHECK(noise == made(Fill::noise, 1));
  CHECK_FALSE(noise == made(Fill::noise, 2));
  for (Index i = 0; i < noise.size(); i++) CHECK_FALSE((noise.data()[i] < Real(0.2) || noise.data()[i] >= Real(0.4)));
  double sum = 0;
  for (Index i = 0; i < 81; i++) sum += double(blur(i, 0));
  CHECK(sum == Approx(1).epsilon(1e-4));
  CHECK(double(blur(40, 0)) == Approx(std::pow(0.399, 2)).epsilon(0.02));  // the middle of a normal curve, down and across
  CHECK(double(blur(41, 0)) == Approx(double(blur(40, 0)) * std::exp(-0.5)).epsilon(0.01));
  CHECK(blur(81 + 40, 0) == 0);  // the other channel is left alone
}

TEST_CASE("covered pictures differ from the picture under their patch alone, in all channels") {
  const nn::Shape picture{2, 3, 3};
  Matrix x(18, 1), fill(18, 1);
  for (Index i = 0; i < 18; i++) x(i, 0) = Real(i + 1), fill(i, 0) = Real(-i);
  const std::vector<Pixels> places = {{0, 1, 2, 2}, {2, 0, 1, 1}};
  const Matrix all = covered(x, picture, places, fill);
  for (Index k = 0; k < 2; k++)
    for (Index i = 0; i < 18; i++) {
      const Index row = i % 9 / 3, column = i % 3;
      const Pixels& p = places[std::size_t(k)];
      const bool under = row >= p.top && row < p.bottom() && column >= p.left && column < p.right();
      CHECK(all(i, k) == (under ? fill(i, 0) : x(i, 0)));
    }
}
