// Convolution of pictures and its transpose: inputs W, x, b. The loops are in kernels/reference.cpp, the fast ones in fast_convolve.h.
#include <algorithm>
#include <stdexcept>

#include "engine/convolution.h"
#include "engine/ops.h"
#include "engine/threads.h"

namespace nn {

namespace {

// dC/db_o = sum_ij delta_o(i,j), summed over the examples.
void sum_channels(ConstView delta, Index channels, View db, Real* of_rows) {
  const Index pixels = delta.rows / channels;
  share_rows(delta.rows, delta.columns, [=](Index first, Index last) {
    kernels().sum_columns(last - first, delta.columns, delta.row(first), delta.stride, of_rows + first);
  });
  for (Index o = 0; o < channels; o++) {
    double sum = 0;
    for (Index i = o * pixels; i < (o + 1) * pixels; i++) sum += double(of_rows[i]);
    db(o, 0) = Real(sum);
  }
}

// b without gaps, at the start of the scratch.
Real* compact(ConstView b, Real* scratch) {
  copy(b, {scratch, b.rows, 1, 1});
  return scratch;
}

void check_weights(const std::string& who, Size W, Index rows, Index columns) {
  if (W.rows != rows || W.columns != columns)
    throw std::invalid_argument(who + ": W is " + dimensions(W.rows, W.columns) + " but " + dimensions(rows, columns) +
                                " is needed (filters x channels of a group, kernel height and width)");
}

void check_bias(const std::string& who, Size b, Index channels) {
  if (b.rows != channels || b.columns != 1)
    throw std::invalid_argument(who + ": b is " + dimensions(b.rows, b.columns) + " but there are " + std::to_string(channels) +
                                " filters");
}

struct Conv2d : Op {
  Conv2d(const Convolution& how, Size x, Index filters) : shape(convolution("conv2d", x.shape, x.columns, filters, how)) {}
  std::string_view name() const override { return "conv2d"; }

  Size size(Sizes x) const override {
    check_weights("conv2d", x[0], shape.filters, shape.channels / shape.groups * shape.kernel_height * shape.kernel_width);
    check_bias("conv2d", x[2], shape.filters);
    return {Shape{shape.filters, shape.out_height, shape.out_width}, x[1].columns};
  }

  Index scratch(Sizes) const override {
    return std::max(shape.filters * shape.out_height * shape.out_width, padded(shape.filters) + convolution_scratch(shape));
  }

  void forward(Inputs x, View z, Real* scratch) const override {
    const ConstView &W = x[0], &a = x[1], &b = x[2];
    // z_o(i,j) = sum_cuv w_ocuv a_c(s i + d u - p, s j + d v - p) + b_o                                  (LeCun 1989)
    convolve(shape, W, compact(b, scratch), a, z, scratch + padded(shape.filters));
  }

  void backward(Inputs x, ConstView, ConstView delta, Outputs dx, Real* scratch) const override {
    const ConstView &W = x[0], &a = x[1];
    const View &dW = dx[0], &da = dx[1], &db = dx[2];
    // dC/dw_ocuv = sum_ij delta_o(i,j) a_c(s i + d u - p, s j + d v - p)
    if (dW.data) convolve_weights(shape, delta, a, dW, scratch);
    // dC/da_c(k,l) = sum w_ocuv delta_o(i,j) over all i, j, u, v with s i + d u - p = k, s j + d v - p = l
    if (da.data) convolve_back(shape, W, delta, da, scratch);
    // dC/db_o = sum_ij delta_o(i,j)
    if (db.data) sum_channels(delta, shape.filters, db, scratch);
  }

  Convolution shape;
};

// What conv2d sends back to its input, as a layer of its own: forward is the other's way back and the other way round.
struct ConvTranspose2d : Op {
  ConvTranspose2d(const Convolution& how, Size W, Size x) : shape(how) {
    shape.examples = x.columns;
    shape.filters = x.shape.channels, shape.out_height = x.shape.height, shape.out_width = x.shape.width;
    if (how.kernel_height < 1 || how.kernel_width < 1 || how.stride < 1 || how.dilation < 1 || how.padding < 0 || how.groups < 1)
      throw std::invalid_argument("conv_transpose2d: kernel, stride, dilation and groups are at least 1, and padding is at least 0");
    shape.channels = W.columns / (how.kernel_height * how.kernel_width) * how.groups;
    shape.height = (x.shape.height - 1) * how.stride + (how.kernel_height - 1) * how.dilation + 1 - 2 * how.padding;
    shape.width = (x.shape.width - 1) * how.stride + (how.kernel_width - 1) * how.dilation + 1 - 2 * how.padding;
    if (shape.height < 1 || shape.width < 1)
      throw std::invalid_argument("conv_transpose2d: a padding of " + std::to_string(how.padding) + " leaves nothing of " +
                                  dimensions(x.shape.height, x.shape.width) + " pixels");
    if (shape.filters % shape.groups != 0)
      throw std::invalid_argument("conv_transpose2d: " + std::to_string(shape.filters) + " channels cannot be cut into " +
                                  std::to_string(shape.groups) + " groups");
  }
  std::string_view name() const override { return "conv_transpose2d"; }

  Size size(Sizes x) const override {
    check_weights("conv_transpose2d", x[0], shape.filters,
                  std::max<Index>(1, shape.channels / shape.groups) * shape.kernel_height * shape.kernel_width);
    check_bias("conv_transpose2d", x[2], shape.channels);
    return {Shape{shape.channels, shape.height, shape.width}, x[1].columns};
  }

  Index scratch(Sizes) const override { return std::max(shape.channels * shape.height * shape.width, convolution_scratch(shape)); }

  void forward(Inputs x, View z, Real* scratch) const override {
    const ConstView &W = x[0], &a = x[1], &b = x[2];
    // z_c(k,l) = sum w_ocuv a_o(i,j) over all i, j, u, v with s i + d u - p = k, s j + d v - p = l, + b_c  (Zeiler 2010)
    convolve_back(shape, W, a, z, scratch);
    const Index pixels = shape.height * shape.width;
    for (Index i = 0; i < z.rows; i++)
      for (Index n = 0; n < z.columns; n++) z(i, n) += b(i / pixels, 0);
  }

  void backward(Inputs x, ConstView, ConstView delta, Outputs dx, Real* scratch) const override {
    const ConstView &W = x[0], &a = x[1];
    const View &dW = dx[0], &da = dx[1], &db = dx[2];
    // dC/dw_ocuv = sum_ij a_o(i,j) delta_c(s i + d u - p, s j + d v - p)
    if (dW.data) convolve_weights(shape, a, delta, dW, scratch);
    // dC/da_o(i,j) = sum_cuv w_ocuv delta_c(s i + d u - p, s j + d v - p)
    if (da.data) convolve(shape, W, nullptr, delta, da, scratch);
    if (db.data) sum_channels(delta, shape.channels, db, scratch);
  }

  Convolution shape;
};

}  // namespace

Var conv2d(Var W, Var x, Var b, const Convolution& how) { return record<Conv2d>({W, x, b}, how, x.size(), W.size().rows); }
Var conv_transpose2d(Var W, Var x, Var b, const Convolution& how) { return record<ConvTranspose2d>({W, x, b}, how, W.size(), x.size()); }

}  // namespace nn
