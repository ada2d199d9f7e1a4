// The rule tables.
#include "engine/rules.h"

#include <stdexcept>

namespace nn {

const Rule& Rules::operator()(const Program& program, int node) const {
  if (const auto found = by_node.find(node); found != by_node.end()) return found->second;
  const std::string_view op = program[node].op->name();
  if (const auto found = by_op.find(op); found != by_op.end()) return found->second;
  if (!otherwise) throw std::invalid_argument(name + ": no rule for op '" + std::string(op) + "'");
  return otherwise;
}

namespace {

const Rule by_the_chain_rule = [](const Passing& passing) { passing.chain_rule(); };

// max(0, dy), element by element.
void positive_part(ConstView dy, View dx) {
  for (Index i = 0; i < dy.rows; i++)
    for (Index j = 0; j < dy.columns; j++) dx(i, j) = dy(i, j) > 0 ? dy(i, j) : 0;
}

}  // namespace

Rules chain_rule() { return {"chain rule", {}, {}, by_the_chain_rule}; }

// R^l = (z > 0) (.) (R^{l+1} > 0) (.) R^{l+1}
Rules guided_backpropagation() {
  const Rule relu = [](const Passing& passing) {
    if (!passing.dx[0].data) return;
    Matrix positive(passing.dy.rows, passing.dy.columns);
    positive_part(passing.dy, positive);
    passing.op().backward(passing.x, passing.y, positive, passing.dx, passing.scratch);
  };
  return {"guided backpropagation", {}, {{"relu", relu}}, by_the_chain_rule};
}

// R^l = (R^{l+1} > 0) (.) R^{l+1}
Rules deconvnet() {
  const Rule relu = [](const Passing& passing) {
    if (passing.dx[0].data) positive_part(passing.dy, passing.dx[0]);
  };
  return {"deconvnet", {}, {{"relu", relu}}, by_the_chain_rule};
}

}  // namespace nn
