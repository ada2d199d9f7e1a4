// Relevance propagation by options.
#include "viz/relevance_options.h"

#include <algorithm>

#include "engine/text.h"

namespace viz {

using nn::Index;
using nn::Real;

namespace {

const std::vector<std::string_view> rule_words = {"zero", "epsilon", "alpha-beta", "z-plus", "gamma", "w-squared", "flat", "box"};

Option menu(std::string_view name, std::string_view help, std::vector<std::string_view> words, double initial) {
  const double high = double(words.size()) - 1;
  return {.name = name, .help = help, .initial = initial, .low = 0, .high = high, .step = 1, .words = std::move(words)};
}

double asked(const Arguments& options, const char* name, double otherwise) {
  const auto at = options.find(name);
  return at == options.end() ? otherwise : at->second;
}

// The least and the most number of the first training examples and of this one.
Range bounds_of(const Study& study, const Backward& net) {
  const nn::ConstView x = net[net.network().x];
  Range range{double(x(0, 0)), double(x(0, 0))};
  const auto take = [&](nn::ConstView rows) {
    for (Index i = 0; i < std::min<Index>(rows.rows, 1000); i++)
      for (Index j = 0; j < rows.columns; j++)
        range.low = std::min(range.low, double(rows(i, j))), range.high = std::max(range.high, double(rows(i, j)));
  };
  take(x), take(study.train.inputs);
  return range;
}

nn::Relevance rule_at(int place, const Arguments& options, Range pixels) {
  nn::Relevance rules[] = {nn::rule_zero,  nn::rule_epsilon,   nn::rule_alpha2_beta1, nn::rule_z_plus,
                           nn::rule_gamma, nn::rule_w_squared, nn::rule_flat,         nn::rule_box};
  nn::Relevance rule = rules[place];
  rule.epsilon = Real(asked(options, "epsilon", 1e-6)), rule.gamma = Real(asked(options, "gamma", 0.25));
  if (place == 2) rule.alpha = Real(asked(options, "alpha", 2)), rule.beta = rule.alpha - 1;
  rule.low = Real(pixels.low), rule.high = Real(pixels.high);
  return rule;
}

}  // namespace

std::vector<Option> relevance_options() {
  std::vector<std::string_view> all = rule_words, some = {"as rule"};
  all.insert(all.end(), {"epsilon-plus", "epsilon-plus-flat", "epsilon-gamma-box", "epsilon-alpha2beta1"});
  some.insert(some.end(), rule_words.begin(), rule_words.end());
  return {
      menu("rule", "how a layer shares relevance among its inputs: one rule for all layers, or a mixture that is known to do well", all, 1),
      menu("first", "the rule of the first layer", some, 0),
      menu("convolutions", "the rule of convolutions", some, 0),
      menu("dense", "the rule of dense layers", some, 0),
      {.name = "layer",
       .help = "a layer with a rule of its own, counted from 1; 0 for none",
       .initial = 0,
       .low = 0,
       .high = 100,
       .step = 1,
       .words = {},
       .shared = false},
      menu("layerrule", "the rule of that layer", rule_words, 1),
      {.name = "epsilon",
       .help = "of the rule epsilon: what keeps a division from nothing, and takes relevance",
       .initial = 1e-6,
       .low = 0,
       .high = 10,
       .step = 0,
       .words = {},
       .shared = false},
      {.name = "alpha",
       .help = "of the rule alpha-beta: how much positive contributions count; beta is alpha - 1",
       .initial = 2,
       .low = 1,
       .high = 5,
       .step = 0,
       .words = {},
       .shared = false},
      {.name = "gamma",
       .help = "of the rule gamma: how much more positive weights count",
       .initial = 0.25,
       .low = 0,
       .high = 10,
       .step = 0,
       .words = {},
       .shared = false}};
}

nn::Composite composite_of(const Study& study, const Backward& net, const Arguments& options) {
  const Range pixels = bounds_of(study, net);
  const auto rule = [&](int place) { return rule_at(place, options, pixels); };
  const int chosen = int(asked(options, "rule", 1)), plain = int(rule_words.size());
  nn::Composite composite;
  if (chosen < plain)
    composite = nn::everywhere(rule(chosen));
  else
    composite = {rule(chosen == plain + 1   ? 6
                      : chosen == plain + 2 ? 7
                      : chosen == plain + 3 ? 2
                                            : 3),
                 rule(chosen == plain + 2   ? 4
                      : chosen == plain + 3 ? 2
                                            : 3),
                 rule(1)};
  const auto change = [&](const char* kind, nn::Relevance& how) {
    if (const int place = int(asked(options, kind, 0)); place > 0) how = rule(place - 1);
  };
  change("first", composite.first), change("convolutions", composite.convolution), change("dense", composite.dense);
  if (const int layer = int(asked(options, "layer", 0)); layer > 0) {
    int count = 0;
    for (int i = 0; i < net.program().size(); i++) {
      const nn::Op* op = net.program()[i].op.get();
      if (op && nn::has_weights(*op) && ++count == layer) composite.by_node[i] = rule(int(asked(options, "layerrule", 1)));
    }
  }
  return composite;
}

nn::Signals relevance_of(const Target& target, const Backward& net, const nn::Composite& composite) {
  if (target.probability)
    throw std::invalid_argument("there is no relevance rule for the softmax or sigmoid at the end; --score logit would do");
  const nn::ConstView y = net[target.node];
  nn::Matrix start(y.rows, y.columns);
  for (Index i = 0; i < y.rows; i++)
    for (Index n = 0; n < y.columns; n++) start(i, n) = target.seed(i, 0) * y(i, n);
  try {
    return net.from(target.node, start, nn::relevance_rules(net.program(), net.values(), composite));
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string(error.what()) + "; a target before it, or the method saliency, would do");
  }
}

double total(nn::ConstView signal) {
  double sum = 0;
  if (signal.data)
    for (Index i = 0; i < signal.rows; i++)
      for (Index n = 0; n < signal.columns; n++) sum += double(signal(i, n));
  return sum;
}

double absorbed_by_biases(const nn::Signals& signals, const nn::Program& program, int node) {
  double sum = 0;
  for (int i = 0; i < program.size(); i++)
    for (int input : program[i].inputs)
      if ((node < 0 || i == node) && program[input].kind == nn::Kind::parameter) sum += total(signals[input]);
  return sum;
}

}  // namespace viz
