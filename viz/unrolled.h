// The unrolled graph of a recurrent network (Zeng 2016, figure 3.4) and the inside of its cell at one step (figure 3.5), with all numbers.
#pragma once
#include "viz/figure.h"
#include "viz/unrolled_run.h"

namespace viz::unrolled {

// What is computed in a cell, in order; and those of them that are weighted sums: a plain layer's state, else the gates and the candidate.
std::vector<Inside> parts_of(nn::Cell cell);
std::vector<Inside> sums_of(nn::Cell cell);

struct Choice {
  nn::Index place = 1;           // the step that is enlarged, counted from 1
  nn::Index unit = 0;            // counted from 1 over all recurrent layers; 0: the one that changes most
  Inside part = Inside::forget;  // whose sum is written out; where the cell has none, its first
};

// Of the chosen unit j at the chosen step t; a layer that reads backwards has t + 1 before t. Tensors
//   "states" [units, steps]        h of all recurrent layers
//   "layers" [layers, 6]           cell, function, units, first unit, backwards, numbers in its parameters
//   "chosen" [9]                   layer, unit, step, part; first step, length of the whole; whether a text; numbers in all parameters;
//                                  whether an answer is asked for at every step
//   "inside" [parts, units]        of the chosen layer, parts_of() by rows
//   "terms" [sums, terms, 2]       weight and value of each term, x first, then h_{t-1}
//   "sums" [sums, 5]               b, c (of the candidate of a GRU), z, sigma(z), delta = dL/dz
//   "memory" [6]                   C_{t-1}, h_{t-1}; dL/dC_t, dL/dh_t; q_t of a GRU; the cost L
//   "shares" [answers, likeliest]  of the words "foreseen"; "numbers" [features, steps] where no symbols are read
// What flows back is not a number where nobody knows what is wanted. Words "layers", "terms", "inputs" [0]: how many terms are x,
// "symbols", "features", "wanted", "foreseen", "step"; "output" where o_t = softmax(V s_t) of the chosen layer.
Numbers numbers_of(const Study& study, const SequenceRead& read, const SequenceRun& run, const Choice& choice);

Scene picture_of(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::unrolled
