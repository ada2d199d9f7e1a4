// A recurrent network run along one sequence, with all that happens inside at every step, and what flows back through time.
#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "viz/unrolled_sequence.h"

namespace viz {

// What a unit has at every step, by the words of a menu. A plain layer has h alone.
enum class Inside { state, cell, forget, input, candidate, output, reset, update };
inline constexpr std::string_view inside_names[] = {"state", "cell", "forget", "input", "candidate", "output", "reset", "update"};
// "h", "C", "f", "i", "C~", "o"; of a GRU "h", "r", "u", "n".
std::string_view letter_of(Inside what, nn::Cell cell);
bool has(nn::Cell cell, Inside what);
// Where its rows begin among the gates' value, in units.
nn::Index block_of(Inside gate, nn::Cell cell);

class SequenceRun {
 public:
  // Forwards from states that are zero. With targets there is a cost, the mean over the answers that are asked for among the shown steps.
  SequenceRun(const Study& study, const nn::Parameters& parameters, const SequenceRead& read);

  const nn::Network& network() const { return network_; }
  const nn::Program& program() const { return *program_; }
  nn::ConstView operator[](int node) const { return (*values_)[node]; }
  nn::Index all() const { return nn::Index(network_.recurrent[0].states.size()); }  // steps, shown or not

  // Of the units of a layer over the steps first .. first + count - 1 of all: units x count.
  nn::Matrix inside(std::size_t layer, Inside what, nn::Index first, nn::Index count) const;
  // The node that a layer computes from at each step, and whether it is symbols.
  int below(std::size_t layer) const { return program_->find(network_.recurrent[layer].name + ".below"); }
  bool looks_up(std::size_t layer) const { return (*program_)[below(layer)].op->name() == "lookup"; }

  // dC/dy of every node. None where there are no targets.
  std::optional<nn::Signals> from_cost() const;
  double cost() const;

 private:
  nn::Network network_;
  int cost_ = -1;
  std::unique_ptr<nn::Program> program_;
  std::unique_ptr<nn::Values> values_;
  nn::Matrix x_, y_;
};

// What the network answers. Of answers at every step one a shown step, else a single one.
struct SequenceAnswers {
  nn::Index likeliest = 0;            // how many are listed of each; 0 where the answers are numbers
  std::vector<std::string> foreseen;  // answers x likeliest, the likeliest first; or the numbers
  nn::Matrix shares;                  // answers x likeliest
  std::vector<std::string> wanted;    // one an answer; empty where nobody knows
};
SequenceAnswers answers_of(const Study& study, const SequenceRead& read, const SequenceRun& run, nn::Index likeliest);

}  // namespace viz
