// Lanes: one SIMD register of numbers, with the arithmetic that the compiler's vector types already have. The file of an
// instruction set (lanes_avx2.h ...) names Floats and Ints before it includes this, and adds what differs: load, store,
// gather, at_least and at_most (where x is NaN, both give x: a bound cannot hide it), fma, sqrt, times_power_of_two, sum and the
// two interleavings.
#pragma once

namespace nn {
namespace {

constexpr Index width = sizeof(Floats) / sizeof(float);

struct Lanes {
  Floats v;
  Lanes() = default;
  Lanes(float x) : v(x - Floats{}) {}  // the same number in all lanes
  static Lanes of(Floats v) {
    Lanes lanes;
    lanes.v = v;
    return lanes;
  }
};

struct Mask {
  Ints v;  // a lane is -1 where the condition holds, else 0
};

inline Lanes operator+(Lanes a, Lanes b) { return Lanes::of(a.v + b.v); }
inline Lanes operator-(Lanes a, Lanes b) { return Lanes::of(a.v - b.v); }
inline Lanes operator*(Lanes a, Lanes b) { return Lanes::of(a.v * b.v); }
inline Lanes operator/(Lanes a, Lanes b) { return Lanes::of(a.v / b.v); }
inline Lanes operator-(Lanes a) { return Lanes::of(-a.v); }

inline Mask operator<(Lanes a, Lanes b) { return {a.v < b.v}; }
inline Mask operator>(Lanes a, Lanes b) { return {a.v > b.v}; }
inline Mask operator<=(Lanes a, Lanes b) { return {a.v <= b.v}; }
inline Mask operator==(Lanes a, Lanes b) { return {a.v == b.v}; }
inline Lanes select(Mask condition, Lanes a, Lanes b) { return Lanes::of(condition.v ? a.v : b.v); }

// In place of a Tail: all lanes.
struct All {};

inline Lanes abs(Lanes x) { return Lanes::of((Floats)((Ints)x.v & 0x7fffffff)); }

}  // namespace
}  // namespace nn
