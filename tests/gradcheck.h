// Checks what an op promises: gradients against central differences, and purity (it overwrites, takes strided views,
// honours null dx, reads no stale scratch, and gives the same bits again). C = sum(seed (.) y) for a random seed.
#pragma once
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "engine/random.h"
#include "engine/tape.h"

namespace gradcheck {

using nn::ConstView, nn::Index, nn::Matrix, nn::Real, nn::View;

constexpr bool exact = sizeof(Real) == 8;
constexpr double tolerance = exact ? 1e-7 : 1e-2;  // norm-relative, per input block
constexpr double step = exact ? 1e-5 : 1e-2;
constexpr Real poison = std::numeric_limits<Real>::quiet_NaN();

// Numbers in +-[0.3, 2]: away from 0, where activations have kinks.
inline Matrix draw(Index rows, Index columns, nn::Generator& random) {
  Matrix x(rows, columns);
  for (Index i = 0; i < x.size(); i++) x.data()[i] = Real(random.uniform(0.3, 2) * (random.below(2) ? 1 : -1));
  return x;
}

inline double dot(ConstView a, ConstView b) {
  double sum = 0;
  for (Index i = 0; i < a.rows; i++)
    for (Index j = 0; j < a.columns; j++) sum += double(a(i, j)) * double(b(i, j));
  return sum;
}

// ||a - b|| / (||a|| + ||b||), and 0 where both are 0. A NaN stays one.
inline double relative_error(ConstView a, ConstView b) {
  double difference = 0;
  for (Index i = 0; i < a.rows; i++)
    for (Index j = 0; j < a.columns; j++) difference += std::pow(double(a(i, j)) - double(b(i, j)), 2);
  const double scale = std::sqrt(dot(a, a)) + std::sqrt(dot(b, b));
  return scale == 0 ? 0 : std::sqrt(difference) / scale;
}

// A program with numbers for all its leaves.
struct Run {
  Run(nn::Program p, nn::Generator& random) : program(std::move(p)), values(program) {
    for (int i = 0; i < program.size(); i++)
      if (program[i].kind != nn::Kind::computed) set(i, draw(program[i].size.rows, program[i].size.columns, random));
  }
  void set(int leaf, const Matrix& x) { values.bind(leaf, leaves[leaf] = x); }
  ConstView forward() {
    nn::forward(program, values);
    return values[program.size() - 1];
  }

  nn::Program program;
  std::map<int, Matrix> leaves;
  nn::Values values;
};

// dC/dx by central differences, C = sum(seed (.) y); `compute` gives y, and reads x.
inline Matrix differences(View x, ConstView seed, const std::function<ConstView()>& compute) {
  Matrix slope(x.rows, x.columns);
  for (Index i = 0; i < x.rows; i++)
    for (Index j = 0; j < x.columns; j++) {
      const Real middle = x(i, j), right = middle + Real(step), left = middle - Real(step);
      x(i, j) = right;
      const double up = dot(seed, compute());
      x(i, j) = left;
      const double down = dot(seed, compute());
      x(i, j) = middle;
      slope(i, j) = Real((up - down) / (double(right) - double(left)));
    }
  return slope;
}

// The largest error of the gradients of the last node by all leaves.
inline double worst_error(Run& run, nn::Generator& random) {
  const int last = run.program.size() - 1;
  const Matrix seed = draw(run.program[last].size.rows, run.program[last].size.columns, random);
  nn::Signals signals(run.program, last, nn::Wanted::everything);
  run.forward();
  nn::backward(run.program, run.values, signals, seed);
  double worst = 0;
  for (auto& [leaf, x] : run.leaves) {
    const Matrix expected = differences(x, seed, [&] { return run.forward(); });
    const double error = relative_error(signals[leaf], expected);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

// A copy of x as a block of columns of a wider matrix, poisoned around it.
struct Block {
  Block(ConstView x, Index before, Index after) : wide(x.rows, before + x.columns + after), view(wide.view().block(before, x.columns)) {
    nn::fill(wide, poison);
    copy(x, view);
    untouched = wide;
  }
  // What an op wrote, provided that it wrote nowhere else.
  bool only_the_block_changed() {
    copy(view, untouched.view().block(view.data - wide.data(), view.columns));
    return untouched == wide;
  }
  Matrix wide, untouched;
  View view;
};

struct Result {
  Matrix y;
  std::vector<Matrix> dx;
  bool clean = true;  // wrote nothing outside of its outputs and its scratch
};

// Runs an op alone. All that it is to overwrite is poisoned first; dx[i] is null unless bit i of `wanted` is set;
// inputs and outputs are blocks of wider matrices, or dense where margin = 0.
inline Result run_alone(const nn::Op& op, const std::vector<Matrix>& inputs, const Matrix& seed, unsigned wanted, Index margin) {
  std::vector<nn::Size> sizes;
  std::vector<Block> x, dx;
  for (const Matrix& one : inputs) {
    sizes.emplace_back(one.rows(), one.columns());
    x.emplace_back(one, margin, 2 * margin);
    Matrix empty(one.rows(), one.columns());
    nn::fill(empty, poison);
    dx.emplace_back(empty, 2 * margin, margin);
  }
  Block y(seed, margin, margin), dy(seed, 2 * margin, margin);
  nn::fill(y.view, poison);
  std::vector<ConstView> reads;
  std::vector<View> writes;
  for (std::size_t i = 0; i < inputs.size(); i++) {
    reads.push_back(x[i].view);
    writes.push_back(wanted >> i & 1 ? dx[i].view : View{});
  }
  const Index reals = op.scratch(sizes), guard = 32;
  Matrix scratch(1, reals + guard), fresh = scratch;
  nn::fill(fresh, poison);
  scratch = fresh;
  op.forward(reads, y.view, scratch.data());
  nn::fill(scratch.view().block(0, reals), poison);
  op.backward(reads, y.view, dy.view, writes, scratch.data());

  Result result{Matrix(y.view), {}, y.only_the_block_changed()};
  result.clean &= Matrix(scratch.view().block(reals, guard)) == Matrix(fresh.view().block(reals, guard));
  for (Block& one : dx) {
    result.dx.emplace_back(one.view);
    result.clean &= one.only_the_block_changed();
  }
  return result;
}

}  // namespace gradcheck
