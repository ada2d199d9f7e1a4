// Layer-wise relevance propagation, against numbers that others have published: spec/testcases.md says where each comes from.
#include "engine/relevance.h"

#include <catch2/catch.hpp>

#include "engine/ops.h"
#include "tests/explained.h"
#include "viz/relevance_options.h"

using namespace explained_test;

namespace {

// 3 -> 3 -> 1, all weights 2, then 3; x = 1, 2, 3
Net simple(bool changed) {
  Net net("dense 3, relu, dense 1", {3, 1, 1}, row({1, 2, 3}));
  net.filled("dense1.weight", 2).filled("dense2.weight", 3);
  if (changed) net.with("dense1.weight", {-2});
  return net;
}

// Relevance at a node, from the first output.
Matrix relevance_at(const Net& net, const std::string& node, const nn::Composite& composite) {
  const Study study = net.study();
  const Backward run(study, net.set.inputs);
  return Matrix(relevance_of(class_target(study, run, 0), run, composite)[run.program().find(node)]);
}

nn::Composite rules(const nn::Relevance& first, const nn::Relevance& other = nn::rule_zero) { return {first, other, other}; }

// One op on one column, R sent back by a rule.
template <class Record>
Matrix sent_back(const Record& record, const std::vector<Matrix>& leaves, const Matrix& R, const nn::Composite& composite, int of = 0) {
  nn::Tape tape;
  std::vector<nn::Var> vars;
  for (std::size_t i = 0; i < leaves.size(); i++)
    vars.push_back(i == 0 ? tape.input("x", {leaves[0].rows(), 1})
                          : tape.parameter("p" + std::to_string(i), leaves[i].rows(), leaves[i].columns()));
  record(vars);
  const nn::Program program = tape.finish();
  nn::Values values(program);
  for (std::size_t i = 0; i < leaves.size(); i++) values.bind(vars[i].index, leaves[i]);
  forward(program, values);
  nn::Signals signals(program, program.size() - 1, nn::Wanted::everything);
  backward(program, values, signals, R, relevance_rules(program, values, composite));
  return Matrix(signals[vars[std::size_t(of)].index]);
}
const auto affine_of = [](const std::vector<nn::Var>& v) { nn::affine(v[1], v[0], v[2]); };

}  // namespace

TEST_CASE("relevance of the small convolutional network (TC-08)", "[lrp]") {
  const Net net = one_conv();
  const Explanation e = net.explain("relevance", both(class_of(1), {{"rule", 0}}));
  CHECK(distance(e.map, {0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0}) < 1e-5);
  CHECK(total_of(e.map) == Approx(54));
  CHECK(distance(relevance_at(net, "conv1", nn::everywhere(nn::rule_zero)), {0, 4, 31, 40, 0, 0, -6, -15}) < 1e-5);
}

TEST_CASE("relevance of the simple network (TC-11)", "[lrp]") {
  const Explanation e = simple(false).explain("relevance", class_of(1));
  CHECK(e.score == 108);
  CHECK(distance(e.map, {18, 36, 54}) < 1e-4);
  CHECK(distance(relevance_at(simple(true), "relu1", nn::everywhere(nn::rule_epsilon)), {24, 36, 36}) < 1e-4);
}

TEST_CASE("the rule gamma, another in each layer (TC-12)", "[lrp]") {
  nn::Relevance first = nn::rule_gamma;
  first.gamma = 1;
  CHECK(distance(relevance_at(simple(true), "x", rules(first, nn::rule_gamma)), {28. / 3, 104. / 3, 52}) < 1e-4);
}

TEST_CASE("rules of the first layer (TC-13)", "[lrp]") {
  CHECK(distance(relevance_at(simple(true), "x", rules(nn::rule_z_plus)), {12, 33.6, 50.4}) < 1e-4);
  CHECK(distance(relevance_at(simple(true), "x", rules(nn::rule_w_squared)), {32, 32, 32}) < 1e-4);
  CHECK(distance(relevance_at(simple(true), "x", rules(nn::rule_flat)), {32, 32, 32}) < 1e-4);
  nn::Relevance box = nn::rule_box;
  box.high = 4;
  CHECK(distance(relevance_at(simple(true), "x", rules(box)), {21, 30, 45}) < 1e-4);
  const Explanation e = simple(true).explain("relevance", both(class_of(1), {{"rule", 0}, {"first", 6 + 1}}));
  CHECK(distance(e.map, {32, 32, 32}) < 1e-4);
  const Explanation one_layer = simple(true).explain("relevance", both(class_of(1), {{"rule", 0}, {"layer", 1}, {"layerrule", 5}}));
  CHECK(distance(one_layer.map, {32, 32, 32}) < 1e-4);
}

TEST_CASE("alpha-beta makes relevance where a unit has no negative part, and the picture says how much (TC-14)", "[lrp]") {
  const Explanation e = simple(true).explain("relevance", both(class_of(1), {{"rule", 1}, {"first", 3}}));
  CHECK(distance(e.map, {0, 67.2, 100.8}) < 1e-4);
  CHECK(e.whole == 96);
  CHECK(e.residual() == Approx(-72));
}

