// Long short-term memory: one step is three ops, and every gate, candidate, cell and hidden state is a value on the tape.
// The book's W [h_{t-1}, x_t] + b is W h_{t-1} + a_t here; a_t, the part of x_t and b, is computed for all steps at once.
#include <stdexcept>

#include "engine/eigen.h"
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

struct LstmCell : Op {  // inputs gates, C
  std::string_view name() const override { return "lstm cell"; }

  Size size(Sizes x) const override {
    check_gates("lstm cell", x[0], x[1]);
    return x[1];
  }

  void forward(Inputs x, View C, Real*) const override {
    const ConstView g = x[0], before = x[1];
    // C_t = f_t * C_{t-1} + i_t * C~_t                                                                      (3.7)
    map(C) = map(part(g, forget)) * map(before) + map(part(g, input)) * map(part(g, candidate));
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real*) const override {
    const ConstView g = x[0], before = x[1];
    const View dg = dx[0], d_before = dx[1];
    if (dg.data) {
      map(part(dg, forget)) = map(dC) * map(before);
      map(part(dg, input)) = map(dC) * map(part(g, candidate));
      map(part(dg, candidate)) = map(dC) * map(part(g, input));
      fill(part(dg, output), 0);
    }
    // The error flows along the cell, weakened by the forget gate alone                        (Hochreiter and Schmidhuber 1997)
    if (d_before.data) map(d_before) = map(dC) * map(part(g, forget));
  }
};

struct LstmOutput : Op {  // inputs gates, C
  std::string_view name() const override { return "lstm output"; }

  Size size(Sizes x) const override {
    check_gates("lstm output", x[0], x[1]);
    return x[1];
  }
  Index scratch(Sizes x) const override { return 2 * x[1].rows * x[1].columns; }

  static View squashed(ConstView C, Real*& scratch) {
    const View t{scratch, C.rows, C.columns, C.columns};
    scratch += C.rows * C.columns;
    kernels().apply(Function::tanh, C.rows, C.columns, C.data, C.stride, t.data, t.stride);
    return t;
  }

  void forward(Inputs x, View h, Real* scratch) const override {
    const ConstView t = squashed(x[1], scratch);
    // h_t = o_t * tanh(C_t)                                                                                 (3.7)
    map(h) = map(part(x[0], output)) * map(t);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real* scratch) const override {
    const ConstView g = x[0], t = squashed(x[1], scratch), dh = dense(dy, scratch);
    const View dg = dx[0], dC = dx[1];
    if (dg.data) {
      fill({dg.data, 3 * t.rows, dg.columns, dg.stride}, 0);
      map(part(dg, output)) = map(dh) * map(t);
    }
    if (dC.data) map(dC) = map(dh) * map(part(g, output)) * (1 - map(t).square());
  }
};

}  // namespace

Var lstm_gates(Var W, Var h, Var a) { return record<LstmGates>({W, h, a}); }
Var lstm_cell(Var gates, Var C) { return record<LstmCell>({gates, C}); }
Var lstm_output(Var gates, Var C, Var into, Index first) {
  return into.tape->apply_into(into, first, std::make_unique<const LstmOutput>(), {gates, C});
}

}  // namespace nn
