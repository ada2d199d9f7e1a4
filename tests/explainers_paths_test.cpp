// Class activation maps and what compares a picture with a baseline, against numbers that others have published: spec/testcases.md.
#include <catch2/catch.hpp>

#include "tests/explained.h"
#include "viz/resized.h"
#include "viz/weighted_maps.h"

using namespace explained_test;

namespace {

const Arguments mean_baseline = {{"baseline", 2}};

Matrix sum_of(const Explanation& e) {
  const nn::Tensor& sum = e.parts[0];
  return Matrix(nn::ConstView{std::get<std::vector<Real>>(sum.numbers).data(), sum.shape[0], sum.shape[1], sum.shape[1]});
}

// relu(relu(x1 - 1) - relu(x2)); the same as relu(relu(x1) - 1 - relu(x2)) where x1 is not negative
Net kinked(std::initializer_list<double> x, bool other = false) {
  Net net("dense 2, relu, dense 1, relu", {2, 1, 1}, row(x));
  net.with("dense1.weight", {1, 0, 0, 1})
      .with("dense1.bias", {other ? 0. : -1., 0})
      .with("dense2.weight", {1, -1})
      .with("dense2.bias", {other ? -1. : 0.});
  return net;
}
const Arguments the_end = unit_of(4, 1);

// A net about the first row that knows the second as its mean picture.
template <class Made>
Net against(Made net, std::initializer_list<double> baseline) {
  Matrix rows(2, net.set.inputs.columns());
  std::copy_n(net.set.inputs.data(), net.set.inputs.size(), rows.data());
  Index i = 0;
  for (const double x : baseline) rows(1, i++) = Real(x);
  net.set.inputs = std::move(rows), net.set.labels = {0, 0}, net.split.train = {1};
  return net;
}

}  // namespace

TEST_CASE("Grad-CAM of the small convolutional network (TC-04)", "[explain]") {
  const auto at = [](double layer, double more) {
    return sum_of(one_conv(more).explain("gradcam", both(class_of(1), {{"layer", layer}})));
  };
  CHECK(distance(at(1, 0), {11.25, 13.5, 20.25, 22.5}) < 1e-5);
  CHECK(distance(at(2, 0), {0, 4, 28, 32.5}) < 1e-5);
  CHECK(distance(at(1, 1), {14.5, 19, 32.5, 37}) < 1e-5);
  CHECK(distance(at(0, 0), at(2, 0)) == 0);  // the last with maps
}

TEST_CASE("guided Grad-CAM of it (TC-05)", "[explain]") {
  CHECK(distance(one_conv().map("guidedgradcam", both(class_of(1), {{"layer", 2}, {"enlarge", 1}})),
                 {0, 0, 4, 4, 0, 0, 12, 8, 28, 84, 97.5, 65, 28, 56, 65, 32.5}) < 1e-4);
}

TEST_CASE("a class activation map, its mean and Grad-CAM's quarter of it (TC-24)", "[explain]") {
  Net net("conv 2 1x1, gap, dense 1", {2, 2, 2}, row({1, 2, 3, 4, 0, 1, 1, 0}));
  net.with("conv1.weight", {1, 0, 0, 1}).with("dense1.weight", {2, -1}).with("dense1.bias", {0.25});
  const Explanation cam = net.explain("cam", class_of(1)), gradcam = net.explain("gradcam", class_of(1));
  CHECK(distance(sum_of(cam), {2, 3, 5, 8}) < 1e-6);
  CHECK(cam.score == Approx(4.75));
  CHECK(cam.shares[0].value == Approx(4.5));
  CHECK(std::abs(cam.residual()) < 1e-6);
  CHECK(distance(sum_of(gradcam), {0.5, 0.75, 1.25, 2}) < 1e-6);
}

TEST_CASE("weighted maps are summed and their negative part is cut off (TC-25)", "[explain]") {
  WeightedMaps maps{{"", 0, {3, 1, 1}}, {3, 1, {1, 2, 4}}, {1, 2, 3}};
  CHECK(maps.sum()(0, 0) == 17);
  Net net("conv 1 1x1, gap, dense 1", {1, 3, 5}, row({-1, -2, -3, -2, -1, 1, 2, 3, 2, 1, 0, 0, 0, 0, 0}));
  net.filled("conv1.weight", 1).filled("dense1.weight", 15);
  CHECK(distance(sum_of(net.explain("gradcam", class_of(1))), {0, 0, 0, 0, 0, 1, 2, 3, 2, 1, 0, 0, 0, 0, 0}) < 1e-5);
}

TEST_CASE("CAM wants global average pooling, and says that Grad-CAM would do without", "[explain]") {
  CHECK_THROWS_WITH(one_conv().explain("cam"),
                    "cam: the network does not end in global average pooling and one dense layer; Grad-CAM (gradcam) would do");
  Net dense("dense 3", {4, 1, 1}, row({1, 2, 3, 4}));
  CHECK_THROWS_WITH(dense.drawn(1).explain("gradcam"),
                    Catch::StartsWith("gradcam: the network has no maps") && Catch::Contains("saliency"));
  CHECK_THROWS_WITH(one_conv().explain("gradcam", {{"layer", 3}}), Catch::StartsWith("gradcam: stage 3 has no maps"));
}

