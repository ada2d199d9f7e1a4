// Sixteen lanes: AVX-512, with mask registers for the tails.
#pragma once
#include <immintrin.h>

#include "engine/kernels/table.h"

namespace nn {
namespace {
typedef float Floats __attribute__((vector_size(64)));
typedef int Ints __attribute__((vector_size(64)));
}  // namespace
}  // namespace nn

#include "engine/kernels/lanes.h"

namespace nn {
namespace {

// What multiply holds of C in the 32 registers: 12 x 2, beside two of B and one of A.
constexpr int block_rows = 12, block_vectors = 2;
// The same for a convolution: filters x registers of pixels; and for its weights, filters x weights.
constexpr int filter_rows = 8, pixel_vectors = 3, weight_rows = 4, weight_columns = 6;

using Tail = __mmask16;  // the first `count` lanes
inline Tail tail(Index count) { return Tail((1u << count) - 1); }

inline Lanes load(const float* x, All) { return Lanes::of(_mm512_loadu_ps(x)); }
inline Lanes load(const float* x, Tail t) { return Lanes::of(_mm512_maskz_loadu_ps(t, x)); }  // the other lanes are 0
inline void store(float* y, Lanes x, All) { _mm512_storeu_ps(y, x.v); }
inline void store(float* y, Lanes x, Tail t) { _mm512_mask_storeu_ps(y, t, x.v); }  // the other lanes are left alone

// The numbers of a table at these places; 0 where a place is negative.
inline Lanes gather(const float* table, const int* at, Tail t) {
  const __m512i places = _mm512_maskz_loadu_epi32(t, at);
  const __mmask16 there = _mm512_mask_cmpge_epi32_mask(t, places, _mm512_setzero_si512());
  return Lanes::of(_mm512_mask_i32gather_ps(_mm512_setzero_ps(), there, places, table, 4));
}
inline Lanes gather(const float* table, const int* at, All) { return gather(table, at, Tail(0xffff)); }

inline Lanes at_least(Lanes bound, Lanes x) { return Lanes::of(_mm512_maskz_max_ps(0xffff, bound.v, x.v)); }
inline Lanes at_most(Lanes bound, Lanes x) { return Lanes::of(_mm512_maskz_min_ps(0xffff, bound.v, x.v)); }
inline Lanes fma(Lanes a, Lanes b, Lanes c) { return Lanes::of(_mm512_fmadd_ps(a.v, b.v, c.v)); }
inline Lanes sqrt(Lanes x) { return Lanes::of(_mm512_maskz_sqrt_ps(0xffff, x.v)); }
inline Lanes times_power_of_two(Lanes x, Lanes n) { return Lanes::of(_mm512_maskz_scalef_ps(0xffff, x.v, n.v)); }

inline float sum(Lanes x) {
  auto eight = __builtin_shufflevector(x.v, x.v, 0, 1, 2, 3, 4, 5, 6, 7) + __builtin_shufflevector(x.v, x.v, 8, 9, 10, 11, 12, 13, 14, 15);
  auto four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

// a0 b0 a1 b1 ... from the first halves, and from the second halves.
inline Lanes interleave_first(Lanes a, Lanes b) {
  return Lanes::of(__builtin_shufflevector(a.v, b.v, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
}
inline Lanes interleave_second(Lanes a, Lanes b) {
  return Lanes::of(__builtin_shufflevector(a.v, b.v, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
}

}  // namespace
}  // namespace nn
