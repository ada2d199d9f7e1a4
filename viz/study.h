// What a method may look at: a network as it was at one moment, its data and its history. All of it const: a view never disturbs training.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.h"
#include "engine/model.h"
#include "engine/param.h"
#include "engine/trainer.h"

namespace viz {

struct Answers;    // answers.h
class TextMemory;  // text_memory.h

// A picture or a row of numbers that is not of the data set: drawn, from a file or from a camera.
struct Given {
  nn::Matrix row;     // like a row of set.inputs
  std::string words;  // "your drawing", "cat.png"
};

struct Study {
  const nn::Model& model;
  const nn::Parameters& parameters;
  nn::Index step = 0, epoch = 0;

  const data::Dataset& set;  // as it was loaded, before features and z-scores
  const data::Split& split;
  const std::vector<std::string>& input_names;                    // of what goes into the network: "x1", "sin(x1)", "petal length"
  const std::function<nn::Matrix(const nn::Matrix&)>& inputs_of;  // rows like set.inputs -> rows that go into the network
  const nn::Examples &train, &test;  // what the network sees: inputs and encoded targets, in the order of split

  std::span<const nn::Epoch> history;
  std::span<const std::vector<nn::Epoch>> runs;  // histories of the same experiment with other seeds; empty for one run
  nn::Index example = 0;                         // the chosen one, a row of set
  nn::Loss loss = nn::Loss::quadratic;           // of training
  const Given* given = nullptr;                  // looked at instead of the chosen example
  const data::TextSet* given_text = nullptr;     // read instead of the data's own text
  TextMemory* text_memory = nullptr;             // of this network and what it reads; null where nobody keeps it
  // Earlier moments of the same training, in order, the shown one last; empty where none are kept.
  std::function<std::vector<std::shared_ptr<const nn::Snapshot>>()> moments = {};
  // What the network says to all test examples, or to all train examples, asked once for many views; empty where nobody keeps it.
  std::function<std::shared_ptr<const Answers>(bool test)> answered = {};
  // A second network that reads the same inputs, to be compared with; null where there is none.
  const Study* other = nullptr;
  std::string_view about = {};     // what the experiment says of itself, in Markdown
  // Told by what takes long how much there is, 0 .. 1; false where nobody waits any more. Empty where nobody asks.
  std::function<bool(double share)> goes_on = {};

  bool two_dimensional() const { return set.inputs.columns() == 2; }
};

// The same study with other weights of the same model; refers to both. What only the first can say (earlier moments, what others have
// asked it, a second network) is left out.
Study with_parameters(const Study& study, const nn::Parameters& parameters);

// The values of a network for some inputs (rows), with dropout asleep.
class Activations {
 public:
  Activations(const Study& study, const nn::Matrix& rows);  // rows that go into the network
  const nn::Network& network() const { return network_; }
  nn::ConstView operator[](int node) const { return values_[node]; }  // rows of the layer x examples
  nn::ConstView output() const { return values_[network_.output]; }

 private:
  nn::Network network_;
  nn::Program program_;
  nn::Values values_;
  nn::Matrix x_;
};

}  // namespace viz