TEST_CASE("maps are enlarged sharply, or between the middles of pixels (TC-40)", "[explain]") {
  const Matrix small(2, 2, {0, 1, 2, 3});
  CHECK(distance(resized(small, 4, 4, true), {0, 0.25, 0.75, 1, 0.5, 0.75, 1.25, 1.5, 1.5, 1.75, 2.25, 2.5, 2, 2.25, 2.75, 3}) < 1e-6);
  CHECK(distance(resized(small, 4, 4, false), {0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3}) == 0);
  CHECK(distance(resized(small, 2, 2, true), small) == 0);
}

TEST_CASE("the family of DeepExplain on a function with kinks (TC-21)", "[explain]") {
  const Net net = kinked({3, 1});
  CHECK(distance(net.map("saliency", the_end), {1, -1}) == 0);
  CHECK(distance(net.map("inputxgradient", the_end), {3, -1}) == 0);
  CHECK(distance(net.map("relevance", the_end), {3, -1}) < 1e-5);
  CHECK(distance(net.map("deeplift", the_end), {2, -1}) < 1e-6);
  const Explanation integrated = net.explain("integrated", both(the_end, {{"steps", 200}}));
  CHECK(distance(integrated.map, {1.5, -0.5}) < 1e-2);
  CHECK(integrated.whole == 1);
  CHECK(distance(kinked({3, 1}, true).map("integrated", both(the_end, {{"steps", 200}})), {1.5, -0.5}) < 1e-2);  // the same function
  CHECK(distance(against(kinked({2, 0}), {1, 0}).map("integrated", both(the_end, mean_baseline)), {1, 0}) < 1e-2);
  for (const char* name : {"saliency", "inputxgradient", "relevance", "deeplift", "integrated"}) {
    INFO(name);
    CHECK(distance(kinked({-10, -5}).map(name, the_end), {0, 0}) == 0);
  }
}

TEST_CASE("integrated gradients of sums are those of their terms (TC-23)", "[explain]") {
  // 5 x + y^2 + sin z from (0.5, 1, 1) to (1, 2, 3)
  Net linear("dense 1", {1, 1, 1}, row({1}));
  linear.with("dense1.weight", {5});
  CHECK(distance(against(linear, {0.5}).map("integrated", both(unit_of(1, 1), mean_baseline)), {2.5}) < 1e-5);
  Net square("log, dense 1, exp", {1, 1, 1}, row({2}));
  square.with("dense1.weight", {2});
  CHECK(distance(against(square, {1}).map("integrated", both(unit_of(3, 1), {{"baseline", 2}, {"steps", 500}})), {3}) < 1e-3);
  CHECK(distance(against(Net("sine", {1, 1, 1}, row({3})), {1}).map("integrated", both(unit_of(1, 1), {{"baseline", 2}, {"steps", 500}})),
                 {-0.70035098}) < 1e-3);
}

TEST_CASE("DeepLIFT on two kinks, on max-pooling and on units that a baseline wakes or sends to sleep (TC-37)", "[explain]") {
  Net two("dense 2, relu, dense 1", {2, 1, 1}, row({1, 2}));
  two.with("dense1.weight", {1, 0, 0, 1}).with("dense1.bias", {0, -1.5}).with("dense2.weight", {2, 2});
  CHECK(distance(two.map("deeplift", class_of(1)), {2, 1}) < 1e-6);

  Net pool("conv 1 1x1, maxpool 2, dense 1", {1, 2, 2}, row({1, 1, 1, 1}));
  pool.filled("conv1.weight", 1).filled("dense1.weight", 1);
  CHECK(distance(against(pool, {1, 2, 3, 9}).map("deeplift", both(class_of(1), mean_baseline)), {0, 0, 0, -8}) < 1e-6);
  CHECK(distance(against(pool, {4, 8, 6, 7}).map("deeplift", both(class_of(1), mean_baseline)), {0, -7, 0, 0}) < 1e-6);

  for (const double x : {1., 2.}) {
    Net units("dense 2, relu", {4, 1, 1}, row({x, x, x, x}));
    units.with("dense1.weight", {1, 2, 3, 4, -1, -2, -3, -4}).with("dense1.bias", {-1, 1});
    const double up = x == 1 ? 0.9 : 0.95, down = x == 1 ? 0.1 : 0.05;
    CHECK(distance(units.map("deeplift", unit_of(2, 1)), {up * x, 2 * up * x, 3 * up * x, 4 * up * x}) < 1e-5);
    CHECK(distance(units.map("deeplift", unit_of(2, 2)), {-down * x, -2 * down * x, -3 * down * x, -4 * down * x}) < 1e-5);
  }
}

TEST_CASE("noise changes nothing of a linear function, and the gradient of a square is still twice x in the mean (TC-44)", "[explain]") {
  Net linear("dense 1", {3, 1, 1}, row({1, 2, 3}));
  linear.with("dense1.weight", {1, -1, 2});
  CHECK(distance(linear.map("smoothgrad"), {1, -1, 2}) < 1e-5);
  // x1^2 x2^0: log x2 counts nothing, but makes a range of 2 that the noise is a part of
  Net square("log, dense 1, exp", {2, 1, 1}, row({4, 2}));
  square.with("dense1.weight", {2, 0});
  // 2 sigma / sqrt(n) = 0.04
  CHECK(double(square.map("smoothgrad", both(unit_of(3, 1), {{"samples", 200}, {"noise", 0.15}}))(0, 0)) == Approx(8).margin(0.13));
}
