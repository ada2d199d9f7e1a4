// The fast kernels with eight lanes, for machines with AVX2 (the Makefile compiles this file for x86-64-v3).
#include "engine/kernels/table.h"

#ifndef GLASSBOX_DOUBLE
#include "engine/kernels/lanes_avx2.h"

// The algorithms are written in terms of the lanes above.
#include "engine/kernels/fast.h"

namespace nn {
const Kernels avx2_kernels{"avx2",  multiply, transpose, sum_columns, apply,    apply_to_sum, apply_derivative, softmax,
                           look_up, update,   winners,   pick,        put_back, convolve,     convolve_back,    convolve_weights};
}  // namespace nn
#endif
