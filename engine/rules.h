// What an op sends back. The chain rule is one table; guided backpropagation and deconvnet are others: the traversal
// is the same, and only the entries for some ops differ.
#pragma once
#include <functional>
#include <map>
#include <string>

#include "engine/tape.h"

namespace nn {

// One op on the way back: its inputs x, output y, the signal dy that arrived, and where its answers go.
struct Passing {
  const Program& program;
  int node;
  Inputs x;
  ConstView y, dy;
  Outputs dx;  // to be overwritten; null data: not wanted
  Real* scratch;
  const Values* baseline;  // null where the rule set has none

  const Op& op() const { return *program[node].op; }
  void chain_rule() const { op().backward(x, y, dy, dx, scratch); }
};

using Rule = std::function<void(const Passing&)>;

struct Rules {
  std::string name;
  std::map<int, Rule> by_node;                          // looked up first
  std::map<std::string, Rule, std::less<>> by_op = {};  // then by the op's name
  Rule otherwise = {};                                  // else this; where there is none, the op is an error
  const Values* baseline = nullptr;

  // The rule for a node; std::invalid_argument("lrp: no rule for op 'softmax'") where there is none.
  const Rule& operator()(const Program& program, int node) const;
};

Rules chain_rule();
Rules guided_backpropagation();  // Springenberg et al. 2014: ReLU passes only positive signals, where its input was positive
Rules deconvnet();               // Zeiler and Fergus 2014: ReLU passes only positive signals, whatever its input was
// Max-pooling sends its signal to its switches (max_pool_switches) in all three, which is the unpooling of a deconvnet.

}  // namespace nn
