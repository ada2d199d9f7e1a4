// Convolutions with 3 x 3 weights by minimal filtering: 2 x 2 outputs at a time from 4 x 4 inputs, with 16 multiplications where the
// sum itself has 36. Of a weight g and the inputs d of a tile
//
//   y = A^T [(G g G^T) (.) (B^T d B)] A                                       (F(2x2, 3x3), Lavin and Gray 2015, after Winograd 1980)
//
//         1   0   0              1   0  -1   0
//   G  =  ½   ½   ½      B^T  =  0   1   1   0      A^T  =  1   1   1   0
//         ½  -½   ½              0  -1   1   0              0   1  -1  -1
//         0   0   1              0   1   0  -1
//
// and summed over the channels, (.) is a product of matrices, filters x channels by channels x tiles, for each of the 16 places.
// All pixels of a tile are added up together: where the sum itself is 0, what is left here may be a rounding error.
#pragma once
#include "engine/kernels/fast_band.h"

namespace nn {
namespace {

constexpr Index places = 16;

bool by_winograd(const Sliding& s, Index examples) {
  return s.winograd && s.kernel_height == 3 && s.kernel_width == 3 && s.stride == 1 && s.dilation == 1 && s.zeros == 1 &&
         examples % width == 0 && s.channels >= filter_rows && s.filters >= filter_rows;
}

// G g of three numbers.
struct Filtered {
  float u[4];
  Filtered(float g0, float g1, float g2) : u{g0, 0.5f * (g0 + g1 + g2), 0.5f * (g0 - g1 + g2), g2} {}
};

// u = G g G^T of all weights: [filters / filter_rows][16][channels][filter_rows], with zeros for filters that are not there.
void filters_to_places(const Sliding& s, const float* w, Index w_row, float* u) {
  const Index apart = s.channels * filter_rows;
  for (Index first = 0; first < s.filters; first += filter_rows, u += places * apart)
    for (Index c = 0; c < s.channels; c++)
      for (Index r = 0; r < filter_rows; r++) {
        float none[9] = {};
        const float* g = first + r < s.filters ? w + (first + r) * w_row + c * 9 : none;
        float* to = u + c * filter_rows + r;
        const Filtered columns[3] = {{g[0], g[3], g[6]}, {g[1], g[4], g[7]}, {g[2], g[5], g[8]}};
        for (int k = 0; k < 4; k++) {
          const Filtered row(columns[0].u[k], columns[1].u[k], columns[2].u[k]);
          for (int l = 0; l < 4; l++, to += apart) *to = row.u[l];
        }
      }
}

// B^T d of a column of four pixels.
struct Column {
  Lanes t[4];
  Column(Lanes d0, Lanes d1, Lanes d2, Lanes d3) : t{d0 - d2, d1 + d2, d2 - d1, d1 - d3} {}
};

// B^T d B, to 16 places that lie `apart`.
inline void input_to_places(const Column& c0, const Column& c1, const Column& c2, const Column& c3, float* to, Index apart) {
#pragma GCC unroll 4
  for (int u = 0; u < 4; u++, to += 4 * apart) {
    store(to, c0.t[u] - c2.t[u], All{});
    store(to + apart, c1.t[u] + c2.t[u], All{});
    store(to + 2 * apart, c2.t[u] - c1.t[u], All{});
    store(to + 3 * apart, c1.t[u] - c3.t[u], All{});
  }
}

// Four rows of a channel of one register of examples, from the one at `top` on; what lies outside the picture is 0.
struct Rows {
  const float* row[4];
  Index pixels, x_row;
  Rows(const Sliding& s, const float* picture, Index top, Index x_row_) : pixels(s.width), x_row(x_row_) {
    for (int k = 0; k < 4; k++) row[k] = top + k >= 0 && top + k < s.height ? picture + (top + k) * s.width * x_row : nullptr;
  }
  Column column(Index j) const {
    if (j < 0 || j >= pixels) return {0, 0, 0, 0};
    const auto at = [&](int k) {
      if (!row[k]) return Lanes(0);
      return load(row[k] + j * x_row, All{});
    };
    return {at(0), at(1), at(2), at(3)};
  }
};

struct Tiles {  // of a picture of outputs, row by row
  Index across, all;
  explicit Tiles(const Sliding& s) : across((s.out_width + 1) / 2), all(across * ((s.out_height + 1) / 2)) {}
};

// The places of one channel's tiles `first` .. `last` - 1, a register of examples each: [blocks of pixel_vectors tiles][16][channels]
// [tile of the block].
void tiles_to_places(const Sliding& s, const Tiles& tiles, Index first, Index last, const float* x, Index x_row, Index channel, float* v) {
  const float* picture = x + channel * s.height * s.width * x_row;
  for (Index t = first; t < last;) {
    const Rows rows(s, picture, t / tiles.across * 2 - s.top, x_row);
    Index j = t % tiles.across * 2 - s.left;
    Column c0 = rows.column(j), c1 = rows.column(j + 1);
    const Index end = smaller(last, (t / tiles.across + 1) * tiles.across);
    for (; t < end; t++, j += 2) {
      const Index in_block = (t - first) % pixel_vectors, block = t - first - in_block;
      const Index held = smaller(pixel_vectors, last - first - block);
      const Column c2 = rows.column(j + 2), c3 = rows.column(j + 3);
      input_to_places(c0, c1, c2, c3, v + (block * places * s.channels + channel * held + in_block) * width, s.channels * held * width);
      c0 = c2, c1 = c3;
    }
  }
}

// m = u v of one place: filter_rows x T tiles.
template <int T>
void multiply_place(Index channels, const float* u, const float* v, float* m) {
  Lanes sum[filter_rows][T];
#pragma GCC unroll 8
  for (int r = 0; r < filter_rows; r++)
#pragma GCC unroll 3
    for (int t = 0; t < T; t++) sum[r][t] = 0;
  for (Index c = 0; c < channels; c++, u += filter_rows, v += T * width) {
    Lanes vt[T];
#pragma GCC unroll 3
    for (int t = 0; t < T; t++) vt[t] = load(v + t * width, All{});
#pragma GCC unroll 8
    for (int r = 0; r < filter_rows; r++) {
      const Lanes ur = u[r];
#pragma GCC unroll 3
      for (int t = 0; t < T; t++) sum[r][t] = fma(ur, vt[t], sum[r][t]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < filter_rows; r++)
#pragma GCC unroll 3
    for (int t = 0; t < T; t++) store(m + (r * T + t) * width, sum[r][t], All{});
}

// A^T m A + b of one filter and one tile, its places `apart`: up to 2 x 2 pixels.
inline void output_tile(const float* m, Index apart, Lanes b, float* z, Index z_row, Index down, bool lower, bool right) {
  Lanes s[2][4];
#pragma GCC unroll 4
  for (int v = 0; v < 4; v++) {
    const Lanes m0 = load(m + v * apart, All{}), m1 = load(m + (4 + v) * apart, All{}), m2 = load(m + (8 + v) * apart, All{}),
                m3 = load(m + (12 + v) * apart, All{});
    s[0][v] = m0 + m1 + m2, s[1][v] = m1 - m2 - m3;
  }
  store(z, s[0][0] + s[0][1] + s[0][2] + b, All{});
  if (right) store(z + z_row, s[0][1] - s[0][2] - s[0][3] + b, All{});
  if (lower) store(z + down, s[1][0] + s[1][1] + s[1][2] + b, All{});
  if (lower && right) store(z + down + z_row, s[1][1] - s[1][2] - s[1][3] + b, All{});
}

// T tiles from `first` on, all filters.
template <int T>
void convolve_tiles(const Sliding& s, const Tiles& tiles, Index first, const float* u, const float* v, const float* b, float* m, float* z,
                    Index z_row) {
  const Index down = s.out_width * z_row, apart = filter_rows * T * width;
  for (Index filter = 0; filter < s.filters; filter += filter_rows) {
    for (Index p = 0; p < places; p++)
      multiply_place<T>(s.channels, u + (filter * places + p * filter_rows) * s.channels, v + p * s.channels * T * width, m + p * apart);
    for (Index r = 0; r < smaller(filter_rows, s.filters - filter); r++)
      for (Index t = 0; t < T; t++) {
        const Index i = (first + t) / tiles.across * 2, j = (first + t) % tiles.across * 2;
        output_tile(m + (r * T + t) * width, apart, b ? b[filter + r] : 0, z + ((filter + r) * s.out_height + i) * down + j * z_row, z_row,
                    down, i + 1 < s.out_height, j + 1 < s.out_width);
      }
  }
}

template <int T>
void convolve_last_tiles(Index count, const Sliding& s, const Tiles& tiles, Index first, const float* u, const float* v, const float* b,
                         float* m, float* z, Index z_row) {
  if (count == T) return convolve_tiles<T>(s, tiles, first, u, v, b, m, z, z_row);
  if constexpr (T > 1) convolve_last_tiles<T - 1>(count, s, tiles, first, u, v, b, m, z, z_row);
}

// The scratch holds u, the products m of a block, and the places v of as many tiles as find room.
void winograd(const Sliding& s, Index examples, const float* w, Index w_row, const float* b, const float* x, Index x_row, float* z,
              Index z_row, float* scratch, Index reals) {
  const Tiles tiles(s);
  const Index blocks = (s.filters + filter_rows - 1) / filter_rows;
  float* const u = scratch;
  float* const m = u + whole_lines(blocks * places * s.channels * filter_rows);
  float* const v = m + places * filter_rows * pixel_vectors * width;
  const Index strip = (reals - (v - scratch)) / (places * s.channels * width) / pixel_vectors * pixel_vectors;
  filters_to_places(s, w, w_row, u);
  for (Index n = 0; n < examples; n += width)
    for (Index first = 0; first < tiles.all; first += strip) {
      const Index last = smaller(first + strip, tiles.all);
      for (Index c = 0; c < s.channels; c++) tiles_to_places(s, tiles, first, last, x + n, x_row, c, v);
      for (Index t = first; t < last; t += pixel_vectors)
        convolve_last_tiles<pixel_vectors>(smaller(pixel_vectors, last - t), s, tiles, t, u, v + (t - first) * places * s.channels * width,
                                           b, m, z + n, z_row);
    }
}

}  // namespace
}  // namespace nn
