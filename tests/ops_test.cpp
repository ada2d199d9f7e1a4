// Every op against its definition, written once more and slowly; the fused ones against what they are composed of.
#include "engine/ops.h"

#include <catch2/catch.hpp>

#include "tests/gradcheck.h"

using namespace nn;
using namespace gradcheck;

namespace {

const double tight = exact ? 1e-12 : 1e-5;

using Build = std::function<Var(const std::vector<Var>&)>;

struct Answer {
  Matrix y;
  std::vector<Matrix> dx;  // of sum(y)
};

// Records what `build` makes of inputs like these, and replays it on them.
Answer run(const Build& build, const std::vector<Matrix>& x) {
  Tape tape;
  std::vector<Var> inputs;
  for (const Matrix& one : x) inputs.push_back(tape.input("x" + std::to_string(inputs.size()), {one.rows(), one.columns()}));
  const Var y = build(inputs);
  const Program program = tape.finish();
  Values values(program);
  for (std::size_t i = 0; i < x.size(); i++) values.bind(int(i), x[i]);
  forward(program, values);
  Signals signals(program, y.index, Wanted::everything);
  Matrix seed(program[y.index].size.rows, program[y.index].size.columns);
  fill(seed, 1);
  backward(program, values, signals, seed);
  Answer answer{Matrix(values[y.index]), {}};
  for (std::size_t i = 0; i < x.size(); i++) answer.dx.emplace_back(signals[int(i)]);
  return answer;
}

double value(const Build& build, const std::vector<Matrix>& x) { return double(run(build, x).y(0, 0)); }

// The mean over the columns of sum_i cost(a_ij, y_ij).
double mean_cost(const Matrix& a, const Matrix& y, const std::function<double(double, double)>& cost) {
  double sum = 0;
  for (Index j = 0; j < a.columns(); j++)
    for (Index i = 0; i < a.rows(); i++) sum += cost(double(a(i, j)), double(y(i, j)));
  return sum / double(a.columns());
}

Matrix probabilities(Index rows, Index columns, Generator& random) {
  Matrix p(rows, columns);
  for (Index i = 0; i < p.size(); i++) p.data()[i] = Real(random.uniform(0.05, 0.95));
  return p;
}

void same(const Answer& one, const Answer& other) {
  CHECK(relative_error(one.y, other.y) <= tight);
  for (std::size_t i = 0; i < one.dx.size(); i++) CHECK(relative_error(one.dx[i], other.dx[i]) <= tight);
}

}  // namespace

TEST_CASE("costs are their definitions, the mean over the examples", "[ops]") {
  Generator random(1);
  const Matrix a = draw(3, 7, random), y = draw(3, 7, random), p = probabilities(3, 7, random), t = probabilities(3, 7, random);
  CHECK(value([](auto x) { return quadratic_cost(x[0], x[1]); }, {a, y}) ==
        Approx(mean_cost(a, y, [](double u, double v) { return (u - v) * (u - v) / 2; })).epsilon(tight));
  CHECK(value([](auto x) { return huber_cost(x[0], x[1], Real(0.5)); }, {a, y}) == Approx(mean_cost(a, y, [](double u, double v) {
                                                                                     const double r = std::abs(u - v);
                                                                                     return r <= 0.5 ? r * r / 2 : 0.5 * (r - 0.25);
                                                                                   })).epsilon(tight));
  CHECK(value([](auto x) { return hinge_cost(x[0], x[1]); }, {a, y}) ==
        Approx(mean_cost(a, y, [](double u, double v) { return std::max(0.0, 1 - u * v); })).epsilon(tight));
  const auto cross = [](double u, double v) { return -(v * std::log(u) + (1 - v) * std::log(1 - u)); };
  CHECK(value([](auto x) { return binary_cross_entropy(x[0], x[1]); }, {p, t}) == Approx(mean_cost(p, t, cross)).epsilon(tight));
  CHECK(value([](auto x) { return sigmoid_cross_entropy(x[0], x[1]); }, {a, t}) ==
        Approx(mean_cost(a, t, [&](double u, double v) { return cross(1 / (1 + std::exp(-u)), v); })).epsilon(tight));
}

TEST_CASE("penalties are sums over the weights, not means", "[ops]") {
  const Matrix W{2, 2, {1, -2, 0, 4}};
  const Answer l1 = run([](auto x) { return l1_penalty(x[0], Real(0.5)); }, {W});
  CHECK(l1.y == Matrix{1, 1, {3.5}});
  CHECK(l1.dx[0] == Matrix{2, 2, {0.5, -0.5, 0, 0.5}});
  const Answer l2 = run([](auto x) { return l2_penalty(x[0], Real(0.5)); }, {W});
  CHECK(l2.y == Matrix{1, 1, {5.25}});
  CHECK(l2.dx[0] == Matrix{2, 2, {0.5, -1, 0, 2}});
}

