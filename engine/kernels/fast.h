// The hot loops on whole registers of numbers: the same for every instruction set. The file that includes this has
// chosen the Lanes (lanes_avx2.h ...). Everything hides in an anonymous namespace, so that no copy stands in for another.
#pragma once
#include "engine/kernels/fast_convolve.h"
#include "engine/kernels/fast_multiply.h"
#include "engine/kernels/fast_pool.h"
#include "engine/kernels/fast_transpose.h"
#include "engine/kernels/fast_weights.h"
#include "engine/kernels/functions.h"
#include "engine/kernels/in_lanes.h"
#include "engine/kernels/updates.h"
#include "engine/kernels/vector_math.h"

namespace nn {
namespace {

void sum_columns(Index rows, Index columns, const float* x, Index x_row, float* sums) {
  for (Index i = 0; i < rows; i++) {
    const float* xi = x + i * x_row;
    Lanes even = 0, odd = 0;  // two, so that one addition need not wait for the one before
    Index j = 0;
    for (; j + 2 * width <= columns; j += 2 * width) {
      even = even + load(xi + j, All{});
      odd = odd + load(xi + j + width, All{});
    }
    in_lanes(columns - j, [&](Index more, auto part) { even = even + load(xi + j + more, part); });
    sums[i] = sum(even + odd);
  }
}

void apply(Function name, Index rows, Index columns, const float* x, Index x_row, float* y, Index y_row) {
  if (x_row == columns && y_row == columns) columns *= rows, rows = 1;  // dense: one long row
  with_function(name, [=](auto f) {
    for (Index i = 0; i < rows; i++) {
      const float* xi = x + i * x_row;
      float* yi = y + i * y_row;
      in_lanes(columns, [=](Index j, auto part) { store(yi + j, f.value(load(xi + j, part)), part); });
    }
  });
}

void apply_to_sum(Function name, Index rows, Index columns, const float* x, Index x_row, const float* a, Index a_row, float* y,
                  Index y_row) {
  if (x_row == columns && a_row == columns && y_row == columns) columns *= rows, rows = 1;
  with_function(name, [=](auto f) {
    for (Index i = 0; i < rows; i++) {
      const float *xi = x + i * x_row, *ai = a + i * a_row;
      float* yi = y + i * y_row;
      in_lanes(columns, [=](Index j, auto part) { store(yi + j, f.value(load(xi + j, part) + load(ai + j, part)), part); });
    }
  });
}

void apply_derivative(Function name, Index rows, Index columns, const float* x, Index x_row, const float* y, Index y_row, const float* dy,
                      Index dy_row, float* dx, Index dx_row) {
  if (x_row == columns && y_row == columns && dy_row == columns && dx_row == columns) columns *= rows, rows = 1;
  with_function(name, [=](auto f) {
    for (Index i = 0; i < rows; i++) {
      const float *xi = x + i * x_row, *yi = y + i * y_row, *dyi = dy + i * dy_row;
      float* dxi = dx + i * dx_row;
      in_lanes(columns,
               [=](Index j, auto part) { store(dxi + j, load(dyi + j, part) * f.slope(load(xi + j, part), load(yi + j, part)), part); });
    }
  });
}

// One register of columns at a time. The largest x of a column is taken off first: the quotient stays the same, and exp
// cannot overflow.
void softmax(Index rows, Index columns, const float* x, Index x_row, float* y, Index y_row) {
  in_lanes(columns, [=](Index j, auto part) {
    Lanes largest = -infinity, total = 0;
    for (Index i = 0; i < rows; i++) largest = at_least(largest, load(x + i * x_row + j, part));
    for (Index i = 0; i < rows; i++) {
      Lanes e = exp(load(x + i * x_row + j, part) - largest);
      total = total + e;
      store(y + i * y_row + j, e, part);
    }
    for (Index i = 0; i < rows; i++) store(y + i * y_row + j, load(y + i * y_row + j, part) / total, part);
  });
}

void look_up(Index rows, Index columns, const float* w, Index w_row, const int* symbols, const float* b, Index b_row, float* y,
             Index y_row) {
  for (Index i = 0; i < rows; i++) {
    const float* wi = w + i * w_row;
    const Lanes bi = b[i * b_row];
    float* yi = y + i * y_row;
    in_lanes(columns, [=](Index j, auto part) { store(yi + j, bi + gather(wi, symbols + j, part), part); });
  }
}

void update(Update name, const Rates& rates, Index n, const float* g, float* w, float* m, float* v) {
  with_update(name, [=, &rates](auto method) {
    in_lanes(n, [=, &rates](Index j, auto part) {
      Lanes wj = load(w + j, part), mj = 0, vj = 0;
      if constexpr (method.keeps_m) mj = load(m + j, part);
      if constexpr (method.keeps_v) vj = load(v + j, part);
      method.step(rates, load(g + j, part), wj, mj, vj);
      store(w + j, wj, part);
      if constexpr (method.keeps_m) store(m + j, mj, part);
      if constexpr (method.keeps_v) store(v + j, vj, part);
    });
  });
}

}  // namespace
}  // namespace nn
