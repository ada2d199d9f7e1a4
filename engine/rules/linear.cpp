// The ops that are linear in their data.
#include "engine/rules/linear.h"

#include <algorithm>
#include <string_view>

#include "engine/relevance.h"

namespace nn {

namespace {

constexpr std::string_view weighted[] = {"affine", "conv2d", "conv_transpose2d"};  // inputs W, x, b
constexpr std::string_view plain[] = {
    "average_pool", "global_average_pool", "upsample_nearest", "upsample_bilinear", "add", "subtract", "scale", "sum",
    "mean",         "concatenate",         "slice rows",       "transpose"};
constexpr std::string_view activations[] = {"linear", "relu", "leaky relu", "elu", "softplus", "sigmoid", "tanh", "swish", "gelu", "mish"};

bool among(std::span<const std::string_view> names, const Op& op) { return std::ranges::find(names, op.name()) != names.end(); }

}  // namespace

LinearOp linear_op(const Op& op, std::size_t inputs) {
  if (among(weighted, op)) return {0, 2, {1}};
  LinearOp all;
  if (among(plain, op))
    for (std::size_t i = 0; i < inputs; i++) all.data.push_back(int(i));
  return all;
}

bool is_linear(const Op& op) { return among(weighted, op) || among(plain, op); }
bool has_weights(const Op& op) { return among(weighted, op); }
bool is_activation(const Op& op) { return among(activations, op); }

}  // namespace nn
