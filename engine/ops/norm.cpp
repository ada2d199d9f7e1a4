// Normalizations within one example: over all of its values, or over neighbouring channels.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/eigen.h"
#include "engine/ops.h"

namespace nn {

namespace {

struct LayerNorm : Op {
  explicit LayerNorm(Real e) : epsilon(e) {}
  std::string_view name() const override { return "layer_norm"; }

  Size size(Sizes x) const override {
    for (std::size_t i : {1, 2})
      if (x[i].rows != x[0].rows || x[i].columns != 1)
        throw std::invalid_argument("layer_norm: x has " + std::to_string(x[0].rows) + " rows but " + (i == 1 ? "gain" : "shift") + " is " +
                                    dimensions(x[i].rows, x[i].columns));
    return x[0];
  }

  Index scratch(Sizes x) const override { return 4 * x[0].columns; }

  // Mean and 1 / sqrt(variance + epsilon) of each column.
  struct Moments {
    View mean, s;
  };
  Moments moments(ConstView x, Real* scratch) const {
    const View mean{scratch, 1, x.columns, x.columns}, s{scratch + x.columns, 1, x.columns, x.columns};
    fill(mean, 0), fill(s, 0);
    for (Index i = 0; i < x.rows; i++) map(mean) += map(x).row(i) / Real(x.rows);
    for (Index i = 0; i < x.rows; i++) map(s) += (map(x).row(i) - map(mean)).square() / Real(x.rows);
    map(s) = 1 / (map(s) + epsilon).sqrt();
    return {mean, s};
  }

  void forward(Inputs x, View y, Real* scratch) const override {
    const ConstView &gain = x[1], &shift = x[2];
    const auto [mean, s] = moments(x[0], scratch);
    // y_i = gain_i (x_i - mean x) / sqrt(var x + epsilon) + shift_i, for each example                      (Ba 2016)
    for (Index i = 0; i < y.rows; i++) map(y).row(i) = gain(i, 0) * (map(x[0]).row(i) - map(mean)) * map(s) + shift(i, 0);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real* scratch) const override {
    const ConstView &a = x[0], &gain = x[1];
    const auto [mean, s] = moments(a, scratch);
    const Index n = a.columns;
    const View g{scratch + 2 * n, 1, n, n}, h{scratch + 3 * n, 1, n, n};
    // With x^ = (x - mean) s and r = gain (.) dy:  dC/dx = s (r - mean r - x^ mean(r x^))
    fill(g, 0), fill(h, 0);
    for (Index i = 0; i < a.rows; i++) {
      map(g) += gain(i, 0) * map(dy).row(i) / Real(a.rows);
      map(h) += gain(i, 0) * map(dy).row(i) * (map(a).row(i) - map(mean)) * map(s) / Real(a.rows);
    }
    for (Index i = 0; i < a.rows; i++) {
      if (dx[0].data) map(dx[0]).row(i) = map(s) * (gain(i, 0) * map(dy).row(i) - map(g) - (map(a).row(i) - map(mean)) * map(s) * map(h));
      if (dx[1].data) dx[1](i, 0) = (map(dy).row(i) * (map(a).row(i) - map(mean)) * map(s)).sum();
      if (dx[2].data) dx[2](i, 0) = map(dy).row(i).sum();
    }
  }

  Real epsilon;
};

struct LocalResponseNorm : Op {
  LocalResponseNorm(const Neighbours& n, Shape picture) : how(n), in(picture) {}
  std::string_view name() const override { return "local_response_norm"; }

  Size size(Sizes x) const override {
    if (how.n < 1 || how.n % 2 == 0)
      throw std::invalid_argument("local_response_norm: " + std::to_string(how.n) + " channels; the number has to be odd and at least 1");
    return x[0];
  }

  Index scratch(Sizes x) const override { return x[0].columns; }

  // d = k + alpha sum_c' x_c'^2 at one pixel of channel c.
  void divisor(ConstView x, Index c, Index pixel, View d) const {
    const Index pixels = in.height * in.width, last = std::min(c + how.n / 2, in.channels - 1);
    fill(d, how.k);
    for (Index other = std::max<Index>(0, c - how.n / 2); other <= last; other++)
      map(d) += how.alpha * map(x).row(other * pixels + pixel).square();
  }

  void forward(Inputs x, View y, Real* scratch) const override {
    const Index pixels = in.height * in.width;
    const View d{scratch, 1, y.columns, y.columns};
    for (Index row = 0; row < y.rows; row++) {
      divisor(x[0], row / pixels, row % pixels, d);
      // y_c = x_c / (k + alpha sum_c' x_c'^2)^beta,  |c' - c| <= n/2                                 (Krizhevsky 2012)
      map(y).row(row) = map(x[0]).row(row) * map(d).pow(-how.beta);
    }
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real* scratch) const override {
    if (!dx[0].data) return;
    const Index pixels = in.height * in.width;
    const View d{scratch, 1, dy.columns, dy.columns};
    fill(dx[0], 0);
    for (Index row = 0; row < dy.rows; row++) {
      const Index c = row / pixels, pixel = row % pixels, last = std::min(c + how.n / 2, in.channels - 1);
      divisor(x[0], c, pixel, d);
      // dy_c/dx_c' = [c = c'] d^-beta - 2 alpha beta x_c x_c' d^(-beta-1)
      map(dx[0]).row(row) += map(dy).row(row) * map(d).pow(-how.beta);
      map(d) = 2 * how.alpha * how.beta * map(x[0]).row(row) * map(dy).row(row) * map(d).pow(-how.beta - 1);
      for (Index other = std::max<Index>(0, c - how.n / 2); other <= last; other++)
        map(dx[0]).row(other * pixels + pixel) -= map(d) * map(x[0]).row(other * pixels + pixel);
    }
  }

  Neighbours how;
  Shape in;
};

}  // namespace

Var layer_norm(Var x, Var gain, Var shift, Real e) { return record<LayerNorm>({x, gain, shift}, e); }
Var local_response_norm(Var x, const Neighbours& n) { return record<LocalResponseNorm>({x}, n, x.size().shape); }

}  // namespace nn
