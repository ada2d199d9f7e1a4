// How much of the time every gate is nearly shut or nearly open (Karpathy, Johnson and Fei-Fei 2015, figure 3).
#pragma once
#include "viz/figure.h"
#include "viz/reading.h"

namespace viz::saturation {

// Tensor "saturation" [dots, 4]: gate (a place among the words "gates"), cell (among the words "cells"), the share of steps below 0.1 and
// above 0.9; tensor "means" [gates, 4]: the mean shares, and those of the untrained network, not a number where there is none. A gate of
// the same name in several layers is one gate. `unit`: a cell that is marked, counted from 1, 0 for none.
// std::invalid_argument where no layer has gates.
Numbers numbers_of(const Reading& reading, const Reading* untrained, nn::Index unit);

Scene picture_of(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::saturation
