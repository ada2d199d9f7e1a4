// The convolutions of every kernel set against their definition, at odd sizes, strides, paddings, dilations, groups and batches.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/convolution.h"
#include "engine/threads.h"
#include "tests/kernels_support.h"

using namespace nn;

namespace {

struct Sums {
  std::vector<double> value, size;  // the sum, and the sum of the terms' sizes, which the error is counted against
  explicit Sums(Index n) : value(std::size_t(n)), size(std::size_t(n)) {}
  void add(Index i, double term) { value[std::size_t(i)] += term, size[std::size_t(i)] += std::abs(term); }
};

// Where pixels of a tile are added up together, errors are counted against the largest sum of all.
bool agree(Guarded& found, const Sums& expected, bool together = false) {
  bool right = found.guards_hold();
  const double largest = *std::ranges::max_element(expected.size);
  for (Index i = 0; i < found.rows; i++)
    for (Index n = 0; n < found.columns; n++) {
      const auto at = std::size_t(i * found.columns + n);
      right = right && close(found(i, n), expected.value[at], 1e-6, (together ? largest : expected.size[at]) + 1e-30);
    }
  return right;
}

// All three directions of one shape, dense and with gaps between the rows.
void check(const Kernels& kernel, const Convolution& s) {
  Numbers numbers;
  const Index N = s.examples, C = s.channels / s.groups, F = s.filters / s.groups, taps = C * s.kernel_height * s.kernel_width;
  const Index ins = s.channels * s.height * s.width, outs = s.filters * s.out_height * s.out_width;
  for (Index gap : {0, 3}) {
    CAPTURE(kernel.name, N, s.channels, s.height, s.width, s.filters, s.kernel_height, s.kernel_width, s.stride, s.padding, s.dilation,
            s.groups, gap);
    const std::vector<Real> x = numbers.some(ins * (N + gap)), w = numbers.some(s.filters * (taps + gap)), b = numbers.some(s.filters),
                            delta = numbers.some(outs * (N + gap));
    Sums z(outs * N), dx(ins * N), dw(s.filters * taps);
    for (Index i = 0; i < outs * N; i++) z.add(i, double(b[std::size_t(i / N / s.out_height / s.out_width)]));
    for (Index o = 0; o < s.filters; o++)
      for (Index i = 0; i < s.out_height; i++)
        for (Index j = 0; j < s.out_width; j++)
          for (Index c = 0; c < C; c++)
            for (Index u = 0; u < s.kernel_height; u++)
              for (Index v = 0; v < s.kernel_width; v++) {
                const Index k = i * s.stride + u * s.dilation - s.padding, l = j * s.stride + v * s.dilation - s.padding;
                if (k < 0 || l < 0 || k >= s.height || l >= s.width) continue;
                const Index out = (o * s.out_height + i) * s.out_width + j, in = ((o / F * C + c) * s.height + k) * s.width + l,
                            tap = (c * s.kernel_height + u) * s.kernel_width + v;
                for (Index n = 0; n < N; n++) {
                  const double weight = w[o * (taps + gap) + tap], a = x[in * (N + gap) + n], d = delta[out * (N + gap) + n];
                  z.add(out * N + n, weight * a);
                  dx.add(in * N + n, weight * d);
                  dw.add(o * taps + tap, a * d);
                }
              }
    const Index reals = convolution_scratch(s);
    std::vector<Real> scratch(std::size_t(reals + 1), std::numeric_limits<Real>::quiet_NaN());
    scratch.back() = guard;
    Guarded found_z(outs, N, gap), found_dx(ins, N, gap), found_dw(s.filters, taps, gap);
    const Index piece = reals / convolution_pieces;
    kernel.convolve(s, w.data(), taps + gap, b.data(), x.data(), N + gap, found_z.data(), N + gap, scratch.data(), piece);
    REQUIRE(agree(found_z, z, s.winograd));
    kernel.convolve_back(s, w.data(), taps + gap, delta.data(), N + gap, found_dx.data(), N + gap, scratch.data(), piece);
    REQUIRE(agree(found_dx, dx, s.winograd));
    kernel.convolve_weights(s, delta.data(), N + gap, x.data(), N + gap, found_dw.data(), taps + gap, scratch.data(), piece);
    REQUIRE(agree(found_dw, dw));
    REQUIRE(scratch.back() == guard);
  }
}

Convolution shape(Shape in, Index examples, Index filters, Convolution how) { return convolution("test", in, examples, filters, how); }

}  // namespace

TEST_CASE("A convolution and its two ways back are the sums of their terms for every batch from 1 to 20", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n = 1; n <= 20; n++) {
      check(*kernel, shape({2, 5, 7}, n, 3, {.kernel_height = 3, .kernel_width = 3, .padding = 1}));
      check(*kernel, shape({1, 6, 5}, n, 9, {.kernel_height = 2, .kernel_width = 3, .stride = 2, .padding = 1}));
    }
}

