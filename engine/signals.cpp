// Replaying a program backwards: backward(). Ops return their gradients; only this traversal adds.
#include <stdexcept>

#include "engine/rules.h"
#include "engine/tape.h"

namespace nn {

void Signals::sum_over_steps(const Program& program, const Values& values, const Step& step) {
  const Together& run = together_[std::size_t(step.together)];
  const std::vector<int>& inputs = program[step.node].inputs;
  const int h = program[inputs[1]].owner, a = program[inputs[2]].owner;
  const ConstView x[] = {values[inputs[0]], values[h].block(run.from, run.columns), {}};
  const ConstView dx[] = {{}, {}, views_[std::size_t(a)].block(run.signals_from, run.columns)};
  step.op->backward_sum(x, dx, outputs_[std::size_t(step.first_output)], scratch_.data());
}

namespace {

const Rules& the_chain_rule() {
  static const Rules rules = chain_rule();
  return rules;
}

}  // namespace

void backward(const Program& program, const Values& values, Signals& signals, ConstView seed, const Rules& rules) {
  const View start = signals.views_[std::size_t(signals.of_)];
  if (!start.data) throw std::invalid_argument("backward: node '" + program[signals.of_].name + "' depends on nothing that is wanted");
  if (seed.rows != start.rows || seed.columns != start.columns)
    throw std::invalid_argument("backward: the seed is " + dimensions(seed) + " but the value is " + dimensions(start));
  for (int owner : signals.zeroed_) fill(signals.views_[std::size_t(owner)], 0);
  for (Index i = 0; i < seed.rows; i++)
    for (Index j = 0; j < seed.columns; j++) start(i, j) = seed(i, j);
  const bool plain = &rules == &the_chain_rule();
  for (const Signals::Step& step : signals.steps_) {
    const auto add_late = [&] {
      for (int i = step.first_sum; i < step.first_sum + step.sums; i++)
        add(signals.sums_[std::size_t(i)].from, signals.sums_[std::size_t(i)].to);
    };
    if (step.together >= 0) {
      signals.sum_over_steps(program, values, step);
      add_late();
      continue;
    }
    const Inputs x = values.inputs_of(step.node);
    const ConstView y = values[step.node];
    const Outputs dx{signals.outputs_.data() + step.first_output, std::size_t(step.outputs)};
    if (plain)
      step.op->backward(x, y, step.dy, dx, signals.scratch_.data());
    else
      rules(program, step.node)({program, step.node, x, y, step.dy, dx, signals.scratch_.data(), rules.baseline});
    add_late();
  }
}

void backward(const Program& program, const Values& values, Signals& signals, ConstView seed) {
  backward(program, values, signals, seed, the_chain_rule());
}

void backward(const Program& program, const Values& values, Signals& signals) {
  const Real one = 1;
  backward(program, values, signals, ConstView{&one, 1, 1, 1});
}

}  // namespace nn
