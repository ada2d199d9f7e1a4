// Recording a program.
#include "engine/tape.h"

#include <algorithm>
#include <stdexcept>

namespace nn {

Size Var::size() const { return tape->program()[index].size; }

int Program::find(std::string_view name) const {
  for (int i = 0; i < size(); i++)
    if (nodes_[std::size_t(i)].name == name) return i;
  throw std::invalid_argument("program: no value is named '" + std::string(name) + "'");
}

std::vector<int> Program::of_kind(Kind kind) const {
  std::vector<int> found;
  for (int i = 0; i < size(); i++)
    if (nodes_[std::size_t(i)].kind == kind) found.push_back(i);
  return found;
}

Var Tape::add(Node node) {
  const int index = program_.size();
  if (node.owner < 0) node.owner = index;
  program_.nodes_.push_back(std::move(node));
  return {this, index};
}

Var Tape::input(std::string name, Size size) {
  Node node;
  node.name = std::move(name);
  node.kind = Kind::input;
  node.size = size;
  return add(std::move(node));
}

Var Tape::parameter(const std::string& name, Index rows, Index columns, std::vector<Index> tensor) {
  for (int i = 0; i < program_.size(); i++) {
    const Node& node = program_[i];
    if (node.kind != Kind::parameter || node.name != name) continue;
    if (node.size.rows != rows || node.size.columns != columns)
      throw std::invalid_argument("parameter '" + name + "' is " + dimensions(node.size.rows, node.size.columns) +
                                  " and cannot be shared as " + dimensions(rows, columns));
    return {this, i};
  }
  Node node;
  node.name = name;
  node.kind = Kind::parameter;
  node.size = Size(rows, columns);
  node.tensor = std::move(tensor);
  if (node.tensor.empty()) node.tensor = columns == 1 ? std::vector{rows} : std::vector{rows, columns};
  return add(std::move(node));
}

Node Tape::call(std::unique_ptr<const Op> op, const std::vector<Var>& inputs) {
  Node node;
  std::vector<Size> sizes;
  for (const Var& x : inputs) {
    node.inputs.push_back(x.index);
    sizes.push_back(x.size());
  }
  node.size = op->size(sizes);
  program_.scratch_ = std::max(program_.scratch_, op->scratch(sizes));
  node.op = std::move(op);
  return node;
}

Var Tape::apply(std::unique_ptr<const Op> op, const std::vector<Var>& inputs) { return add(call(std::move(op), inputs)); }

Var Tape::columns(Var x, Index first, Index count) {
  const Size size = x.size();
  if (first < 0 || count < 1 || first + count > size.columns)
    throw std::invalid_argument("columns: " + std::to_string(first) + ".." + std::to_string(first + count - 1) + " of a value with " +
                                std::to_string(size.columns) + " columns");
  Node node;
  node.inputs = {x.index};
  node.size = Size(size.shape, count);
  node.owner = program_[x.index].owner;
  node.first_column = program_[x.index].first_column + first;
  return add(std::move(node));
}

Var Tape::blocks(Size size) {
  Node node;
  node.size = size;
  return add(std::move(node));
}

Var Tape::apply_into(Var blocks, Index first, std::unique_ptr<const Op> op, const std::vector<Var>& inputs) {
  Node node = call(std::move(op), inputs);
  const Size whole = blocks.size();
  if (node.size.rows != whole.rows || first < 0 || first + node.size.columns > whole.columns)
    throw std::invalid_argument("blocks: " + dimensions(node.size.rows, node.size.columns) + " at column " + std::to_string(first) +
                                " does not fit into " + dimensions(whole.rows, whole.columns));
  node.owner = program_[blocks.index].owner;
  node.first_column = program_[blocks.index].first_column + first;
  return add(std::move(node));
}

Var Tape::name(Var x, std::string name) {
  program_.nodes_[std::size_t(x.index)].name = std::move(name);
  return x;
}

}  // namespace nn
