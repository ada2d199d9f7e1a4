// The gradient of a convolution's weights. A tile is R filters x T weights, each a sum over a band that stays in a register: every step
// reads R registers of delta and T of the input, for R T multiply-adds. The lanes are added once a band.
#pragma once
#include "engine/kernels/fast_convolve.h"

namespace nn {
namespace {

struct Deltas {  // what every tile of one band is told
  const float* delta;
  Index channel, row, step;  // from a filter to the next, from a row of pixels, from a register of pixels
  const float* band;
  Index band_row, rows, registers;
};

template <int R, int T, class Part>
void weights_step(const Deltas& d, const float* delta, const float* band, const int* offsets, Lanes (&sum)[R][T], Part part) {
  Lanes dr[R];
#pragma GCC unroll 4
  for (int r = 0; r < R; r++) dr[r] = load(delta + r * d.channel, part);
#pragma GCC unroll 6
  for (int t = 0; t < T; t++) {
    Lanes x = load(band + offsets[t], All{});
#pragma GCC unroll 4
    for (int r = 0; r < R; r++) sum[r][t] = fma(dr[r], x, sum[r][t]);
  }
}

// All registers of a row have `part` of their lanes where every one is a block of examples, else only the last.
template <int R, int T, class All_but_last, class Last>
void weights_tile(const Deltas& d, Index filter, const int* offsets, float* dw, Index dw_row, All_but_last part, Last last) {
  Lanes sum[R][T];
#pragma GCC unroll 4
  for (int r = 0; r < R; r++)
#pragma GCC unroll 6
    for (int t = 0; t < T; t++) sum[r][t] = 0;
  for (Index i = 0; i < d.rows; i++) {
    const float *delta = d.delta + filter * d.channel + i * d.row, *band = d.band + i * d.band_row;
    for (Index v = 0; v + 1 < d.registers; v++, delta += d.step, band += width) weights_step<R, T>(d, delta, band, offsets, sum, part);
    weights_step<R, T>(d, delta, band, offsets, sum, last);
  }
#pragma GCC unroll 4
  for (int r = 0; r < R; r++)
#pragma GCC unroll 6
    for (int t = 0; t < T; t++) dw[r * dw_row + t] += nn::sum(sum[r][t]);
}

// The last weights, fewer than a tile holds: the tile of just that width.
template <int R, int T>
void last_weights(Index count, const Deltas& d, Index filter, const int* offsets, float* dw, Index dw_row, auto part, auto last) {
  if (count == T) return weights_tile<R, T>(d, filter, offsets, dw, dw_row, part, last);
  if constexpr (T + 1 < weight_columns) last_weights<R, T + 1>(count, d, filter, offsets, dw, dw_row, part, last);
}

template <int R>
void weights_of_filters(const Deltas& d, Index filter, Index taps, const int* offsets, float* dw, Index dw_row, auto part, auto last) {
  Index tap = 0;
  for (; tap + weight_columns <= taps; tap += weight_columns)
    weights_tile<R, weight_columns>(d, filter, offsets + tap, dw + tap, dw_row, part, last);
  if (tap < taps) last_weights<R, 1>(taps - tap, d, filter, offsets + tap, dw + tap, dw_row, part, last);
}

void weights_of_band(const Deltas& d, Index filters, Index taps, const int* offsets, float* dw, Index dw_row, auto part, auto last) {
  Index filter = 0;
  for (; filter + weight_rows <= filters; filter += weight_rows)
    weights_of_filters<weight_rows>(d, filter, taps, offsets, dw + filter * dw_row, dw_row, part, last);
  for (; filter < filters; filter++) weights_of_filters<1>(d, filter, taps, offsets, dw + filter * dw_row, dw_row, part, last);
}

void slide_weights(const Sliding& s, Index examples, const float* delta, Index delta_row, const float* x, Index x_row, float* dw,
                   Index dw_row, float* scratch, Index reals) {
  const Cells cells(examples, delta_row == examples);
  Band band(s, cells.cell, scratch, reals);
  const Index registers = cells.registers(s.out_width), count = cells.flat ? examples : width, taps = s.taps();
  for (Index o = 0; o < s.filters; o++) in_lanes(taps, [=](Index t, auto part) { store(dw + o * dw_row + t, 0, part); });
  for (Index n = 0; n < examples; n += count)
    for (Index first = 0; first < s.out_height; first += band.rows) {
      const Index here = smaller(count, examples - n), row = s.out_width * delta_row;
      band.fill(x + n, x_row, here, first);
      const Deltas d{delta + first * row + n,
                     s.out_height * row,
                     row,
                     cells.flat ? width : delta_row,
                     band.numbers,
                     s.stride * band.row,
                     smaller(band.rows, s.out_height - first),
                     registers};
      const Index last = cells.flat ? s.out_width * examples - (registers - 1) * width : here;
      if (last == width)
        weights_of_band(d, s.filters, taps, band.offsets, dw, dw_row, All{}, All{});
      else if (cells.flat)
        weights_of_band(d, s.filters, taps, band.offsets, dw, dw_row, All{}, tail(last));
      else
        weights_of_band(d, s.filters, taps, band.offsets, dw, dw_row, tail(last), tail(last));
    }
}

void convolve_weights(const Convolution& s, const float* delta, Index delta_row, const float* x, Index x_row, float* dw, Index dw_row,
                      float* scratch, Index reals) {
  const Sliding one = forwards(s);
  for (Index g = 0; g < s.groups; g++)
    slide_weights(one, s.examples, delta + g * one.filters * s.out_height * s.out_width * delta_row, delta_row,
                  x + g * one.channels * s.height * s.width * x_row, x_row, dw + g * one.filters * dw_row, dw_row, scratch, reals);
}

}  // namespace
}  // namespace nn
