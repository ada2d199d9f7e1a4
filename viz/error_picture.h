// The errors of a network on a text by their types, and its cost beside that of n-gram models (Karpathy, Johnson and Fei-Fei 2015).
#pragma once
#include "viz/error_types.h"
#include "viz/figure.h"
#include "viz/reading.h"

namespace viz::errortypes {

inline constexpr int longest_phrase = 7;  // of the n-gram models whose cost is shown

// Another network that has read the same steps.
struct Compared {
  Reading reading;
  std::string words;  // "step 940"
};

// type: the one whose characters are marked alone, counted from 1 (as ErrorType counts); 0: all. Tensors "counts" [16], how many characters
// are of each type; "types", "symbols" [steps]; "right" [steps], what each character got before it was read; "bits" [1 + longest_phrase]:
// bits a character of the network, then of n = 1, 2, ...; "chosen" [2]: type, first step in the text. The first step is context alone.
// With another network "other counts" [16], "other bits" [1], and the words "other".
// std::invalid_argument where the symbols are no characters, or fewer than two.
Numbers numbers_of(const Reading& reading, const ErrorOracles& oracles, int type, const Compared* other = nullptr);

Scene picture_of(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::errortypes
