// The fast kernels with four lanes, for any 64-bit x86 (the Makefile compiles this file for x86-64-v2).
#include "engine/kernels/table.h"

#ifndef GLASSBOX_DOUBLE
#include "engine/kernels/lanes_portable.h"

// The algorithms are written in terms of the lanes above.
#include "engine/kernels/fast.h"

namespace nn {
const Kernels portable_kernels{"portable", multiply, transpose, sum_columns, apply,    apply_to_sum, apply_derivative, softmax,
                               look_up,    update,   winners,   pick,        put_back, convolve,     convolve_back,    convolve_weights};
}  // namespace nn
#endif
