// The text heat map of one cell (Karpathy, Johnson and Fei-Fei 2015): numbers of a reading, and their picture.
#pragma once
#include "viz/figure.h"
#include "viz/reading.h"

namespace viz::text_heatmap {

inline constexpr nn::Index likeliest = 5;  // symbols after each step

struct Choice {
  nn::Index unit = 0;         // the cell, counted from 1; 0: the one that follows the property best
  std::string property = {};  // a track; empty: as track_named() takes it
  nn::Index place = 0;        // a step, counted from 1, whose next symbols are listed; 0: none
  int next = 3;               // rows of the likeliest next symbols below the text, 0 .. 5
  bool end = false;           // where there is no room for all, whether the end is shown, as of a text that is being typed
};

// Tensors "activation" [steps] of the chosen cell; "track" [steps]; "symbols" [steps]; "next" and "share" [steps, 5], the likeliest symbols
// after each step; "scores" [cells, 3]: number from 0, r, area, the best first; "worth" [4]: the best |r| and the R^2 of a linear probe,
// then the same of the untrained network, not a number where there is none. Words "vocabulary", "cells", "property".
Numbers numbers_of(const Reading& reading, const Reading* untrained, const Choice& choice);

Scene picture_of(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::text_heatmap
