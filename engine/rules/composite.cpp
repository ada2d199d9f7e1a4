// A rule for every layer of a program.
#include <algorithm>
#include <stdexcept>

#include "engine/relevance.h"
#include "engine/rules/linear.h"
#include "engine/rules/recurrent.h"

namespace nn {

Composite everywhere(const Relevance& how) { return {how, how, how, how.sharing == Sharing::zero ? how : rule_epsilon}; }
Composite epsilon_plus() { return {rule_z_plus, rule_z_plus, rule_epsilon}; }
Composite epsilon_plus_flat() { return {rule_flat, rule_z_plus, rule_epsilon}; }
Composite epsilon_gamma_box(Real low, Real high) { return {{.sharing = Sharing::box, .low = low, .high = high}, rule_gamma, rule_epsilon}; }
Composite epsilon_alpha2_beta1() { return {rule_alpha2_beta1, rule_alpha2_beta1, rule_epsilon}; }

namespace {

const Rule pass_on = [](const Passing& passing) {
  for (const View& dx : passing.dx)
    if (dx.data) fill(dx, 0);
  if (passing.dx[0].data) copy(passing.dy, passing.dx[0]);
};

// y_c = gain_c s_c x_c + d_c: the slope of each channel, and what it says to 0.
struct Channels {
  Matrix slope, offset;
};
Channels channels_of(const Op& op, Inputs x) {
  const Index channels = x[1].rows;
  Matrix zeros(channels, 1), ones(channels, 1), scratch(1, 16);
  fill(ones, 1);
  Channels c{Matrix(channels, 1), Matrix(channels, 1)};
  const ConstView inputs[] = {zeros, x[1], x[2], x[3], x[4]};
  op.forward(inputs, c.offset, scratch.data());
  const View outputs[] = {c.slope, {}, {}, {}, {}};
  op.backward(inputs, c.offset, ones, outputs, scratch.data());
  return c;
}

// Where nothing comes before that it could be merged into: a scale and a bias a channel, shared by epsilon.
Rule share_batch_norm(Real epsilon) {
  return [epsilon](const Passing& passing) {
    for (const View& dx : passing.dx)
      if (dx.data) fill(dx, 0);
    const Channels c = channels_of(passing.op(), passing.x);
    const Index pixels = passing.y.rows / c.slope.rows();
    for (Index i = 0; i < passing.y.rows; i++)
      for (Index n = 0; n < passing.y.columns; n++) {
        const Real y = passing.y(i, n), s = passing.dy(i, n) / (y + (y < 0 ? -epsilon : epsilon));
        if (passing.dx[0].data) passing.dx[0](i, n) = c.slope(i / pixels, 0) * passing.x[0](i, n) * s;
        if (passing.dx[4].data) passing.dx[4](i / pixels, 0) += c.offset(i / pixels, 0) * s;
      }
  };
}

// The layer's rule, with the weights of layer and normalization in one.
Rule share_merged(const Relevance& how, const Program& program, const Values& values, int layer, int batch_norm) {
  return [share = share_relevance(how), merged = std::make_shared<const Merged>(merged_batch_norm(program, values, layer, batch_norm)),
          y = values[batch_norm]](const Passing& passing) {
    const ConstView x[] = {merged->W, passing.x[1], merged->b};
    share({passing.program, passing.node, x, y, passing.dy, passing.dx, passing.scratch, passing.baseline});
  };
}

// The layer before a batch normalization that nothing else reads; -1 where there is none.
int layer_before(const Program& program, int batch_norm) {
  const int before = program[batch_norm].inputs[0];
  int readers = 0;
  for (const Node& node : program.nodes()) readers += int(std::ranges::count(node.inputs, before));
  const Op* op = program[before].op.get();
  return op && (op->name() == "affine" || op->name() == "conv2d") && readers == 1 ? before : -1;
}

const Relevance& chosen(const Composite& composite, const Program& program, int node, bool is_first) {
  if (const auto found = composite.by_node.find(node); found != composite.by_node.end()) return found->second;
  return is_first ? composite.first : program[node].op->name() == "affine" ? composite.dense : composite.convolution;
}

}  // namespace

Merged merged_batch_norm(const Program& program, const Values& values, int layer, int batch_norm) {
  const Inputs x = values.inputs_of(layer);
  const Channels c = channels_of(*program[batch_norm].op, values.inputs_of(batch_norm));
  Merged merged{Matrix(x[0]), Matrix(x[2])};
  // gain s (W x + b - mu) + shift = (gain s W) x + (gain s b + offset)
  for (Index o = 0; o < merged.W.rows(); o++) {
    for (Index i = 0; i < merged.W.columns(); i++) merged.W(o, i) *= c.slope(o, 0);
    merged.b(o, 0) = c.slope(o, 0) * merged.b(o, 0) + c.offset(o, 0);
  }
  return merged;
}

Rules relevance_rules(const Program& program, const Values& values, const Composite& composite) {
  Rules rules{.name = "lrp", .by_node = {}};
  for (const char* op : {"max_pool", "max_pool_switches"}) rules.by_op[op] = [](const Passing& passing) { passing.chain_rule(); };
  add_recurrent_rules(rules, composite.other.sharing == Sharing::zero ? 0 : composite.other.epsilon);
  std::map<int, int> merged_into;                                  // layers and their batch normalizations
  std::vector<bool> weighted(std::size_t(program.size()), false);  // comes after a layer with weights
  for (int i = 0; i < program.size(); i++) {
    const Node& node = program[i];
    for (int input : node.inputs)
      if (weighted[std::size_t(input)]) weighted[std::size_t(i)] = true;
    if (!node.op) continue;
    if (is_activation(*node.op)) rules.by_node[i] = pass_on;
    if (is_linear(*node.op))
      rules.by_node[i] =
          share_relevance(has_weights(*node.op) ? chosen(composite, program, i, !weighted[std::size_t(i)]) : composite.other);
    if (node.op->name() == "batch_norm") {
      const int layer = layer_before(program, i);
      rules.by_node[i] = layer < 0 ? share_batch_norm(rule_epsilon.epsilon) : pass_on;
      if (layer >= 0) merged_into[layer] = i;
    }
    if (has_weights(*node.op)) weighted[std::size_t(i)] = true;
  }
  for (const auto& [layer, batch_norm] : merged_into) {
    bool first = true;
    for (int input : program[layer].inputs) first = first && !weighted[std::size_t(input)];
    rules.by_node[layer] = share_merged(chosen(composite, program, layer, first), program, values, layer, batch_norm);
  }
  return rules;
}

}  // namespace nn
