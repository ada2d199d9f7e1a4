// How convolutions are cut for several threads, and how much scratch they need.
#include "engine/convolution.h"

#include <algorithm>
#include <stdexcept>

#include "engine/tape.h"
#include "engine/threads.h"

namespace nn {

namespace {

constexpr Index band = 128 * 1024;  // reals of input that a piece holds: half of a usual second cache

// The 16 places of the weights and of a block of products, and those of the input of at least a few tiles (kernels/fast_winograd.h).
Index scratch_of_winograd(Index channels, Index filters) {
  constexpr Index places = 16, rows = 8, tiles = 3, lanes = 16;  // the most that a block of any kernels has
  const Index weights = places * std::max(channels * (filters + rows), filters * (channels + rows));
  return padded(weights) + places * rows * tiles * lanes + std::max(band, places * std::max(channels, filters) * tiles * lanes);
}

// One piece: the kernel turned around, the offsets, and a band of at least one row of output (kernels/fast_band.h).
Index scratch_of_a_piece(const Convolution& s) {
  const Index channels = s.channels / s.groups, filters = s.filters / s.groups, kernel = s.kernel_height * s.kernel_width;
  const Index cell = s.examples < 64 ? std::max<Index>(s.examples, 16) : 16;
  const Index high = (s.kernel_height - 1) * s.dilation + 1, wide = (s.kernel_width - 1) * s.dilation;
  const Index row = s.stride * (((s.out_width - 1) * s.stride + wide) / s.stride + 1) * cell, back_row = (s.width + wide) * cell;
  const Index forth = std::clamp(band, channels * high * row, channels * ((s.out_height - 1) * s.stride + high) * row);
  const Index back = std::clamp(band, filters * high * back_row, filters * (s.height - 1 + high) * back_row);
  const Index sliding = padded(std::max(channels, filters) * kernel) + padded(std::max(forth, back) + 16);
  return padded(channels * filters * kernel) + (s.winograd ? std::max(sliding, scratch_of_winograd(channels, filters)) : sliding);
}

constexpr Index register_of_examples = 16, filters_at_a_time = 8;

// Whole registers of examples are shared out where there are several; few examples lie in the lanes together with the pixels, and are not
// torn apart: there the filters are.
bool cut_by_examples(const Convolution& s) {
  return s.examples >= 64 || (s.examples >= 2 * register_of_examples && s.examples % register_of_examples == 0);
}

// How many pieces the examples are cut into for the gradient of the weights: by the shape alone, for each has a sum of its own.
Index sums_of_weights(const Convolution& s) {
  return cut_by_examples(s) ? std::min(convolution_pieces, s.examples / register_of_examples) : 1;
}

// Where piece i of 0 .. n-1 begins, in multiples of `grain`.
Index start(Index i, Index pieces, Index n, Index grain) { return std::min(n, (n + grain - 1) / grain * i / pieces * grain); }

// Calls work(first, last, scratch) for as many pieces of 0 .. n-1 as there are threads; each begins at a multiple of `grain`.
template <class Work>
void in_pieces(const Convolution& s, Index n, Index grain, Real* scratch, const Work& work) {
  constexpr Index worth_sharing = 100'000;  // multiplications
  const Index pieces = std::min({Index(threads()), convolution_pieces, (n + grain - 1) / grain});
  const Index products = s.examples * s.filters * s.out_height * s.out_width * s.channels / s.groups * s.kernel_height * s.kernel_width;
  if (pieces < 2 || products < worth_sharing) return work(Index(0), n, scratch);
  const auto some = [&](Index from, Index to) {
    for (Index i = from; i < to; i++) work(start(i, pieces, n, grain), start(i + 1, pieces, n, grain), scratch + i * scratch_of_a_piece(s));
  };
  share(pieces, 1, std::ref(some));
}

}  // namespace

Convolution convolution(const std::string& who, Shape in, Index examples, Index filters, const Convolution& wanted) {
  Convolution s = wanted;
  s.examples = examples;
  s.channels = in.channels, s.height = in.height, s.width = in.width, s.filters = filters;
  const auto text = [](Index a, Index b) { return dimensions(a, b); };
  if (s.kernel_height < 1 || s.kernel_width < 1 || s.stride < 1 || s.dilation < 1 || s.padding < 0 || s.groups < 1)
    throw std::invalid_argument(who + ": kernel, stride, dilation and groups are at least 1, and padding is at least 0");
  if (in.channels % s.groups != 0 || filters % s.groups != 0)
    throw std::invalid_argument(who + ": " + std::to_string(in.channels) + " channels and " + std::to_string(filters) +
                                " filters cannot both be cut into " + std::to_string(s.groups) + " groups");
  const Index high = (s.kernel_height - 1) * s.dilation + 1, wide = (s.kernel_width - 1) * s.dilation + 1;
  if (in.height + 2 * s.padding < high || in.width + 2 * s.padding < wide)
    throw std::invalid_argument(who + ": a kernel that reaches over " + text(high, wide) + " pixels does not fit into " +
                                text(in.height + 2 * s.padding, in.width + 2 * s.padding) + " (" + text(in.height, in.width) +
                                " and a padding of " + std::to_string(s.padding) + ")");
  s.out_height = (in.height + 2 * s.padding - high) / s.stride + 1;
  s.out_width = (in.width + 2 * s.padding - wide) / s.stride + 1;
  return s;
}

Index convolution_scratch(const Convolution& s) {
  const Index weights = s.filters * s.channels / s.groups * s.kernel_height * s.kernel_width;
  return convolution_pieces * scratch_of_a_piece(s) + sums_of_weights(s) * padded(weights);
}

void convolve(const Convolution& s, ConstView w, const Real* b, ConstView x, View z, Real* scratch) {
  const Kernels& use = kernels();
  const Index reals = scratch_of_a_piece(s), pixels = s.out_height * s.out_width;
  if (cut_by_examples(s) || s.groups > 1)
    in_pieces(s, s.examples, register_of_examples, scratch, [&](Index first, Index last, Real* own) {
      Convolution part = s;
      part.examples = last - first;
      use.convolve(part, w.data, w.stride, b, x.data + first, x.stride, z.data + first, z.stride, own, reals);
    });
  else
    in_pieces(s, s.filters, filters_at_a_time, scratch, [&](Index first, Index last, Real* own) {
      Convolution part = s;
      part.filters = last - first;
      use.convolve(part, w.row(first), w.stride, b ? b + first : b, x.data, x.stride, z.row(first * pixels), z.stride, own, reals);
    });
}

void convolve_back(const Convolution& s, ConstView w, ConstView delta, View dx, Real* scratch) {
  const Kernels& use = kernels();
  const Index reals = scratch_of_a_piece(s), kernel = s.kernel_height * s.kernel_width, pixels = s.height * s.width;
  if (cut_by_examples(s) || s.groups > 1)
    in_pieces(s, s.examples, register_of_examples, scratch, [&](Index first, Index last, Real* own) {
      Convolution part = s;
      part.examples = last - first;
      use.convolve_back(part, w.data, w.stride, delta.data + first, delta.stride, dx.data + first, dx.stride, own, reals);
    });
  else
    in_pieces(s, s.channels, filters_at_a_time, scratch, [&](Index first, Index last, Real* own) {
      Convolution part = s;
      part.channels = last - first;
      use.convolve_back(part, w.data + first * kernel, w.stride, delta.data, delta.stride, dx.row(first * pixels), dx.stride, own, reals);
    });
}

void convolve_weights(const Convolution& s, ConstView delta, ConstView x, View dw, Real* scratch) {
  const Kernels& use = kernels();
  const Index reals = scratch_of_a_piece(s), pixels = s.out_height * s.out_width, sums = sums_of_weights(s);
  if (sums == 1 && s.groups > 1)
    return use.convolve_weights(s, delta.data, delta.stride, x.data, x.stride, dw.data, dw.stride, scratch, reals);
  if (sums == 1)
    return in_pieces(s, s.filters, filters_at_a_time, scratch, [&](Index first, Index last, Real* own) {
      Convolution part = s;
      part.filters = last - first;
      use.convolve_weights(part, delta.row(first * pixels), delta.stride, x.data, x.stride, dw.row(first), dw.stride, own, reals);
    });
  // Every piece of the examples has a sum of its own, and these are added in their order.
  Real* const parts = scratch + convolution_pieces * reals;
  const Index apart = padded(dw.rows * dw.columns);
  in_pieces(s, sums, 1, scratch, [&](Index first, Index last, Real* own) {
    for (Index i = first; i < last; i++) {
      const Index from = start(i, sums, s.examples, register_of_examples), to = start(i + 1, sums, s.examples, register_of_examples);
      Convolution part = s;
      part.examples = to - from;
      use.convolve_weights(part, delta.data + from, delta.stride, x.data + from, x.stride, parts + i * apart, dw.columns, own, reals);
    }
  });
  copy({parts, dw.rows, dw.columns, dw.columns}, dw);
  for (Index i = 1; i < sums; i++) add({parts + i * apart, dw.rows, dw.columns, dw.columns}, dw);
}

}  // namespace nn
