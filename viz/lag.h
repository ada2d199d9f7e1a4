// How the gradient of the last answer fades on its way back through time: the norm of dL_T/dh_{T-k} against the lag k (Hochreiter 1991;
// Bengio, Simard and Frasconi 1994).
#pragma once
#include "viz/figure.h"
#include "viz/unrolled_sequence.h"

namespace viz::lag {

// What is sent back through time: sequences that are read side by side, and what is asked at the end of each.
struct Batch {
  nn::Shape shape;               // of one sequence
  nn::Matrix x, y;               // inputs x examples; y: what nn::cost() compares with
  std::vector<nn::Index> steps;  // of each example, how many there are
};
// Up to `examples` sequences that test; of a text as many windows of `lags` steps, each after as many that are only read, at equal
// distances. `backwards`: what is asked is asked where a layer that reads from the last step to the first ends.
Batch batch_of(const Study& study, nn::Index examples, nn::Index lags, bool backwards);

// Lags x examples: the norm of dL/dh_{T-k} of each example, or of dL/dC_{T-k}; not a number where a sequence is shorter than that.
nn::Matrix gradient_norms(const nn::Model& model, const nn::Parameters& parameters, nn::Loss loss, const Batch& batch, std::size_t layer,
                          bool cell, nn::Index lags);

// The same as shares of lag 0.
nn::Matrix shares_of_first(nn::ConstView norms);

// By which factor the medians change a step, from lag `from` on: e to the slope of the straight line through their logarithms. Not a number
// where fewer than two medians are more than 0.
double factor_per_step(nn::ConstView medians, nn::Index from);

struct Network {
  std::string words;     // "lstm1 h"
  bool trained, second;  // second: of the run beside this one
  nn::Matrix norms;      // lags x examples
};
// Tensors
//   "lag" [networks, lags, 3]  of each lag the median, and the quartiles around it
//   "factors" [networks]       factor_per_step() from lag 1 on
//   "kinds" [networks, 2]      trained, second
//   "examples" [3]             how many, how many of them reach the last lag, and whether shares are shown
// Words "networks".
Numbers numbers_of(const std::vector<Network>& networks, bool share);

Scene picture_of(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::lag
