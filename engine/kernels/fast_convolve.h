// Convolutions by register blocking. A tile is R filters x V registers of one output row; for every weight it reads V registers at the
// weight's place in the band, so that R V multiply-adds need R numbers and V registers. Backwards to the input is a convolution of delta
// with the kernel turned around.
#pragma once
#include "engine/kernels/fast_winograd.h"
#include "engine/kernels/in_lanes.h"

namespace nn {
namespace {

struct Filters {  // what every tile of one convolution is told
  Index taps;
  const int* offsets;
  const float* w;
  Index w_row;
  const float* b;
  Index z_channel, z_step;  // from a filter's output to the next, from a register of pixels to the next
};

// `lanes` of the last register are stored; of the others all where the row is flat, else as many.
template <int R, int V>
void convolve_tile(const Filters& f, Index filter, const float* band, float* z, Index lanes, Index last_lanes) {
  const float* w = f.w + filter * f.w_row;
  const Index w_row = f.w_row;
  Lanes sum[R][V];
#pragma GCC unroll 8
  for (int r = 0; r < R; r++)
#pragma GCC unroll 3
    for (int v = 0; v < V; v++) sum[r][v] = f.b ? f.b[filter + r] : 0;
  for (Index tap = 0; tap < f.taps; tap++) {
    const float* x = band + f.offsets[tap];
    Lanes xv[V];
#pragma GCC unroll 3
    for (int v = 0; v < V; v++) xv[v] = load(x + v * width, All{});
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
      Lanes wr = w[r * w_row + tap];
#pragma GCC unroll 3
      for (int v = 0; v < V; v++) sum[r][v] = fma(wr, xv[v], sum[r][v]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; r++)
#pragma GCC unroll 3
    for (int v = 0; v < V; v++) {
      float* to = z + (filter + r) * f.z_channel + v * f.z_step;
      const Index here = v + 1 < V ? lanes : last_lanes;
      here == width ? store(to, sum[r][v], All{}) : store(to, sum[r][v], tail(here));
    }
}

// R filters, one row of output.
template <int R>
void convolve_row(const Filters& f, Index filter, const float* band, float* z, Index registers, Index lanes, Index last_lanes) {
  Index v = 0;
  for (; v + pixel_vectors < registers; v += pixel_vectors)
    convolve_tile<R, pixel_vectors>(f, filter, band + v * width, z + v * f.z_step, lanes, lanes);
  const float* x = band + v * width;
  z += v * f.z_step;
  if (registers - v == 3) {
    if constexpr (pixel_vectors == 3) convolve_tile<R, 3>(f, filter, x, z, lanes, last_lanes);
  } else if (registers - v == 2)
    convolve_tile<R, 2>(f, filter, x, z, lanes, last_lanes);
  else
    convolve_tile<R, 1>(f, filter, x, z, lanes, last_lanes);
}

template <int R>
void convolve_last(Index count, const Filters& f, Index filter, const float* band, float* z, Index registers, Index lanes,
                   Index last_lanes) {
  if (count == R) return convolve_row<R>(f, filter, band, z, registers, lanes, last_lanes);
  if constexpr (R + 1 < filter_rows) convolve_last<R + 1>(count, f, filter, band, z, registers, lanes, last_lanes);
}

// One group: all examples, all rows.
void slide(const Sliding& s, Index examples, const float* w, Index w_row, const float* b, const float* x, Index x_row, float* z,
           Index z_row, float* scratch, Index reals) {
  if (by_winograd(s, examples)) return winograd(s, examples, w, w_row, b, x, x_row, z, z_row, scratch, reals);
  const Cells cells(examples, z_row == examples);
  Band band(s, cells.cell, scratch, reals);
  const Index registers = cells.registers(s.out_width), count = cells.flat ? examples : width;
  const Filters f{s.taps(), band.offsets, w, w_row, b, s.out_height * s.out_width * z_row, cells.flat ? width : z_row};
  for (Index n = 0; n < examples; n += count)
    for (Index first = 0; first < s.out_height; first += band.rows) {
      const Index here = smaller(count, examples - n), lanes = cells.flat ? width : here;
      const Index last_lanes = cells.flat ? s.out_width * examples - (registers - 1) * width : here;
      band.fill(x + n, x_row, here, first);
      for (Index filter = 0; filter < s.filters; filter += filter_rows)
        for (Index i = first; i < smaller(first + band.rows, s.out_height); i++) {
          const float* from = band.numbers + (i - first) * s.stride * band.row;
          float* to = z + i * s.out_width * z_row + n;
          if (filter + filter_rows <= s.filters)
            convolve_row<filter_rows>(f, filter, from, to, registers, lanes, last_lanes);
          else
            convolve_last<1>(s.filters - filter, f, filter, from, to, registers, lanes, last_lanes);
        }
    }
}

Sliding forwards(const Convolution& s) {
  return {s.channels / s.groups,
          s.height,
          s.width,
          s.filters / s.groups,
          s.kernel_height,
          s.kernel_width,
          s.stride,
          s.dilation,
          s.padding,
          s.padding,
          1,
          s.out_height,
          s.out_width,
          s.winograd};
}

void convolve(const Convolution& s, const float* w, Index w_row, const float* b, const float* x, Index x_row, float* z, Index z_row,
              float* scratch, Index reals) {
  const Sliding one = forwards(s);
  for (Index g = 0; g < s.groups; g++)
    slide(one, s.examples, w + g * one.filters * w_row, w_row, b ? b + g * one.filters : nullptr,
          x + g * one.channels * s.height * s.width * x_row, x_row, z + g * one.filters * s.out_height * s.out_width * z_row, z_row,
          scratch, reals);
}

void convolve_back(const Convolution& s, const float* w, Index w_row, const float* delta, Index delta_row, float* dx, Index dx_row,
                   float* scratch, Index reals) {
  const Index channels = s.channels / s.groups, filters = s.filters / s.groups, pixels = s.kernel_height * s.kernel_width;
  const Sliding back{filters,
                     s.out_height,
                     s.out_width,
                     channels,
                     s.kernel_height,
                     s.kernel_width,
                     1,
                     s.dilation,
                     (s.kernel_height - 1) * s.dilation - s.padding,
                     (s.kernel_width - 1) * s.dilation - s.padding,
                     s.stride,
                     s.height,
                     s.width,
                     s.winograd};
  const Index turned = whole_lines(channels * filters * pixels);
  for (Index g = 0; g < s.groups; g++) {
    for (Index c = 0; c < channels; c++)
      for (Index o = 0; o < filters; o++)
        for (Index p = 0; p < pixels; p++)
          scratch[(c * filters + o) * pixels + p] = w[(g * filters + o) * w_row + c * pixels + pixels - 1 - p];
    slide(back, s.examples, scratch, filters * pixels, nullptr, delta + g * filters * s.out_height * s.out_width * delta_row, delta_row,
          dx + g * channels * s.height * s.width * dx_row, dx_row, scratch + turned, reals - turned);
  }
}

}  // namespace
}  // namespace nn
