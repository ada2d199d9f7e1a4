// The hidden layers of an experiment as a list that buttons can change, and back as text: "dense 4, tanh, dropout 0.2, dense 2, tanh".
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model.h"

namespace viz {

struct HiddenLayer {
  nn::Index units = 2;
  std::string activation = "tanh";  // "linear" where the text has none
  double dropout = 0;
  bool operator==(const HiddenLayer&) const = default;
};

// Nothing where the text has layers that such a list can't hold (two activations in a row, softmax within).
std::optional<std::vector<HiddenLayer>> hidden_layers(const std::string& text);
std::string layers_text(const std::vector<HiddenLayer>& layers);

// The activations of the hidden layers, in order ("linear" for dense layers without one), and the text with another one for all of them.
// Of a text with other layers than dense ones, those that it names.
std::vector<std::string> activations_in(const std::string& text);
std::string with_activation(const std::string& text, const std::string& activation);

// The names of all activations, in the order of the menu.
std::vector<std::string> activation_names();

}  // namespace viz
