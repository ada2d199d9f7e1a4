// How recurrent steps share relevance: along what flows, not along what decides how much of it flows.
#include "engine/rules/recurrent.h"

#include <cmath>

namespace nn {

namespace {

// R / (z + epsilon sign(z)); nothing is shared where that is 0
Real quotient(Real R, Real z, Real epsilon) {
  const Real below = z + (z < 0 ? -epsilon : epsilon);
  return std::abs(below) < Real(1e-30) ? 0 : R / below;
}

void clear(Outputs dx) {
  for (const View& each : dx)
    if (each.data) fill(each, 0);
}

// Rows first .. first + n - 1 of W, h and a are a step's sum z = W h + a: with s_k = R_k / z_k,
//   R_j = h_j sum_k w_jk s_k ,   R_a = a_k s_k
// `gate` (of GRU's reset, else 1) weakens what comes from h.
struct Step {
  const Passing& passing;
  Index first;
  Real epsilon;

  void share(Index k, Index n, Real R, Real z, Real gate = 1) const {
    const ConstView W = passing.x[0], h = passing.x[1], a = passing.x[2];
    const View dh = passing.dx[1], da = passing.dx[2];
    const Real s = quotient(R, z, epsilon);
    if (dh.data)
      for (Index j = 0; j < h.rows; j++) dh(j, n) += h(j, n) * W(first + k, j) * gate * s;
    if (da.data) da(first + k, n) = a(first + k, n) * s;
  }
  // W h of one row
  Real from_state(Index k, Index n) const {
    const ConstView W = passing.x[0], h = passing.x[1];
    Real sum = 0;
    for (Index j = 0; j < h.rows; j++) sum += W(first + k, j) * h(j, n);
    return sum;
  }
};

}  // namespace

void add_recurrent_rules(Rules& rules, Real epsilon) {
  // s_t = f(z): f passes relevance on
  rules.by_op["rnn"] = [epsilon](const Passing& p) {
    clear(p.dx);
    const Step step{p, 0, epsilon};
    for (Index k = 0; k < p.y.rows; k++)
      for (Index n = 0; n < p.y.columns; n++) step.share(k, n, p.dy(k, n), step.from_state(k, n) + p.x[2](k, n));
  };
  // h_t = o_t * tanh(C_t): all to C_t
  rules.by_op["lstm output"] = [](const Passing& p) {
    clear(p.dx);
    if (p.dx[1].data) copy(p.dy, p.dx[1]);
  };
  // C_t = f_t * C_{t-1} + i_t * C~_t: to C_{t-1} and C~_t by their parts
  rules.by_op["lstm cell"] = [epsilon](const Passing& p) {
    clear(p.dx);
    const ConstView gates = p.x[0], C = p.x[1];
    const Index cells = p.y.rows;
    for (Index k = 0; k < cells; k++)
      for (Index n = 0; n < p.y.columns; n++) {
        const Real s = quotient(p.dy(k, n), p.y(k, n), epsilon), f = gates(k, n), i = gates(cells + k, n);
        if (p.dx[0].data) p.dx[0](2 * cells + k, n) = i * gates(2 * cells + k, n) * s;
        if (p.dx[1].data) p.dx[1](k, n) = f * C(k, n) * s;
      }
  };
  // C~_t = tanh(z); relevance arrives at it alone
  rules.by_op["lstm gates"] = [epsilon](const Passing& p) {
    clear(p.dx);
    const Index cells = p.x[1].rows, candidate = 2 * cells;
    const Step step{p, candidate, epsilon};
    for (Index k = 0; k < cells; k++)
      for (Index n = 0; n < p.y.columns; n++) step.share(k, n, p.dy(candidate + k, n), step.from_state(k, n) + p.x[2](candidate + k, n));
  };
  // h_t = (1 - u_t) * n_t + u_t * h_{t-1}: to n_t and h_{t-1} by their parts
  rules.by_op["gru output"] = [epsilon](const Passing& p) {
    clear(p.dx);
    const ConstView gates = p.x[0], h = p.x[1];
    const Index cells = p.y.rows;
    for (Index k = 0; k < cells; k++)
      for (Index n = 0; n < p.y.columns; n++) {
        const Real s = quotient(p.dy(k, n), p.y(k, n), epsilon), u = gates(cells + k, n);
        if (p.dx[0].data) p.dx[0](2 * cells + k, n) = (1 - u) * gates(2 * cells + k, n) * s;
        if (p.dx[1].data) p.dx[1](k, n) = u * h(k, n) * s;
      }
  };
  // n_t = tanh(a + r_t * q_t), q_t = W h_{t-1} + c
  rules.by_op["gru gates"] = [epsilon](const Passing& p) {
    clear(p.dx);
    const Index cells = p.x[1].rows, candidate = 2 * cells;
    const ConstView a = p.x[2], c = p.x[3];
    const Step step{p, candidate, epsilon};
    for (Index k = 0; k < cells; k++)
      for (Index n = 0; n < p.y.columns; n++) {
        const Real r = p.y(k, n), R = p.dy(candidate + k, n), z = a(candidate + k, n) + r * p.y(3 * cells + k, n);
        step.share(k, n, R, z, r);
        if (p.dx[3].data) p.dx[3](k, 0) += r * c(k, 0) * quotient(R, z, epsilon);
      }
  };
  // z_k = w_k + b_k for the symbol that is looked up
  rules.by_op["lookup"] = [epsilon](const Passing& p) {
    clear(p.dx);
    const ConstView W = p.x[0], symbols = p.x[1], b = p.x[2];
    for (Index n = 0; n < p.y.columns; n++)
      for (Index k = 0; k < p.y.rows; k++) {
        const Real s = quotient(p.dy(k, n), p.y(k, n), epsilon);
        if (p.dx[1].data && symbols(0, n) >= 0) p.dx[1](0, n) += W(k, Index(symbols(0, n))) * s;
        if (p.dx[2].data) p.dx[2](k, 0) += b(k, 0) * s;
      }
  };
  // Steps that are brought together, states that are held where a sequence has ended, and those that it begins with.
  for (const char* op : {"unroll", "hold", "zeros"}) rules.by_op[op] = [](const Passing& p) { p.chain_rule(); };
}

}  // namespace nn
