// The gradient of the last answer against the lag: of this network, before it was trained, and of a second one on the same data.
#include "viz/lag.h"

#include <stdexcept>

#include "viz/methods.h"
#include "viz/text_study.h"

namespace viz::lag {

namespace {

using nn::Index;

// The weights that this training began with, where they are kept, else others drawn alike.
nn::Parameters before_training(const Study& study) {
  const auto kept = study.moments ? study.moments() : std::vector<std::shared_ptr<const nn::Snapshot>>{};
  for (const auto& moment : kept)
    if (moment->state.step == 0) return moment->state.parameters;
  return untrained(study);
}

void require_same_data(const Study& one, const Study& other) {
  if (one.set.name == other.set.name && one.set.inputs == other.set.inputs) return;
  throw std::invalid_argument("lag: the second run has learned '" + other.set.name + "', which are not the same examples as those of '" +
                              one.set.name + "' here; two runs on the same data would do");
}

void add_networks(std::vector<Network>& networks, const Study& study, const Arguments& options, bool second) {
  const std::vector<RecurrentLayer> layers = recurrent_layers(study.model, "lag");
  const std::size_t asked = std::size_t(options.at("layer")), layer = asked == 0 ? layers.size() - 1 : std::min(asked, layers.size()) - 1;
  const bool cell = options.at("signal") == 1 && layers[layer].cell == nn::Cell::lstm;
  const Index lags = Index(options.at("lags"));
  const Batch batch = batch_of(study, Index(options.at("examples")), lags, layers[layer].backwards);
  const Index rows = std::min(lags, batch.shape.width);
  const std::string who = std::string(second        ? "second run, "
                                      : study.other ? "this run, "
                                                    : "") +
                          layers[layer].name + (cell ? " C" : " h");
  const auto add = [&](const std::string& words, const nn::Parameters& parameters, bool trained) {
    networks.push_back({words, trained, second, gradient_norms(study.model, parameters, study.loss, batch, layer, cell, rows)});
  };
  add(who, study.parameters, true);
  add(who + " before training", before_training(study), false);
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  std::vector<Network> networks;
  if (study.other) require_same_data(study, *study.other);
  add_networks(networks, study, options, false);
  if (study.other) add_networks(networks, *study.other, options, true);
  Numbers numbers = numbers_of(networks, options.at("show") == 0);
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::lag