TEST_CASE("softmax with cross-entropy is the composition of its parts", "[ops]") {
  Generator random(2);
  const Matrix z = draw(4, 6, random), y = probabilities(4, 6, random);
  const Build composed = [](auto x) {
    const Var log_p = activation(Function::log, softmax(x[0]));
    return scale(sum(multiply(x[1], log_p)), Real(-1) / Real(6));
  };
  same(run([](auto x) { return softmax_cross_entropy(x[0], x[1]); }, {z, y}), run(composed, {z, y}));
}

TEST_CASE("sigmoid with cross-entropy is the composition of its parts", "[ops]") {
  Generator random(3);
  const Matrix z = draw(4, 6, random), y = probabilities(4, 6, random);
  const Build composed = [](auto x) { return binary_cross_entropy(activation(Function::sigmoid, x[0]), x[1]); };
  same(run([](auto x) { return sigmoid_cross_entropy(x[0], x[1]); }, {z, y}), run(composed, {z, y}));
}

TEST_CASE("with targets that sum to 1 the error of the last layer is (p - y) / N", "[ops]") {
  Generator random(4);
  const Matrix z = draw(3, 5, random);
  Matrix y(3, 5);
  for (Index j = 0; j < 5; j++) y(j % 3, j) = 1;
  const Matrix p = run([](auto x) { return softmax(x[0]); }, {z}).y;
  Matrix delta(3, 5);
  for (Index i = 0; i < delta.size(); i++) delta.data()[i] = (p.data()[i] - y.data()[i]) / 5;
  CHECK(relative_error(run([](auto x) { return softmax_cross_entropy(x[0], x[1]); }, {z, y}).dx[0], delta) <= tight);
}

TEST_CASE("an example whose targets are all 0 costs nothing and sends nothing back", "[ops]") {
  const Matrix z{2, 2, {1, 5, 2, -3}}, y{2, 2, {1, 0, 0, 0}};
  const Answer both = run([](auto x) { return softmax_cross_entropy(x[0], x[1]); }, {z, y});
  CHECK(double(both.y(0, 0)) == Approx(std::log(1 + std::exp(1.0)) / 2).epsilon(tight));
  CHECK(both.dx[0](0, 1) == 0);
  CHECK(both.dx[0](1, 1) == 0);
}

TEST_CASE("the fused cross-entropies stay finite and right for huge logits", "[ops]") {
  const Matrix z{3, 1, {1000, 0, -1000}}, last{3, 1, {0, 0, 1}};
  const Answer softmax_cost = run([](auto x) { return softmax_cross_entropy(x[0], x[1]); }, {z, last});
  CHECK(softmax_cost.y(0, 0) == 2000);
  CHECK(softmax_cost.dx[0] == Matrix{3, 1, {1, 0, -1}});
  const Answer sigmoid_cost =
      run([](auto x) { return sigmoid_cross_entropy(x[0], x[1]); }, {Matrix{2, 2, {1000, -1000, 1000, -1000}}, Matrix{2, 2, {0, 1, 1, 0}}});
  CHECK(sigmoid_cost.y(0, 0) == 1000);
  CHECK(sigmoid_cost.dx[0] == Matrix{2, 2, {0.5, -0.5, 0, 0}});
}

TEST_CASE("binary cross-entropy takes 0 ln 0 as 0", "[ops]") {
  const Answer sure = run([](auto x) { return binary_cross_entropy(x[0], x[1]); }, {Matrix{2, 1, {1, 0}}, Matrix{2, 1, {1, 0}}});
  CHECK(sure.y(0, 0) == 0);
  CHECK(sure.dx[0] == Matrix{2, 1, {-1, 1}});
}

TEST_CASE("no cost hides a NaN", "[ops]") {
  const Matrix y{2, 1, {1, 0}}, broken{2, 1, {poison, 0}};
  const Build costs[] = {[](auto x) { return quadratic_cost(x[0], x[1]); },
                         [](auto x) { return huber_cost(x[0], x[1]); },
                         [](auto x) { return hinge_cost(x[0], x[1]); },
                         [](auto x) { return binary_cross_entropy(x[0], x[1]); },
                         [](auto x) { return sigmoid_cross_entropy(x[0], x[1]); },
                         [](auto x) { return softmax_cross_entropy(x[0], x[1]); },
                         [](auto x) { return l1_penalty(x[0], 1); },
                         [](auto x) { return l2_penalty(x[0], 1); }};
  for (const Build& cost : costs) {
    const Answer answer = run(cost, {broken, y});
    CHECK(std::isnan(answer.y(0, 0)));
  }
}

