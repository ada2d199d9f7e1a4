// Four lanes: SSE, which every 64-bit x86 has. There is no fused multiply-add and there are no masks.
#pragma once
#include <immintrin.h>

#include "engine/kernels/table.h"

namespace nn {
namespace {
typedef float Floats __attribute__((vector_size(16)));
typedef int Ints __attribute__((vector_size(16)));
}  // namespace
}  // namespace nn

#include "engine/kernels/lanes.h"

namespace nn {
namespace {

// What multiply holds of C in the 16 registers: 4 x 2, beside two of B, one of A and products.
constexpr int block_rows = 4, block_vectors = 2;
// The same for a convolution: filters x registers of pixels; and for its weights, filters x weights.
constexpr int filter_rows = 4, pixel_vectors = 2, weight_rows = 2, weight_columns = 3;

using Tail = Index;  // the first `count` lanes
inline Tail tail(Index count) { return count; }

inline Lanes load(const float* x, All) { return Lanes::of(_mm_loadu_ps(x)); }
inline Lanes load(const float* x, Tail t) {  // the other lanes are 0
  Lanes lanes(0);
  for (Index i = 0; i < t; i++) lanes.v[i] = x[i];
  return lanes;
}
inline void store(float* y, Lanes x, All) { _mm_storeu_ps(y, x.v); }
inline void store(float* y, Lanes x, Tail t) {  // the other lanes are left alone
  for (Index i = 0; i < t; i++) y[i] = x.v[i];
}

// The numbers of a table at these places; 0 where a place is negative.
inline Lanes gather(const float* table, const int* at, Tail t) {
  Lanes lanes(0);
  for (Index i = 0; i < t; i++)
    if (at[i] >= 0) lanes.v[i] = table[at[i]];
  return lanes;
}
inline Lanes gather(const float* table, const int* at, All) { return gather(table, at, Tail(width)); }

inline Lanes at_least(Lanes bound, Lanes x) { return Lanes::of(_mm_max_ps(bound.v, x.v)); }
inline Lanes at_most(Lanes bound, Lanes x) { return Lanes::of(_mm_min_ps(bound.v, x.v)); }
inline Lanes fma(Lanes a, Lanes b, Lanes c) { return a * b + c; }
inline Lanes sqrt(Lanes x) { return Lanes::of(_mm_sqrt_ps(x.v)); }

// In two halves, because 2^n itself may be out of range where x 2^n is not.
inline Lanes times_power_of_two(Lanes x, Lanes n) {
  Ints whole = __builtin_convertvector(n.v, Ints), half = whole >> 1;
  return Lanes::of(x.v * (Floats)((half + 127) << 23) * (Floats)((whole - half + 127) << 23));
}

inline float sum(Lanes x) { return (x.v[0] + x.v[2]) + (x.v[1] + x.v[3]); }

// a0 b0 a1 b1 from the first halves, and from the second halves.
inline Lanes interleave_first(Lanes a, Lanes b) { return Lanes::of(_mm_unpacklo_ps(a.v, b.v)); }
inline Lanes interleave_second(Lanes a, Lanes b) { return Lanes::of(_mm_unpackhi_ps(a.v, b.v)); }

}  // namespace
}  // namespace nn