TEST_CASE("a large epsilon takes relevance (TC-15)", "[lrp]") {
  const Explanation e = simple(true).explain("relevance", both(class_of(1), {{"epsilon", 1}}));
  CHECK(distance(e.map, {5.68437748, 32.48215702, 48.72323553}) < 1e-4);
  CHECK(total_of(e.map) == Approx(86.88977));
  CHECK(e.residual() == Approx(96 - 86.88977).margin(1e-3));
  nn::Relevance large = nn::rule_epsilon;
  large.epsilon = 1;
  CHECK(distance(relevance_at(simple(true), "relu1", nn::everywhere(large)), {23.75257732, 35.62886598, 35.62886598}) < 1e-4);
}

TEST_CASE("a bias takes its share of relevance (TC-16, TC-17)", "[lrp]") {
  const std::vector<Matrix> net = {{2, 1, {1, 2}}, {2, 2, {3, 4, 5, 6}}, {2, 1, {7, 8}}};
  const Matrix R(2, 1, {Real(1. / 3), Real(2. / 3)});
  const nn::Composite zero = nn::everywhere(nn::rule_zero);
  const Matrix of_x = sent_back(affine_of, net, R, zero), of_b = sent_back(affine_of, net, R, zero, 2);
  CHECK(distance(of_x, {17. / 90, 316. / 675}) < 1e-6);
  CHECK(total_of(of_x) + total_of(of_b) == Approx(1));
  const std::vector<Matrix> negative = {{2, 1, {1, 1}}, {1, 2, {1, -1}}, {1, 1, {-1}}};
  CHECK(distance(sent_back(affine_of, negative, {1, 1, {-1}}, nn::everywhere(nn::rule_z_plus)), {-1, 0}) < 1e-6);
  CHECK(distance(sent_back(affine_of, negative, {1, 1, {-1}}, nn::everywhere(nn::rule_alpha2_beta1)), {-2, 0.5}) < 1e-6);
}

TEST_CASE("max-pooling sends relevance to the winners (TC-18)", "[lrp]") {
  nn::Tape tape;
  const nn::Var x = tape.input("x", nn::Size(nn::Shape{1, 3, 3}, 1));
  nn::max_pool(x, nn::max_pool_switches(x, {2, 1, 0}), {2, 1, 0});
  const nn::Program program = tape.finish();
  nn::Values values(program);
  const Matrix a(9, 1, {1, 2, 3, 10, 5, 6, 7, 8, 9}), R(4, 1, {Real(1. / 30), Real(2. / 30), Real(3. / 30), Real(4. / 30)});
  values.bind(x.index, a);
  forward(program, values);
  nn::Signals signals(program, program.size() - 1, nn::Wanted::everything);
  backward(program, values, signals, R, relevance_rules(program, values, nn::everywhere(nn::rule_zero)));
  CHECK(distance(signals[x.index], {0, 0, 0, 4. / 30, 0, 2. / 30, 0, 0, 4. / 30}) < 1e-6);
}

TEST_CASE("two paths that meet share relevance by what each brought (TC-19)", "[lrp]") {
  // x + W x, all of W 5; the target is the second unit, 3 + 25
  const auto skip = [](const std::vector<nn::Var>& v) { nn::add(v[0], nn::affine(v[1], v[0], v[2])); };
  const std::vector<Matrix> net = {{2, 1, {2, 3}}, {2, 2, {5, 5, 5, 5}}, {2, 1}};
  CHECK(distance(sent_back(skip, net, {2, 1, {0, 28}}, nn::everywhere(nn::rule_zero)), {10, 18}) < 1e-5);
}

TEST_CASE("tanh passes relevance on (TC-31)", "[lrp]") {
  Net net("dense 3, tanh, dense 1", {3, 1, 1}, row({1, 2, 3}));
  net.filled("dense1.weight", 0.1).filled("dense2.weight", 0.1);
  CHECK(distance(net.map("relevance", class_of(1)), {0.02685248, 0.05370496, 0.08055744}) < 1e-6);
}

TEST_CASE("alpha and beta that do not differ by 1 are refused (I-16)", "[lrp]") {
  CHECK_THROWS_WITH(nn::share_relevance({.sharing = nn::Sharing::alpha_beta, .alpha = 2, .beta = 2}),
                    Catch::Contains("alpha - beta must be 1"));
}

TEST_CASE("relevance has no rule for softmax and says what would do", "[lrp]") {
  Net net("dense 3, softmax", {3, 1, 1}, row({2, 1, 0}));
  net.drawn(1);
  CHECK_THROWS_WITH(net.explain("relevance", {{"score", 1}}),
                    Catch::StartsWith("relevance: ") && Catch::Contains("--score logit would do"));
  CHECK_NOTHROW(net.explain("relevance"));
  Net normed("dense 3, layernorm, dense 2", {3, 1, 1}, row({2, 1, 0}));
  CHECK_THROWS_WITH(normed.drawn(1).explain("relevance"),
                    "relevance: lrp: no rule for op 'layer_norm'; a target before it, or the method saliency, would do");
}
