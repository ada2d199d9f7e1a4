// Maps with weights, and their sum.
#include "viz/weighted_maps.h"

#include <algorithm>
#include <numeric>

#include "viz/figure.h"
#include "viz/resized.h"

namespace viz {

using nn::Index;
using nn::Real;

nn::Matrix WeightedMaps::sum() const {
  nn::Matrix sum(stage.shape.height, stage.shape.width);
  for (Index k = 0; k < stage.shape.channels; k++)
    for (Index p = 0; p < sum.size(); p++) sum.data()[p] += Real(weights[std::size_t(k)]) * maps.data()[k * sum.size() + p];
  return sum;
}

namespace {

double asked(const Arguments& options, const char* name) {
  const auto at = options.find(name);
  return at == options.end() ? 0 : at->second;
}

Stage stage_with_maps(const Question& q) {
  const std::vector<Stage> all = stages(q.net.network(), q.net.program());
  const auto fits = [&](const Stage& s) { return s.shape.height * s.shape.width > 1 && s.node < q.target.node; };
  if (const auto layer = std::size_t(asked(q.options, "layer")); layer > 0) {
    if (layer >= all.size() || !fits(all[layer]))
      throw std::invalid_argument("stage " + count_words(Index(layer)) +
                                  " has no maps that the target is made of; --layer 0 takes the last that has");
    return all[layer];
  }
  for (std::size_t i = all.size(); i-- > 1;)
    if (fits(all[i]) && all[i].name.find("pool") == std::string::npos) return all[i];
  throw std::invalid_argument(
      "the network has no maps before what is explained; a run with convolutions, or the method saliency, would do");
}

}  // namespace

WeightedMaps gradient_weighted(const Question& q) {
  WeightedMaps weighted{stage_with_maps(q), {}, {}};
  const nn::Shape shape = weighted.stage.shape;
  const nn::Matrix gradient = sent_to(weighted.stage.node, q.target, q.net);
  weighted.maps = maps(q.net[weighted.stage.node], shape);
  const Index pixels = shape.height * shape.width;
  for (Index k = 0; k < shape.channels; k++) {
    double sum = 0;
    for (Index p = 0; p < pixels; p++) sum += double(gradient(k * pixels + p, 0));
    weighted.weights.push_back(sum / double(pixels));
  }
  return weighted;
}

std::vector<Option> weighted_maps_options() {
  return {{"layer", "the stage whose maps are weighted, counted from 0, the input; 0: the last with maps that is no pool", 0, 0, 100, 1},
          {"enlarge", "how a coarse map is laid over the picture", 0, 0, 1, 1, {"smooth", "sharp"}}};
}

Explanation explanation_of(const Question& q, const WeightedMaps& weighted, nn::Matrix sum) {
  const nn::Shape picture = q.study.model.input, shape = weighted.stage.shape;
  const nn::Matrix large = resized(sum, picture.height, picture.width, asked(q.options, "enlarge") == 0);
  Explanation e{.map = nn::Matrix(large.size(), 1), .shape = {1, picture.height, picture.width}};
  std::copy_n(large.data(), large.size(), e.map.data());
  e.parts.push_back(nn::tensor_of("sum", {shape.height, shape.width}, sum));
  e.parts.push_back(nn::tensor_of("maps", {shape.channels, shape.height, shape.width}, weighted.maps));
  std::vector<Real> weights(weighted.weights.begin(), weighted.weights.end());
  e.parts.push_back(tensor_of_reals("weights", {shape.channels}, std::move(weights)));
  e.part_words = {weighted.stage.words()};
  return e;
}

}  // namespace viz
