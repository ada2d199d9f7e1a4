// Replaying a program forwards: Values and forward().
#include <cassert>
#include <stdexcept>

#include "engine/tape.h"

namespace nn {

Values::Values(const Program& program) : program_(&program), scratch_(1, program.scratch()) {
  const auto n = std::size_t(program.size());
  offsets_.assign(n, -1);
  views_.resize(n);
  uses_.resize(n);
  parts_.resize(n);
  Index total = 0;
  for (int i = 0; i < program.size(); i++) {
    const Node& node = program[i];
    if (node.owner == i && node.kind == Kind::computed) {
      offsets_[std::size_t(i)] = total;
      total += padded(node.size.rows * node.size.columns);
    }
    if (node.owner != i) parts_[std::size_t(node.owner)].push_back(i);
    first_argument_.push_back(int(arguments_.size()));
    for (int input : node.inputs) {
      uses_[std::size_t(input)].push_back(int(arguments_.size()));
      arguments_.emplace_back();
    }
  }
  first_argument_.push_back(int(arguments_.size()));
  arena_ = Matrix(1, total);
  for (int i = 0; i < program.size(); i++)
    if (program[i].owner == i) {
      const Size size = program[i].size;
      const Index offset = offsets_[std::size_t(i)];
      views_[std::size_t(i)] = {offset < 0 ? nullptr : arena_.data() + offset, size.rows, size.columns, size.columns};
      place(i);
    }
  for (int i = 0; i < program.size(); i++)
    if (const Op* op = program[i].op.get()) {
      const ConstView y = views_[std::size_t(i)];  // lies in the arena
      runs_.push_back(
          {op, first_argument_[std::size_t(i)], int(program[i].inputs.size()), {const_cast<Real*>(y.data), y.rows, y.columns, y.stride}});
    }
}

// After an owner's memory is known: the same for its blocks, and for every op that reads any of them.
void Values::place(int owner) {
  const ConstView whole = views_[std::size_t(owner)];
  for (int use : uses_[std::size_t(owner)]) arguments_[std::size_t(use)] = whole;
  for (int part : parts_[std::size_t(owner)]) {
    const Node& node = (*program_)[part];
    if (whole.data) views_[std::size_t(part)] = whole.block(node.first_column, node.size.columns);
    for (int use : uses_[std::size_t(part)]) arguments_[std::size_t(use)] = views_[std::size_t(part)];
  }
}

void Values::bind(int leaf, ConstView x) {
  const Node& node = (*program_)[leaf];
  if (node.kind == Kind::computed) throw std::invalid_argument("values: '" + node.name + "' is computed and cannot be bound");
  if (x.rows != node.size.rows || x.columns != node.size.columns)
    throw std::invalid_argument("values: '" + node.name + "' is " + dimensions(node.size.rows, node.size.columns) + " but was given " +
                                dimensions(x));
  views_[std::size_t(leaf)] = x;
  place(leaf);
}

void forward(const Program& program, Values& values) {
  assert(&program == values.program_);
  (void)program;
  for (const Values::Run& run : values.runs_)
    run.op->forward({values.arguments_.data() + run.first_argument, std::size_t(run.arguments)}, run.y, values.scratch_.data());
}

}  // namespace nn
