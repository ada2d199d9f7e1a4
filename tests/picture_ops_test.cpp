// Pooling, upsampling and normalization against their definitions, written once more and slowly, and their errors.
#include <catch2/catch.hpp>

#include "engine/ops.h"
#include "tests/gradcheck.h"

using namespace nn;
using namespace gradcheck;

namespace {

const double tight = exact ? 1e-12 : 1e-5;

// What an op says of a picture.
Matrix value(const Matrix& x, Shape shape, const std::function<Var(Var)>& build) {
  Tape tape;
  const Var y = build(tape.input("x", Size(shape, x.columns())));
  const Program program = tape.finish();
  Values values(program);
  values.bind(0, x);
  forward(program, values);
  return Matrix(values[y.index]);
}

Matrix pictures(Shape shape, Index examples) {
  Generator random(6);
  return draw(shape.size(), examples, random);
}

}  // namespace

TEST_CASE("pooling says the largest and the mean of each window, the padding left out", "[ops]") {
  const Shape shape{2, 7, 5};
  for (Index examples : {1, 3, 16, 21}) {
    const Matrix x = pictures(shape, examples);
    for (const Window w : {Window{2, 2, 0}, Window{3, 2, 1}, Window{3, 1, 0}, Window{5, 3, 2}}) {
      const Index height = (7 + 2 * w.padding - w.size) / w.stride + 1, width = (5 + 2 * w.padding - w.size) / w.stride + 1;
      Matrix largest(2 * height * width, examples), mean = largest;
      for (Index c = 0; c < 2; c++)
        for (Index i = 0; i < height; i++)
          for (Index j = 0; j < width; j++)
            for (Index n = 0; n < examples; n++) {
              double best = -1e9, sum = 0, count = 0;
              for (Index k = std::max<Index>(0, i * w.stride - w.padding); k < std::min<Index>(7, i * w.stride - w.padding + w.size); k++)
                for (Index l = std::max<Index>(0, j * w.stride - w.padding); l < std::min<Index>(5, j * w.stride - w.padding + w.size);
                     l++) {
                  const double here = x((c * 7 + k) * 5 + l, n);
                  best = std::max(best, here), sum += here, count++;
                }
              largest((c * height + i) * width + j, n) = Real(best);
              mean((c * height + i) * width + j, n) = Real(sum / count);
            }
      CHECK(value(x, shape, [&](Var v) { return max_pool(v, max_pool_switches(v, w), w); }) == largest);
      CHECK(relative_error(value(x, shape, [&](Var v) { return average_pool(v, w); }), mean) <= tight);
    }
  }
}

TEST_CASE("of equal pixels the first one wins, and a NaN does not", "[ops]") {
  const Matrix x{4, 2, {1, 2, 1, 2, 1, poison, 1, 2}};
  CHECK(value(x, {1, 2, 2}, [](Var v) { return max_pool_switches(v, {2, 2, 0}); }) == Matrix{1, 2, {0, 0}});
}

TEST_CASE("global average pooling is the mean of each channel", "[ops]") {
  CHECK(value({4, 2, {1, 10, 3, 30, 5, 50, 7, 70}}, {2, 1, 2}, [](Var v) { return global_average_pool(v); }) ==
        Matrix{2, 2, {2, 20, 6, 60}});
}

TEST_CASE("upsampling repeats pixels or lies between them", "[ops]") {
  const Matrix x{2, 1, {0, 4}};
  CHECK(value(x, {1, 1, 2}, [](Var v) { return upsample_nearest(v, 2); }) == Matrix{8, 1, {0, 0, 4, 4, 0, 0, 4, 4}});
  CHECK(value(x, {1, 1, 2}, [](Var v) { return upsample_bilinear(v, 2); }) == Matrix{8, 1, {0, 1, 3, 4, 0, 1, 3, 4}});
}

