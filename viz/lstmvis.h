// The select view and the match view of LSTMVis (Strobelt et al. 2016): the states of all cells as lines over time, the cells that are on
// in a chosen range, and the places of the whole text where they are on together.
#pragma once
#include "viz/figure.h"
#include "viz/patterns.h"
#include "viz/reading.h"

namespace viz::lstmvis {

inline constexpr nn::Index before = 12, after = 48;  // steps of the text around the start of a match, the start among those after
inline constexpr std::size_t most_matches = 50;

// What is searched. The window that is shown lies within it.
struct Searched {
  std::span<const int> symbols;
  TrackPart track;
  const PatternIndex& index;
  nn::Index first = 0;  // where in the text the first searched step is
};

// range: of the window's steps. Tensors
//   "lines" [cells, steps]     the window
//   "where" [6]        range from and to, in the window; the window's first step and the text's length; first searched step, how many
//   "selection" [n, 2] a cell, and 1 where it is low
//   "active" [steps]   how many of these are on; beside it "track" and "symbols" [steps]
//   "matches" [m, 4]   from and to in the text, shared, all
//   "match active", "match track", "match symbols" [m, before + after]   around each; -1 beyond the text
//   "precision" [2]    the mean share of a match's steps with the property, and that of all searched steps; not a number where the track
//                      is no yes or no, or where nothing matches
Numbers numbers_of(const Reading& window, Steps range, const PatternRule& rule, const Searched& text);

Scene picture_of(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::lstmvis
