// Cross-entropy: how unlikely the targets are, were the outputs probabilities. The textbook's, and the two that are
// fused with the last activation so that no logarithm of a rounded 0 is taken. The mean over the N examples is taken here.
#include <cmath>

#include "engine/eigen.h"
#include "engine/ops.h"
#include "engine/ops/cost.h"

namespace nn {

namespace {

struct BinaryCrossEntropy : Cost {
  std::string_view name() const override { return "binary cross-entropy"; }

  static Real zero_or(Real y, Real product) { return y == 0 ? 0 : product; }  // 0 ln 0 = 0

  void forward(Inputs x, View C, Real*) const override {
    const ConstView a = x[0], y = x[1];
    Real sum = 0;
    for (Index i = 0; i < a.rows; i++)
      for (Index j = 0; j < a.columns; j++) {
        const Real p = a(i, j), t = y(i, j);
        // C = -(y ln a + (1 - y) ln(1 - a)), the mean over the examples                            (Nielsen 2015)
        sum -= zero_or(t, t * std::log(p)) + zero_or(1 - t, (1 - t) * std::log(1 - p));
      }
    C(0, 0) = sum / Real(a.columns);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real*) const override {
    const ConstView a = x[0], y = x[1];
    const View da = dx[0], dy = dx[1];
    const Real share = dC(0, 0) / Real(a.columns);
    for (Index i = 0; i < a.rows; i++)
      for (Index j = 0; j < a.columns; j++) {
        const Real p = a(i, j), t = y(i, j);
        // dC/da = -y/a + (1 - y)/(1 - a)
        if (da.data) da(i, j) = share * (zero_or(1 - t, (1 - t) / (1 - p)) - zero_or(t, t / p));
        if (dy.data) dy(i, j) = share * (std::log(1 - p) - std::log(p));
      }
  }
};

struct SigmoidCrossEntropy : Cost {
  std::string_view name() const override { return "sigmoid cross-entropy"; }
  Index scratch(Sizes x) const override { return x[0].rows * x[0].columns; }

  void forward(Inputs x, View C, Real* scratch) const override {
    const ConstView z = x[0], y = x[1];
    const View s{scratch, z.rows, z.columns, z.columns};
    map(s) = -map(z).abs();
    kernels().apply(Function::softplus, s.rows, s.columns, s.data, s.stride, s.data, s.stride);
    // C = -(y ln a + (1 - y) ln(1 - a)) = max(0, z) - y z + ln(1 + exp(-|z|)),  a = 1 / (1 + exp(-z))
    C(0, 0) = total(map(z).max(Real(0)) - map(y) * map(z) + map(s)) / Real(z.columns);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real*) const override {
    const ConstView z = x[0], y = x[1];
    const View dz = dx[0], dy = dx[1];
    const Real share = dC(0, 0) / Real(z.columns);
    // delta^L = (a^L - y) / N: sigma'(z) cancels                                                   (Nielsen 2015)
    if (dz.data) {
      kernels().apply(Function::sigmoid, z.rows, z.columns, z.data, z.stride, dz.data, dz.stride);
      map(dz) = share * (map(dz) - map(y));
    }
    if (dy.data) map(dy) = -share * map(z);
  }
};

struct SoftmaxCrossEntropy : Cost {
  std::string_view name() const override { return "softmax cross-entropy"; }
  Index scratch(Sizes x) const override { return (2 + x[0].rows) * x[0].columns; }

  // L = ln sum_k exp(z_k) of each column; the largest z_k is taken off first, so that exp cannot overflow.
  static ConstView log_sum_exp(ConstView z, Real* scratch) {
    const Index n = z.columns;
    const View L{scratch, 1, n, n}, largest{scratch + n, 1, n, n}, e{scratch + 2 * n, z.rows, n, n};
    map(largest) = map(z).row(0);
    for (Index k = 1; k < z.rows; k++) map(largest) = map(largest).max(map(z).row(k));
    for (Index k = 0; k < z.rows; k++) map(e).row(k) = map(z).row(k) - map(largest);
    kernels().apply(Function::exp, e.rows, n, e.data, n, e.data, n);
    sum_rows(e, L);
    kernels().apply(Function::log, 1, n, L.data, n, L.data, n);
    map(L) += map(largest);
    return L;
  }

  static void sum_rows(ConstView x, View sums) {
    map(sums) = map(x).row(0);
    for (Index k = 1; k < x.rows; k++) map(sums) += map(x).row(k);
  }

  void forward(Inputs x, View C, Real* scratch) const override {
    const ConstView z = x[0], y = x[1], L = log_sum_exp(z, scratch);
    // C = -sum_k y_k ln p_k = sum_k y_k (L - z_k),  p = softmax(z), the mean over the examples      (Bishop 2006)
    Real sum = 0;
    for (Index k = 0; k < z.rows; k++) sum += total(map(y).row(k) * (map(L) - map(z).row(k)));
    C(0, 0) = sum / Real(z.columns);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real* scratch) const override {
    const ConstView z = x[0], y = x[1];
    const View dz = dx[0], dy = dx[1];
    const Real share = dC(0, 0) / Real(z.columns);
    // delta^L = (p sum_k y_k - y) / N, which is (p - y) / N where the targets sum to 1
    if (dz.data) {
      const View total{scratch, 1, z.columns, z.columns};
      sum_rows(y, total);
      kernels().softmax(z.rows, z.columns, z.data, z.stride, dz.data, dz.stride);
      for (Index k = 0; k < z.rows; k++) map(dz).row(k) = share * (map(dz).row(k) * map(total) - map(y).row(k));
    }
    if (dy.data) {
      const ConstView L = log_sum_exp(z, scratch);
      for (Index k = 0; k < z.rows; k++) map(dy).row(k) = share * (map(L) - map(z).row(k));
    }
  }
};

}  // namespace

Var binary_cross_entropy(Var a, Var y) { return record<BinaryCrossEntropy>({a, y}); }
Var sigmoid_cross_entropy(Var z, Var y) { return record<SigmoidCrossEntropy>({z, y}); }
Var softmax_cross_entropy(Var z, Var y) { return record<SoftmaxCrossEntropy>({z, y}); }

}  // namespace nn
