// A convolution and its transpose, and the switches of max-pooling, on numbers that can be followed by hand: spec/testcases.md.
#include <catch2/catch.hpp>

#include "engine/ops.h"
#include "tests/explained.h"

using namespace explained_test;

namespace {

// What an op says to x, a picture of this shape, its other inputs being parameters.
struct Answer {
  Matrix y, back;  // back: what it sends back of a signal
};
template <class Record>
Answer answer(nn::Shape shape, const Matrix& x, const std::vector<Matrix>& parameters, const Matrix& dy, const Record& record) {
  nn::Tape tape;
  const nn::Var in = tape.input("x", nn::Size(shape, 1));
  std::vector<nn::Var> leaves;
  for (std::size_t i = 0; i < parameters.size(); i++)
    leaves.push_back(tape.parameter("p" + std::to_string(i), parameters[i].rows(), parameters[i].columns()));
  record(in, leaves);
  const nn::Program program = tape.finish();
  nn::Values values(program);
  values.bind(in.index, x);
  for (std::size_t i = 0; i < leaves.size(); i++) values.bind(leaves[i].index, parameters[i]);
  forward(program, values);
  nn::Signals signals(program, program.size() - 1, nn::Wanted::everything);
  backward(program, values, signals, dy);
  return {Matrix(values[program.size() - 1]), Matrix(signals[in.index])};
}

double product(const Matrix& a, const Matrix& b) {
  double sum = 0;
  for (Index i = 0; i < a.size(); i++) sum += double(a.data()[i]) * double(b.data()[i]);
  return sum;
}

}  // namespace

TEST_CASE("a convolution and its transpose are adjoint (TC-30)") {
  Matrix X(25, 1), K(1, 9), Y(9, 1), one_bias(1, 1);
  for (int i = 0; i < 25; i++) X(i, 0) = Real(i % 7);
  for (int i = 0; i < 9; i++) K(0, i) = Real(i - 4), Y(i, 0) = Real(i % 4 - 1);
  nn::Convolution how{};
  how.kernel_height = how.kernel_width = 3, how.stride = 2, how.padding = 1, how.dilation = how.groups = 1;
  const Answer conv =
      answer({1, 5, 5}, X, {K, one_bias}, Y, [&](nn::Var x, const std::vector<nn::Var>& p) { nn::conv2d(p[0], x, p[1], how); });
  const std::initializer_list<double> transposed = {0, -1, 0, -1, 0, -9, -4, 3, 4, 3, 0, 3, 0, -1, 0, 3, -4, -9, -4, 3, 0, -1, 0, 3, 0};
  CHECK(distance(conv.y, {40, 18, 5, -12, 5, 7, -7, -23, -33}) == 0);
  CHECK(distance(conv.back, transposed) == 0);
  const Answer transpose =
      answer({1, 3, 3}, Y, {K, one_bias}, X, [&](nn::Var x, const std::vector<nn::Var>& p) { nn::conv_transpose2d(p[0], x, p[1], how); });
  CHECK(distance(transpose.y, transposed) == 0);
  CHECK(product(conv.y, Y) == -84);
  CHECK(product(X, transpose.y) == -84);
}

TEST_CASE("max-pooling puts numbers back to where they came from, of equal ones to the first (TC-47)") {
  const auto pool = [](nn::Var x, const std::vector<nn::Var>&) { nn::max_pool(x, nn::max_pool_switches(x, {2, 2, 0}), {2, 2, 0}); };
  const Matrix x(16, 1, {1, 5, 2, 0, 3, 4, 7, 1, 0, 2, 6, 6, 9, 1, 3, 8});
  const Answer pooled = answer({1, 4, 4}, x, {}, {4, 1, {5, 7, 9, 8}}, pool);
  CHECK(distance(pooled.y, {5, 7, 9, 8}) == 0);
  CHECK(distance(pooled.back, {0, 5, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 9, 0, 0, 8}) == 0);
  CHECK(distance(answer({1, 2, 2}, Matrix(4, 1), {}, {1, 1, {3}}, pool).back, {3, 0, 0, 0}) == 0);
}
