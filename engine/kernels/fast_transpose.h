// y = x^T in registers.
#pragma once
#include "engine/kernels/in_lanes.h"

namespace nn {
namespace {

// Interleaving row i with row i + R/2, for all i < R/2, moves one bit of the row number into the column number: after
// log2(R) rounds the R x width numbers of a[0] .. a[R-1], read one after the other, are those of the transpose. More rounds
// go on in the same way: log2(numbers) of them.
//
//     a0 a1 a2 a3       a0 c0 a1 c1       a0 b0 c0 d0
//     b0 b1 b2 b3  ->   a2 c2 a3 c3  ->   a1 b1 c1 d1
//     c0 c1 c2 c3       b0 d0 b1 d1       a2 b2 c2 d2
//     d0 d1 d2 d3       b2 d2 b3 d3       a3 b3 c3 d3
template <int R>
void interleave_rows(Lanes (&a)[R], int numbers = R) {
#pragma GCC unroll 4
  for (int round = 1; round < numbers; round *= 2) {
    Lanes b[R];
#pragma GCC unroll 16
    for (int i = 0; i < R / 2; i++) {
      b[2 * i] = interleave_first(a[i], a[i + R / 2]);
      b[2 * i + 1] = interleave_second(a[i], a[i + R / 2]);
    }
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) a[i] = b[i];
  }
}

// A square of at most width x width numbers; what lies beyond it is neither read nor written.
template <class RowPart, class ColumnPart>
void transpose_square(Index rows, Index columns, const float* x, Index x_row, float* y, Index y_row, RowPart row_part,
                      ColumnPart column_part) {
  Lanes a[width];
#pragma GCC unroll 16
  for (int i = 0; i < width; i++) a[i] = i < rows ? load(x + i * x_row, column_part) : Lanes(0);
  interleave_rows(a);
#pragma GCC unroll 16
  for (int i = 0; i < width; i++)
    if (i < columns) store(y + i * y_row, a[i], row_part);
}

// R rows into a dense y: the rounds leave y in its order, R registers at a time.
template <int R>
void transpose_rows(Index columns, const float* x, Index x_row, float* y) {
  in_lanes(columns, [=](Index j, auto part) {
    Lanes a[R];
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) a[i] = load(x + i * x_row + j, part);
    interleave_rows(a);
    const Index count = (columns - j < width ? columns - j : width) * R;
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) {
      float* yi = y + j * R + i * width;
      if ((i + 1) * width <= count)
        store(yi, a[i], All{});
      else if (i * width < count)
        store(yi, a[i], tail(count - i * width));
    }
  });
}

// R dense columns into rows, the way back: R registers hold `width` rows, and log2(width) rounds bring them to columns.
template <int R>
void transpose_columns(Index rows, const float* x, float* y, Index y_row) {
  in_lanes(rows, [=](Index i, auto part) {
    const Index count = (rows - i < width ? rows - i : width) * R;
    Lanes a[R];
#pragma GCC unroll 16
    for (int j = 0; j < R; j++) {
      const float* xj = x + i * R + j * width;
      a[j] = (j + 1) * width <= count ? load(xj, All{}) : j * width < count ? load(xj, tail(count - j * width)) : Lanes(0);
    }
    if constexpr (R > 1) interleave_rows(a, width);
#pragma GCC unroll 16
    for (int j = 0; j < R; j++) store(y + j * y_row + i, a[j], part);
  });
}

void transpose(Index rows, Index columns, const float* x, Index x_row, float* y, Index y_row) {
  if (rows == y_row && rows == 1) return transpose_rows<1>(columns, x, x_row, y);
  if (rows == y_row && rows == 2) return transpose_rows<2>(columns, x, x_row, y);
  if (rows == y_row && rows == 4) return transpose_rows<4>(columns, x, x_row, y);
  if (rows == y_row && rows == 8) return transpose_rows<8>(columns, x, x_row, y);
  if (columns == x_row && columns == 1) return transpose_columns<1>(rows, x, y, y_row);
  if (columns == x_row && columns == 2) return transpose_columns<2>(rows, x, y, y_row);
  if (columns == x_row && columns == 4) return transpose_columns<4>(rows, x, y, y_row);
  if (columns == x_row && columns == 8) return transpose_columns<8>(rows, x, y, y_row);
  if (rows * columns <= 64) {  // a square would cost more than it saves
    for (Index i = 0; i < rows; i++)
      for (Index j = 0; j < columns; j++) y[j * y_row + i] = x[i * x_row + j];
    return;
  }
  in_lanes(rows, [=](Index i, auto row_part) {
    in_lanes(columns, [=](Index j, auto column_part) {
      transpose_square(rows - i, columns - j, x + i * x_row + j, x_row, y + j * y_row + i, y_row, row_part, column_part);
    });
  });
}

}  // namespace
}  // namespace nn
