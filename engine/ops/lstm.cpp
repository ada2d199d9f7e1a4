// Long short-term memory: one step is three ops, and every gate, candidate, cell and hidden state is a value on the tape.
// The book's W [h_{t-1}, x_t] + b is W h_{t-1} + a_t here; a_t, the part of x_t and b, is computed for all steps at once.
#include <stdexcept>

#include "engine/ops.h"
#include "engine/ops/step.h"

namespace nn {

namespace {

// Rows of one of the four gates, in the book's order.
enum Gate { forget, input, candidate, output };
template <class T>
MatrixView<T> part(MatrixView<T> g, Gate gate) {
  const Index n = g.rows / 4;
  return {g.row(gate * n), n, g.columns, g.stride};
}

struct LstmGates : Op {  // inputs W, h, a
  std::string_view name() const override { return "lstm gates"; }
  bool sums_over_steps() const override { return true; }

  Size size(Sizes x) const override { return step_size("lstm gates", x, 4, 4); }
  Index scratch(Sizes x) const override { return std::max(step_scratch(x), sum_scratch(x)); }

  void forward(Inputs x, View y, Real* scratch) const override {
    const ConstView W = x[0], h = dense(x[1], scratch), a = dense(x[2], scratch);
    const View g = dense(y, scratch);
    multiply(W.rows, a.columns, W.columns, W.data, W.stride, 1, h.data, h.stride, nullptr, g.data, g.stride);
    const auto squash = [&](Function sigma, Gate first, Index gates) {
      const View to = part(g, first);
      const ConstView from = part(a, first);
      kernels().apply_to_sum(sigma, gates * to.rows, to.columns, to.data, to.stride, from.data, from.stride, to.data, to.stride);
    };
    // f_t = sigma(W_f [h_{t-1}, x_t] + b_f) ,  i_t = sigma(W_i [h_{t-1}, x_t] + b_i)                        (3.7)
    squash(Function::sigmoid, forget, 2);
    // C~_t = tanh(W_C [h_{t-1}, x_t] + b_C)                                                                 (3.7)
    squash(Function::tanh, candidate, 1);
    // o_t = sigma(W_o [h_{t-1}, x_t] + b_o)                                                                 (3.7)
    squash(Function::sigmoid, output, 1);
    give(g, y);
  }

  void backward(Inputs x, ConstView y, ConstView dy, Outputs dx, Real* scratch) const override {
    const ConstView g = dense(y, scratch), dg = dense(dy, scratch);
    const View delta{scratch, g.rows, g.columns, g.columns};
    scratch += g.rows * g.columns;
    // delta = dC/df f (1 - f), the same for i and o;  dC/dC~ (1 - C~^2)
    const auto slope = [&](Function sigma, Gate first, Index gates) {
      const ConstView a = part(g, first), da = part(dg, first);
      const View d = part(delta, first);
      kernels().apply_derivative(sigma, gates * a.rows, a.columns, a.data, a.stride, a.data, a.stride, da.data, da.stride, d.data,
                                 d.stride);
    };
    slope(Function::sigmoid, forget, 2);
    slope(Function::tanh, candidate, 1);
    slope(Function::sigmoid, output, 1);
    step_backward(x, delta, dx, scratch);
  }

  void backward_sum(Inputs x, Inputs dx, View dW, Real* scratch) const override { step_sum(x, dx, dW, scratch); }
};

void check_gates(const char* name, const Size& g, const Size& C) {
  if (g.rows != 4 * C.rows || g.columns != C.columns)
    throw std::invalid_argument(std::string(name) + ": the gates are " + dimensions(g.rows, g.columns) + ", and the cell is " +
                                dimensions(C.rows, C.columns) + "; they should be 4n x B and n x B");
}

// Every step's values are dense, so that the four gates lie one after another and all numbers of a gate are one row.
struct LstmCell : Op {  // inputs gates, C
  std::string_view name() const override { return "lstm cell"; }

  Size size(Sizes x) const override {
    check_gates("lstm cell", x[0], x[1]);
    return x[1];
  }
  Index scratch(Sizes x) const override { return 2 * x[0].rows * x[0].columns + 3 * x[1].rows * x[1].columns; }

