// Every stage of the network for one picture: what each unit says, or how the cost would change with it (Karpathy 2014).
#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "viz/activations_picture.h"
#include "viz/backward.h"
#include "viz/map_tiles.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/stages.h"

namespace viz::activations {

namespace {

using nn::Index;
using nn::Real;

// The class that the network says: the largest output, or of a single one whether it is above the middle.
Index said(const Study& study, nn::ConstView output) {
  const auto* last = std::get_if<nn::Activate>(&study.model.last());
  const Real threshold = last && last->sigma == nn::Function::sigmoid ? Real(0.5) : Real(0);
  if (output.rows == 1) return output(0, 0) > threshold;
  Index best = 0;
  for (Index i = 1; i < output.rows; i++)
    if (output(i, 0) > output(best, 0)) best = i;
  return best;
}

std::string said_words(const Study& study, nn::ConstView output) {
  if (!study.set.classification()) return "the network says " + number_words(double(output(0, 0)));
  const Index best = said(study, output);
  std::string words = "the network says " + word_at(study.set.class_names, best);
  const double sure = double(output(output.rows == 1 ? 0 : best, 0));
  if (!std::holds_alternative<nn::Softmax>(study.model.last())) return words + " (" + number_words(sure) + ")";
  return words + " (" + number_words(std::round(1000 * sure) / 10) + " %)";
}

// The target as a network is trained on it, were this the class.
nn::Matrix target_of(const Study& study, Index label, Index outputs) {
  const auto* last = std::get_if<nn::Activate>(&study.model.last());
  const bool sigmoid = last && last->sigma == nn::Function::sigmoid;
  nn::Matrix target(1, outputs);
  if (outputs > 1)
    target(0, label) = 1;
  else
    target(0, 0) = label == 1 ? Real(1) : Real(sigmoid ? 0 : -1);
  return target;
}

// What the cost compares with, and how that is called.
struct Wanted {
  nn::Matrix target;
  std::string words;
};
Wanted wanted(const Study& study, const nn::Matrix& x) {
  nn::Matrix own = target_of_example(study);
  if (own.size() > 0) return {std::move(own), study.set.classification() ? "its label" : "its value"};
  if (!study.set.classification())
    throw std::invalid_argument(
        "activations: gradients need the true value, and what is looked at has none; choose an example of the data");
  const Activations values(study, x);
  const Index label = said(study, values.output());
  return {target_of(study, label, values.output().rows), "the class that it says, " + word_at(study.set.class_names, label)};
}

// Tensors "conv1" [channels, height, width] and "conv1 statistics" [channels, 5]: least, mean, most, share of zeros, range of the colours.
void add_stage(Numbers& numbers, const Stage& stage, nn::ConstView value) {
  const nn::Shape& shape = stage.shape;
  numbers.tensors.push_back(nn::tensor_of(stage.name, {shape.channels, shape.height, shape.width}, maps(value, shape)));
}

void add_statistics(Numbers& numbers, const std::vector<Stage>& all, int by) {
  double most = 1e-12;
  for (std::size_t k = all.size() > 1; k < all.size(); k++) most = std::max(most, color_range(rows_of(numbers[all[k].name])));
  for (std::size_t k = 0; k < all.size(); k++) {
    const nn::Tensor& values = numbers[all[k].name];
    const double of_stage = color_range(rows_of(values));
    std::vector<Real> rows;
    for (Index i = 0; i < all[k].shape.channels; i++) {
      const Statistics s = statistics(picture_at(values, i));
      const bool own = by == 0 && all[k].shape.height * all[k].shape.width > 1;  // of a single number it would say nothing
      const double range = own ? color_range(picture_at(values, i)) : by < 2 || k == 0 ? of_stage : most;  // inputs have other units
      for (const double x : {s.least, s.mean, s.most, s.zeros, range}) rows.push_back(Real(x));
    }
    numbers.tensors.push_back(tensor_of_reals(all[k].name + " statistics", {all[k].shape.channels, 5}, std::move(rows)));
  }
}

void add_stage_words(Numbers& numbers, const Study& study, const std::vector<Stage>& all) {
  for (const Stage& stage : all) {
    numbers.words["stages"].push_back(stage.name);
    numbers.words["shapes"].push_back(stage.words().substr(stage.name.size() + 2));
    Index count = 0;
    for (const nn::Parameter& p : study.parameters.list())
      if (p.learned && p.name.starts_with(stage.name + ".")) count += p.rows * p.columns;
    numbers.words["counts"].push_back(count ? count_words(count) + " parameters" : "");
  }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const nn::Matrix picture = chosen_example(study), x = study.inputs_of(picture);
  const bool gradients = options.at("show") == 1;
  const Wanted goal = gradients ? wanted(study, x) : Wanted{};
  const Backward net(study, x, gradients ? &goal.target : nullptr);
  std::optional<nn::Signals> signals;
  if (gradients) signals.emplace(net.from_cost());
  std::vector<Stage> all = stages(net.network(), net.program());
  const int logits = net.network().logits;
  // Softmax and cross-entropy are one op: no gradient stands between them.
  std::erase_if(all, [&](const Stage& stage) { return gradients && !(*signals)[stage.node].data; });

  Numbers numbers;
  add_names(numbers, study);
  const Chosen chosen = viz::chosen(all, options);
  const auto value = [&](const Stage& stage) { return gradients ? (*signals)[stage.node] : net[stage.node]; };
  add_stage(numbers, all[chosen.stage], value(all[chosen.stage]));  // the first tensor is what a file gets
  for (std::size_t k = 0; k < all.size(); k++)
    if (k != chosen.stage) add_stage(numbers, all[k], value(all[k]));
  const int by = int(options.at("range"));
  add_statistics(numbers, all, by);
  add_stage_words(numbers, study, all);
  numbers.tensors.push_back(tensor_of_reals("chosen", {2}, {Real(chosen.stage), Real(chosen.unit)}));
  for (const Stage& stage : all) numbers.words["of classes"].push_back(stage.node >= logits && study.set.classification() ? "yes" : "");
  numbers.words["range"] = {by == 0 ? "each" : by == 1 ? "layer" : "all"};
  numbers.words["example"] = {example_words(study)};
  numbers.words["says"] = {said_words(study, net[net.network().output])};
  if (gradients) numbers.words["cost"] = {"gradients of the cost with " + goal.words + ", C = " + number_words(net.cost())};
  const nn::Shape shape = study.set.shape;
  if (shape.height > 1 && shape.width > 1 && shape == study.model.input)
    numbers.tensors.push_back(nn::tensor_of("picture", {shape.channels, shape.height, shape.width}, picture));
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return Picture(numbers, box, style).drawn(); }

}  // namespace viz::activations
