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
struct Symbols {    // numbers 0 .. count - 1, one a step: learned vectors of so many numbers, or none: a single one at the symbol's place
  Index count, size;
  bool padded;  // a negative number is no symbol: states are held there
};
enum class Cell { rnn, lstm, gru };
struct Recurrent {
  Cell cell;
  Index units;
  Function sigma;  // of a plain one: tanh or relu
  bool both;       // a second one reads from the last step to the first; its states stand below those of the first
};
struct LastStep {};  // of every sequence its last step

// Layers own parameters and have no backward: they record ops.
using Layer =
    std::variant<Dense, Activate, Dropout, Softmax, Conv, Pool, GlobalPool, Upsampling, Normalize, Flatten, Symbols, Recurrent, LastStep>;

// A statistic of the batch that the trainer folds into the running one, a parameter that is not learned.
struct Statistic {
  int batch;            // the node
  std::string running;  // "batchnorm1.running_mean"
  double correction;    // m / (m - 1) for a variance of m numbers, so that its expectation is right; 1 for a mean
};

// A recurrent layer step by step: nodes of the values at each of T steps, in order of time.
struct Unrolled {
  std::string name;  // "lstm1", "lstm1.backward"
  Cell cell;
  std::vector<int> states;        // h_t (s_t), n x B
  std::vector<int> gates, cells;  // [f i C~ o] and C_t of an LSTM, 4n x B and n x B; [r u n q] of a GRU; else empty
};

// A state that the next window of a sequence goes on from: an input, and the value that it should be given then.
struct Carried {
  int before, after;
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
  Index steps = 1;  // of a sequence: the values behind its first recurrent layer have steps x examples columns, step by step
  std::vector<Unrolled> recurrent;
  std::vector<Carried> carried;  // none where all sequences start from zero
};

// Dropout acts in training alone; batch normalization uses the batch's statistics there, and the running ones in evaluation.
enum class Mode { training, evaluation };

// Whether sequences start from zero, or from states that are inputs: where the window before has ended.
enum class Start { zero, carried };

struct Model {
  std::string text;
  Shape input;
  std::vector<Layer> layers;

  Index outputs() const;
  const Layer& last() const { return layers.back(); }
  // Records the network for this many examples. Values are named: "x", "dense1" (z), "tanh1" (a), "dense2", "maxpool1" and its winners
  // "maxpool1.switches", ... std::invalid_argument says which layer does not fit, what came in and what it needs.
  Network record(Tape& tape, Index examples, Mode mode, Start start = Start::zero) const;
};

// Reads the text; std::invalid_argument says which layer is wrong, what was found and what was expected. Whether the layers fit together
// shows when they are recorded.
//   dense N    every activation by its name    dropout P    softmax    flatten    gap (global average)    batchnorm    layernorm
//   conv N HxW [pad P] [stride S] [dilation D] [groups G]    deconv, the same, transposed    lrn [CHANNELS]
//   maxpool K [stride S] [pad P]    avgpool, the same; the stride is K where none is given    upsample F [bilinear]
//   onehot V [padded]    embed V N [padded]    rnn N [relu] [both]    lstm N [both]    gru N [both]    last (step)
// A sequence of T steps with F features, or one symbol, each is an input of F x 1 x T.
Model parse_model(std::string_view text, Shape input);

// All parameters of a model, zeros.
Parameters parameters_of(const Model& model);
// Whether the weights of one model fit the other: the same parameters by name and shape, in the same order.
bool same_parameters(const Model& a, const Model& b);

}  // namespace nn
