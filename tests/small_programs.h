// Two programs to test the traversals with, and what they send back.
#pragma once
#include <memory>

#include "engine/ops.h"
#include "tests/gradcheck.h"

namespace small {

using namespace nn;

// tanh(W2 tanh(W1 x + b1) + b2) on 4 examples, with named values on the way, and its quadratic cost
inline Program perceptron() {
  Tape tape;
  const Var x = tape.input("x", {3, 4}), y = tape.input("y", {2, 4});
  const Var z1 = tape.name(affine(tape.parameter("W1", 5, 3), x, tape.parameter("b1", 5, 1)), "z1");
  const Var a1 = tape.name(activation(Function::tanh, z1), "a1");
  const Var z2 = tape.name(affine(tape.parameter("W2", 2, 5), a1, tape.parameter("b2", 2, 1)), "z2");
  quadratic_cost(tape.name(activation(Function::tanh, z2), "a2"), y);
  return tape.finish();
}

// y = tanh(a + b), to be written into a block
struct TanhOfSum : Op {
  std::string_view name() const override { return "tanh of sum"; }
  Size size(Sizes x) const override { return x[0]; }
  void forward(Inputs x, View y, Real*) const override {
    for (Index i = 0; i < y.rows; i++)
      for (Index j = 0; j < y.columns; j++) y(i, j) = std::tanh(x[0](i, j) + x[1](i, j));
  }
  void backward(Inputs, ConstView y, ConstView dy, Outputs dx, Real*) const override {
    for (View d : dx)
      for (Index i = 0; d.data && i < y.rows; i++)
        for (Index j = 0; j < y.columns; j++) d(i, j) = dy(i, j) * (1 - y(i, j) * y(i, j));
  }
};

constexpr Index steps = 5, batch = 3;

// s_t = tanh(U x_t + b + W s_{t-1}), o = V H + c. All states are column blocks of one H, read and written in place.
inline Program recurrent_in_place(bool read_from_whole) {
  Tape tape;
  const Var x = tape.input("x", {2, steps * batch});
  Var state = tape.input("start", {4, batch});
  const Var U = tape.parameter("U", 4, 2), b = tape.parameter("b", 4, 1), W = tape.parameter("W", 4, 4);
  const Var A = affine(U, x, b), H = tape.blocks({4, steps * batch});
  for (Index t = 0; t < steps; t++) {
    if (read_from_whole && t > 0) state = tape.columns(H, (t - 1) * batch, batch);
    const Var a = tape.columns(A, t * batch, batch), Ws = matmul(W, state);
    state = tape.name(tape.apply_into(H, t * batch, std::make_unique<TanhOfSum>(), {a, Ws}), "s" + std::to_string(t));
  }
  affine(tape.parameter("V", 2, 4), tape.name(H, "H"), tape.parameter("c", 2, 1));
  return tape.finish();
}

// All signals that the last node sends back.
struct Sent {
  explicit Sent(gradcheck::Run& run, Wanted wanted = Wanted::everything, int of = -1)
      : signals(run.program, of < 0 ? run.program.size() - 1 : of, wanted) {
    run.forward();
    const Size size = run.program[of < 0 ? run.program.size() - 1 : of].size;
    Generator random(99);
    backward(run.program, run.values, signals, seed = gradcheck::draw(size.rows, size.columns, random));
  }
  Matrix seed;
  Signals signals;
};

}  // namespace small
