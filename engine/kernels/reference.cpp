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
#include "engine/kernels/windows.h"

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

void apply_to_sum(Function name, Index rows, Index columns, const Real* x, Index x_row, const Real* a, Index a_row, Real* y, Index y_row) {
  with_function(name, [=](auto f) {
    for (Index i = 0; i < rows; i++)
      for (Index j = 0; j < columns; j++) y[i * y_row + j] = f.value(x[i * x_row + j] + a[i * a_row + j]);
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

void look_up(Index rows, Index columns, const Real* w, Index w_row, const int* symbols, const Real* b, Index b_row, Real* y, Index y_row) {
  for (Index i = 0; i < rows; i++)
    for (Index j = 0; j < columns; j++) y[i * y_row + j] = b[i * b_row] + (symbols[j] < 0 ? 0 : w[i * w_row + symbols[j]]);
}

void update(Update name, const Rates& rates, Index n, const Real* g, Real* w, Real* m, Real* v) {
  with_update(name, [=, &rates](auto method) {
    for (Index i = 0; i < n; i++) {
      Real no_m = 0, no_v = 0;
      method.step(rates, g[i], w[i], method.keeps_m ? m[i] : no_m, method.keeps_v ? v[i] : no_v);
    }
  });
}

// Calls use(y, row) for every row of x in every window, y being the row of the window's output.
void each_pixel_of_windows(const Windows& w, auto use) {
  for (Index c = w.first_channel; c < w.first_channel + w.channels; c++)
    each_window(w, c, [=](Index y, Index first, Index rows, Index columns) {
      for (Index u = 0; u < rows; u++)
        for (Index v = 0; v < columns; v++) use(y, first + u * w.width + v);
    });
}

void winners(const Windows& w, const Real* x, Index x_row, Real* q, Index q_row) {
  for (Index c = w.first_channel; c < w.first_channel + w.channels; c++)
    each_window(w, c, [=](Index y, Index first, Index, Index) { std::fill_n(q + y * q_row, w.examples, Real(first)); });
  each_pixel_of_windows(w, [=](Index y, Index row) {
    for (Index n = 0; n < w.examples; n++)
      if (Real& winner = q[y * q_row + n]; x[row * x_row + n] > x[Index(winner) * x_row + n]) winner = Real(row);
  });
}

void pick(const Windows& w, const Real* x, Index x_row, const Real* q, Index q_row, Real* y, Index y_row) {
  const Index pixels = w.out_height * w.out_width;
  for (Index i = w.first_channel * pixels; i < (w.first_channel + w.channels) * pixels; i++) std::fill_n(y + i * y_row, w.examples, 0);
  each_pixel_of_windows(w, [=](Index out, Index row) {
    for (Index n = 0; n < w.examples; n++)
      if (names(q[out * q_row + n], row)) y[out * y_row + n] = x[row * x_row + n];
  });
}

void put_back(const Windows& w, const Real* q, Index q_row, const Real* dy, Index dy_row, Real* dx, Index dx_row) {
  const Index pixels = w.height * w.width;
  for (Index i = w.first_channel * pixels; i < (w.first_channel + w.channels) * pixels; i++) std::fill_n(dx + i * dx_row, w.examples, 0);
  each_pixel_of_windows(w, [=](Index out, Index row) {
    for (Index n = 0; n < w.examples; n++)
      if (names(q[out * q_row + n], row)) dx[row * dx_row + n] += dy[out * dy_row + n];
  });
}

// Calls use(o, tap, out, in) for every product of a convolution: filter o, the place of the weight in it, of the output pixel and of the
// input pixel. There is no product where the input pixel lies on the padding.
void each_product(const Convolution& s, auto use) {
  const Index channels = s.channels / s.groups, filters = s.filters / s.groups;
  for (Index o = 0; o < s.filters; o++)
    for (Index c = 0; c < channels; c++)
      for (Index u = 0; u < s.kernel_height; u++)
        for (Index v = 0; v < s.kernel_width; v++)
          for (Index i = 0; i < s.out_height; i++)
            for (Index j = 0; j < s.out_width; j++) {
              const Index k = s.stride * i + s.dilation * u - s.padding, l = s.stride * j + s.dilation * v - s.padding;
              if (k < 0 || k >= s.height || l < 0 || l >= s.width) continue;
              use(o, (c * s.kernel_height + u) * s.kernel_width + v, (o * s.out_height + i) * s.out_width + j,
                  ((o / filters * channels + c) * s.height + k) * s.width + l);
            }
}

void convolve(const Convolution& s, const Real* w, Index w_row, const Real* b, const Real* x, Index x_row, Real* z, Index z_row, Real*,
              Index) {
  const Index pixels = s.out_height * s.out_width;
  for (Index i = 0; i < s.filters * pixels; i++)
    for (Index n = 0; n < s.examples; n++) z[i * z_row + n] = b ? b[i / pixels] : 0;
  each_product(s, [=](Index o, Index tap, Index out, Index in) {
    for (Index n = 0; n < s.examples; n++) z[out * z_row + n] += w[o * w_row + tap] * x[in * x_row + n];
  });
}

void convolve_back(const Convolution& s, const Real* w, Index w_row, const Real* delta, Index delta_row, Real* dx, Index dx_row, Real*,
                   Index) {
  for (Index i = 0; i < s.channels * s.height * s.width; i++)
    for (Index n = 0; n < s.examples; n++) dx[i * dx_row + n] = 0;
  each_product(s, [=](Index o, Index tap, Index out, Index in) {
    for (Index n = 0; n < s.examples; n++) dx[in * dx_row + n] += w[o * w_row + tap] * delta[out * delta_row + n];
  });
}

void convolve_weights(const Convolution& s, const Real* delta, Index delta_row, const Real* x, Index x_row, Real* dw, Index dw_row, Real*,
                      Index) {
  for (Index o = 0; o < s.filters; o++)
    for (Index tap = 0; tap < s.channels / s.groups * s.kernel_height * s.kernel_width; tap++) dw[o * dw_row + tap] = 0;
  each_product(s, [=](Index o, Index tap, Index out, Index in) {
    for (Index n = 0; n < s.examples; n++) dw[o * dw_row + tap] += delta[out * delta_row + n] * x[in * x_row + n];
  });
}

}  // namespace

const Kernels reference_kernels{"reference", multiply, transpose, sum_columns, apply,    apply_to_sum, apply_derivative, softmax,
                                look_up,     update,   winners,   pick,        put_back, convolve,     convolve_back,    convolve_weights};

}  // namespace nn
