// What other rules than the chain rule send back, on nets small enough to follow by hand.
#include "engine/rules.h"

#include <catch2/catch.hpp>

#include "engine/ops.h"
#include "tests/gradcheck.h"

using namespace nn;
using namespace gradcheck;

namespace {

// x -> W1 x + b1 -> sigma -> W2 a + b2, with one output.
struct Net {
  Net(Matrix w1, Matrix c1, Matrix w2, Matrix c2, Function f = Function::relu)
      : W1(std::move(w1)), b1(std::move(c1)), W2(std::move(w2)), b2(std::move(c2)), program(recorded(f)), values(program) {
    values.bind(program.find("W1"), W1);
    values.bind(program.find("b1"), b1);
    values.bind(program.find("W2"), W2);
    values.bind(program.find("b2"), b2);
  }

  Program recorded(Function f) const {
    Tape tape;
    const Var input = tape.input("x", {W1.columns(), 1});
    const Var z = affine(tape.parameter("W1", W1.rows(), W1.columns()), input, tape.parameter("b1", W1.rows(), 1));
    const Var a = tape.name(activation(f, tape.name(z, "z")), "a");
    affine(tape.parameter("W2", 1, W1.rows()), a, tape.parameter("b2", 1, 1));
    return tape.finish();
  }

  Real output(const Matrix& input) {
    x = input;
    values.bind(program.find("x"), x);
    forward(program, values);
    return values[program.size() - 1](0, 0);
  }

  // What arrives at the node of this name when `seed` is sent back from the output.
  Matrix sent_back(const Matrix& input, const Rules& rules, Real seed = 1, std::string_view node = "x") {
    output(input);
    Signals signals(program, program.size() - 1, Wanted::everything);
    backward(program, values, signals, Matrix(1, 1, {seed}), rules);
    return Matrix(signals[program.find(node)]);
  }

  Matrix W1, b1, W2, b2, x;
  Program program;
  Values values;
};

Matrix ones(Index rows, Index columns) {
  Matrix x(rows, columns);
  fill(x, 1);
  return x;
}

// 3 -> 4 -> 1, all weights 1
Net ablation_net() { return {ones(4, 3), {4, 1, {-10, 1, 1, 1}}, ones(1, 4), {1, 1, {-1}}}; }

// R_k = sum_j x_k w_jk / z_j R_j, the bias being a part of z_j (Bach et al. 2015); ReLU passes relevance on.
Rules relevance() {
  const Rule through_weights = [](const Passing& passing) {
    const ConstView W = passing.x[0], x = passing.x[1], z = passing.y, R = passing.dy;
    if (!passing.dx[1].data) return;
    for (Index k = 0; k < W.columns; k++) {
      passing.dx[1](k, 0) = 0;
      for (Index j = 0; j < W.rows; j++)
        if (z(j, 0) != 0) passing.dx[1](k, 0) += x(k, 0) * W(j, k) / z(j, 0) * R(j, 0);
    }
  };
  const Rule pass_on = [](const Passing& passing) { copy(passing.dy, passing.dx[0]); };
  return {"lrp", {}, {{"affine", through_weights}, {"relu", pass_on}}};
}

}  // namespace

TEST_CASE("gradient, guided backpropagation and deconvnet differ as they should on a net with two hidden neurons", "[rules]") {
  Net net({2, 2, {-1, -1, 1, 1}}, {2, 1}, {1, 2, {-1, 1}}, {1, 1});
  const Matrix all{2, 1, {1, 1}}, none{2, 1, {0, 0}};
  for (const Matrix& x : {Matrix{2, 1, {1, 0}}, Matrix{2, 1, {0, 1}}, Matrix{2, 1, {1, 1}}}) {
    CHECK(net.sent_back(x, chain_rule()) == all);
    CHECK(net.sent_back(x, guided_backpropagation()) == all);
    CHECK(net.sent_back(x, deconvnet()) == all);
  }
  for (const Matrix& x : {Matrix{2, 1, {-1, 0}}, Matrix{2, 1, {0, -1}}, Matrix{2, 1, {-1, -1}}}) {
    CHECK(net.sent_back(x, chain_rule()) == all);
    CHECK(net.sent_back(x, guided_backpropagation()) == none);
    CHECK(net.sent_back(x, deconvnet()) == all);
  }
  CHECK(net.sent_back(none, chain_rule()) == none);
  CHECK(net.sent_back(none, guided_backpropagation()) == none);
  CHECK(net.sent_back(none, deconvnet()) == all);
}

TEST_CASE("a dead neuron stops gradient and guided backpropagation, but not deconvnet", "[rules]") {
  Net net = ablation_net();
  CHECK(net.output({3, 1, {20, 50, 30}}) == 392);
  CHECK(net.output({3, 1, {1, 2, 3}}) == 20);  // the first neuron gets -4
  const auto thrice = [](Real r) { return Matrix{3, 1, {r, r, r}}; };
  CHECK(net.sent_back({3, 1, {20, 50, 30}}, chain_rule()) == thrice(4));
  CHECK(net.sent_back({3, 1, {1, 2, 3}}, chain_rule()) == thrice(3));
  CHECK(net.sent_back({3, 1, {1, 2, 3}}, guided_backpropagation()) == thrice(3));
  CHECK(net.sent_back({3, 1, {1, 2, 3}}, deconvnet()) == thrice(4));
  // a negative signal is stopped by both
  CHECK(net.sent_back({3, 1, {1, 2, 3}}, chain_rule(), -1) == thrice(-3));
  CHECK(net.sent_back({3, 1, {1, 2, 3}}, guided_backpropagation(), -1) == thrice(0));
  CHECK(net.sent_back({3, 1, {1, 2, 3}}, deconvnet(), -1) == thrice(0));
}

