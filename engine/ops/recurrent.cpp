// One step of a plain recurrent layer: inputs W, s (the state before) and a = U x_t + b, computed for all steps at once.
#include <stdexcept>

#include "engine/ops.h"
#include "engine/ops/step.h"

namespace nn {

namespace {

struct RecurrentStep : Op {
  explicit RecurrentStep(Function function) : f(function) {
    if (f != Function::tanh && f != Function::relu)
      throw std::invalid_argument("rnn: a plain recurrent layer has tanh or relu, not " + std::string(nn::name(f)));
  }
  std::string_view name() const override { return "rnn"; }
  bool sums_over_steps() const override { return true; }

  Size size(Sizes x) const override { return step_size("rnn", x, 1); }
  Index scratch(Sizes x) const override { return std::max(step_scratch(x) + x[2].rows * x[2].columns, sum_scratch(x)); }

  void forward(Inputs x, View s, Real* scratch) const override {
    const ConstView W = x[0], before = dense(x[1], scratch), a = dense(x[2], scratch);
    const View now = dense(s, scratch);
    // s_t = f(U x_t + W s_{t-1})                                                                            (3.6)
    multiply(W.rows, a.columns, W.columns, W.data, W.stride, 1, before.data, before.stride, nullptr, now.data, now.stride);
    kernels().apply_to_sum(f, a.rows, a.columns, now.data, now.stride, a.data, a.stride, now.data, now.stride);
    give(now, s);
  }

  void backward(Inputs x, ConstView s, ConstView ds, Outputs dx, Real* scratch) const override {
    const ConstView now = dense(s, scratch), d_now = dense(ds, scratch);
    const View delta{scratch, s.rows, s.columns, s.columns};
    scratch += s.rows * s.columns;
    // delta_t = dC/ds_t (.) f'
    kernels().apply_derivative(f, s.rows, s.columns, now.data, now.stride, now.data, now.stride, d_now.data, d_now.stride, delta.data,
                               delta.stride);
    step_backward(x, delta, dx, scratch);
  }

  void backward_sum(Inputs x, Inputs dx, View dW, Real* scratch) const override { step_sum(x, dx, dW, scratch); }

  Function f;
};

}  // namespace

Var rnn_step(Function f, Var W, Var s, Var a, Var into, Index first) {
  return into.tape->apply_into(into, first, std::make_unique<const RecurrentStep>(f), {W, s, a});
}

}  // namespace nn
