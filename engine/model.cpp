// Recording a network, layer by layer.
#include "engine/model.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "engine/ops.h"

namespace nn {

namespace {

// Records layers one after another, giving each value its name.
struct Recorder {
  Tape& tape;
  Mode mode;
  Network& network;
  Var value;
  std::map<std::string, int> count = {};  // of layers with this name

  std::string numbered(const std::string& word) { return word + std::to_string(++count[word]); }
  Shape shape() const { return value.size().shape; }

  // A value that begins a layer of neurons.
  void begin(Var next, const std::string& name) {
    value = tape.name(next, name);
    network.layers.push_back({value.index});
    network.logits = value.index;
  }

  // One that belongs to the present layer.
  void follow(Var next, const std::string& name) {
    value = tape.name(next, name);
    network.layers.back().push_back(value.index);
  }

  void operator()(const Dense& layer) {
    const std::string name = numbered("dense");
    const Index inputs = value.size().rows;
    const Var W = tape.parameter(name + ".weight", layer.units, inputs, {layer.units, inputs}),
              b = tape.parameter(name + ".bias", layer.units, 1);
    begin(affine(W, value, b), name);
  }

  void operator()(const Activate& layer) {
    network.logits = value.index;
    std::string name = std::string(nn::name(layer.sigma)) + std::to_string(network.layers.size() - 1);
    if (const int again = ++count[name]; again > 1) name += "." + std::to_string(again);
    follow(activation(layer.sigma, value), name);
  }

  void operator()(const Dropout& layer) {
    if (mode == Mode::evaluation || layer.probability == 0) return;
    const Var mask = tape.input("mask" + std::to_string(network.masks.size() + 1), value.size());
    network.masks.push_back(mask.index);
    network.mask_probabilities.push_back(layer.probability);
    follow(dropout(value, mask), "dropout" + std::to_string(network.masks.size()));
  }

  void operator()(const Softmax&) {
    network.logits = value.index;
    follow(softmax(value), "softmax");
  }

  void operator()(const Conv& layer) {
    const std::string name = numbered(layer.transposed ? "deconv" : "conv");
    const Index groups = layer.how.groups, channels = shape().channels, u = layer.how.kernel_height, v = layer.how.kernel_width;
    if (layer.filters % groups != 0 || channels % groups != 0)
      throw std::invalid_argument("conv: " + std::to_string(channels) + " channels and " + std::to_string(layer.filters) +
                                  " filters cannot both be cut into " + std::to_string(groups) + " groups");
    const Index rows = layer.transposed ? channels : layer.filters, others = (layer.transposed ? layer.filters : channels) / groups;
    const Var W = tape.parameter(name + ".weight", rows, others * u * v, {rows, others, u, v}),
              b = tape.parameter(name + ".bias", layer.filters, 1);
    begin(layer.transposed ? conv_transpose2d(W, value, b, layer.how) : conv2d(W, value, b, layer.how), name);
  }

  void operator()(const Pool& layer) {
    const std::string name = numbered(layer.average ? "avgpool" : "maxpool");
    if (layer.average) return follow(average_pool(value, layer.window), name);
    const Var switches = tape.name(max_pool_switches(value, layer.window), name + ".switches");
    follow(max_pool(value, switches, layer.window), name);
  }

  void operator()(const GlobalPool&) { follow(global_average_pool(value), numbered("gap")); }

  void operator()(const Upsampling& layer) {
    follow(layer.bilinear ? upsample_bilinear(value, layer.factor) : upsample_nearest(value, layer.factor), numbered("upsample"));
  }

  void operator()(const Normalize& layer) {
    if (layer.norm == Norm::local_response) return follow(local_response_norm(value, {.n = layer.channels}), numbered("lrn"));
    const std::string name = numbered(layer.norm == Norm::batch ? "batchnorm" : "layernorm");
    const Index numbers = layer.norm == Norm::batch ? shape().channels : value.size().rows;
    const Var gain = tape.parameter(name + ".gain", numbers, 1), shift = tape.parameter(name + ".shift", numbers, 1);
    if (layer.norm == Norm::layer) return follow(layer_norm(value, gain, shift), name);

    // Slots of the running statistics are recorded in training too, so that both programs have the same parameters.
    Var mean = tape.parameter(name + ".running_mean", numbers, 1), variance = tape.parameter(name + ".running_variance", numbers, 1);
    if (mode == Mode::training) {
      const double m = double(value.size().rows / numbers * value.size().columns);
      mean = tape.name(channel_mean(value), name + ".mean");
      variance = tape.name(channel_variance(value, mean), name + ".variance");
      network.statistics.push_back({mean.index, name + ".running_mean", 1});
      network.statistics.push_back({variance.index, name + ".running_variance", m > 1 ? m / (m - 1) : 1});
    }
    follow(batch_norm(value, mean, variance, gain, shift), name);
  }

  void operator()(const Flatten&) {}
};

// The text of a layer, counted from 1.
std::string_view layer_text(std::string_view text, int place) {
  while (--place > 0) text.remove_prefix(text.find(',') + 1);
  text = text.substr(0, text.find(','));
  const std::size_t first = text.find_first_not_of(' ');
  return first == text.npos ? text : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

Index Model::outputs() const {
  Tape tape;
  const int output = record(tape, 1, Mode::evaluation).output;
  return tape.program()[output].size.rows;
}

Network Model::record(Tape& tape, Index examples, Mode mode) const {
  Network network{};
  const Var x = tape.input("x", Size(input, examples));
  network.x = network.logits = x.index;
  network.layers.push_back({x.index});
  Recorder recorder{tape, mode, network, x};
  int place = 0;
  for (const Layer& layer : layers) {
    const Shape in = recorder.shape();
    place++;
    try {
      std::visit(recorder, layer);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument("model: layer " + std::to_string(place) + " '" + std::string(layer_text(text, place)) + "' gets " +
                                  std::to_string(in.channels) + "x" + dimensions(in.height, in.width) +
                                  " (channels, height, width): " + error.what());
    }
  }
  network.output = recorder.value.index;
  return network;
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
