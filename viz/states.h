// The states of a recurrent network over time: units x steps as a heat map, the chosen unit as a line, what is read and answered below.
#pragma once
#include "viz/figure.h"
#include "viz/unrolled_run.h"

namespace viz::states {

enum class Order { as_they_are, by_when, by_likeness };

// The rows of a matrix in this order: as they are; by the step at which |value| is greatest, the earliest first; or each one followed by
// the one most like it (by |r|) of those that are left, from the one that changes most on.
std::vector<nn::Index> order_of(nn::ConstView values, Order order);

struct Choice {
  Inside signal = Inside::state;
  Order order = Order::as_they_are;
  nn::Index unit = 0;  // counted from 1 over all recurrent layers; 0: the one that changes most
};

// Tensors
//   "states" [units, steps]      of all layers that have the signal
//   "units" [units]              their numbers, counted from 1; "order" [units]: rows of "states", from the top
//   "chosen" [6]                 row, signal, order; first step, length of the whole; whether a text
//   "numbers" [features, steps]  where no symbols are read
//   "right" [answers]            1 where what was foreseen is what was wanted, else 0; -1 where nobody knows
// Words "names" of the units, "symbols", "features", "wanted" and "foreseen", one an answer, "signal".
// std::invalid_argument, beginning with "states", where no layer has the signal.
Numbers numbers_of(const Study& study, const SequenceRead& read, const SequenceRun& run, const Choice& choice);

Scene picture_of(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::states
