// What a recurrent network is shown reading, step by step: a part of a text, or one sequence of the data.
#pragma once
#include <string>
#include <vector>

#include "viz/study.h"

namespace viz {

// A recurrent layer, or one direction of it. Units are counted over all of them: `first` is the number of its first one, from 0.
struct RecurrentLayer {
  std::string name;  // "lstm1", "lstm1.backward"
  nn::Cell cell;
  nn::Function sigma;  // of a plain one
  bool backwards;
  nn::Index units, first;
};
// In the order of Network::recurrent. std::invalid_argument, beginning with `who`, where there are none.
std::vector<RecurrentLayer> recurrent_layers(const nn::Model& model, const std::string& who);

struct SequenceRead {
  nn::Shape shape;                   // of the model's input
  nn::Matrix x;                      // what goes into the network: inputs x 1
  nn::Index before = 0, steps = 0;   // steps that are read and not shown; then those that are
  nn::Index first = 0, length = 0;   // where in the text or sequence the first shown step is, and how long that is
  std::vector<std::string> symbols;  // of the shown steps; none where the inputs are numbers
  bool text = false;                 // a running text: what is wanted after each step is the next symbol
  bool each_step = false;            // an answer is asked for at every step
  nn::Matrix targets;                // 1 x steps of the whole, -1 where none is asked; or outputs x 1; empty where nobody knows them
};
// `from`, counted from 1: of a text 0 is the first symbol that tests, of a sequence its first step; `length`: how many steps at most. Up to
// a hundred symbols of a text are read before, so that the states are not those of one that begins there.
SequenceRead sequence_read(const Study& study, const std::string& who, double from, double length);

// "b at 1,204", "step 7".
std::string step_words(const SequenceRead& read, nn::Index step);
// "value", "marker" of inputs that are numbers.
std::vector<std::string> feature_names(const Study& study, nn::Index count);

}  // namespace viz
