// Convolutions on all threads: work is cut by its shape, so that the bits do not depend on how many threads there are.
#pragma once
#include "engine/kernels.h"

namespace nn {

// A shape whose output is counted; std::invalid_argument beginning with `who` where filters, groups or kernel do not fit the input.
Convolution convolution(const std::string& who, Shape input, Index examples, Index filters, const Convolution& wanted);

// How many threads share a convolution at most, and how many reals of scratch the three below need, the same for each.
constexpr Index convolution_pieces = 4;
Index convolution_scratch(const Convolution& shape);

// kernels().convolve and its two ways back, cut by examples or by filters.
void convolve(const Convolution& shape, ConstView w, const Real* b, ConstView x, View z, Real* scratch);
void convolve_back(const Convolution& shape, ConstView w, ConstView delta, View dx, Real* scratch);
void convolve_weights(const Convolution& shape, ConstView delta, ConstView x, View dw, Real* scratch);

}  // namespace nn
