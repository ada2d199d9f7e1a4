// The trust meter: beside a map what can be measured of it, and the same of maps that know nothing.
#include <algorithm>
#include <cmath>

#include "viz/examples.h"
#include "viz/localization.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/patches.h"
#include "viz/perturbation_curves.h"
#include "viz/trust.h"
#include "viz/trust_picture.h"

namespace viz::trust {

namespace {

using nn::Index;
using nn::Real;

constexpr Index draws = 5;  // random orders, whose mean curve is shown

// Tensors "curves" [6, steps + 1]: deletion of the map, of random orders, of |x - baseline|; then insertion of the same.
void add_curves(Numbers& numbers, const std::vector<Curves>& of) {
  std::vector<Real> all;
  const Index columns = std::ssize(of[0].deletion);
  for (const auto which : {&Curves::deletion, &Curves::insertion})
    for (const Curves& c : of)
      for (const double y : c.*which) all.push_back(Real(y));
  numbers.tensors.push_back(tensor_of_reals("curves", {2 * std::ssize(of), columns}, std::move(all)));
}

Curves mean_of(const std::vector<Curves>& all) {
  Curves mean = all[0];
  for (const auto which : {&Curves::deletion, &Curves::insertion})
    for (std::size_t i = 0; i < (mean.*which).size(); i++) {
      double sum = 0;
      for (const Curves& c : all) sum += (c.*which)[i];
      (mean.*which)[i] = sum / double(all.size());
    }
  return mean;
}

// A row of the table: areas and infidelity, then what the mask says; not a number where nobody knows.
std::vector<Real> line(const Curves* curves, double unfaithful, nn::ConstView map, const nn::Matrix& mask) {
  std::vector<Real> row(7, Real(NAN));
  if (curves) row[0] = Real(area_under(curves->deletion)), row[1] = Real(area_under(curves->insertion));
  row[2] = Real(unfaithful);
  if (mask.size() > 0) {
    row[3] = points_at(map, mask) ? 1 : 0, row[4] = Real(mass_in(map, mask));
    row[5] = Real(rank_in(map, mask)), row[6] = Real(roc_auc(map, mask));
  }
  return row;
}

nn::Matrix mask_of(const Study& study) {
  const nn::Matrix& all = study.set.masks;
  const nn::Shape shape = study.set.shape;
  if (study.given || all.rows() == 0) return {};
  nn::Matrix mask(shape.height, shape.width);
  std::copy_n(all.view().row(study.example), mask.size(), mask.data());
  return mask;
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  require_pictures(study, "trust");
  const auto named = explainers();
  const Explainer& chosen = named[std::min(std::size_t(options.at("explainer")), named.size() - 1)];
  const Arguments own = options_for(chosen, options);
  const nn::Shape picture = study.set.shape;
  const nn::Matrix row = chosen_example(study), read = study.inputs_of(row), x = column_of(read);
  Explanation explanation;
  try {
    explanation = explained(chosen, study, read, own);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string("trust: ") + error.what());
  }
  const nn::Matrix map = collapsed(explanation), mask = mask_of(study);
  const Backward net(study, read);
  const Target target = target_of(study, net, own);
  nn::Generator random(1, "trust");
  const nn::Matrix baseline = filled(Fill(int(options.at("fill"))), x, picture, filling_of(study, Space::network, 3), random),
                   trivial = trivial_map(x, baseline, picture);

  ManyInputs network(study);
  bool probability = false;
  const Score score = curve_score(study, net, target, network, &probability);
  const Index steps = Index(options.at("steps"));
  std::vector<Curves> drawn;
  for (Index k = 0; k < draws; k++) drawn.push_back(curves_of(random_map(picture, std::uint64_t(k)), score, x, baseline, steps));
  const std::vector<Curves> of = {curves_of(map, score, x, baseline, steps), mean_of(drawn), curves_of(trivial, score, x, baseline, steps)};
  const std::vector<CascadeStep> steps_down = cascade(chosen, study, read, own, 1, Progress{study.goes_on});

  std::vector<Real> table, correlations, maps;
  const Index side = std::max<Index>(2, std::min(picture.height, picture.width) / 8);
  const auto unfaithful = [&](nn::ConstView of_map) { return infidelity(score, x, baseline, of_map, region_order(of_map, side, side)); };
  const nn::Matrix random_one = random_map(picture, 0);
  for (const std::vector<Real>& part : {line(&of[0], unfaithful(map), map, mask), line(&of[1], unfaithful(random_one), random_one, mask),
                                        line(&of[2], unfaithful(trivial), trivial, mask), line(nullptr, NAN, steps_down.back().map, mask)})
    table.insert(table.end(), part.begin(), part.end());
  Numbers numbers;
  for (const CascadeStep& step : steps_down) {
    correlations.push_back(Real(step.correlation));
    maps.insert(maps.end(), step.map.data(), step.map.data() + step.map.size());
    numbers.words["layers"].push_back(step.layers);
  }
  const Index count = std::ssize(steps_down);
  numbers.tensors.push_back(tensor_of_reals("table", {4, 7}, std::move(table)));
  add_curves(numbers, of);
  numbers.tensors.push_back(tensor_of_reals("correlations", {count}, std::move(correlations)));
  numbers.tensors.push_back(tensor_of_reals("maps", {count, picture.height, picture.width}, std::move(maps)));
  numbers.tensors.push_back(nn::tensor_of("picture", {picture.channels, picture.height, picture.width}, row));
  if (mask.size() > 0) numbers.tensors.push_back(nn::tensor_of("mask", {picture.height, picture.width}, mask));
  numbers.tensors.push_back(tensor_of_reals(
      "facts", {4}, {Real(explanation.score), Real(explanation.whole), Real(explanation.residual()), Real(explanation.is_signed)}));
  std::vector<Real> shares;
  for (const Share& share : explanation.shares) shares.push_back(Real(share.value)), numbers.words["shares"].push_back(share.words);
  const Index parts = std::ssize(shares);
  numbers.tensors.push_back(tensor_of_reals("shares", {parts}, std::move(shares)));
  numbers.words["promise"] = {explanation.promise};
  numbers.words["explainer"] = {std::string(chosen.title)};
  numbers.words["target"] = {target.words, probability ? "probability" : "score"};
  numbers.words["fill"] = {std::string(fills[std::size_t(options.at("fill"))])};
  numbers.words["example"] = {example_words(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return viz::trust::drawn(numbers, box, style); }

}  // namespace viz::trust
