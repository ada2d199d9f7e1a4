// Which inputs of an op are data, weights and biases, where it is linear in its data.
#pragma once
#include <vector>

#include "engine/op.h"

namespace nn {

struct LinearOp {
  int weights = -1, bias = -1;  // places among the inputs; -1: none
  std::vector<int> data = {};   // empty: the op is not linear
};
LinearOp linear_op(const Op& op, std::size_t inputs);

// Activations that act on every number alone.
bool is_activation(const Op& op);

}  // namespace nn