TEST_CASE("a transposed convolution is what a convolution sends back", "[ops]") {
  const Convolution how{.kernel_height = 3, .kernel_width = 2, .stride = 2, .padding = 1};
  Generator random(8);
  const Matrix W = draw(4, 12, random), x = draw(2 * 5 * 4, 6, random);
  Tape tape;
  const Var weights = tape.input("W", {4, 12}), in = tape.input("x", {Shape{2, 5, 4}, 6}), none = tape.input("b", {4, 1}),
            none2 = tape.input("b2", {2, 1});
  const Var z = conv2d(weights, in, none, how);
  const Matrix delta = draw(z.size().rows, 6, random), zeros(4, 1), zeros2(2, 1);
  const Var d = tape.input("delta", z.size()), up = conv_transpose2d(weights, d, none2, how);
  const Program program = tape.finish();
  Values values(program);
  values.bind(weights.index, W), values.bind(in.index, x), values.bind(none.index, zeros), values.bind(none2.index, zeros2);
  values.bind(d.index, delta);
  forward(program, values);
  Signals signals(program, z.index, Wanted::inputs);
  backward(program, values, signals, delta);
  CHECK(program[up.index].size.shape == Shape{2, 5, 4});
  CHECK(relative_error(values[up.index], signals[in.index]) <= tight);
}

TEST_CASE("batch normalization composed from its nodes sends back what differences predict", "[ops]") {
  Generator random(9);
  Tape tape;
  const Var x = tape.input("x", {Shape{2, 2, 1}, 7}), gain = tape.input("gain", {2, 1}), shift = tape.input("shift", {2, 1});
  const Var mu = channel_mean(x), v = channel_variance(x, mu);
  batch_norm(x, mu, v, gain, shift);
  Run run(tape.finish(), random);
  CHECK(worst_error(run, random) <= tolerance);
  fill(run.leaves[gain.index], 1), fill(run.leaves[shift.index], 0);
  const ConstView y = run.forward();
  for (Index c = 0; c < 2; c++) {
    double mean = 0, square = 0;
    for (Index i = 2 * c; i < 2 * c + 2; i++)
      for (Index n = 0; n < 7; n++) mean += double(y(i, n)) / 14, square += double(y(i, n)) * double(y(i, n)) / 14;
    CHECK(mean == Approx(0).margin(1e-6));
    CHECK(square == Approx(1).epsilon(1e-3));
  }
}

TEST_CASE("local response normalization divides by the neighbouring channels", "[ops]") {
  const Matrix y = value({3, 1, {1, 2, 3}}, {3, 1, 1}, [](Var v) { return local_response_norm(v, {3, 2, 1, Real(0.5)}); });
  const double expected[] = {1 / std::sqrt(2 + 5.0), 2 / std::sqrt(2 + 14.0), 3 / std::sqrt(2 + 13.0)};
  for (Index c = 0; c < 3; c++) CHECK(double(y(c, 0)) == Approx(expected[c]).epsilon(1e-5));
}

TEST_CASE("ops on pictures say what does not fit", "[ops]") {
  Tape tape;
  const Var x = tape.input("x", {Shape{2, 4, 3}, 5}), W = tape.input("W", {3, 17}), b = tape.input("b", {3, 1});
  CHECK_THROWS_WITH(conv2d(W, x, b, {.kernel_height = 3, .kernel_width = 3}), Catch::StartsWith("conv2d: W is 3x17 but 3x18 is needed"));
  CHECK_THROWS_WITH(average_pool(x, {4, 1, 0}), "average_pool: a window of 4x4 does not fit into 4x3 pixels");
  CHECK_THROWS_WITH(max_pool_switches(x, {2, 2, 2}), Catch::Contains("padding at most half the size"));
  CHECK_THROWS_WITH(upsample_nearest(x, 0), "upsample_nearest: the factor is 0 and has to be at least 1");
  CHECK_THROWS_WITH(layer_norm(x, b, b), "layer_norm: x has 24 rows but gain is 3x1");
  CHECK_THROWS_WITH(batch_norm(x, b, b, b, b), "batch_norm: mu is 3x1 but x has 2 channels");
  CHECK_THROWS_WITH(local_response_norm(x, {4, 1, 1, 1}), Catch::Contains("has to be odd"));
}
