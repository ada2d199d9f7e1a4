// Recurrent layers: the fused ops against the same equations from primitive ones, known numbers, and gradients over many steps.
#include <catch2/catch.hpp>

#include "engine/ops.h"
#include "tests/gradcheck.h"
#include "tests/known_lstm.h"

using namespace nn;
using namespace gradcheck;

namespace {

constexpr Index T = 6;

struct Sequence {
  Tape tape;
  Index n, B;
  Var x, h, C;  // the state before the first step
  Sequence(Index neurons, Index inputs, Index examples) : n(neurons), B(examples) {
    x = tape.input("x", {inputs, T * B});
    h = tape.input("h0", {n, B});
    C = tape.input("C0", {n, B});
  }
  Var weight(const char* name, Index rows, Index columns) { return tape.parameter(name, rows, columns); }
  Var a(Index gates) { return affine(weight("U", gates * n, x.size().rows), x, weight("b", gates * n, 1)); }
  Var step(Var whole, Index t) { return tape.columns(whole, t * B, B); }
};

Program rnn(bool fused, Index n, Index m, Index B) {
  Sequence s(n, m, B);
  const Var A = s.a(1), H = s.tape.blocks({n, T * B}), W = s.weight("W", n, n);
  std::vector<Var> states;
  for (Index t = 0; t < T; t++) {
    if (fused)
      s.h = rnn_step(Function::tanh, W, s.h, s.step(A, t), H, t * B);
    else
      states.push_back(transpose(s.h = activation(Function::tanh, add(s.step(A, t), matmul(W, s.h)))));
  }
  matmul(s.weight("V", 2, n), fused ? H : transpose(concatenate(states)));
  return s.tape.finish();
}

Program lstm(bool fused, Index n, Index m, Index B) {
  Sequence s(n, m, B);
  const Var A = s.a(4), H = s.tape.blocks({n, T * B}), W = s.weight("W", 4 * n, n);
  std::vector<Var> states;
  for (Index t = 0; t < T; t++) {
    if (fused) {
      const Var g = lstm_gates(W, s.h, s.step(A, t));
      s.C = lstm_cell(g, s.C);
      s.h = lstm_output(g, s.C, H, t * B);
      continue;
    }
    const Var z = add(s.step(A, t), matmul(W, s.h));
    const auto gate = [&](Index k, Function sigma) { return activation(sigma, slice_rows(z, k * n, n)); };
    s.C = add(multiply(gate(0, Function::sigmoid), s.C), multiply(gate(1, Function::sigmoid), gate(2, Function::tanh)));
    s.h = multiply(gate(3, Function::sigmoid), activation(Function::tanh, s.C));
    states.push_back(transpose(s.h));
  }
  matmul(s.weight("V", 2, n), fused ? H : transpose(concatenate(states)));
  return s.tape.finish();
}

Program gru(bool fused, Index n, Index m, Index B) {
  Sequence s(n, m, B);
  const Var A = s.a(3), H = s.tape.blocks({n, T * B}), W = s.weight("W", 3 * n, n), c = s.weight("c", n, 1);
  std::vector<Var> states;
  for (Index t = 0; t < T; t++) {
    const Var a = s.step(A, t);
    if (fused) {
      s.h = gru_output(gru_gates(W, s.h, a, c), s.h, H, t * B);
      continue;
    }
    const Var Wh = matmul(W, s.h);
    const auto gate = [&](Index k) { return activation(Function::sigmoid, add(slice_rows(a, k * n, n), slice_rows(Wh, k * n, n))); };
    const Var r = gate(0), u = gate(1), q = affine(slice_rows(W, 2 * n, n), s.h, c);
    const Var now = activation(Function::tanh, add(slice_rows(a, 2 * n, n), multiply(r, q)));
    s.h = add(now, multiply(u, subtract(s.h, now)));
    states.push_back(transpose(s.h));
  }
  matmul(s.weight("V", 2, n), fused ? H : transpose(concatenate(states)));
  return s.tape.finish();
}

}  // namespace

TEST_CASE("a fused recurrent layer is its equations composed from primitive ops, values and gradients alike", "[recurrent]") {
  const double tight = exact ? 1e-12 : 2e-5;
  const std::pair<const char*, Program (*)(bool, Index, Index, Index)> layers[] = {{"rnn", rnn}, {"lstm", lstm}, {"gru", gru}};
  for (const auto& [name, layer] : layers)
    for (const Index B : {1, 3, 16, 19})
      for (const Wanted wanted : {Wanted::everything, Wanted::parameters}) {
        INFO(name << " with " << B << " examples");
        Generator random(1), same(1), seeds(2);
        Run fused(layer(true, 5, 3, B), random), composed(layer(false, 5, 3, B), same);
        for (auto& [leaf, x] : composed.leaves) {
          for (Index i = 0; i < x.size(); i++) x.data()[i] *= Real(0.3);
          fused.set(fused.program.find(composed.program[leaf].name), x);
        }
        const Matrix y(fused.forward()), expected(composed.forward()), seed = draw(y.rows(), y.columns(), seeds);
        CHECK(relative_error(y, expected) <= tight);
        Signals mine(fused.program, fused.program.size() - 1, wanted), theirs(composed.program, composed.program.size() - 1, wanted);
        backward(fused.program, fused.values, mine, seed);
        backward(composed.program, composed.values, theirs, seed);
        for (const auto& [leaf, x] : composed.leaves) {
          const std::string& leaf_name = composed.program[leaf].name;
          INFO(leaf_name);
          const ConstView dx = mine[fused.program.find(leaf_name)];
          REQUIRE((dx.data != nullptr) == (theirs[leaf].data != nullptr));
          if (dx.data) CHECK(relative_error(dx, theirs[leaf]) <= 10 * tight);
        }
      }
}

