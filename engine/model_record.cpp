// Recording a network, layer by layer.
#include <algorithm>
#include <map>
#include <stdexcept>

#include "engine/model.h"
#include "engine/ops.h"

namespace nn {

namespace {

// Records layers one after another, giving each value its name.
struct Recorder {
  Tape& tape;
  Mode mode;
  Network& network;
  Var value;
  Start start = Start::zero;
  std::map<std::string, int> count = {};  // of layers with this name
  bool sequence = false;                  // the columns of the value are steps
  Index one_hot = 0;                      // symbols there are, where the value is symbols that no layer has looked up yet
  Index both = 0;                         // units of each direction, where the value is the states of two
  Var symbols = {};                       // where a sequence may end before its last step

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

  // W x + b, by a look-up where x is a symbol.
  Var weighted(const std::string& name, Index rows) {
    const Index inputs = one_hot > 0 ? one_hot : value.size().rows;
    const Var W = tape.parameter(name + ".weight", rows, inputs, {rows, inputs}), b = tape.parameter(name + ".bias", rows, 1);
    return one_hot > 0 ? lookup(W, value, b) : affine(W, value, b);
  }

  void operator()(const Dense& layer) {
    const std::string name = numbered("dense");
    const Var z = weighted(name, layer.units);
    one_hot = 0;
    begin(z, name);
  }

  // From here on columns are steps.
  void be_sequence() {
    if (sequence) return;
    sequence = true;
    network.steps = shape().width;
    value = tape.name(unroll(value), "steps");
  }

  void operator()(const Symbols& layer) {
    if (shape().channels != 1 || network.layers.size() > 1) throw std::invalid_argument("symbols: one a step is the input of a model");
    be_sequence();
    if (layer.padded) symbols = value;
    one_hot = layer.count;
    if (layer.size == 0) return;
    const std::string name = numbered("embed");
    const Var E = tape.parameter(name + ".weight", layer.size, layer.count, {layer.size, layer.count});
    one_hot = 0;
    begin(lookup(E, value, zeros(E, layer.size, 1)), name);
  }

  void operator()(const Recurrent& layer) {
    const std::string name = numbered(layer.cell == Cell::rnn ? "rnn" : layer.cell == Cell::lstm ? "lstm" : "gru");
    be_sequence();
    Var H = recurrent(layer, name, false);
    both = layer.both ? layer.units : 0;
    if (layer.both) H = concatenate({H, recurrent(layer, name + ".backward", true)});
    one_hot = 0;
    begin(H, name);
  }

  // The states of all steps.
  Var recurrent(const Recurrent& layer, const std::string& name, bool backwards) {
    const Index n = layer.units, T = network.steps, B = value.size().columns / T;
    const Index gates = layer.cell == Cell::rnn ? 1 : layer.cell == Cell::lstm ? 4 : 3;
    const Var A = tape.name(weighted(name, gates * n), name + ".below"),
              W = tape.parameter(name + ".recurrent", gates * n, n, {gates * n, n});
    const Var H = tape.blocks({n, T * B});
    const auto begin_with = [&](const char* what) {
      return start == Start::zero || backwards ? zeros(A, n, B) : tape.input(name + what, {n, B});
    };
    Var h = begin_with(".h0"), C = layer.cell == Cell::lstm ? begin_with(".C0") : Var{};
    const Var first_h = h, first_C = C;
    const Var c = layer.cell == Cell::gru ? tape.parameter(name + ".candidate_bias", n, 1) : Var{};
    Unrolled steps{name, layer.cell, std::vector<int>(std::size_t(T)), {}, {}};
    steps.gates.resize(layer.cell == Cell::rnn ? 0 : std::size_t(T));
    steps.cells.resize(layer.cell == Cell::lstm ? std::size_t(T) : 0);
    for (Index i = 0; i < T; i++) {
      const Index t = backwards ? T - 1 - i : i;
      const Var a = tape.columns(A, t * B, B), here = symbols.tape ? tape.columns(symbols, t * B, B) : Var{};
      const Var into = here.tape ? tape.blocks({n, B}) : H, before = h;  // what is held is written elsewhere first
      const Index place = here.tape ? 0 : t * B;
      if (layer.cell == Cell::rnn) h = rnn_step(layer.sigma, W, h, a, into, place);
      if (layer.cell == Cell::lstm) {
        const Var g = lstm_gates(W, h, a), now = lstm_cell(g, C);
        h = lstm_output(g, now, into, place);
        C = here.tape ? hold(now, C, here) : now;
        steps.gates[std::size_t(t)] = g.index;
        steps.cells[std::size_t(t)] = C.index;
      }
      if (layer.cell == Cell::gru) {
        const Var g = gru_gates(W, h, a, c);
        h = gru_output(g, h, into, place);
        steps.gates[std::size_t(t)] = g.index;
      }
      if (here.tape) h = hold(h, before, here, H, t * B);
      steps.states[std::size_t(t)] = h.index;
    }
    if (start == Start::carried && !backwards) {
      network.carried.push_back({first_h.index, h.index});
      if (C.tape) network.carried.push_back({first_C.index, C.index});
    }
    network.recurrent.push_back(std::move(steps));
    return H;
  }

  void operator()(const LastStep&) {
    if (!sequence) throw std::invalid_argument("last: there are no steps");
    const Index B = value.size().columns / network.steps;
    // Of each direction the step that it reads last; a copy, so that what follows has the examples side by side.
    const Var end = tape.columns(value, (network.steps - 1) * B, B), start_of_all = tape.columns(value, 0, B);
    follow(both > 0 ? concatenate({slice_rows(end, 0, both), slice_rows(start_of_all, both, both)}) : scale(end, 1), numbered("last"));
    network.steps = 1;
    sequence = false;
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
    Convolution how = layer.how;
    how.winograd = mode == Mode::training;  // views, which ask what a single pixel does, see none of its rounding errors
    begin(layer.transposed ? conv_transpose2d(W, value, b, how) : conv2d(W, value, b, how), name);
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

Network Model::record(Tape& tape, Index examples, Mode mode, Start start) const {
  Network network{};
  const Var x = tape.input("x", Size(input, examples));
  network.x = network.logits = x.index;
  network.layers.push_back({x.index});
  Recorder recorder{tape, mode, network, x, start};
  int place = 0;
  for (const Layer& layer : layers) {
    const Shape in = recorder.shape();
    place++;
    try {
      if (recorder.one_hot > 0 && !std::holds_alternative<Dense>(layer) && !std::holds_alternative<Recurrent>(layer))
        throw std::invalid_argument("symbols go into dense, rnn, lstm or gru; 'embed V N' makes vectors of them for all others");
      if (!std::holds_alternative<LastStep>(layer)) recorder.both = 0;
      std::visit(recorder, layer);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument("model: layer " + std::to_string(place) + " '" + std::string(layer_text(text, place)) + "' gets " +
                                  std::to_string(in.channels) + "x" + dimensions(in.height, in.width) +
                                  " (channels, height, width): " + error.what());
    }
  }
  if (recorder.one_hot > 0) throw std::invalid_argument("model: nothing follows the symbols; dense, rnn, lstm or gru should");
  network.output = recorder.value.index;
  return network;
}

}  // namespace nn
