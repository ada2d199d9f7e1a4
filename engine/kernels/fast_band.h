// Where a convolution reads from: a band of the input, copied with its padding so that every weight meets a contiguous run.
#pragma once
#include "engine/kernels/in_lanes.h"

namespace nn {
namespace {

constexpr Index smaller(Index a, Index b) { return a < b ? a : b; }
constexpr Index whole_lines(Index numbers) { return (numbers + 15) / 16 * 16; }  // of 64 bytes: no register is then read from two

// A convolution of one group as it is computed, forwards or backwards. On the way back delta is the input, with `zeros` - 1 zeros
// between its pixels where the convolution had a stride, and the kernel is turned around.
struct Sliding {
  Index channels, height, width, filters, kernel_height, kernel_width, stride, dilation, top, left, zeros, out_height, out_width;
  bool winograd;
  Index taps() const { return channels * kernel_height * kernel_width; }
};

// How examples and pixels of a row share the lanes. Either a cell holds all examples of a pixel, and lanes run over pixels and examples
// alike (few examples, one included), or it holds one register of examples.
struct Cells {
  bool flat;
  Index cell;  // numbers from a pixel to the next in the band
  Cells(Index examples, bool dense) : flat(dense && examples % width != 0 && examples < 64), cell(flat ? examples : width) {}
  Index registers(Index pixels) const { return flat ? (pixels * cell + width - 1) / width : pixels; }
};

void zeros_into(float* to, Index n) {
  in_lanes(n, [=](Index i, auto part) { store(to + i, 0, part); });
}

void copy_into(float* to, const float* from, Index n) {
  in_lanes(n, [=](Index i, auto part) { store(to + i, load(from + i, part), part); });
}

struct Band {
  const Sliding& s;
  Index cell, rows;  // rows of output that one band serves
  Index phase, row;  // numbers of one phase of a row, and of a row: pixels l, l + stride, .. lie side by side
  Index in_rows;     // of input, with padding
  float* numbers;
  int* offsets;  // of the run that a weight meets, from the run of the first weight

  // The scratch holds the offsets and the band, of as many rows as find room.
  Band(const Sliding& sliding, Index cell_, float* scratch, Index reals) : s(sliding), cell(cell_) {
    const Index reach = (s.kernel_width - 1) * s.dilation, high = (s.kernel_height - 1) * s.dilation + 1;
    phase = (((s.out_width - 1) * s.stride + reach) / s.stride + 1) * cell;
    row = phase * s.stride;
    offsets = reinterpret_cast<int*>(scratch);
    const Index held_by_offsets = whole_lines(s.taps());
    numbers = scratch + held_by_offsets;
    rows = smaller(s.out_height, ((reals - held_by_offsets - nn::width) / (s.channels * row) - high) / s.stride + 1);
    in_rows = (rows - 1) * s.stride + high;
    Index tap = 0;
    for (Index c = 0; c < s.channels; c++)
      for (Index u = 0; u < s.kernel_height; u++)
        for (Index v = 0; v < s.kernel_width; v++)
          offsets[tap++] = int((c * in_rows + u * s.dilation) * row + v * s.dilation % s.stride * phase + v * s.dilation / s.stride * cell);
  }

  // Copies what output rows from `first_row` on read, of `count` examples. Behind the first band, the last rows of the one before it are
  // its first ones: they lie in the cache.
  void fill(const float* x, Index x_row, Index count, Index first_row) {
    const Index shared = in_rows - rows * s.stride, kept = first_row > 0 && shared > 0 ? shared : 0;
    float* to = numbers;
    for (Index c = 0; c < s.channels; c++) {
      copy_into(to, to + (in_rows - kept) * row, kept * row);
      to += kept * row;
      for (Index r = kept; r < in_rows; r++, to += row) {
        const Index k = first_row * s.stride + r - s.top;
        if (k < 0 || k % s.zeros || k / s.zeros >= s.height)
          zeros_into(to, row);
        else
          fill_row(x + (c * s.height + k / s.zeros) * s.width * x_row, x_row, count, to);
      }
    }
    store(to, 0, All{});  // lanes behind the last run are read, and not used
  }

  void fill_row(const float* x, Index x_row, Index count, float* to) {
    const Index pixels = phase / cell;
    if (s.stride == 1 && s.zeros == 1 && x_row == cell && count == cell) {  // one long copy between zeros
      const Index from = s.left < 0 ? -s.left : 0, before = smaller(pixels, s.left < 0 ? 0 : s.left);
      const Index inside = smaller(pixels - before, s.width - from < 0 ? 0 : s.width - from);
      zeros_into(to, before * cell);
      copy_into(to + before * cell, x + from * cell, inside * cell);
      zeros_into(to + (before + inside) * cell, (pixels - before - inside) * cell);
      return;
    }
    for (Index f = 0; f < s.stride; f++)
      for (Index i = 0; i < pixels; i++, to += cell) {
        const Index l = i * s.stride + f - s.left;
        const bool inside = l >= 0 && l % s.zeros == 0 && l / s.zeros < s.width;
        const float* from = inside ? x + l / s.zeros * x_row : x;
        __builtin_prefetch(from + 32 * x_row);  // the pixels lie too far apart for the machine to guess
        if (inside && count == width && cell == width) {
          store(to, load(from, All{}), All{});
        } else {
          if (inside) copy_into(to, from, count);
          const Index held = inside ? count : 0;
          zeros_into(to + held, cell - held);
        }
      }
  }
};

}  // namespace
}  // namespace nn
