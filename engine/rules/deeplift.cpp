// DeepLIFT, the rescale rule: slopes between a baseline and the input instead of slopes at the input.
#include <algorithm>
#include <cmath>

#include "engine/relevance.h"
#include "engine/rules/linear.h"

namespace nn {

namespace {

constexpr Real nearly = Real(1e-6);  // closer inputs have the derivative as their slope

// m_z = m_a (a - a0) / (z - z0)                                                                  (Shrikumar et al. 2017)
const Rule rescale = [](const Passing& passing) {
  if (!passing.dx[0].data) return;
  passing.chain_rule();
  const Values& baseline = *passing.baseline;
  const ConstView z = passing.x[0], z0 = baseline.inputs_of(passing.node)[0], a0 = baseline[passing.node];
  for (Index i = 0; i < z.rows; i++)
    for (Index n = 0; n < z.columns; n++) {
      const Real step = z(i, n) - z0(i, n);
      if (std::abs(step) > nearly * std::max(Real(1), std::abs(z(i, n))))
        passing.dx[0](i, n) = passing.dy(i, n) * (passing.y(i, n) - a0(i, n)) / step;
    }
};

// With c = max(y, y0): what the window gained, y - c and c - y0, belongs to the switches of the baseline and of the input.
const Rule pool = [](const Passing& passing) {
  if (passing.dx[1].data) fill(passing.dx[1], 0);
  if (!passing.dx[0].data) return;
  const Values& baseline = *passing.baseline;
  const ConstView x = passing.x[0], y0 = baseline[passing.node];
  const Inputs inputs0 = baseline.inputs_of(passing.node);
  Matrix up(passing.y.rows, passing.y.columns), down(passing.y.rows, passing.y.columns), late(x.rows, x.columns);
  for (Index i = 0; i < up.rows(); i++)
    for (Index n = 0; n < up.columns(); n++) {
      const Real largest = std::max(passing.y(i, n), y0(i, n));
      up(i, n) = passing.dy(i, n) * (largest - y0(i, n));
      down(i, n) = passing.dy(i, n) * (passing.y(i, n) - largest);
    }
  const View first[] = {passing.dx[0], {}}, second[] = {late, {}};
  passing.op().backward(passing.x, passing.y, up, first, passing.scratch);
  passing.op().backward(inputs0, y0, down, second, passing.scratch);
  Matrix slopes(x.rows, x.columns);  // where nothing changed
  const View third[] = {slopes, {}};
  passing.op().backward(passing.x, passing.y, passing.dy, third, passing.scratch);
  for (Index i = 0; i < x.rows; i++)
    for (Index n = 0; n < x.columns; n++) {
      const Real step = x(i, n) - inputs0[0](i, n);
      Real& m = passing.dx[0](i, n);
      m = std::abs(step) > Real(1e-9) ? (m + late(i, n)) / step : slopes(i, n);
    }
};

const Rule chain = [](const Passing& passing) { passing.chain_rule(); };

}  // namespace

Rules deeplift(const Values& baseline) {
  const Program& program = baseline.program();
  Rules rules{.name = "deeplift",
              .by_node = {},
              .by_op = {{"max_pool", pool}, {"max_pool_switches", chain}, {"batch_norm", chain}},
              .otherwise = {},
              .baseline = &baseline};
  for (int i = 0; i < program.size(); i++)
    if (const Op* op = program[i].op.get()) {
      if (is_activation(*op)) rules.by_node[i] = rescale;
      if (is_linear(*op)) rules.by_node[i] = chain;
    }
  return rules;
}

}  // namespace nn
