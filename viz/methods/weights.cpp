// The weights of a layer, or the gradient of the cost with respect to them: a strip of pictures for each unit where the input is pictures
// (LeCun et al. 1998), else the matrix W with its biases.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/backward.h"
#include "viz/layer_weights.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/weights_picture.h"

namespace viz::weights {

namespace {

using nn::Index;
using nn::Real;

constexpr Index most_examples = 64;  // of the mean gradient

std::vector<std::string> neuron_names(Index count, const std::string& prefix) {
  std::vector<std::string> names;
  for (Index i = 1; i <= count; i++) names.push_back(prefix + std::to_string(i));
  return names;
}

nn::Matrix first_rows(const nn::Matrix& rows, Index count) {
  return nn::Matrix(nn::ConstView{rows.data(), count, rows.columns(), rows.columns()});
}

struct Shown {
  nn::Matrix W, b;
  std::string words = {};
};

Shown weights_of(const Study& study, const LayerWeights& layer) {
  return {nn::Matrix(study.parameters[layer.weight]), nn::Matrix(study.parameters[layer.bias])};
}

// dC/dW and dC/db of the mean cost of the first training examples, without dropout.
Shown gradients_of(const Study& study, const LayerWeights& layer) {
  const Index count = std::min(study.train.count(), most_examples);
  if (count == 0) throw std::invalid_argument("weights: gradients need training examples, and there are none; show 'weights' instead");
  const nn::Matrix targets = first_rows(study.train.targets, count);
  const Backward net(study, first_rows(study.train.inputs, count), &targets);
  const nn::Signals signals = net.from_cost();
  const auto of = [&](const char* part) { return nn::Matrix(signals[net.program().find(layer.name + part)]); };
  return {of(".weight"), of(".bias"), "mean of the first " + count_words(count) + " training examples"};
}

std::string summary_of(const Shown& shown) {
  const Statistics W = statistics(shown.W), b = statistics(shown.b);
  return (shown.words.empty() ? "" : shown.words + " · ") + count_words(shown.W.size() + shown.b.size()) + " parameters · W " +
         span_words(W.least, W.most) + " · b " + span_words(b.least, b.most);
}

std::string title_of(const LayerWeights& layer, const std::string& named, bool gradients) {
  const std::string what = gradients ? "Gradients dC/dW of " : layer.convolution ? "Filters of " : "Weights of ", of = what + named + ": ";
  if (!layer.pictures()) return of + count_words(layer.units) + " x " + count_words(layer.shape.size());
  return of + count_words(layer.units) + " of " + (layer.shape.channels > 1 ? count_words(layer.shape.channels) + " x " : "") +
         std::to_string(layer.shape.height) + " x " + std::to_string(layer.shape.width);
}

// Tensor "ranges" [units]: of the colours, of a unit's own weights or of the layer's; in a matrix biases count too.
void add_ranges(Numbers& numbers, bool each) {
  const nn::Tensor& W = numbers["weights"];
  const bool matrix = W.shape.size() == 2;
  const nn::ConstView all = rows_of(W), bias = rows_of(numbers["bias"]);
  const Index units = W.shape[0], rows = all.rows / units;
  const double of_layer = std::max(color_range(all), matrix ? color_range(bias) : 0.0);
  std::vector<Real> ranges(static_cast<std::size_t>(units), static_cast<Real>(of_layer));
  for (Index i = 0; each && i < units; i++) {
    const double own = color_range({all.row(i * rows), rows, all.columns, all.columns});
    ranges[std::size_t(i)] = Real(matrix ? std::max(own, extent({bias.data + i, 1, 1, 1})) : own);
  }
  numbers.tensors.push_back(tensor_of_reals("ranges", {units}, std::move(ranges)));
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  Numbers numbers;
  add_names(numbers, study);
  const std::vector<LayerWeights> layers = layers_with_weights(study);
  const auto asked = std::size_t(options.at("layer"));
  if (asked > layers.size())
    throw std::invalid_argument("weights: layer " + std::to_string(asked) + " was asked for, but the network has " +
                                std::to_string(layers.size()));
  const auto stage = std::size_t(options.at("stage"));
  const std::size_t of_stage = layer_of_stage(layers, stage), at = asked ? asked - 1 : of_stage;
  const LayerWeights& layer = layers[at];
  const bool gradients = options.at("show") == 1;
  const Shown shown = gradients ? gradients_of(study, layer) : weights_of(study, layer);
  const nn::Shape& shape = layer.shape;
  numbers.tensors.push_back(nn::tensor_of("weights",
                                          layer.pictures() ? std::vector<Index>{layer.units, shape.channels, shape.height, shape.width}
                                                           : std::vector<Index>{layer.units, shape.size()},
                                          shown.W));
  numbers.tensors.push_back(nn::tensor_of("bias", {shown.b.size()}, shown.b));
  add_ranges(numbers, options.at("range") == 0);
  // The stage that pressing a unit chooses, and the unit that is chosen there, counted from 1; 0 where there is none.
  const bool here = !layer.transposed && of_stage == at && stage >= layer.stage;
  const Index unit = here ? std::min(Index(options.at("unit")), layer.units) : 0;
  numbers.tensors.push_back(tensor_of_reals("stage", {2}, {Real(layer.transposed ? 0 : layer.stage), Real(unit)}));

  const auto& classes = study.set.class_names;
  const bool of_classes = at + 1 == layers.size() && std::ssize(classes) == layer.units;
  numbers.words["rows"] = of_classes ? classes : neuron_names(layer.units, layer.pictures() ? "" : "neuron ");
  numbers.words["columns"] = at == 0 ? study.input_names : neuron_names(shape.size(), "a");
  numbers.words["parameter"] = {layer.name};
  numbers.words["unit"] = {layer.transposed ? "input map" : layer.convolution ? "filter" : "neuron"};
  numbers.words["range"] = {options.at("range") == 0 ? "each" : "layer"};
  numbers.words["colour"] = {at == 0 && shape.channels == 3 && layer.pictures() ? "yes" : ""};
  numbers.words["summary"] = {summary_of(shown)};
  numbers.words["title"] = {title_of(layer, numbers.words["layers"][at + 1], gradients)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const std::string &title = words_of(numbers, "title")[0], summary = words_of(numbers, "summary")[0];
  Box room = add_title(scene, title, words_of(numbers, "moment")[0], style);
  const Box line = room.cut_top(18);
  add_words(scene, {line.x, line.y + 10}, style.titled ? summary : title + " · " + summary, line.width, style.theme->muted);
  const bool each = words_of(numbers, "range")[0] == "each";
  const double range = each ? 1 : double(rows_of(numbers["ranges"])(0, 0));
  const Box bar = room.cut_bottom(26);
  add_color_bar(scene, bar, {-range, range}, style);
  if (each)
    add_words(scene, {bar.x + 214, bar.y + 10}, "times the largest weight of the " + words_of(numbers, "unit")[0], bar.width - 214,
              style.theme->muted);
  room.cut_bottom(8);
  numbers["weights"].shape.size() == 4 ? draw_filters(scene, numbers, room, style) : draw_matrix(scene, numbers, room, style);
  return scene;
}

}  // namespace viz::weights
