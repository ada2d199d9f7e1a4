// A network from its text, such as "dense 8, tanh, dropout 0.2, dense 3, softmax" or "conv 8 5x5 pad 2, relu, maxpool 2, dense 10,
// softmax".
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "engine/ops.h"
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
struct Conv {
  Index filters;
  Convolution how;
  bool transposed;
};
struct Pool {
  Window window;
  bool average;  // else the largest
};
struct GlobalPool {};
struct Upsampling {
  Index factor;
  bool bilinear;
};
enum class Norm { batch, layer, local_response };
struct Normalize {
  Norm norm;
  Index channels;  // of local response normalization
};
struct Flatten {};  // a column is flat as it lies

// Layers own parameters and have no backward: they record ops.
using Layer = std::variant<Dense, Activate, Dropout, Softmax, Conv, Pool, GlobalPool, Upsampling, Normalize, Flatten>;

// A statistic of the batch that the trainer folds into the running one, a parameter that is not learned.
struct Statistic {
  int batch;            // the node
  std::string running;  // "batchnorm1.running_mean"
  double correction;    // m / (m - 1) for a variance of m numbers, so that its expectation is right; 1 for a mean
};

// Where in a program the values are that training and views ask for.
struct Network {
  int x;                   // the inputs
  int output;              // what the last layer says
  int logits;              // what went into a closing softmax or sigmoid, else the output
  std::vector<int> masks;  // of dropout, inputs to be filled; none in evaluation
  std::vector<double> mask_probabilities;
  std::vector<Statistic> statistics;  // of batch normalization; none in evaluation
  // The values of each layer of neurons, input first: z (of dense or conv) and what follows it up to the next, a and pooled pictures.
  std::vector<std::vector<int>> layers;
};

// Dropout acts in training alone; batch normalization uses the batch's statistics there, and the running ones in evaluation.
enum class Mode { training, evaluation };

struct Model {
  std::string text;
  Shape input;
  std::vector<Layer> layers;

  Index outputs() const;
  const Layer& last() const { return layers.back(); }
  // Records the network for this many examples. Values are named: "x", "dense1" (z), "tanh1" (a), "dense2", "maxpool1" and its winners
  // "maxpool1.switches", ... std::invalid_argument says which layer does not fit, what came in and what it needs.
  Network record(Tape& tape, Index examples, Mode mode) const;
};

// Reads the text; std::invalid_argument says which layer is wrong, what was found and what was expected. Whether the layers fit together
// shows when they are recorded.
//   dense N    every activation by its name    dropout P    softmax    flatten    gap (global average)    batchnorm    layernorm
//   conv N HxW [pad P] [stride S] [dilation D] [groups G]    deconv, the same, transposed    lrn [CHANNELS]
//   maxpool K [stride S] [pad P]    avgpool, the same; the stride is K where none is given    upsample F [bilinear]
Model parse_model(std::string_view text, Shape input);

// All parameters of a model, zeros.
Parameters parameters_of(const Model& model);
// Whether the weights of one model fit the other: the same parameters by name and shape, in the same order.
bool same_parameters(const Model& a, const Model& b);

}  // namespace nn