TEST_CASE("gradients of recurrent layers agree with central differences through all steps", "[recurrent]") {
  const std::pair<const char*, Program (*)(bool, Index, Index, Index)> layers[] = {{"rnn", rnn}, {"lstm", lstm}, {"gru", gru}};
  for (const auto& [name, layer] : layers) {
    INFO(name);
    Generator random(3);
    Run run(layer(true, 4, 2, 3), random);
    for (auto& [leaf, x] : run.leaves)
      for (Index i = 0; i < x.size(); i++) x.data()[i] *= Real(0.4);
    CHECK(worst_error(run, random) <= tolerance);
  }
}

TEST_CASE("an LSTM of three cells and two inputs gives the known numbers over four steps (TC-32)", "[recurrent]") {
  const test::KnownLstm known;
  const Program& program = known.program;
  const Values& values = known.values;
  const auto same = [](ConstView found, const std::vector<double>& expected) {
    for (Index i = 0; i < Index(expected.size()); i++)
      CHECK(double(found(i, 0)) == Approx(expected[std::size_t(i)]).margin(exact ? 1e-8 : 1e-6));
  };
  same(values[known.gates], {.61139979, .46525608, .35196796, .33804915, .43674081, .44008921, .60916965, .11469308, .48751851, .61566774,
                       .26697985, .35608437});
  same(values[known.cell], {.23452013, -.09018463, .21869807});
  same(values[known.state], {.12975644, -.03036428, .0821239});
  CHECK(double(values[known.score](0, 0)) == Approx(.3153995863).margin(1e-7));

  Signals signals(program, known.score, Wanted::inputs);
  const Real one = 1;
  backward(program, values, signals, ConstView{&one, 1, 1, 1});
  const double expected[4][2] = {
      {-.0509055033, .0132014884}, {-.0390454514, .0278358233}, {-.1177163428, .0374156809}, {-.2542167624, .0613578798}};
  for (Index t = 0; t < known.steps; t++)
    for (Index j = 0; j < known.m; j++) CHECK(double(signals[known.x](j, t)) == Approx(expected[t][j]).margin(1e-6));
}

TEST_CASE("a look-up is the product with a column that holds a single one", "[recurrent]") {
  Generator random(4);
  const Matrix W = draw(4, 6, random), b = draw(4, 1, random), symbols(1, 5, {3, 0, 5, 3, -1});
  Matrix one_hot(6, 5);
  for (Index j = 0; j < 4; j++) one_hot(Index(symbols(0, j)), j) = 1;
  Tape tape;
  const Var w = tape.parameter("W", 6 - 2, 6), c = tape.parameter("b", 4, 1);
  const Var found = lookup(w, tape.input("symbols", {1, 5}), c), product = affine(w, tape.input("x", {6, 5}), c);
  const int first = found.index, second = product.index;
  const Program program = tape.finish();
  Values values(program);
  values.bind(program.find("W"), W);
  values.bind(program.find("b"), b);
  values.bind(program.find("symbols"), symbols);
  values.bind(program.find("x"), one_hot);
  forward(program, values);
  for (Index i = 0; i < 4; i++)
    for (Index j = 0; j < 5; j++) CHECK(values[first](i, j) == Approx(values[second](i, j)));
  const Matrix seed = draw(4, 5, random);
  Signals by_symbol(program, first, Wanted::parameters), by_product(program, second, Wanted::parameters);
  backward(program, values, by_symbol, seed);
  backward(program, values, by_product, seed);
  CHECK(relative_error(by_symbol.gradients(), by_product.gradients()) <= 1e-6);
}

TEST_CASE("the loss of symbols is that of columns with a single one, and symbols below zero are left out", "[recurrent]") {
  Generator random(5);
  const Matrix z = draw(4, 3, random), symbols(1, 4, {2, 0, 3, -1});
  Matrix wide(4, 4), y(4, 3);
  for (Index i = 0; i < 4; i++)
    for (Index j = 0; j < 4; j++) wide(i, j) = j < 3 ? z(i, j) : Real(50 * i);
  for (Index j = 0; j < 3; j++) y(Index(symbols(0, j)), j) = 1;
  Tape tape;
  const Var mine = symbol_cross_entropy(tape.input("wide", {4, 4}), tape.input("symbols", {1, 4}));
  const Var theirs = softmax_cross_entropy(tape.input("z", {4, 3}), tape.input("y", {4, 3}));
  const int first = mine.index, second = theirs.index;
  const Program program = tape.finish();
  Values values(program);
  values.bind(program.find("wide"), wide);
  values.bind(program.find("symbols"), symbols);
  values.bind(program.find("z"), z);
  values.bind(program.find("y"), y);
  forward(program, values);
  CHECK(values[first](0, 0) == Approx(values[second](0, 0)));
}

TEST_CASE("symbols and sizes that do not fit are refused by name", "[recurrent]") {
  Tape tape;
  const Var W = tape.parameter("W", 8, 2), h = tape.input("h", {2, 3}), a = tape.input("a", {4, 3});
  CHECK_THROWS_WITH(lstm_gates(W, h, a), Catch::Contains("lstm gates: W is 8x2, h is 2x3 and a is 4x3"));
  CHECK_THROWS_WITH(rnn_step(Function::sine, W, h, a, tape.blocks({2, 3}), 0), Catch::Contains("tanh or relu, not sine"));
  CHECK_THROWS_WITH(unroll(tape.input("picture", {Shape{1, 4, 4}, 2})), Catch::Contains("features x 1 x steps, not 1x4x4"));
}
