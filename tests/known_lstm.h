// The LSTM of spec case TC-32: three cells, two inputs, four steps, weights by a formula, and a score of the last state.
#pragma once
#include <cmath>

#include "engine/ops.h"
#include "engine/tape.h"

namespace test {

struct KnownLstm {
  static constexpr nn::Index n = 3, m = 2, steps = 4;
  nn::Program program;
  int x, gates, cell, state, score;  // gates of the first step, cell and state of the last
  nn::Matrix W{4 * n, n}, U{4 * n, m}, b{4 * n, 1}, inputs{m, steps}, zeros{n, 1}, weights{1, n, {1, 2, 3}}, none{1, 1};
  nn::Values values;

  KnownLstm() : program(record()), values(program) {
    constexpr int order[] = {0, 100, 200, 300}, biases[] = {400, 410, 420, 430};
    for (int gate = 0; gate < 4; gate++)  // columns of the case: [h, x]
      for (nn::Index i = 0; i < n; i++) {
        for (nn::Index j = 0; j < n; j++) W(gate * n + i, j) = 2 * number(order[gate] + i * (n + m) + j);
        for (nn::Index j = 0; j < m; j++) U(gate * n + i, j) = 2 * number(order[gate] + i * (n + m) + n + j);
        b(gate * n + i, 0) = number(biases[gate] + i);
      }
    for (nn::Index t = 0; t < steps; t++)
      for (nn::Index j = 0; j < m; j++) inputs(j, t) = 2 * number(500 + t * m + j);
    const std::pair<const char*, const nn::Matrix*> leaves[] = {{"W", &W},      {"U", &U},      {"b", &b},       {"x", &inputs},
                                                                {"h0", &zeros}, {"C0", &zeros}, {"w", &weights}, {"none", &none}};
    for (const auto& [name, numbers] : leaves) values.bind(program.find(name), *numbers);
    forward(program, values);
  }
  KnownLstm(const KnownLstm&) = delete;

 private:
  nn::Program record() {
    nn::Tape tape;
    const nn::Var w = tape.parameter("W", 4 * n, n), u = tape.parameter("U", 4 * n, m), c = tape.parameter("b", 4 * n, 1);
    const nn::Var in = tape.input("x", {m, steps}), H = tape.blocks({n, steps});
    nn::Var h = tape.input("h0", {n, 1}), C = tape.input("C0", {n, 1});
    const nn::Var A = nn::affine(u, in, c);
    for (nn::Index t = 0; t < steps; t++) {
      const nn::Var g = nn::lstm_gates(w, h, tape.columns(A, t, 1));
      if (t == 0) gates = g.index;
      C = nn::lstm_cell(g, C);
      h = nn::lstm_output(g, C, H, t);
    }
    x = in.index, cell = C.index, state = h.index;
    score = nn::affine(tape.parameter("w", 1, n), h, tape.parameter("none", 1, 1)).index;
    return tape.finish();
  }
  // P(k) = ((37 k + 11) mod 101 - 50) / 100
  static nn::Real number(nn::Index k) { return nn::Real(double((k * 37 + 11) % 101 - 50) / 100); }
};

}  // namespace test