TEST_CASE("softmax gives probabilities, and its Jacobian is p (identity - p)", "[ops]") {
  const Matrix z{3, 1, {2, 1, 0}};
  const Answer whole = run([](auto x) { return softmax(x[0]); }, {z});
  CHECK(relative_error(whole.y, Matrix{3, 1, {Real(0.66524096), Real(0.24472847), Real(0.09003057)}}) <= 1e-7);
  const Answer first = run([](auto x) { return slice_rows(softmax(x[0]), 0, 1); }, {z});
  CHECK(relative_error(first.dx[0], Matrix{3, 1, {Real(0.22269543), Real(-0.16280340), Real(-0.05989202)}}) <= 1e-6);
}

TEST_CASE("algebra does what its names say", "[ops]") {
  const Matrix a{2, 2, {1, 2, 3, 4}}, b{2, 2, {5, 6, 7, 9}};
  CHECK(run([](auto x) { return add(x[0], x[1]); }, {a, b}).y == Matrix{2, 2, {6, 8, 10, 13}});
  CHECK(run([](auto x) { return subtract(x[0], x[1]); }, {a, b}).y == Matrix{2, 2, {-4, -4, -4, -5}});
  CHECK(run([](auto x) { return multiply(x[0], x[1]); }, {a, b}).y == Matrix{2, 2, {5, 12, 21, 36}});
  CHECK(run([](auto x) { return dropout(x[0], x[1]); }, {a, Matrix{2, 2, {2, 0, 0, 2}}}).y == Matrix{2, 2, {2, 0, 0, 8}});
  CHECK(run([](auto x) { return scale(x[0], -2); }, {a}).y == Matrix{2, 2, {-2, -4, -6, -8}});
  CHECK(run([](auto x) { return sum(x[0]); }, {a}).y == Matrix{1, 1, {10}});
  CHECK(run([](auto x) { return mean(x[0]); }, {a}).y == Matrix{1, 1, {2.5}});
  CHECK(run([](auto x) { return matmul(x[0], x[1]); }, {a, b}).y == Matrix{2, 2, {19, 24, 43, 54}});
  CHECK(run([](auto x) { return transpose(x[0]); }, {Matrix{2, 3, {1, 2, 3, 4, 5, 6}}}).y == Matrix{3, 2, {1, 4, 2, 5, 3, 6}});
  CHECK(run([](auto x) { return concatenate(x); }, {a, Matrix{1, 2, {8, 9}}}).y == Matrix{3, 2, {1, 2, 3, 4, 8, 9}});
  CHECK(run([](auto x) { return slice_rows(x[0], 1, 1); }, {a}).y == Matrix{1, 2, {3, 4}});
}

TEST_CASE("ops say which dimensions do not fit", "[ops]") {
  Tape tape;
  const Var a = tape.input("a", {2, 3}), b = tape.input("b", {3, 2});
  CHECK_THROWS_WITH(add(a, b), "add: a is 2x3 but b is 3x2");
  CHECK_THROWS_WITH(multiply(a, b), "multiply: a is 2x3 but b is 3x2");
  CHECK_THROWS_WITH(dropout(a, b), "dropout: x is 2x3 but the mask is 3x2");
  CHECK_THROWS_WITH(matmul(a, a), "matmul: A is 2x3 but B is 2x3");
  CHECK_THROWS_WITH(affine(a, b, b), "affine: W is 2x3 but b is 3x2");
  CHECK_THROWS_WITH(hinge_cost(a, b), "hinge cost: the outputs are 2x3 but the targets are 3x2");
  CHECK_THROWS_WITH(concatenate({a, b}), "concatenate: 3x2 below 2x3; all parts need the same number of columns");
  CHECK_THROWS_WITH(concatenate({}), "concatenate: nothing to concatenate");
  CHECK_THROWS_WITH(slice_rows(a, 1, 2), "slice rows: 1..2 of a value with 2 rows");
}

TEST_CASE("a picture stays one through what works element by element", "[ops]") {
  Tape tape;
  const Var x = tape.input("x", {Shape{2, 3, 4}, 5});
  const Shape shape = dropout(scale(add(activation(Function::relu, x), x), 2), x).size().shape;
  CHECK(shape == Shape{2, 3, 4});
}

TEST_CASE("activations are found by the names they have", "[ops]") {
  for (int f = 0; f <= int(Function::log); f++) CHECK(function_named(name(Function(f))) == Function(f));
  CHECK_THROWS_WITH(function_named("rleu"), Catch::StartsWith("activation: 'rleu' is not one of linear, relu, leaky relu"));
}
