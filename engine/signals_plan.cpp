// Planning the way back, once for a program: which nodes get a signal, where it lies, and who writes it first.
#include <algorithm>
#include <cstdlib>

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

namespace {

// Which columns of each owner have their signal, while the way back is planned.
struct Columns {
  explicit Columns(const Program& p) : program(p), has(std::size_t(p.size())) {}
  const Program& program;
  std::vector<std::vector<bool>> has;

  std::vector<bool>& of(int node) {
    std::vector<bool>& all = has[std::size_t(program[node].owner)];
    if (all.empty()) all.assign(std::size_t(program[program[node].owner].size.columns), false);
    return all;
  }
  // How many columns of a node have theirs; then all have.
  Index fill(int node) {
    const auto first = of(node).begin() + program[node].first_column, end = first + program[node].size.columns;
    const Index before = std::count(first, end, true);
    std::fill(first, end, true);
    return before;
  }
  bool complete(int node) {
    const auto first = of(node).begin() + program[node].first_column;
    return std::count(first, first + program[node].size.columns, false) == 0;
  }
};

// How many ops read columns of this value.
Index readers(const Program& program, int of) {
  Index count = 0;
  for (const Node& node : program.nodes())
    for (int input : node.op ? node.inputs : std::vector<int>{}) {
      const Node &read = program[input], &value = program[of];
      count += read.owner == value.owner && read.first_column < value.first_column + value.size.columns &&
               value.first_column < read.first_column + read.size.columns;
    }
  return count;
}

}  // namespace

// Runs of steps that share their first input, and whose other inputs lie side by side.
std::vector<Signals::Together> Signals::together(const Program& program, const std::vector<bool>& wanted) {
  std::vector<Together> runs;
  const auto fits = [&](int i) {
    const Node& node = program[i];
    return node.op && node.op->sums_over_steps() && wanted[std::size_t(i)] && wanted[std::size_t(node.inputs[0])] &&
           wanted[std::size_t(node.inputs[2])] && readers(program, node.inputs[2]) == 1;
  };
  const auto follows = [&](int a, int b) {  // +1, -1: b lies behind or before a; 0: neither
    const Node &x = program[a], &y = program[b];
    const auto moved = [&](int input) {
      const Node &from = program[x.inputs[std::size_t(input)]], &to = program[y.inputs[std::size_t(input)]];
      return from.owner == to.owner && from.size == to.size ? to.first_column - from.first_column : 0;
    };
    const Index h = moved(1), B = program[x.inputs[1]].size.columns;
    return x.inputs[0] == y.inputs[0] && h == moved(2) && std::abs(h) == B ? int(h / B) : 0;
  };
  for (int i = 0, last = -1, way = 0; i < program.size(); i++) {
    if (!fits(i)) continue;
    const int now = last < 0 ? 0 : follows(last, i);
    if (now != 0 && !runs.empty() && runs.back().last == last && (way == 0 || way == now)) {
      runs.back().last = i;
      way = now;
      const Node& node = program[i];
      runs.back().from = std::min(runs.back().from, program[node.inputs[1]].first_column);
      runs.back().signals_from = std::min(runs.back().signals_from, program[node.inputs[2]].first_column);
      runs.back().columns += program[node.inputs[1]].size.columns;
    } else {
      const Node& node = program[i];
      runs.push_back(
          {i, i, program[node.inputs[1]].first_column, program[node.inputs[1]].size.columns, program[node.inputs[2]].first_column});
      way = 0;
    }
    last = i;
  }
  std::erase_if(runs, [](const Together& run) { return run.first == run.last; });
  return runs;
}

void Signals::plan(const Program& program, const std::vector<bool>& wanted) {
  const auto n = std::size_t(program.size());
  std::vector<Index> offsets(n, -1);
  std::vector<bool> shared(n, false), zeroed(n, false);
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
    if (int(owner) != i) shared[owner] = true;
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
  together_ = together(program, wanted);

  // From last to first: the first signal to reach a column overwrites, later ones wait beside it and are added. Where some columns of a
  // value have theirs and others do not, all are added, to zero.
  struct Late {
    std::size_t output;
    Index offset;
  };
  std::vector<Late> late;
  Columns columns(program);
  columns.fill(of_);
  Index offset = 0;
  const auto write = [&](Step& step, int input) {
    const View to = views_[std::size_t(input)];
    const Index before = columns.fill(input);
    if (before == 0) return outputs_.push_back(to);
    if (before < program[input].size.columns) zeroed[std::size_t(program[input].owner)] = true;
    late.push_back({outputs_.size(), offset});
    outputs_.push_back({nullptr, to.rows, to.columns, to.columns});
    sums_.push_back({outputs_.back(), to});
    step.sums++;
    offset += padded(to.rows * to.columns);
    waiting = std::max(waiting, offset);
  };
  for (int i = last_writer(program, of_); i >= 0; i--) {
    const Node& node = program[i];
    if (!node.op || !wanted[std::size_t(i)]) continue;
    if (!columns.complete(i)) zeroed[std::size_t(node.owner)] = true;
    const auto run = std::find_if(together_.begin(), together_.end(), [&](const Together& r) {
      return r.first <= i && i <= r.last && program[r.first].inputs[0] == (node.inputs.empty() ? -1 : node.inputs[0]) &&
             node.op->sums_over_steps();
    });
    Step step{node.op.get(), i, int(outputs_.size()), int(node.inputs.size()), int(sums_.size()), 0, views_[std::size_t(i)]};
    offset = 0;
    for (std::size_t k = 0; k < node.inputs.size(); k++)
      if (!wanted[std::size_t(node.inputs[k])] || (k == 0 && run != together_.end()))
        outputs_.push_back({});
      else
        write(step, node.inputs[k]);
    if (std::any_of(outputs_.begin() + step.first_output, outputs_.end(), [](View dx) { return dx.rows > 0; })) steps_.push_back(step);
    if (run == together_.end() || i != run->first) continue;
    Step sum{node.op.get(), i, int(outputs_.size()), 1, int(sums_.size()), 0, {}, int(run - together_.begin())};
    offset = 0;
    write(sum, node.inputs[0]);
    steps_.push_back(sum);
    std::vector<Size> sizes;
    for (int input : node.inputs) sizes.push_back({program[input].size.rows, run->columns});
    sizes[0] = program[node.inputs[0]].size;
    if (const Index reals = node.op->scratch(sizes); reals > scratch_.size()) scratch_ = Matrix(1, reals);
  }
  for (int i = 0; i < program.size(); i++)
    if (shared[std::size_t(i)] && program[i].owner == i && (zeroed[std::size_t(i)] || !columns.complete(i))) zeroed_.push_back(i);
  waiting_ = Matrix(1, waiting);
  for (std::size_t i = 0; i < late.size(); i++) sums_[i].from.data = outputs_[late[i].output].data = waiting_.data() + late[i].offset;
}

}  // namespace nn
