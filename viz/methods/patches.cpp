// Patches of random pixels: where they change what is said, and of a unit the part of its receptive field that it really uses.
// Figure 4.6 of the survey.
#include <algorithm>

#include "viz/discrepancy.h"
#include "viz/examples.h"
#include "viz/explainers.h"
#include "viz/many_inputs.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/patches_picture.h"

namespace viz::patches {

namespace {

using nn::Index;
using nn::Real;

Windows places_of(const Question& q) {
  require_pictures(q.study, "patches");
  const Index size = Index(q.options.at("patch")), stride = Index(q.options.at("stride"));
  return windows(q.study.set.shape, size, size, stride, stride, Border::grid, "patches");
}

// The stage of a target and the unit of it that is meant: the first that the target counts.
struct Place {
  std::size_t stage;
  Index unit, row, column;
};
Place place_of(const Target& target, const std::vector<Stage>& all) {
  std::size_t stage = 0;
  for (std::size_t k = 0; k < all.size(); k++)
    if (all[k].node == target.node) stage = k;
  const nn::Shape& shape = all[stage].shape;
  const Real* first = std::find_if(target.seed.data(), target.seed.data() + target.seed.rows(), [](Real s) { return s != 0; });
  const Index at = std::min<Index>(first - target.seed.data(), target.seed.rows() - 1), pixels = shape.height * shape.width;
  return {stage, at / pixels, at % pixels / shape.width, at % shape.width};
}

std::vector<Real> numbers_of(const Pixels& p) { return {Real(p.top), Real(p.left), Real(p.height), Real(p.width)}; }

}  // namespace

Explanation explain(const Question& q, const Progress& progress) {
  const Windows places = places_of(q);
  const nn::Shape picture = q.study.set.shape;
  ManyInputs network(q.study);
  const std::vector<Real> d = discrepancies(network.score(q.target.node, q.target.seed), column_of(q.x), picture, places.all,
                                            filling_of(q.study, Space::network, 1), Index(q.options.at("repeats")), q.seed, progress);
  Explanation e{.map = column_of(spread(places.all, d, picture, Spread::mean)),
                .shape = {1, picture.height, picture.width},
                .note = "how much the score changes: the mean over the patches that cover a pixel"};
  e.parts.push_back(tensor_of_reals("places", {places.rows, places.columns}, d));
  return e;
}

Numbers compute(const Study& study, const Arguments& options) {
  require_pictures(study, "patches");
  Explanation e = explained(explainer("patches"), study, options, Progress{study.goes_on});
  const nn::Shape picture = study.set.shape;
  const nn::Matrix row = chosen_example(study), x = study.inputs_of(row);
  const Backward net(study, x);
  const Target target = target_of(study, net, options);
  const Question q{study, x, net, target, options};
  const Windows places = places_of(q);
  const std::vector<Stage> all = stages(net.network(), net.program());
  const Place at = place_of(target, all);
  const ReceptiveFields fields(study.model, all);
  const Pixels field = fields.field(at.stage, at.row, at.column);
  const SeenField seen =
      seen_field(study, at.stage, at.unit,
                 {Index(options.at("patch")), Index(options.at("stride")), Index(options.at("repeats")), Index(options.at("images"))}, 1,
                 [&](double) {});

  nn::Generator random(1, "patches");
  const nn::Matrix noise = filled(Fill::noise, column_of(row), picture, filling_of(study, Space::data, 1), random);
  const auto& d = std::get<std::vector<Real>>(e.parts[0].numbers);
  const Index most = std::max_element(d.begin(), d.end()) - d.begin();
  std::vector<Real> boxes = numbers_of(field), patch = numbers_of(places.all[std::size_t(most)]);
  boxes.insert(boxes.end(), patch.begin(), patch.end());

  Numbers numbers;
  numbers.tensors = {
      nn::tensor_of("discrepancy", {picture.height, picture.width}, e.map),
      e.parts[0],
      nn::tensor_of("average", {seen.average.rows(), seen.average.columns()}, seen.average),
      tensor_of_reals("boxes", {2, 4}, std::move(boxes)),
      tensor_of_reals("seen", {4},
                      {Real(seen.images), Real(seen.size), Real(e.score), options.at("patch") > seen.size ? Real(1) : Real(0)}),
      nn::tensor_of("picture", {picture.channels, picture.height, picture.width}, row),
      nn::tensor_of("covered", {picture.channels, picture.height, picture.width},
                    covered(column_of(row), picture, std::span(&places.all[std::size_t(most)], 1), noise))};
  numbers.words = {
      {"target", {target.words}}, {"stage", {all[at.stage].name, std::to_string(at.unit + 1)}}, {"example", {example_words(study)}}};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return drawn(numbers, box, style); }

}  // namespace viz::patches
