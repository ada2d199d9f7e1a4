// A network from its text, such as "dense 8, tanh, dropout 0.2, dense 3, softmax".
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "engine/kernels.h"
#include "engine/param.h"
#include "engine/tape.h"

namespace nn {

struct Dense {
  Index units;
};
struct Activate {
  Function sigma;
};
struct Dropout {
  double probability;  // of a value to be dropped
};
struct Softmax {};

// Layers own parameters and have no backward: they record ops.
using Layer = std::variant<Dense, Activate, Dropout, Softmax>;

// Where in a program the values are that training and views ask for.
struct Network {
  int x;                   // the inputs
  int output;              // what the last layer says
  int logits;              // what went into a closing softmax or sigmoid, else the output
  std::vector<int> masks;  // of dropout, inputs to be filled; none in evaluation
  std::vector<double> mask_probabilities;
  std::vector<std::vector<int>> layers;  // the values of each layer of neurons, input first: z and a, or x alone
};

enum class Mode { training, evaluation };  // dropout acts in training alone

struct Model {
  std::string text;
  Shape input;
  std::vector<Layer> layers;

  Index outputs() const;
  const Layer& last() const { return layers.back(); }
  // Records the network for this many examples. Values are named: "x", "dense1" (z), "tanh1" (a), "dense2", ...
  Network record(Tape& tape, Index examples, Mode mode) const;
};

// Reads the text; std::invalid_argument says which layer is wrong, what was found and what was expected.
// Layers: dense N, dropout P, softmax, and every activation by its name.
Model parse_model(std::string_view text, Shape input);

// All parameters of a model, zeros.
Parameters parameters_of(const Model& model);
// Whether the weights of one model fit the other: the same parameters by name and shape, in the same order.
bool same_parameters(const Model& a, const Model& b);

}  // namespace nn