TEST_CASE("without ReLU, guided backpropagation and deconvnet are the gradient", "[rules]") {
  Generator random(7);
  Net net(draw(5, 3, random), draw(5, 1, random), draw(1, 5, random), draw(1, 1, random), Function::tanh);
  const Matrix x = draw(3, 1, random), gradient = net.sent_back(x, chain_rule());
  CHECK(dot(gradient, gradient) > 0);
  CHECK(net.sent_back(x, guided_backpropagation()) == gradient);
  CHECK(net.sent_back(x, deconvnet()) == gradient);
}

TEST_CASE("the chain rule as a table gives the bits of the chain rule itself", "[rules]") {
  Generator random(8);
  Net net(draw(5, 3, random), draw(5, 1, random), draw(1, 5, random), draw(1, 1, random), Function::swish);
  const Matrix x = draw(3, 1, random);
  net.output(x);
  Signals signals(net.program, net.program.size() - 1, Wanted::everything);
  backward(net.program, net.values, signals);
  for (const char* node : {"x", "W1", "b1", "W2", "b2", "z", "a"})
    CHECK(net.sent_back(x, chain_rule(), 1, node) == Matrix(signals[net.program.find(node)]));
}

TEST_CASE("relevance by a table of one's own is input times gradient on a ReLU net", "[rules]") {
  Net simple({3, 3, {2, 2, 2, 2, 2, 2, 2, 2, 2}}, {3, 1}, {1, 3, {3, 3, 3}}, {1, 1});
  CHECK(simple.output({3, 1, {1, 2, 3}}) == 108);
  CHECK(relative_error(simple.sent_back({3, 1, {1, 2, 3}}, relevance(), 108), Matrix{3, 1, {18, 36, 54}}) <= 1e-6);
  simple.W1(0, 0) = -2;
  CHECK(simple.output({3, 1, {1, 2, 3}}) == 96);
  CHECK(relative_error(simple.sent_back({3, 1, {1, 2, 3}}, relevance(), 96, "a"), Matrix{3, 1, {24, 36, 36}}) <= 1e-6);

  Net net = ablation_net();
  for (const Matrix& x : {Matrix{3, 1, {20, 50, 30}}, Matrix{3, 1, {2, 10, 3}}, Matrix{3, 1, {1, 2, 3}}}) {
    Matrix expected = net.sent_back(x, chain_rule());
    for (Index k = 0; k < 3; k++) expected(k, 0) *= x(k, 0);
    CHECK(relative_error(net.sent_back(x, relevance(), net.output(x)), expected) <= 1e-6);
  }
}

TEST_CASE("an op without a rule is an error, never a silent gradient", "[rules]") {
  Net net({2, 2, {1, 2, 3, 4}}, {2, 1}, {1, 2, {1, 1}}, {1, 1}, Function::tanh);
  CHECK_THROWS_WITH(net.sent_back({2, 1, {1, 2}}, relevance()), "lrp: no rule for op 'tanh'");
}

TEST_CASE("a rule for one node goes before the rule for its op", "[rules]") {
  Net net = ablation_net();
  Rules rules = deconvnet();
  rules.by_node[net.program.find("a")] = [](const Passing& passing) { fill(passing.dx[0], 7); };
  CHECK(net.sent_back({3, 1, {1, 2, 3}}, rules) == Matrix{3, 1, {28, 28, 28}});
}

// 2 relu(x1) + 2 relu(x2 - 1.5) from (0, 0) to (1, 2): m = dy/dz of the differences (Shrikumar 2017, rescale rule)
TEST_CASE("a rule sees the values of the baseline", "[rules]") {
  const Matrix W1{2, 2, {1, 0, 0, 1}}, b1{2, 1, {0, Real(-1.5)}}, W2{1, 2, {2, 2}}, b2{1, 1};
  Net reference(W1, b1, W2, b2), net(W1, b1, W2, b2);
  CHECK(reference.output({2, 1}) == 0);
  Rules rules = chain_rule();
  rules.baseline = &reference.values;
  rules.by_op["relu"] = [](const Passing& passing) {
    const ConstView z0 = passing.baseline->inputs_of(passing.node)[0], a0 = (*passing.baseline)[passing.node];
    for (Index i = 0; i < passing.y.rows; i++)
      passing.dx[0](i, 0) = passing.dy(i, 0) * (passing.y(i, 0) - a0(i, 0)) / (passing.x[0](i, 0) - z0(i, 0));
  };
  const Matrix m = net.sent_back({2, 1, {1, 2}}, rules);
  CHECK(m(0, 0) * 1 == Approx(2));
  CHECK(m(1, 0) * 2 == Approx(1));
}
