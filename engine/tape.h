// Recording and replaying. Calling ops on Vars records a Program; a Program is const and may be replayed by any
// number of threads, each with its own Values and Signals. forward() and backward() are the only traversals.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/op.h"

namespace nn {

class Tape;
struct Rules;

// Values lie one after another in one block of memory, each from a multiple of 64 bytes.
constexpr Index padded(Index reals) { return (reals + 15) / 16 * 16; }

// A value on a tape, by its place in the order of recording.
struct Var {
  Tape* tape = nullptr;
  int index = -1;
  Size size() const;
};

enum class Kind { computed, input, parameter };

struct Node {
  std::string name;  // unique where it is not empty
  Kind kind = Kind::computed;
  std::unique_ptr<const Op> op;  // null for leaves, blocks and column views
  std::vector<int> inputs;
  Size size;
  std::vector<Index> tensor;  // of a parameter: its true shape, such as [out, in] or [out]
  int owner = -1;             // whose memory holds this value: its own, or that of the node it is a block of columns of
  Index first_column = 0;     // where in the owner
};

// What was recorded. The order of nodes is a topological order: every node comes after its inputs.
class Program {
 public:
  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& operator[](int index) const { return nodes_[std::size_t(index)]; }
  int size() const { return int(nodes_.size()); }
  int find(std::string_view name) const;  // std::invalid_argument where there is none
  std::vector<int> of_kind(Kind kind) const;
  Index scratch() const { return scratch_; }

 private:
  friend class Tape;
  std::vector<Node> nodes_;
  Index scratch_ = 0;
};

class Tape {
 public:
  // Leaves are slots, bound to matrices later. Asking twice for one parameter gives the same Var: it is shared.
  Var input(std::string name, Size size);
  // `tensor` is its true shape where that is more than rows and columns ([out, in, kh, kw]).
  Var parameter(const std::string& name, Index rows, Index columns, std::vector<Index> tensor = {});

  // Records y = op(inputs).
  Var apply(std::unique_ptr<const Op> op, const std::vector<Var>& inputs);
  // The columns first .. first + count - 1 of x, in place: nothing is copied, and signals flow back into x.
  Var columns(Var x, Index first, Index count);
  // An empty value to be written by column blocks, and an op that writes one. Read it as a whole only when all are written.
  Var blocks(Size size);
  Var apply_into(Var blocks, Index first, std::unique_ptr<const Op> op, const std::vector<Var>& inputs);

  Var name(Var x, std::string name);
  const Program& program() const { return program_; }
  Program finish() { return std::move(program_); }

 private:
  Var add(Node node);
  Node call(std::unique_ptr<const Op> op, const std::vector<Var>& inputs);
  Program program_;
};

template <class T, class... Arguments>
Var record(const std::vector<Var>& inputs, Arguments... arguments) {
  return inputs.front().tape->apply(std::make_unique<const T>(arguments...), inputs);
}

// The values of all nodes of a program. Not copied and not shared between threads.
class Values {
 public:
  explicit Values(const Program& program);
  Values(Values&&) = default;
  // Lets a leaf read these numbers, which must outlive their use.
  void bind(int leaf, ConstView x);
  ConstView operator[](int node) const { return views_[std::size_t(node)]; }
  Inputs inputs_of(int node) const {
    const int first = first_argument_[std::size_t(node)], end = first_argument_[std::size_t(node) + 1];
    return {arguments_.data() + first, std::size_t(end - first)};
  }
  const Program& program() const { return *program_; }

 private:
  friend void forward(const Program&, Values&);
  void place(int node);
  struct Run {  // one op to run, and where its inputs and its output are
    const Op* op;
    int first_argument, arguments;
    View y;
  };
  const Program* program_;
  std::vector<Run> runs_;
  Matrix arena_, scratch_;
  std::vector<Index> offsets_;           // of owners in the arena; -1 for leaves
  std::vector<ConstView> views_;         // one a node
  std::vector<ConstView> arguments_;     // the inputs of all nodes, one after another
  std::vector<int> first_argument_;      // of each node, and the end of the last
  std::vector<std::vector<int>> uses_;   // where a node stands in arguments_
  std::vector<std::vector<int>> parts_;  // nodes that are column blocks of it
};

// Runs every op in order. Leaves must be bound.
void forward(const Program& program, Values& values);

enum class Wanted { parameters, inputs, everything };

// dC/dy for every node y that C depends on: what backward() sends back from the node `of`.
class Signals {
 public:
  Signals(const Program& program, int of, Wanted wanted);
  Signals(Signals&&) = default;
  // The signal that arrived at a node; data is null where none was asked for or C does not depend on it.
  ConstView operator[](int node) const { return views_[std::size_t(node)]; }
  // dC/dw of all parameters one after another, in the layout of Parameters (param.h); zero where C does not depend on them.
  View gradients() { return {arena_.data(), 1, gradients_, gradients_}; }

 private:
  friend void backward(const Program&, const Values&, Signals&, ConstView, const Rules&);
  struct Step {
    const Op* op;
    int node, first_output, outputs, first_sum, sums;
    ConstView dy;
    int together = -1;  // not one op, but the gradient that several steps share: which
  };
  struct Sum {
    View from, to;
  };
  // The steps of a sequence from `first` to `last` (nodes, in order of recording), whose first input gets its gradient from all at once.
  struct Together {
    int first, last;
    Index from, columns;  // where a step's columns begin, of the leftmost step of the second input; of all steps together
    Index signals_from;   // the same of the third input, whose signal the gradient is computed from
  };
  std::vector<bool> reached(const Program& program, Wanted wanted) const;
  void plan(const Program& program, const std::vector<bool>& wanted);
  static std::vector<Together> together(const Program& program, const std::vector<bool>& wanted);
  void sum_over_steps(const Program& program, const Values& values, const Step& step);

  int of_;
  Index gradients_ = 0;
  Matrix arena_, waiting_, scratch_;
  std::vector<View> views_;    // one a node
  std::vector<Step> steps_;    // ops from last to first
  std::vector<View> outputs_;  // where each op writes its dx
  std::vector<Sum> sums_;      // what is then added, where several paths meet
  std::vector<int> zeroed_;    // owners of which some columns are never overwritten
  std::vector<Together> together_;
};

// Sends `seed` (dC/dy of the node the signals are of) back through the program by these rules.
void backward(const Program& program, const Values& values, Signals& signals, ConstView seed, const Rules& rules);
void backward(const Program& program, const Values& values, Signals& signals, ConstView seed);  // by the chain rule
// The same for a cost, a 1x1 value: seed 1, chain rule.
void backward(const Program& program, const Values& values, Signals& signals);

}  // namespace nn
