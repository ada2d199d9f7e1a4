// Measures of maps.
#include "viz/trust.h"

#include <algorithm>
#include <cmath>

#include "viz/examples.h"
#include "viz/patches.h"
#include "viz/perturbation_curves.h"
#include "viz/rank_correlation.h"

namespace viz {

using nn::Index;
using nn::Real;

namespace {

std::string layer_of(const nn::Parameter& p) { return p.name.substr(0, p.name.find('.')); }

}  // namespace

std::vector<std::string> layers_with_weights(const nn::Parameters& parameters) {
  std::vector<std::string> layers;
  for (const nn::Parameter& p : parameters.list())
    if (p.is_weight() && (layers.empty() || layers.back() != layer_of(p))) layers.push_back(layer_of(p));
  return layers;
}

nn::Parameters randomized(const nn::Parameters& parameters, std::size_t layers, std::uint64_t seed) {
  nn::Parameters changed = parameters;
  const std::vector<std::string> all = layers_with_weights(parameters);
  for (std::size_t i = 0; i < changed.list().size(); i++) {
    const nn::Parameter& p = changed.list()[i];
    const auto at = std::ranges::find(all, layer_of(p));
    if (at == all.end() || std::size_t(all.end() - at) > layers) continue;
    nn::Generator random(seed, p.name);
    if (p.is_weight())
      nn::initialize(nn::Initializer::he, changed[i], random, p.tensor.size() == 4 ? p.tensor[2] * p.tensor[3] : 1);
    else
      nn::fill(changed[i], 0);
  }
  return changed;
}

Arguments options_for(const Explainer& explainer, const Arguments& options) {
  Arguments own = arguments(method_of(explainer), {});
  for (const Option& option : target_options())
    if (const auto given = options.find(option.name); given != options.end()) own[std::string(option.name)] = given->second;
  return own;
}

Arguments held_to(const Target& target, const Backward& net, Arguments options) {
  if (target.node != net.network().logits && target.node != net.network().output) return options;
  const Index k = std::max_element(target.seed.data(), target.seed.data() + target.seed.rows()) - target.seed.data();
  const bool second_of_two = target.seed.rows() == 1 && target.seed(0, 0) > 0;
  options["target"] = 2;
  options["class"] = double(second_of_two ? 2 : k + 1);
  return options;
}

std::vector<bool> ink(const Study& study, nn::ConstView x) {
  const Filling filling = filling_of(study, Space::network, 1);
  const Index pixels = study.set.shape.height * study.set.shape.width;
  std::vector<bool> is_ink(static_cast<std::size_t>(pixels));
  for (Index i = 0; i < x.rows; i++) {
    const double white = std::abs(double(filling.white(i, 0)) - double(filling.black(i, 0)));
    if (std::abs(double(x(i, 0)) - double(filling.background(i, 0))) > 0.1 * white) is_ink[std::size_t(i % pixels)] = true;
  }
  return is_ink;
}

std::vector<CascadeStep> cascade(const Explainer& explainer, const Study& study, const nn::Matrix& x, const Arguments& options,
                                 std::uint64_t seed, const Progress& progress) {
  const std::vector<std::string> layers = layers_with_weights(study.parameters);
  const std::vector<bool> is_ink = ink(study, column_of(x));
  const Backward net(study, x);
  const Arguments held = held_to(target_of(study, net, options), net, options);
  const auto sizes = [&](const nn::Matrix& map) {
    std::vector<double> all;
    for (Index i = 0; i < map.size(); i++)
      if (is_ink[std::size_t(i)]) all.push_back(std::abs(double(map.data()[i])));
    return all;
  };
  std::vector<CascadeStep> steps;
  for (std::size_t k = 0; k <= layers.size(); k++) {
    const nn::Parameters changed = randomized(study.parameters, k, seed);
    const Study other = with_parameters(study, changed);
    CascadeStep step{.layers = k == 0 ? "trained" : (k > 1 ? "and " : "") + layers[layers.size() - k],
                     .map = collapsed(explained(explainer, other, x, held))};
    if (k > 0) step.correlation = rank_correlation(sizes(steps[0].map), sizes(step.map));
    steps.push_back(std::move(step));
    progress(double(k + 1) / double(layers.size() + 1));
  }
  return steps;
}

Score curve_score(const Study& study, const Backward& net, const Target& target, ManyInputs& network, bool* probability) {
  const bool is_class = target.node == net.network().logits && net.network().logits != net.network().output;
  if (probability) *probability = is_class || target.probability;
  if (!is_class) return network.score(target.node, target.seed);
  const Index k = std::max_element(target.seed.data(), target.seed.data() + target.seed.rows()) - target.seed.data();
  const bool no = target.seed.rows() == 1 && target.seed(0, 0) < 0;  // of one output the first of two classes
  const Target share = class_target(study, net, target.seed.rows() == 1 && !no && study.set.class_names.size() == 2 ? 1 : k, true);
  return [score = network.score(share.node, share.seed), constant = share.constant](nn::ConstView inputs) {
    std::vector<Real> all = score(inputs);
    for (Real& s : all) s = Real(double(s) + constant);
    return all;
  };
}

Curves curves_of(nn::ConstView map, const Score& score, nn::ConstView x, nn::ConstView baseline, Index steps) {
  const Order order = pixel_order(map, steps);
  return {deletion(score, x, baseline, order), insertion(score, x, baseline, order)};
}

nn::Matrix trivial_map(nn::ConstView x, nn::ConstView baseline, const nn::Shape& picture) {
  nn::Matrix map(picture.height, picture.width);
  for (Index i = 0; i < x.rows; i++) {
    Real& pixel = map.data()[i % map.size()];
    pixel = std::max(pixel, std::abs(x(i, 0) - baseline(i, 0)));
  }
  return map;
}

nn::Matrix random_map(const nn::Shape& picture, std::uint64_t seed) {
  nn::Generator random(seed, "random map");
  nn::Matrix map(picture.height, picture.width);
  for (Index i = 0; i < map.size(); i++) map.data()[i] = Real(random.uniform());
  return map;
}

}  // namespace viz
