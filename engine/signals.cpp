// Replaying a program backwards: Signals and backward(). Ops return their gradients; only this traversal adds.
#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "engine/rules.h"
#include "engine/tape.h"

namespace nn {

Signals::Signals(const Program& program, int of, Wanted wanted) : of_(of), scratch_(1, program.scratch()) {
  plan(program, reached(program, wanted));
}

namespace {

// The ops that write into memory that node i reads: itself, or the blocks that overlap it.
bool writes(const Program& program, int writer, int i) {
  const Node &from = program[writer], &to = program[i];
  return from.op && from.owner == to.owner && from.first_column < to.first_column + to.size.columns &&
         to.first_column < from.first_column + from.size.columns;
}

// No signal passes.
bool constant(const Node& node) { return node.op && node.op->constant(); }

// Where the way back from a node starts: at the node, or at the last op that writes a block of it.
int last_writer(const Program& program, int of) {
  int last = of;
  for (int i = of + 1; i < program.size(); i++)
    if (writes(program, i, of)) last = i;
  return last;
}

}  // namespace

// The nodes that get a signal: those that C depends on and, where only parameters or inputs are wanted, that depend on one.
std::vector<bool> Signals::reached(const Program& program, Wanted wanted) const {
  const auto n = std::size_t(program.size());
  std::vector<std::vector<int>> writers(n);  // of each owner, where others than itself write it
  for (int i = 0; i < program.size(); i++)
    if (program[i].op && program[i].owner != i) writers[std::size_t(program[i].owner)].push_back(i);

  // A reader comes after everything that writes what it reads, so one pass each way is enough.
  std::vector<bool> upstream(n, false), downstream(n, wanted == Wanted::everything);
  upstream[std::size_t(of_)] = true;
  for (int writer : writers[std::size_t(program[of_].owner)])
    if (writes(program, writer, of_)) upstream[std::size_t(writer)] = true;
  const int last = last_writer(program, of_);
  for (int i = last; i >= 0; i--) {
    if (!upstream[std::size_t(i)] || constant(program[i])) continue;
    for (int input : program[i].inputs) {
      upstream[std::size_t(input)] = true;
      for (int writer : writers[std::size_t(program[input].owner)])
        if (writer < i && writes(program, writer, input)) upstream[std::size_t(writer)] = true;
    }
  }
  for (int i = 0; i <= last; i++) {
    if (program[i].kind == (wanted == Wanted::inputs ? Kind::input : Kind::parameter)) downstream[std::size_t(i)] = true;
    for (int input : program[i].inputs) {
      if (constant(program[i])) break;
      if (downstream[std::size_t(input)]) downstream[std::size_t(i)] = true;
      for (int writer : writers[std::size_t(program[input].owner)])
        if (writer < i && downstream[std::size_t(writer)] && writes(program, writer, input))
          downstream[std::size_t(i)] = downstream[std::size_t(input)] = true;
    }
  }
  for (int writer : writers[std::size_t(program[of_].owner)])
    if (downstream[std::size_t(writer)] && writes(program, writer, of_)) downstream[std::size_t(of_)] = true;
  for (std::size_t i = 0; i < n; i++) upstream[i] = upstream[i] && downstream[i];
  return upstream;
}

void Signals::plan(const Program& program, const std::vector<bool>& wanted) {
  const auto n = std::size_t(program.size());
  std::vector<Index> offsets(n, -1);
  std::vector<bool> written(n, false), shared(n, false);
  Index total = 0, waiting = 0;
  for (int i : program.of_kind(Kind::parameter)) {
    offsets[std::size_t(i)] = total;
    total += padded(program[i].size.rows * program[i].size.columns);
  }
  gradients_ = total;
  for (int i = 0; i < program.size(); i++) {
    const auto owner = std::size_t(program[i].owner);
    if (!wanted[std::size_t(i)]) continue;
    if (offsets[owner] < 0) {
      const Size size = program[int(owner)].size;
      offsets[owner] = total;
      total += padded(size.rows * size.columns);
    }
    if (int(owner) != i && !shared[owner]) {
      shared[owner] = true;
      zeroed_.push_back(int(owner));
    }
  }
  arena_ = Matrix(1, total);
  views_.resize(n);
  for (int i = 0; i < program.size(); i++) {
    const auto owner = std::size_t(program[i].owner);
    if (offsets[owner] < 0 || !(wanted[std::size_t(i)] || (int(owner) == i && shared[owner]))) continue;
    const Size whole = program[int(owner)].size;
    const View all{arena_.data() + offsets[owner], whole.rows, whole.columns, whole.columns};
    views_[std::size_t(i)] = all.block(program[i].first_column, program[i].size.columns);
  }

  // From last to first: the first signal to reach a node overwrites, later ones wait beside it and are added.
  struct Late {
    std::size_t output;
    Index offset;
  };
  std::vector<Late> late;
  written[std::size_t(program[of_].owner)] = true;
  for (int i = last_writer(program, of_); i >= 0; i--) {
    const Node& node = program[i];
    if (!node.op || !wanted[std::size_t(i)]) continue;
    Step step{node.op.get(), i, int(outputs_.size()), int(node.inputs.size()), int(sums_.size()), 0, views_[std::size_t(i)]};
    Index offset = 0;
    for (int input : node.inputs) {
      const View to = views_[std::size_t(input)];
      const auto owner = std::size_t(program[input].owner);
      if (!wanted[std::size_t(input)]) {
        outputs_.push_back({});
      } else if (!written[owner] && !shared[owner]) {
        written[owner] = true;
        outputs_.push_back(to);
      } else {
        late.push_back({outputs_.size(), offset});
        outputs_.push_back({nullptr, to.rows, to.columns, to.columns});
        sums_.push_back({outputs_.back(), to});
        step.sums++;
        offset += padded(to.rows * to.columns);
        waiting = std::max(waiting, offset);
      }
    }
    if (std::any_of(outputs_.begin() + step.first_output, outputs_.end(), [](View dx) { return dx.rows > 0; })) steps_.push_back(step);
  }
  waiting_ = Matrix(1, waiting);
  for (std::size_t i = 0; i < late.size(); i++) sums_[i].from.data = outputs_[late[i].output].data = waiting_.data() + late[i].offset;
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
    const Inputs x = values.inputs_of(step.node);
    const ConstView y = values[step.node];
    const Outputs dx{signals.outputs_.data() + step.first_output, std::size_t(step.outputs)};
    if (plain)
      step.op->backward(x, y, step.dy, dx, signals.scratch_.data());
    else
      rules(program, step.node)({program, step.node, x, y, step.dy, dx, signals.scratch_.data(), rules.baseline});
    for (int i = step.first_sum; i < step.first_sum + step.sums; i++)
      add(signals.sums_[std::size_t(i)].from, signals.sums_[std::size_t(i)].to);
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
