// A network from its text.
#include "engine/model.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "engine/ops.h"

namespace nn {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

double number(std::string_view text, const std::string& layer, double low, double high, const std::string& expected) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value >= low && value <= high))
    throw std::invalid_argument(layer + ": '" + std::string(text) + "' is not " + expected);
  return value;
}

Layer parse_layer(std::string_view text, int place) {
  const std::string where = "model: layer " + std::to_string(place) + " '" + std::string(text) + "'";
  const std::size_t space = text.find(' ');
  const std::string_view word = text.substr(0, space), rest = space == text.npos ? "" : trimmed(text.substr(space));
  if (word == "dense") {
    const double units = number(rest, where, 1, 65536, "a number of neurons from 1 to 65536");
    if (units != double(Index(units))) throw std::invalid_argument(where + ": a number of neurons is whole");
    return Dense{Index(units)};
  }
  if (word == "dropout") return Dropout{number(rest, where, 0, 0.95, "a probability from 0 to 0.95")};
  if (text == "softmax") return Softmax{};
  try {
    return Activate{function_named(text)};
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(where + ": expected 'dense N', 'dropout P', 'softmax' or an activation (" + error.what() + ")");
  }
}

// Records layers one after another, giving each value its name.
struct Recorder {
  Tape& tape;
  Mode mode;
  Network& network;
  Var value;
  int dense = 0;

  void operator()(const Dense& layer) {
    const std::string name = "dense" + std::to_string(++dense);
    const Index inputs = value.size().rows;
    const Var W = tape.parameter(name + ".weight", layer.units, inputs, {layer.units, inputs}),
              b = tape.parameter(name + ".bias", layer.units, 1);
    value = tape.name(affine(W, value, b), name);
    network.layers.push_back({value.index});
    network.logits = value.index;
  }

  void operator()(const Activate& layer) {
    network.logits = value.index;
    value = tape.name(activation(layer.sigma, value), std::string(nn::name(layer.sigma)) + std::to_string(network.layers.size() - 1));
    network.layers.back().push_back(value.index);
  }

  void operator()(const Dropout& layer) {
    if (mode == Mode::evaluation || layer.probability == 0) return;
    const Var mask = tape.input("mask" + std::to_string(network.masks.size() + 1), value.size());
    network.masks.push_back(mask.index);
    network.mask_probabilities.push_back(layer.probability);
    value = tape.name(dropout(value, mask), "dropout" + std::to_string(network.masks.size()));
    network.layers.back().push_back(value.index);
  }

  void operator()(const Softmax&) {
    network.logits = value.index;
    value = tape.name(softmax(value), "softmax");
    network.layers.back().push_back(value.index);
  }
};

}  // namespace

Index Model::outputs() const {
  Index rows = input.size();
  for (const Layer& layer : layers)
    if (const auto* dense = std::get_if<Dense>(&layer)) rows = dense->units;
  return rows;
}

Network Model::record(Tape& tape, Index examples, Mode mode) const {
  Network network{};
  const Var x = tape.input("x", Size(input, examples));
  network.x = network.logits = x.index;
  network.layers.push_back({x.index});
  Recorder recorder{tape, mode, network, x};
  for (const Layer& layer : layers) std::visit(recorder, layer);
  network.output = recorder.value.index;
  return network;
}

Model parse_model(std::string_view text, Shape input) {
  Model model{std::string(text), input, {}};
  for (int place = 1;; place++) {
    const std::size_t comma = text.find(',');
    const std::string_view word = trimmed(text.substr(0, comma));
    if (word.empty()) throw std::invalid_argument("model: layer " + std::to_string(place) + " is empty");
    if (!model.layers.empty() && std::holds_alternative<Softmax>(model.layers.back()))
      throw std::invalid_argument("model: layer " + std::to_string(place) + " '" + std::string(word) +
                                  "' follows softmax, which must be the last");
    model.layers.push_back(parse_layer(word, place));
    if (comma == text.npos) return model;
    text.remove_prefix(comma + 1);
  }
}

Parameters parameters_of(const Model& model) {
  Tape tape;
  model.record(tape, 1, Mode::evaluation);
  return Parameters(tape.program());
}

bool same_parameters(const Model& a, const Model& b) {
  const Parameters mine = parameters_of(a), theirs = parameters_of(b);
  return first_difference(mine, theirs) == std::max(mine.list().size(), theirs.list().size());
}

}  // namespace nn
