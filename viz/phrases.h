// A text's phrases counted: from them come n-gram models, against which a recurrent network has to hold its own.
#pragma once
#include <span>
#include <vector>

#include "engine/matrix.h"

namespace viz {

using Symbols = std::span<const int>;  // numbers of symbols, as a Vocabulary gives them

// Every place of a text, in the order of the `longest` symbols that follow it (a suffix array, Manber and Myers 1990, of phrases this
// long), so that the places of a phrase lie side by side.
class Phrases {
 public:
  // symbols: how many different ones there are. Throws std::invalid_argument where the text is empty or longest is below 1.
  Phrases(Symbols text, int symbols, int longest = 10);
  int longest() const { return longest_; }
  std::size_t count(Symbols phrase) const;  // how often it stands in the text; of an empty phrase the length of the text

  // The probability that `next` follows the last n - 1 symbols before it, mixed with the shorter contexts as far as these have been
  // followed by different symbols (Witten and Bell 1991):
  //   p_n(next | h) = (count(h next) + kinds(h) p_{n-1}(next | h')) / (count(h *) + kinds(h)),   p_0 = 1 / symbols
  // h' is h without its first symbol; kinds(h) the number of different symbols that follow h, count(h *) how often any does. n: 1 ..
  // longest.
  double probability(Symbols before, int next, int n) const;
  // p_1, p_2, ... p_n; they end before the first context that the text never goes on after.
  std::vector<double> probabilities(Symbols before, int next, int n) const;

 private:
  struct Range {
    std::size_t first, last;  // places in order_, last excluded
  };
  struct Follow {
    double symbols = 0, kinds = 0;  // count(h *) and kinds(h)
  };
  Range range(Symbols phrase) const;
  Follow follow(Symbols phrase) const;
  std::vector<int> text_, order_;
  int symbols_, longest_;
};

// -log p_n of each symbol after the first, its mean in nats. Throws std::invalid_argument for a text of fewer than two symbols.
double n_gram_cost(const Phrases& phrases, Symbols text, int n);

}  // namespace viz
