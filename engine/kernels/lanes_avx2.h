// Eight lanes: AVX2 with fused multiply-add.
#pragma once
#include <immintrin.h>

#include "engine/kernels/table.h"

namespace nn {
namespace {
typedef float Floats __attribute__((vector_size(32)));
typedef int Ints __attribute__((vector_size(32)));
}  // namespace
}  // namespace nn

#include "engine/kernels/lanes.h"

namespace nn {
namespace {

// What multiply holds of C in the 16 registers: 6 x 2, beside two of B and one of A.
constexpr int block_rows = 6, block_vectors = 2;
// The same for a convolution: filters x registers of pixels; and for its weights, filters x weights.
constexpr int filter_rows = 4, pixel_vectors = 3, weight_rows = 3, weight_columns = 4;

using Tail = __m256i;  // the first `count` lanes
alignas(64) const int ones_then_zeros[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
inline Tail tail(Index count) { return _mm256_loadu_si256((const __m256i*)(ones_then_zeros + 8 - count)); }

inline Lanes load(const float* x, All) { return Lanes::of(_mm256_loadu_ps(x)); }
inline Lanes load(const float* x, Tail t) { return Lanes::of(_mm256_maskload_ps(x, t)); }  // the other lanes are 0
inline void store(float* y, Lanes x, All) { _mm256_storeu_ps(y, x.v); }
inline void store(float* y, Lanes x, Tail t) { _mm256_maskstore_ps(y, t, x.v); }  // the other lanes are left alone

// The numbers of a table at these places; 0 where a place is negative.
inline Lanes gather(const float* table, const int* at, Tail t) {
  const __m256i places = _mm256_maskload_epi32(at, t);
  const __m256i there = _mm256_andnot_si256(_mm256_cmpgt_epi32(_mm256_setzero_si256(), places), t);
  return Lanes::of(_mm256_mask_i32gather_ps(_mm256_setzero_ps(), table, places, _mm256_castsi256_ps(there), 4));
}
inline Lanes gather(const float* table, const int* at, All) { return gather(table, at, tail(8)); }

inline Lanes at_least(Lanes bound, Lanes x) { return Lanes::of(_mm256_max_ps(bound.v, x.v)); }
inline Lanes at_most(Lanes bound, Lanes x) { return Lanes::of(_mm256_min_ps(bound.v, x.v)); }
inline Lanes fma(Lanes a, Lanes b, Lanes c) { return Lanes::of(_mm256_fmadd_ps(a.v, b.v, c.v)); }
inline Lanes sqrt(Lanes x) { return Lanes::of(_mm256_sqrt_ps(x.v)); }

// In two halves, because 2^n itself may be out of range where x 2^n is not.
inline Lanes times_power_of_two(Lanes x, Lanes n) {
  Ints whole = __builtin_convertvector(n.v, Ints), half = whole >> 1;
  return Lanes::of(x.v * (Floats)((half + 127) << 23) * (Floats)((whole - half + 127) << 23));
}

inline float sum(Lanes x) {
  __m128 a = _mm256_castps256_ps128(x.v) + _mm256_extractf128_ps(x.v, 1);
  a += _mm_movehl_ps(a, a);
  return a[0] + a[1];
}

// a0 b0 a1 b1 ... from the first halves, and from the second halves.
inline Lanes interleave_first(Lanes a, Lanes b) { return Lanes::of(__builtin_shufflevector(a.v, b.v, 0, 8, 1, 9, 2, 10, 3, 11)); }
inline Lanes interleave_second(Lanes a, Lanes b) { return Lanes::of(__builtin_shufflevector(a.v, b.v, 4, 12, 5, 13, 6, 14, 7, 15)); }

}  // namespace
}  // namespace nn
