// What explainers say of small networks, against numbers that others have published: spec/testcases.md says where each comes from.
#include <catch2/catch.hpp>

#include "tests/explained.h"

using namespace explained_test;

TEST_CASE("the small convolutional network says 54 and its gradient is known (TC-01)", "[explain]") {
  const Explanation e = one_conv().explain("saliency", class_of(1));
  CHECK(e.score == Approx(54));
  CHECK(distance(e.map, {0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0}) == 0);
  CHECK(total_of(one_conv().map("inputxgradient", class_of(1))) == Approx(54));
}

TEST_CASE("its deconvnet and guided maps are known, from a class and from a unit (TC-02, TC-03)", "[explain]") {
  for (const Arguments& target : {class_of(1), unit_of(4, 1)}) {
    CHECK(distance(one_conv().map("deconvnet", target), {2, 3, 3, 1, 3, 5, 5, 2, 3, 5, 5, 2, 1, 2, 2, 1}) == 0);
    CHECK(distance(one_conv().map("guided", target), {0, 1, 1, 1, 1, 3, 3, 2, 1, 3, 3, 2, 1, 2, 2, 1}) == 0);
    CHECK(distance(one_conv(1).map("guided", target), {1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1}) == 0);
  }
}

TEST_CASE("gradient, guided and deconvnet differ on two hidden units as they should (TC-09)", "[explain]") {
  const auto maps = [](std::initializer_list<double> x) {
    Net net("conv 2 1x2, relu, dense 1", {1, 1, 2}, row(x));  // a deconvnet wants a convolution: here one that sees everything
    net.with("conv1.weight", {-1, -1, 1, 1}).with("dense1.weight", {-1, 1});
    return std::array{net.map("saliency", unit_of(3, 1)), net.map("guided", unit_of(3, 1)), net.map("deconvnet", unit_of(3, 1))};
  };
  for (auto x : {std::initializer_list<double>{1, 0}, {0, 1}, {1, 1}})
    for (const Matrix& map : maps(x)) CHECK(distance(map, {1, 1}) == 0);
  for (auto x : {std::initializer_list<double>{-1, 0}, {0, -1}, {-1, -1}}) {
    const auto [gradient, guided, deconvnet] = maps(x);
    CHECK(distance(gradient, {1, 1}) == 0);
    CHECK(distance(guided, {0, 0}) == 0);
    CHECK(distance(deconvnet, {1, 1}) == 0);
  }
  const auto [gradient, guided, deconvnet] = maps({0, 0});
  CHECK(distance(gradient, {0, 0}) == 0);
  CHECK(distance(guided, {0, 0}) == 0);
  CHECK(distance(deconvnet, {1, 1}) == 0);
}

TEST_CASE("saliency takes the largest channel after the sign is gone, relevance the sum before (TC-46)", "[explain]") {
  Explanation e{.map = Matrix(6, 1, {1, -2, -3, 0.5, 2, 1}), .shape = {3, 1, 2}, .is_signed = false};
  CHECK(distance(collapsed(e), {3, 2}) == 0);
  e.is_signed = true;
  CHECK(distance(collapsed(e), {0, -0.5}) == 0);
}

TEST_CASE("a logit and a probability have different slopes (TC-29)", "[explain]") {
  Net net("dense 3, softmax", {3, 1, 1}, row({2, 1, 0}));
  net.with("dense1.weight", {1, 0, 0, 0, 1, 0, 0, 0, 1});
  CHECK(distance(net.map("saliency", class_of(1)), {1, 0, 0}) == 0);
  const Explanation e = net.explain("saliency", both(class_of(1), {{"score", 1}}));
  CHECK(e.score == Approx(0.66524096));
  CHECK(distance(e.map, {0.22269543, -0.16280340, -0.05989202}) < 1e-6);
}

TEST_CASE("the slope of ReLU at its kink is 0 (TC-21 d)", "[explain]") {
  // 1 - relu(1 - x)
  for (const auto& [x, slope] : {std::pair{1, 0}, {2, 0}, {3, 0}, {0, 1}, {-1, 1}, {7, 0}}) {
    Net net("dense 1, relu, dense 1", {1, 1, 1}, row({double(x)}));
    net.with("dense1.weight", {-1}).with("dense1.bias", {1}).with("dense2.weight", {-1}).with("dense2.bias", {1});
    INFO(x);
    CHECK(distance(net.map("saliency"), {double(slope)}) == 0);
  }
}

TEST_CASE("a target is one sentence away: classes, units and probabilities that are not there", "[explain]") {
  const Net net = one_conv();
  CHECK_THROWS_WITH(net.explain("saliency", class_of(5)), "saliency: there is no class 5; 1 to 4 would do");
  CHECK_THROWS_WITH(net.explain("saliency", unit_of(1, 3)), "saliency: there is no unit 3 in conv1: 2 maps of 2 x 2; 1 to 2 would do");
  CHECK_THROWS_WITH(net.explain("saliency", unit_of(9, 1)), "saliency: stage 9 is none of this network; 0 to 4 would do");
  CHECK_THROWS_WITH(net.explain("saliency", {{"score", 1}}), Catch::Contains("--score logit would do"));
  CHECK_THROWS_WITH(Net("dense 3", {4, 1, 1}, row({1, 2, 3, 4})).explain("deconvnet"),
                    Catch::Contains("no convolution") && Catch::StartsWith("deconvnet: "));
  Net bad = one_conv();
  bad.with("dense1.weight", {NAN});
  for (const Explainer& e : explainers())
    CHECK_THROWS_WITH(bad.explain(e.name), Catch::StartsWith(std::string(e.name) + ": ") && Catch::Contains("not finite"));
}

TEST_CASE("a target may be a map, a whole stage or a place", "[explain]") {
  const Net net = one_conv();
  // relu1: [0 4 31 40], [0 0 6 15]
  CHECK(net.explain("saliency", both(unit_of(2, 1), {{"target", 4}})).score == 75);
  CHECK(net.explain("saliency", both(unit_of(2, 2), {{"target", 4}})).score == 21);
  CHECK(net.explain("saliency", unit_of(2, 1)).score == 40);
  CHECK(net.explain("saliency", both(unit_of(2, 1), {{"row", 2}, {"column", 1}})).score == 31);
  const Explanation all = net.explain("saliency", {{"target", 5}, {"stage", 2}});
  CHECK(all.score == 4 * 4 + 31 * 31 + 40 * 40 + 6 * 6 + 15 * 15);
  // the gradient of half the squares: every pixel gets the activations of the windows that hold it
  CHECK(distance(all.map, {0, 4, 4, 4, 37, 96, 96, 59, 37, 96, 96, 59, 37, 92, 92, 55}) == 0);
}

TEST_CASE("two classes with one output between them are asked for with its sign", "[explain]") {
  Net net("dense 1, sigmoid", {2, 1, 1}, row({1, 2}));
  net.set.class_names = {"no", "yes"};
  net.with("dense1.weight", {1, 1});
  CHECK(distance(net.map("saliency"), {1, 1}) == 0);
  CHECK(distance(net.map("saliency", class_of(1)), {-1, -1}) == 0);
  const double yes = net.explain("saliency", both(class_of(2), {{"score", 1}})).score,
               no = net.explain("saliency", both(class_of(1), {{"score", 1}})).score;
  CHECK(yes == Approx(1 / (1 + std::exp(-3))));
  CHECK(yes + no == Approx(1));
}