TEST_CASE("A convolution is right at odd strides, paddings, dilations, groups and numbers of filters", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n : {1, 5, 16, 33, 70})
      for (Index stride : {1, 2, 3})
        for (Index padding : {0, 1, 4})
          for (Index dilation : {1, 2})
            for (Index groups : {1, 2}) {
              const Convolution how{
                  .kernel_height = 3, .kernel_width = 2, .stride = stride, .padding = padding, .dilation = dilation, .groups = groups};
              check(*kernel, shape({2 * groups, 7, 6}, n, groups * (n == 5 ? 13 : 4), how));
            }
}

TEST_CASE("A convolution with a kernel of one pixel or of the whole picture is right", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n : {1, 16, 19}) {
      check(*kernel, shape({3, 4, 5}, n, 5, {}));
      check(*kernel, shape({3, 4, 5}, n, 5, {.kernel_height = 4, .kernel_width = 5}));
      check(*kernel, shape({1, 1, 1}, n, 1, {}));
    }
}

TEST_CASE("A picture that needs several bands is right", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n : {1, 16, 20})
      for (Index stride : {1, 2, 4})
        check(*kernel, shape({11, 40, 37}, n, 2, {.kernel_height = 3, .kernel_width = 3, .stride = stride, .padding = 1}));
}

TEST_CASE("Minimal filtering gives the sums of the terms, at odd sizes, paddings and numbers of channels and filters", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n : {16, 20, 48})
      for (Index channels : {8, 13})
        for (Index filters : {8, 11})
          for (Shape in : {Shape{channels, 3, 3}, Shape{channels, 7, 6}, Shape{channels, 4, 11}})
            for (Index padding : {0, 1, 2})
              check(*kernel, shape(in, n, filters, {.kernel_height = 3, .kernel_width = 3, .padding = padding, .winograd = true}));
}

TEST_CASE("Minimal filtering of a picture that needs several strips is right", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    check(*kernel, shape({70, 13, 17}, 16, 9, {.kernel_height = 3, .kernel_width = 3, .padding = 1, .winograd = true}));
}

TEST_CASE("Shapes that minimal filtering does not suit are computed as if it were not asked for", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (const Convolution& how : {Convolution{.kernel_height = 3, .kernel_width = 3, .stride = 2, .padding = 1, .winograd = true},
                                   Convolution{.kernel_height = 3, .kernel_width = 3, .dilation = 2, .winograd = true},
                                   Convolution{.kernel_height = 3, .kernel_width = 2, .winograd = true},
                                   Convolution{.kernel_height = 3, .kernel_width = 3, .groups = 2, .winograd = true}})
      check(*kernel, shape({16, 6, 7}, 16, 16, how));
}

TEST_CASE("A convolution has the same bits on one thread and on three", "[convolve]") {
  const Convolution s = shape({3, 16, 16}, 48, 11, {.kernel_height = 3, .kernel_width = 3, .padding = 1});
  Numbers numbers;
  const auto random = [&](Index rows, Index columns) {
    Matrix x(rows, columns);
    for (Index i = 0; i < x.size(); i++) x.data()[i] = numbers.next();
    return x;
  };
  const Matrix w = random(11, 27), x = random(3 * 256, 48), delta = random(11 * 256, 48);
  const std::vector<Real> b = numbers.some(11);
  std::vector<Matrix> found;
  for (int threads : {1, 3}) {
    set_threads(threads);
    Matrix z(delta.rows(), 48), dx(x.rows(), 48), dw(11, 27), scratch(1, convolution_scratch(s));
    convolve(s, w, b.data(), x, z, scratch.data());
    convolve_back(s, w, delta, dx, scratch.data());
    convolve_weights(s, delta, x, dw, scratch.data());
    found.insert(found.end(), {z, dx, dw});
  }
  set_threads(1);
  for (std::size_t i = 0; i < 3; i++) CHECK(found[i] == found[i + 3]);
}

