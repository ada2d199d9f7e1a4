// How convolutions are cut for several threads, and how much scratch they need.
#include "engine/convolution.h"

#include <algorithm>
#include <stdexcept>

#include "engine/tape.h"
#include "engine/threads.h"

namespace nn {

namespace {

constexpr Index band = 128 * 1024;  // reals of input that a piece holds: half of a usual second cache

// One piece: the kernel turned around, the offsets, and a band of at least one row of output (kernels/fast_band.h).
Index scratch_of_a_piece(const Convolution& s) {
  const Index channels = s.channels / s.groups, filters = s.filters / s.groups, kernel = s.kernel_height * s.kernel_width;
  const Index cell = s.examples < 64 ? std::max<Index>(s.examples, 16) : 16;
  const Index high = (s.kernel_height - 1) * s.dilation + 1, wide = (s.kernel_width - 1) * s.dilation;
  const Index row = s.stride * (((s.out_width - 1) * s.stride + wide) / s.stride + 1) * cell, back_row = (s.width + wide) * cell;
  const Index forth = std::clamp(band, channels * high * row, channels * ((s.out_height - 1) * s.stride + high) * row);
  const Index back = std::clamp(band, filters * high * back_row, filters * (s.height - 1 + high) * back_row);
  return padded(channels * filters * kernel + std::max(channels, filters) * kernel + std::max(forth, back) + 16);
}

// Calls work(first, last, scratch) for pieces of 0 .. n-1 that begin at multiples of `grain`.
template <class Work>
void in_pieces(const Convolution& s, Index n, Index grain, Real* scratch, const Work& work) {
  constexpr Index worth_sharing = 100'000;  // multiplications
  const Index grains = (n + grain - 1) / grain, pieces = std::min({Index(threads()), convolution_pieces, grains});
  const Index products = s.examples * s.filters * s.out_height * s.out_width * s.channels / s.groups * s.kernel_height * s.kernel_width;
  if (pieces < 2 || products < worth_sharing) return work(Index(0), n, scratch);
  const auto some = [&](Index from, Index to) {
    for (Index i = from; i < to; i++)
      work(grains * i / pieces * grain, std::min(n, grains * (i + 1) / pieces * grain), scratch + i * scratch_of_a_piece(s));
  };
  share(pieces, 1, std::ref(some));
}

constexpr Index register_of_examples = 16;

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

Index convolution_scratch(const Convolution& s) { return convolution_pieces * scratch_of_a_piece(s); }

void convolve(const Convolution& s, ConstView w, const Real* b, ConstView x, View z, Real* scratch) {
  in_pieces(s, s.examples, register_of_examples, scratch, [&](Index first, Index last, Real* own) {
    Convolution part = s;
    part.examples = last - first;
    kernels().convolve(part, w.data, w.stride, b, x.data + first, x.stride, z.data + first, z.stride, own, scratch_of_a_piece(s));
  });
}

void convolve_back(const Convolution& s, ConstView w, ConstView delta, View dx, Real* scratch) {
  in_pieces(s, s.examples, register_of_examples, scratch, [&](Index first, Index last, Real* own) {
    Convolution part = s;
    part.examples = last - first;
    kernels().convolve_back(part, w.data, w.stride, delta.data + first, delta.stride, dx.data + first, dx.stride, own,
                            scratch_of_a_piece(s));
  });
}

void convolve_weights(const Convolution& s, ConstView delta, ConstView x, View dw, Real* scratch) {
  constexpr Index filters_at_a_time = 4;
  if (s.groups > 1)
    return kernels().convolve_weights(s, delta.data, delta.stride, x.data, x.stride, dw.data, dw.stride, scratch, scratch_of_a_piece(s));
  in_pieces(s, s.filters, filters_at_a_time, scratch, [&](Index first, Index last, Real* own) {
    Convolution part = s;
    part.filters = last - first;
    kernels().convolve_weights(part, delta.row(first * s.out_height * s.out_width), delta.stride, x.data, x.stride, dw.row(first),
                               dw.stride, own, scratch_of_a_piece(s));
  });
}

}  // namespace nn