  void forward(Inputs x, View y, Real* scratch) const override {
    const ConstView gates = dense(x[0], scratch), before = dense(x[1], scratch);
    const View now = dense(y, scratch);
    const Index N = now.rows * now.columns;
    const Real *f = gates.data, *i = f + N, *candidate = i + N, *C = before.data;
    // C_t = f_t * C_{t-1} + i_t * C~_t                                                                      (3.7)
    for (Index k = 0; k < N; k++) now.data[k] = f[k] * C[k] + i[k] * candidate[k];
    give(now, y);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real* scratch) const override {
    const ConstView gates = dense(x[0], scratch), before = dense(x[1], scratch), signal = dense(dy, scratch);
    const Index N = signal.rows * signal.columns;
    const Real *f = gates.data, *i = f + N, *candidate = i + N, *C = before.data, *dC = signal.data;
    if (dx[0].data) {
      const View to = dense(dx[0], scratch);
      Real *df = to.data, *di = df + N, *d_candidate = di + N;
      for (Index k = 0; k < N; k++) df[k] = dC[k] * C[k];
      for (Index k = 0; k < N; k++) di[k] = dC[k] * candidate[k];
      for (Index k = 0; k < N; k++) d_candidate[k] = dC[k] * i[k];
      fill({d_candidate + N, 1, N, N}, 0);
      give(to, dx[0]);
    }
    if (dx[1].data) {
      const View to = dense(dx[1], scratch);
      // The error flows along the cell, weakened by the forget gate alone                      (Hochreiter and Schmidhuber 1997)
      for (Index k = 0; k < N; k++) to.data[k] = dC[k] * f[k];
      give(to, dx[1]);
    }
  }
};

struct LstmOutput : Op {  // inputs gates, C
  std::string_view name() const override { return "lstm output"; }

  Size size(Sizes x) const override {
    check_gates("lstm output", x[0], x[1]);
    return x[1];
  }
  Index scratch(Sizes x) const override { return 2 * x[0].rows * x[0].columns + 4 * x[1].rows * x[1].columns; }

  static const Real* squashed(ConstView C, Real*& scratch) {
    Real* const t = scratch;
    scratch += C.rows * C.columns;
    kernels().apply(Function::tanh, 1, C.rows * C.columns, C.data, C.rows * C.columns, t, C.rows * C.columns);
    return t;
  }

  void forward(Inputs x, View y, Real* scratch) const override {
    const ConstView gates = dense(x[0], scratch), C = dense(x[1], scratch);
    const View h = dense(y, scratch);
    const Index N = h.rows * h.columns;
    const Real *o = gates.data + 3 * N, *t = squashed(C, scratch);
    // h_t = o_t * tanh(C_t)                                                                                 (3.7)
    for (Index k = 0; k < N; k++) h.data[k] = o[k] * t[k];
    give(h, y);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real* scratch) const override {
    const ConstView gates = dense(x[0], scratch), C = dense(x[1], scratch), signal = dense(dy, scratch);
    const Index N = signal.rows * signal.columns;
    const Real *o = gates.data + 3 * N, *t = squashed(C, scratch), *dh = signal.data;
    if (dx[0].data) {
      const View to = dense(dx[0], scratch);
      fill({to.data, 1, 3 * N, 3 * N}, 0);
      Real* const d_o = to.data + 3 * N;
      for (Index k = 0; k < N; k++) d_o[k] = dh[k] * t[k];
      give(to, dx[0]);
    }
    if (dx[1].data) {
      const View to = dense(dx[1], scratch);
      // tanh'(C) = 1 - tanh(C)^2
      for (Index k = 0; k < N; k++) to.data[k] = dh[k] * o[k] * (1 - t[k] * t[k]);
      give(to, dx[1]);
    }
  }
};

}  // namespace

Var lstm_gates(Var W, Var h, Var a) { return record<LstmGates>({W, h, a}); }
Var lstm_cell(Var gates, Var C) { return record<LstmCell>({gates, C}); }
Var lstm_output(Var gates, Var C, Var into, Index first) {
  return into.tape->apply_into(into, first, std::make_unique<const LstmOutput>(), {gates, C});
}

}  // namespace nn