TEST_CASE("No convolution reads behind its last number", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n : {1, 3, 16, 17}) {
      const Convolution s = shape({2, 4, 5}, n, 3, {.kernel_height = 3, .kernel_width = 3});
      AtEdge x(40 * n), w(3 * 18), b(3), z(3 * 6 * n), dx(40 * n), dw(3 * 18), scratch(convolution_scratch(s));
      kernel->convolve(s, w.numbers, 18, b.numbers, x.numbers, n, z.numbers, n, scratch.numbers,
                       convolution_scratch(s) / convolution_pieces);
      CHECK(z.numbers[3 * 6 * n - 1] == Real(0.5 + 18 * 0.25));
      kernel->convolve_back(s, w.numbers, 18, z.numbers, n, dx.numbers, n, scratch.numbers, convolution_scratch(s) / convolution_pieces);
      kernel->convolve_weights(s, z.numbers, n, x.numbers, n, dw.numbers, 18, scratch.numbers, convolution_scratch(s) / convolution_pieces);
      CHECK(dw.numbers[3 * 18 - 1] == Approx(6 * n * 0.5 * 5));
    }
  for (const Kernels* kernel : available_kernels()) {
    const Convolution s = shape({8, 4, 5}, 16, 9, {.kernel_height = 3, .kernel_width = 3, .winograd = true});
    AtEdge x(8 * 20 * 16), w(9 * 72), b(9), z(9 * 6 * 16), dx(8 * 20 * 16), scratch(convolution_scratch(s));
    kernel->convolve(s, w.numbers, 72, b.numbers, x.numbers, 16, z.numbers, 16, scratch.numbers,
                     convolution_scratch(s) / convolution_pieces);
    CHECK(z.numbers[9 * 6 * 16 - 1] == Approx(0.5 + 72 * 0.25));
    kernel->convolve_back(s, w.numbers, 72, z.numbers, 16, dx.numbers, 16, scratch.numbers, convolution_scratch(s) / convolution_pieces);
  }
}

TEST_CASE("A convolution that does not fit says what came in and what was asked for", "[convolve]") {
  CHECK_THROWS_WITH(shape({2, 4, 4}, 1, 3, {.kernel_height = 7, .kernel_width = 5, .padding = 1}),
                    "test: a kernel that reaches over 7x5 pixels does not fit into 6x6 (4x4 and a padding of 1)");
  CHECK_THROWS_WITH(shape({2, 4, 4}, 1, 3, {.groups = 2}), "test: 2 channels and 3 filters cannot both be cut into 2 groups");
}

TEST_CASE("The winner of a window is the first of its largest numbers, and gets the signal", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n = 1; n <= 20; n++) {
      CAPTURE(kernel->name, n);
      Numbers numbers;
      const Index gap = 2, row = n + gap;
      const Windows windows{n, 1, 2, 5, 4, 3, 2, 1, 3, 2};  // the last two of three channels: 3x3 at a stride of 2, on 5x4 and a padding
      std::vector<Real> x = numbers.some(3 * 20 * row);
      for (Real& xi : x) xi = std::round(4 * xi);  // so that many are equal
      const std::vector<Real> signal = numbers.some(3 * 6 * row);
      Guarded q(18, n, gap), y(18, n, gap), dx(60, n, gap);
      kernel->winners(windows, x.data(), row, q.data(), row);
      kernel->pick(windows, x.data(), row, q.data(), row, y.data(), row);
      kernel->put_back(windows, q.data(), row, signal.data(), row, dx.data(), row);
      std::vector<double> back(std::size_t(60 * n), 0);
      bool right = q.guards_hold() && y.guards_hold() && dx.guards_hold();
      for (Index out = 0; out < 18; out++)
        for (Index e = 0; e < n; e++) {
          if (out < 6) {  // not asked for
            right = right && q(out, e) == guard && y(out, e) == guard;
            continue;
          }
          Index best = -1;
          for (Index k = out % 6 / 2 * 2 - 1; k < out % 6 / 2 * 2 + 2; k++)
            for (Index l = out % 2 * 2 - 1; l < out % 2 * 2 + 2; l++)
              if (const Index pixel = (out / 6 * 5 + k) * 4 + l; k >= 0 && k < 5 && l >= 0 && l < 4)
                if (best < 0 || x[pixel * row + e] > x[best * row + e]) best = pixel;
          right = right && q(out, e) == Real(best) && y(out, e) == x[best * row + e];
          back[std::size_t(best * n + e)] += double(signal[out * row + e]);
        }
      for (Index i = 0; i < 60; i++)
        for (Index e = 0; e < n; e++)
          right = right && (i < 20 ? dx(i, e) == guard : close(dx(i, e), back[std::size_t(i * n + e)], 1e-6, 1));
      REQUIRE(right);
    }
}

TEST_CASE("A switch that names no pixel of its window picks nothing and gets nothing", "[convolve]") {
  for (const Kernels* kernel : available_kernels())
    for (Index n : {1, 17}) {
      const Windows windows{n, 0, 1, 2, 4, 2, 2, 0, 1, 2};
      const std::vector<Real> x(std::size_t(8 * n), 3), signal(std::size_t(2 * n), 5);
      std::vector<Real> q(std::size_t(2 * n), Real(1.2)), y(q),
          dx(std::size_t(8 * n));  // row 1 is in the first window, and not in the second
      kernel->pick(windows, x.data(), n, q.data(), n, y.data(), n);
      kernel->put_back(windows, q.data(), n, signal.data(), n, dx.data(), n);
      for (Index i = 0; i < 2 * n; i++) CHECK(y[std::size_t(i)] == (i < n ? 3 : 0));
      for (Index i = 0; i < 8 * n; i++) CHECK(dx[std::size_t(i)] == (i / n == 1 ? 5 : 0));
    }
}
