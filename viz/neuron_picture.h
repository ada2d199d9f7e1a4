// The parts of the picture of one neuron with its numbers: what comes in, the sum, the function, what comes out; and its equations.
#pragma once
#include "viz/equation_lines.h"

namespace viz::neuron {

// The numbers of one neuron j of layer l. `w a`, `rest` and b add up to z.
struct Terms {
  nn::ConstView inputs;            // of each input: a_k, w_jk, w_jk a_k, dC/dw_jk
  std::vector<nn::Index> shown;    // the inputs that are drawn, in order
  double b, z, a, delta, cost;     // delta = dC/dz; NaN where the example has no target
  double rest;                     // the sum of w_jk a_k over the inputs that are not drawn
  nn::Index layer, unit;           // counted from 1
  nn::ConstView curve;             // points (z, sigma(z)) of the function
  std::string function;            // "tanh", "softmax"; "linear" for none
  std::vector<std::string> names;  // of the inputs
  std::string from, parameter;     // "x", "dense1": of the ids
  nn::Index hidden() const { return inputs.rows - nn::Index(shown.size()); }
};
Terms terms_of(const Numbers& numbers);

// Figure 3.2 of the book with numbers.
void add_neuron(Scene& scene, const Terms& terms, Box room, const Style& style);

// The graph of sigma with the point (z, a) on it.
void add_graph(Scene& scene, const Terms& terms, Box box, const Style& style);

// The equations (3.1) and (3.4), in letters and with the numbers, as high as they need; empty where they need more than `room`.
Scene equations(const Terms& terms, Box room, const Style& style);

}  // namespace viz::neuron
