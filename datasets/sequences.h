// Sequences with one answer each, or with a class at every step: what is learned from is the whole sequence, step after step.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/text.h"
#include "engine/matrix.h"

namespace data {

// Either `numbers` or `ids` is filled, and one of `labels`, `tags` and `values`.
struct Sequences {
  std::string name;
  std::vector<nn::Matrix> numbers;       // features x steps
  std::vector<std::vector<int>> ids;     // a symbol a step
  Vocabulary symbols;                    // of the ids
  std::vector<std::string> input_names;  // of the features
  std::vector<int> labels;               // a class for the whole sequence
  std::vector<std::vector<int>> tags;    // a class for every step
  std::vector<std::string> class_names;
  std::vector<nn::Real> values;  // a number for the whole sequence

  std::size_t size() const { return numbers.size() + ids.size(); }
};

struct SequenceGenerator {
  std::string_view name, title, help;
  int count;  // of sequences, the default
  int steps;  // the default; 0: every sequence has its own
  Sequences (*make)(int count, int steps, std::uint64_t seed);
};
std::span<const SequenceGenerator> sequence_generators();

// 0 takes the generator's own. Throws std::invalid_argument for an unknown name (naming the nearest) or a wrong number.
Sequences generate_sequences(std::string_view name, int count, int steps, std::uint64_t seed);

// Each step is a value from [0, 1) and a marker; two steps have the marker 1, one in each half, and their values are to be added
// (Hochreiter and Schmidhuber 1997). Who always answers 1 is off by 1/6 in the mean square.
Sequences adding(int count, int steps, std::uint64_t seed);
// The first symbol, one of a b c d, is to be told at the end, after noise of - and +. Chance: 1 of 4.
Sequences recall(int count, int steps, std::uint64_t seed);
// Names of three invented languages, from which one is to be told by its sound: Oluan, Grumsk, Shinzen.
Sequences language_names(int count, int steps, std::uint64_t seed);
// 10 .. `steps` letters of noise, among which " opens and closes; at every step: outside or inside.
Sequences inside_outside(int count, int steps, std::uint64_t seed);

}  // namespace data
