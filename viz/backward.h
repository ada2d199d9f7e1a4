// The values of a network for some inputs, and the signals that flow back to all of them: from a unit, or from the cost.
#pragma once
#include <memory>

#include "engine/rules.h"
#include "viz/study.h"

namespace viz {

class Backward {
 public:
  // Forward, for rows that go into the network; dropout asleep. `targets`, examples x outputs, make a cost that backward() can begin at.
  explicit Backward(const Study& study, const nn::Matrix& rows, const nn::Matrix* targets = nullptr);

  const nn::Network& network() const { return network_; }
  const nn::Program& program() const { return *program_; }
  const nn::Values& values() const { return *values_; }
  nn::ConstView operator[](int node) const { return (*values_)[node]; }

  // dC/dy of every node for the mean cost of the examples. std::invalid_argument where there are no targets.
  nn::Signals from_cost() const;
  double cost() const;
  // d sum(seed (.) y_node) / dy of every node before it, by these rules; `seed` is as large as the node's value.
  nn::Signals from(int node, nn::ConstView seed, const nn::Rules& rules = nn::chain_rule()) const;

 private:
  nn::Network network_;
  int cost_ = -1;
  std::unique_ptr<nn::Program> program_;
  std::unique_ptr<nn::Values> values_;
  nn::Matrix x_, y_;
};

// The target of a row of the data set, as it is trained on: 1 x outputs. Empty where the row neither trains nor tests, or where the study
// is of a picture that is not of the data set.
nn::Matrix target_of_example(const Study& study);

}  // namespace viz
