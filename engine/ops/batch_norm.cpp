// Batch normalization: every channel gets mean 0 and variance 1 over the batch, then a gain and a shift that are learned. Mean and
// variance are nodes of the program, so that the chain rule passes through them, and the trainer can fold them into the running ones.
#include <cmath>
#include <stdexcept>

#include "engine/eigen.h"
#include "engine/ops.h"

namespace nn {

namespace {

// The rows of channel c.
template <class T>
MatrixView<T> channel(MatrixView<T> x, Index channels, Index c) {
  const Index pixels = x.rows / channels;
  return {x.row(c * pixels), pixels, x.columns, x.stride};
}

void check_channels(const char* who, const char* what, Size one, Size x) {
  if (one.rows != x.shape.channels || one.columns != 1)
    throw std::invalid_argument(std::string(who) + ": " + what + " is " + dimensions(one.rows, one.columns) + " but x has " +
                                std::to_string(x.shape.channels) + " channels");
}

struct ChannelMean : Op {
  std::string_view name() const override { return "channel_mean"; }
  Size size(Sizes x) const override { return {x[0].shape.channels, 1}; }

  void forward(Inputs x, View mu, Real*) const override {
    const Real m = Real(x[0].rows / mu.rows * x[0].columns);
    // mu_c = 1/m sum_ijn x_c(i,j)                                                             (Ioffe & Szegedy 2015)
    for (Index c = 0; c < mu.rows; c++) mu(c, 0) = map(channel(x[0], mu.rows, c)).sum() / m;
  }

  void backward(Inputs x, ConstView, ConstView dmu, Outputs dx, Real*) const override {
    const Real m = Real(x[0].rows / dmu.rows * x[0].columns);
    if (!dx[0].data) return;
    for (Index c = 0; c < dmu.rows; c++) fill(channel(dx[0], dmu.rows, c), dmu(c, 0) / m);
  }
};

struct ChannelVariance : Op {
  std::string_view name() const override { return "channel_variance"; }

  Size size(Sizes x) const override {
    check_channels("channel_variance", "mu", x[1], x[0]);
    return {x[0].shape.channels, 1};
  }

  void forward(Inputs x, View v, Real*) const override {
    const ConstView mu = x[1];
    const Real m = Real(x[0].rows / v.rows * x[0].columns);
    // v_c = 1/m sum_ijn (x_c(i,j) - mu_c)^2                                                   (Ioffe & Szegedy 2015)
    for (Index c = 0; c < v.rows; c++) v(c, 0) = (map(channel(x[0], v.rows, c)) - mu(c, 0)).square().sum() / m;
  }

  void backward(Inputs x, ConstView, ConstView dv, Outputs dx, Real*) const override {
    const ConstView mu = x[1];
    const Real m = Real(x[0].rows / dv.rows * x[0].columns);
    for (Index c = 0; c < dv.rows; c++) {
      const ConstView xc = channel(x[0], dv.rows, c);
      // dv_c/dx_c(i,j) = 2/m (x_c(i,j) - mu_c),  dv_c/dmu_c = -2/m sum_ijn (x_c(i,j) - mu_c)
      if (dx[0].data) map(channel(dx[0], dv.rows, c)) = 2 / m * dv(c, 0) * (map(xc) - mu(c, 0));
      if (dx[1].data) dx[1](c, 0) = -2 / m * dv(c, 0) * (map(xc) - mu(c, 0)).sum();
    }
  }
};

struct BatchNorm : Op {
  BatchNorm(Real e, Index c) : epsilon(e), channels(c) {}
  std::string_view name() const override { return "batch_norm"; }

  Size size(Sizes x) const override {
    const char* const names[] = {"", "mu", "v", "gain", "shift"};
    for (std::size_t i = 1; i < 5; i++) check_channels("batch_norm", names[i], x[i], x[0]);
    return x[0];
  }

  void forward(Inputs x, View y, Real*) const override {
    const ConstView &mu = x[1], &v = x[2], &gain = x[3], &shift = x[4];
    for (Index c = 0; c < channels; c++) {
      const Real scale = gain(c, 0) / std::sqrt(v(c, 0) + epsilon);
      // y_c = gain_c (x_c - mu_c) / sqrt(v_c + epsilon) + shift_c                             (Ioffe & Szegedy 2015)
      map(channel(y, channels, c)) = scale * (map(channel(x[0], channels, c)) - mu(c, 0)) + shift(c, 0);
    }
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    const ConstView &mu = x[1], &v = x[2], &gain = x[3];
    for (Index c = 0; c < channels; c++) {
      const ConstView xc = channel(x[0], channels, c), dyc = channel(dy, channels, c);
      const Real s = 1 / std::sqrt(v(c, 0) + epsilon), total = map(dyc).sum();
      const Real along = ((map(xc) - mu(c, 0)) * map(dyc)).sum();
      // dy/dx = gain s,  dy/dmu = -gain s,  dy/dv = -gain (x - mu) s^3 / 2,  dy/dgain = (x - mu) s,  dy/dshift = 1
      if (dx[0].data) map(channel(dx[0], channels, c)) = gain(c, 0) * s * map(dyc);
      if (dx[1].data) dx[1](c, 0) = -gain(c, 0) * s * total;
      if (dx[2].data) dx[2](c, 0) = -gain(c, 0) * s * s * s / 2 * along;
      if (dx[3].data) dx[3](c, 0) = s * along;
      if (dx[4].data) dx[4](c, 0) = total;
    }
  }

  Real epsilon;
  Index channels;
};

}  // namespace

Var channel_mean(Var x) { return record<ChannelMean>({x}); }
Var channel_variance(Var x, Var mu) { return record<ChannelVariance>({x, mu}); }
Var batch_norm(Var x, Var mu, Var v, Var gain, Var shift, Real e) {
  return record<BatchNorm>({x, mu, v, gain, shift}, e, x.size().shape.channels);
}

}  // namespace nn
