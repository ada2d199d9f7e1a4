// Larger pictures: every pixel f x f times, or what lies between the pixels.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/ops.h"

namespace nn {

namespace {

// Both are weighted sums of input pixels: the traversals are shared, and only places and weights differ.
struct Upsample : Op {
  Upsample(Index factor, Shape picture) : f(factor), in(picture) {}

  Size size(Sizes x) const override {
    if (f < 1) throw std::invalid_argument(std::string(name()) + ": the factor is " + std::to_string(f) + " and has to be at least 1");
    return {Shape{in.channels, f * in.height, f * in.width}, x[0].columns};
  }

  // Between which two of `count` pixels a pixel of the larger picture lies, and the weight of the second.
  struct Between {
    Index first, second;
    Real weight;
  };
  virtual Between between(Index i, Index count) const = 0;

  // Calls use(y, x, weight) for every input pixel x that an output pixel y reads.
  template <class Use>
  void each_pixel(const Use& use) const {
    Index y = 0;
    for (Index c = 0; c < in.channels; c++)
      for (Index i = 0; i < f * in.height; i++)
        for (Index j = 0; j < f * in.width; j++, y++) {
          const Between k = between(i, in.height), l = between(j, in.width);
          const auto row = [&](Index a, Index b) { return (c * in.height + a) * in.width + b; };
          use(y, row(k.first, l.first), (1 - k.weight) * (1 - l.weight));
          if (l.weight > 0) use(y, row(k.first, l.second), (1 - k.weight) * l.weight);
          if (k.weight > 0) use(y, row(k.second, l.first), k.weight * (1 - l.weight));
          if (k.weight > 0 && l.weight > 0) use(y, row(k.second, l.second), k.weight * l.weight);
        }
  }

  void forward(Inputs x, View y, Real*) const override {
    fill(y, 0);
    each_pixel([&](Index to, Index from, Real weight) {
      for (Index n = 0; n < y.columns; n++) y(to, n) += weight * x[0](from, n);
    });
  }

  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (!dx[0].data) return;
    fill(dx[0], 0);
    each_pixel([&](Index from, Index to, Real weight) {
      for (Index n = 0; n < dy.columns; n++) dx[0](to, n) += weight * dy(from, n);
    });
  }

  Index f;
  Shape in;
};

struct UpsampleNearest : Upsample {
  using Upsample::Upsample;
  std::string_view name() const override { return "upsample_nearest"; }
  // y_c(i,j) = x_c(floor(i/f), floor(j/f))
  Between between(Index i, Index) const override { return {i / f, i / f, 0}; }
};

struct UpsampleBilinear : Upsample {
  using Upsample::Upsample;
  std::string_view name() const override { return "upsample_bilinear"; }
  // y_c(i,j) = x_c between the four pixels around ((i + 1/2)/f - 1/2, (j + 1/2)/f - 1/2), the border's beyond it
  Between between(Index i, Index count) const override {
    const Real place = std::clamp((Real(i) + Real(0.5)) / Real(f) - Real(0.5), Real(0), Real(count - 1));
    const Index first = Index(place);
    return {first, std::min(first + 1, count - 1), place - Real(first)};
  }
};

}  // namespace

Var upsample_nearest(Var x, Index f) { return record<UpsampleNearest>({x}, f, x.size().shape); }
Var upsample_bilinear(Var x, Index f) { return record<UpsampleBilinear>({x}, f, x.size().shape); }

}  // namespace nn
