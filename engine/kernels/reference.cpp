// The hot loops as plain loops that read like their formulas: what every fast kernel is tested against, and the only
// kernels where Real is double.
#include <algorithm>
#include <cmath>

namespace nn {
namespace {
// What kernels/functions.h and kernels/updates.h ask for, on one real number.
using std::abs, std::cos, std::erf, std::exp, std::expm1, std::log, std::log1p, std::sin, std::sqrt, std::tanh;
}  // namespace
}  // namespace nn

#include "engine/kernels/table.h"

namespace nn {
namespace {
Real select(bool condition, Real a, Real b) { return condition ? a : b; }
}  // namespace
}  // namespace nn

#include "engine/kernels/functions.h"
#include "engine/kernels/updates.h"

namespace nn {
namespace {

void multiply(Index m, Index n, Index k, const Real* A, Index a_row, Index a_column, const Real* B, Index b_row, const Real* c, Real* C,
              Index c_row) {
  for (Index i = 0; i < m; i++)
    for (Index j = 0; j < n; j++) {
      Real sum = c ? c[i] : 0;
      for (Index p = 0; p < k; p++) sum += A[i * a_row + p * a_column] * B[p * b_row + j];
      C[i * c_row + j] = sum;
    }
}

void transpose(Index rows, Index columns, const Real* x, Index x_row, Real* y, Index y_row) {
  for (Index i = 0; i < rows; i++)
    for (Index j = 0; j < columns; j++) y[j * y_row + i] = x[i * x_row + j];
}

void sum_columns(Index rows, Index columns, const Real* x, Index x_row, Real* sums) {
  for (Index i = 0; i < rows; i++) {
    sums[i] = 0;
    for (Index j = 0; j < columns; j++) sums[i] += x[i * x_row + j];
  }
}

void apply(Function name, Index rows, Index columns, const Real* x, Index x_row, Real* y, Index y_row) {
  with_function(name, [=](auto f) {
    for (Index i = 0; i < rows; i++)
      for (Index j = 0; j < columns; j++) y[i * y_row + j] = f.value(x[i * x_row + j]);
  });
}

void apply_derivative(Function name, Index rows, Index columns, const Real* x, Index x_row, const Real* y, Index y_row, const Real* dy,
                      Index dy_row, Real* dx, Index dx_row) {
  with_function(name, [=](auto f) {
    for (Index i = 0; i < rows; i++)
      for (Index j = 0; j < columns; j++) dx[i * dx_row + j] = dy[i * dy_row + j] * f.slope(x[i * x_row + j], y[i * y_row + j]);
  });
}

// The largest x of the column is taken off first: the quotient stays the same, and exp cannot overflow.
void softmax(Index rows, Index columns, const Real* x, Index x_row, Real* y, Index y_row) {
  for (Index j = 0; j < columns; j++) {
    Real largest = -INFINITY, sum = 0;
    for (Index i = 0; i < rows; i++) largest = std::max(largest, x[i * x_row + j]);
    for (Index i = 0; i < rows; i++) sum += y[i * y_row + j] = exp(x[i * x_row + j] - largest);
    for (Index i = 0; i < rows; i++) y[i * y_row + j] /= sum;
  }
}

void update(Update name, const Rates& rates, Index n, const Real* g, Real* w, Real* m, Real* v) {
  with_update(name, [=, &rates](auto method) {
    for (Index i = 0; i < n; i++) {
      Real no_m = 0, no_v = 0;
      method.step(rates, g[i], w[i], method.keeps_m ? m[i] : no_m, method.keeps_v ? v[i] : no_v);
    }
  });
}

}  // namespace

const Kernels reference_kernels{"reference", multiply, transpose, sum_columns, apply, apply_derivative, softmax, update};

}  // namespace nn
