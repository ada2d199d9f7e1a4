// Gated recurrent units: a cell without a memory of its own. One step is two ops; every gate and candidate is a value on the tape.
#include <stdexcept>

#include "engine/eigen.h"
#include "engine/ops.h"
#include "engine/ops/step.h"

namespace nn {

namespace {

// Rows of the gates' value: reset, update, candidate, and the old state's part of the candidate before it is reset.
enum Gate { reset, renewal, candidate, recalled };
template <class T>
MatrixView<T> part(MatrixView<T> g, Gate gate, Index n) {
  return {g.row(gate * n), n, g.columns, g.stride};
}

struct GruGates : Op {  // inputs W, h, a, c
  std::string_view name() const override { return "gru gates"; }

  Size size(Sizes x) const override {
    if (x[3].rows != x[1].rows || x[3].columns != 1)
      throw std::invalid_argument("gru gates: c is " + dimensions(x[3].rows, x[3].columns) + "; it should be n x 1");
    return step_size("gru gates", x, 3, 4);
  }
  Index scratch(Sizes x) const override { return 2 * step_scratch(x) + x[0].rows; }

  void forward(Inputs x, View y, Real* scratch) const override {
    const ConstView W = x[0], h = dense(x[1], scratch), a = dense(x[2], scratch), c = x[3];
    const Index n = h.rows, B = h.columns;
    const View g = dense(y, scratch), Wh{scratch, 3 * n, B, B};
    multiply(3 * n, B, n, W.data, W.stride, 1, h.data, h.stride, nullptr, Wh.data, Wh.stride);
    // q_t = W_n h_{t-1} + c
    map(part(g, recalled, n)) = map(part(Wh, candidate, n)).colwise() + map(c).col(0);
    // r_t = sigma(W_r h_{t-1} + a_r) ,  u_t = sigma(W_u h_{t-1} + a_u)                                      (Cho 2014)
    kernels().apply_to_sum(Function::sigmoid, 2 * n, B, Wh.data, B, a.data, a.stride, g.data, g.stride);
    // n_t = tanh(a_n + r_t * q_t)
    const View now = part(g, candidate, n);
    map(now) = map(part(g, reset, n)) * map(part(g, recalled, n));
    const ConstView below = part(a, candidate, n);
    kernels().apply_to_sum(Function::tanh, n, B, now.data, now.stride, below.data, below.stride, now.data, now.stride);
    give(g, y);
  }

  void backward(Inputs x, ConstView y, ConstView dy, Outputs dx, Real* scratch) const override {
    const ConstView h = x[1], g = dense(y, scratch), dg = dense(dy, scratch);
    const Index n = h.rows, B = h.columns;
    const View delta{scratch, 3 * n, B, B}, to_h{scratch + 3 * n * B, 3 * n, B, B};
    scratch += 6 * n * B;
    const ConstView r = part(g, reset, n), u = part(g, renewal, n), now = part(g, candidate, n), q = part(g, recalled, n);
    // delta_n = dC/dn (1 - n^2) ,  delta_r = (dC/dr + delta_n q) r (1 - r) ,  delta_u = dC/du u (1 - u)
    map(part(delta, candidate, n)) = map(part(dg, candidate, n)) * (1 - map(now).square());
    map(part(delta, reset, n)) = (map(part(dg, reset, n)) + map(part(delta, candidate, n)) * map(q)) * map(r) * (1 - map(r));
    map(part(delta, renewal, n)) = map(part(dg, renewal, n)) * map(u) * (1 - map(u));
    // to W h it is the same, but for the candidate: dC/dq = dC/dq + delta_n r
    map(to_h) = map(delta);
    map(part(to_h, candidate, n)) = map(part(dg, recalled, n)) + map(part(delta, candidate, n)) * map(r);
    const View dc = dx[3];
    if (dc.data) map(dc) = map(part(to_h, candidate, n)).rowwise().sum();
    if (dx[2].data) copy(delta, dx[2]);
    const View through[] = {dx[0], dx[1], {}};
    step_backward(x.first(3), to_h, through, scratch);
  }
};

struct GruOutput : Op {  // inputs gates, h
  std::string_view name() const override { return "gru output"; }

  Size size(Sizes x) const override {
    if (x[0].rows != 4 * x[1].rows || x[0].columns != x[1].columns)
      throw std::invalid_argument("gru output: the gates are " + dimensions(x[0].rows, x[0].columns) + " and h is " +
                                  dimensions(x[1].rows, x[1].columns) + "; they should be 4n x B and n x B");
    return x[1];
  }

  void forward(Inputs x, View y, Real*) const override {
    const Index n = x[1].rows;
    const ConstView u = part(x[0], renewal, n), now = part(x[0], candidate, n), before = x[1];
    // h_t = (1 - u_t) * n_t + u_t * h_{t-1}                                                                 (Cho 2014)
    map(y) = map(now) + map(u) * (map(before) - map(now));
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    const Index n = x[1].rows;
    const ConstView u = part(x[0], renewal, n), now = part(x[0], candidate, n), before = x[1];
    if (const View dg = dx[0]; dg.data) {
      fill(part(dg, reset, n), 0);
      fill(part(dg, recalled, n), 0);
      map(part(dg, renewal, n)) = map(dy) * (map(before) - map(now));
      map(part(dg, candidate, n)) = map(dy) * (1 - map(u));
    }
    if (dx[1].data) map(dx[1]) = map(dy) * map(u);
  }
};

}  // namespace

Var gru_gates(Var W, Var h, Var a, Var c) { return record<GruGates>({W, h, a, c}); }
Var gru_output(Var gates, Var h, Var into, Index first) {
  return into.tape->apply_into(into, first, std::make_unique<const GruOutput>(), {gates, h});
}

}  // namespace nn
