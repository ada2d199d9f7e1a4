// The table of hot loops, and nothing of the standard library: a file compiled for AVX-512 includes this and its own
// lanes alone, so that no inline function of a shared header is ever compiled for a machine that may be another.
#pragma once
#include "engine/real.h"

namespace nn {

// Elementwise functions; formulas and derivatives in kernels/functions.h.
enum class Function { linear, relu, leaky_relu, elu, softplus, sigmoid, tanh, sine, swish, gelu, mish, exp, log };

// What an optimizer does to one parameter; formulas in kernels/updates.h.
enum class Update { sgd, momentum, nesterov, adagrad, rmsprop, adadelta, adam, adamw };

struct Rates {
  Real rate = 0;              // eta
  Real momentum = 0;          // mu, of momentum and nesterov
  Real beta1 = 0, beta2 = 0;  // decay of the first and second moment; beta2 also of rmsprop and adadelta
  Real epsilon = 0;
  Real correction1 = 1, correction2 = 1;  // 1 / (1 - beta^t), adam and adamw
  Real decay = 0;                         // lambda, adamw
};

// The shape of a convolution: an input [channels][height][width][examples], filters [filters][channels / groups][kernel_height]
// [kernel_width], an output [filters][out_height][out_width][examples].
struct Convolution {
  Index examples = 0, channels = 0, height = 0, width = 0, filters = 0, kernel_height = 1, kernel_width = 1;
  Index stride = 1, padding = 0, dilation = 1, groups = 1;
  Index out_height = 0, out_width = 0;
  bool winograd = false;  // where the kernels have it and the shape suits: fewer multiplications, other rounding errors
};

// The windows of a pooling: over `channels` pictures, from the one of number `first_channel` on.
struct Windows {
  Index examples = 0, first_channel = 0, channels = 0, height = 0, width = 0;
  Index size = 1, stride = 1, padding = 0;
  Index out_height = 0, out_width = 0;
};

struct Kernels {
  const char* name;

  // C = A B + c 1^T.  A: m x k, element (i, p) at A[i a_row + p a_column], so a transpose costs nothing;
  // B: k x n; C: m x n; c: m numbers, or null for none. Each element of C starts at c_i and adds p = 0 .. k-1 in this
  // order; only the fast kernels with n = 1 and a_column = 1 add across lanes first. No order depends on m.
  void (*multiply)(Index m, Index n, Index k, const Real* A, Index a_row, Index a_column, const Real* B, Index b_row, const Real* c,
                   Real* C, Index c_row);
  // y = x^T, x: rows x columns.
  void (*transpose)(Index rows, Index columns, const Real* x, Index x_row, Real* y, Index y_row);
  // sums_i = sum_j x_ij
  void (*sum_columns)(Index rows, Index columns, const Real* x, Index x_row, Real* sums);
  // y = f(x); y may be x
  void (*apply)(Function f, Index rows, Index columns, const Real* x, Index x_row, Real* y, Index y_row);
  // y = f(x + a); y may be x
  void (*apply_to_sum)(Function f, Index rows, Index columns, const Real* x, Index x_row, const Real* a, Index a_row, Real* y, Index y_row);
  // dx = dy (.) f'(x), where y = f(x); dx may be dy
  void (*apply_derivative)(Function f, Index rows, Index columns, const Real* x, Index x_row, const Real* y, Index y_row, const Real* dy,
                           Index dy_row, Real* dx, Index dx_row);
  // y_ij = exp(x_ij) / sum_i exp(x_ij), each column for itself; y may be x
  void (*softmax)(Index rows, Index columns, const Real* x, Index x_row, Real* y, Index y_row);
  // y_ij = w_ik + b_i with k = symbols_j, and b_i alone where that is negative
  void (*look_up)(Index rows, Index columns, const Real* w, Index w_row, const int* symbols, const Real* b, Index b_row, Real* y,
                  Index y_row);
  // One step of an optimizer on n numbers: w from its gradient g; m and v are its moments (null where the method has none).
  void (*update)(Update method, const Rates& rates, Index n, const Real* g, Real* w, Real* m, Real* v);

  // q_c(i,j) = the number of the first row whose x is the largest in the window. Here and below rows are counted from the first channel
  // of all, and x, q, y, dy and dx point to it.
  void (*winners)(const Windows& windows, const Real* x, Index x_row, Real* q, Index q_row);
  // y_c(i,j) = the x in row q_c(i,j), where that is a row of the window, else 0
  void (*pick)(const Windows& windows, const Real* x, Index x_row, const Real* q, Index q_row, Real* y, Index y_row);
  // dx_r = sum of dy_c(i,j) over the windows that row r lies in and whose q_c(i,j) names it
  void (*put_back)(const Windows& windows, const Real* q, Index q_row, const Real* dy, Index dy_row, Real* dx, Index dx_row);
  // z_o(i,j) = b_o + sum_cuv w_ocuv x_c(s i + d u - p, s j + d v - p). `w_row` is the distance from a filter to the next, and
  // x_row from a pixel's examples to the next pixel's; b may be null. The scratch holds as many reals as convolution_scratch() says.
  void (*convolve)(const Convolution& shape, const Real* w, Index w_row, const Real* b, const Real* x, Index x_row, Real* z, Index z_row,
                   Real* scratch, Index reals);
  // dC/dx_c(k,l) = sum w_ocuv delta_o(i,j) over all o, u, v, i, j with s i + d u - p = k and s j + d v - p = l
  void (*convolve_back)(const Convolution& shape, const Real* w, Index w_row, const Real* delta, Index delta_row, Real* dx, Index dx_row,
                        Real* scratch, Index reals);
  // dC/dw_ocuv = sum_ij delta_o(i,j) x_c(s i + d u - p, s j + d v - p), summed over the examples
  void (*convolve_weights)(const Convolution& shape, const Real* delta, Index delta_row, const Real* x, Index x_row, Real* dw, Index dw_row,
                           Real* scratch, Index reals);
};

extern const Kernels reference_kernels;                               // plain loops, every build
extern const Kernels portable_kernels, avx2_kernels, avx512_kernels;  // where Real is float

}  // namespace nn
