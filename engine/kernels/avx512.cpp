// The fast kernels with sixteen lanes, for machines with AVX-512 (the Makefile compiles this file for x86-64-v4).
#include "engine/kernels/table.h"

#ifndef GLASSBOX_DOUBLE
#include "engine/kernels/lanes_avx512.h"

// The algorithms are written in terms of the lanes above.
#include "engine/kernels/fast.h"

namespace nn {
const Kernels avx512_kernels{"avx512", multiply, transpose, sum_columns, apply,    apply_to_sum, apply_derivative, softmax,
                             look_up,  update,   winners,   pick,        put_back, convolve,     convolve_back,    convolve_weights};
}  // namespace nn
#endif
