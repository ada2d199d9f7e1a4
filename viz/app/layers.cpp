// Hidden layers as a list.
#include "viz/app/layers.h"

#include <algorithm>
#include <stdexcept>

#include "engine/ops.h"
#include "engine/text.h"

namespace viz {

std::optional<std::vector<HiddenLayer>> hidden_layers(const std::string& text) {
  std::vector<HiddenLayer> layers;
  if (nn::trim(text).empty()) return layers;
  // What may follow within one layer: its units, then at most one activation, then at most one dropout.
  enum { units, activation, dropout } last = dropout;
  for (const nn::Layer& layer : nn::parse_model(text, {1, 1, 1}).layers) {
    if (const auto* dense = std::get_if<nn::Dense>(&layer)) {
      layers.push_back({dense->units, "linear", 0});
      last = units;
    } else if (const auto* act = std::get_if<nn::Activate>(&layer); act && !layers.empty() && last < activation) {
      layers.back().activation = nn::name(act->sigma);
      last = activation;
    } else if (const auto* drop = std::get_if<nn::Dropout>(&layer); drop && !layers.empty() && last < dropout) {
      layers.back().dropout = drop->probability;
      last = dropout;
    } else {
      return std::nullopt;
    }
  }
  return layers;
}

std::string layers_text(const std::vector<HiddenLayer>& layers) {
  std::vector<std::string> words;
  for (const HiddenLayer& layer : layers) {
    words.push_back("dense " + std::to_string(layer.units));
    if (layer.activation != "linear") words.push_back(layer.activation);
    if (layer.dropout > 0) words.push_back("dropout " + nn::number_text(layer.dropout));
  }
  return nn::join(words, ", ");
}

namespace {

bool is_activation(const std::string& part) {
  const auto names = activation_names();
  return std::ranges::find(names, part) != names.end();
}

}  // namespace

std::vector<std::string> activations_in(const std::string& text) {
  std::vector<std::string> all;
  if (const auto layers = hidden_layers(text)) {
    for (const HiddenLayer& layer : *layers) all.push_back(layer.activation);
    return all;
  }
  all = nn::split(text, ',');
  std::erase_if(all, [](const std::string& part) { return !is_activation(part); });
  return all;
}

std::string with_activation(const std::string& text, const std::string& activation) {
  if (auto layers = hidden_layers(text)) {
    for (HiddenLayer& layer : *layers) layer.activation = activation;
    return layers_text(*layers);
  }
  std::vector<std::string> parts = nn::split(text, ',');
  for (std::string& part : parts)
    if (is_activation(part)) part = activation;
  return nn::join(parts, ", ");
}

std::vector<std::string> activation_names() {
  using nn::Function;
  std::vector<std::string> names;
  for (const Function f : {Function::relu, Function::tanh, Function::sigmoid, Function::linear, Function::leaky_relu, Function::elu,
                           Function::softplus, Function::sine, Function::swish, Function::gelu, Function::mish})
    names.emplace_back(nn::name(f));
  return names;
}

}  // namespace viz
