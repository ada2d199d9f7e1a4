// C = A B + c 1^T by register blocking. A tile of C stays in registers while p runs from 0 to k-1:
//
//                 b0    b1         two registers of row p of B
//        A[0,p]  sum00 sum01
//        A[1,p]  sum10 sum11       every sum gains A[i,p] times b: R x V multiply-adds
//         ...     ...   ...        for R numbers of A and V registers of B that are fetched
//        A[R-1,p] ...   ...
//
// So arithmetic outweighs memory, and R V sums that do not wait for each other keep the multiply-add units busy.
#pragma once
#include "engine/kernels/in_lanes.h"

namespace nn {
namespace {

struct Product {  // what every tile of one product is told
  Index k;
  const float* A;
  Index a_row, a_column;
  const float* B;
  Index b_row;
  const float* c;
  float* C;
  Index c_row;
};

// R rows and V registers of C, of which the last has the lanes of `part`.
template <int R, int V, class Part>
void tile(const Product& x, Index row, Index column, Part part) {
  const float *a = x.A + row * x.a_row, *b = x.B + column;
  const Index a_row = x.a_row, a_column = x.a_column, b_row = x.b_row, c_row = x.c_row;
  Lanes sum[R][V];
#pragma GCC unroll 16
  for (int i = 0; i < R; i++)
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) sum[i][v] = x.c ? x.c[row + i] : 0;
  for (Index p = 0; p < x.k; p++, a += a_column, b += b_row) {
    Lanes bv[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) bv[v] = v + 1 < V ? load(b + v * width, All{}) : load(b + v * width, part);
#pragma GCC unroll 16
    for (int i = 0; i < R; i++) {
      Lanes ai = a[i * a_row];
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) sum[i][v] = fma(ai, bv[v], sum[i][v]);
    }
  }
  float* C = x.C + row * c_row + column;
#pragma GCC unroll 16
  for (int i = 0; i < R; i++, C += c_row)
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) v + 1 < V ? store(C + v * width, sum[i][v], All{}) : store(C + v * width, sum[i][v], part);
}

// The last rows, fewer than a tile holds: the tile of just that height.
template <int R, int V, class Part>
void last_rows(Index rows, const Product& x, Index row, Index column, Part part) {
  if (rows == R) return tile<R, V>(x, row, column, part);
  if constexpr (R + 1 < block_rows) last_rows<R + 1, V>(rows, x, row, column, part);
}

// V registers of columns, all rows.
template <int V, class Part>
void panel(Index m, const Product& x, Index column, Part part) {
  Index row = 0;
  for (; row + block_rows <= m; row += block_rows) tile<block_rows, V>(x, row, column, part);
  if (row < m) last_rows<1, V>(m - row, x, row, column, part);
}

// One column (one example), rows of A contiguous: the lanes run over p, and are added at the end.
void multiply_rows(Index m, Index k, const float* A, Index a_row, const float* b, const float* c, float* C, Index c_row) {
  for (Index i = 0; i < m; i++, A += a_row) {
    Lanes total = 0;
    in_lanes(k, [&](Index p, auto part) { total = fma(load(A + p, part), load(b + p, part), total); });
    C[i * c_row] = (c ? c[i] : 0) + sum(total);
  }
}

// One column, columns of A contiguous: the lanes run over rows; four registers at a time do not wait for each other.
template <int V, class Part>
void columns_tile(Index k, const float* A, Index a_column, const float* B, Index b_row, const float* c, float* C, Part part) {
  Lanes sum[V];
#pragma GCC unroll 4
  for (int v = 0; v < V; v++) sum[v] = c ? load(c + v * width, part) : Lanes(0);
  for (Index p = 0; p < k; p++)
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) sum[v] = fma(B[p * b_row], load(A + p * a_column + v * width, part), sum[v]);
#pragma GCC unroll 4
  for (int v = 0; v < V; v++) store(C + v * width, sum[v], part);
}

void multiply_columns(Index m, Index k, const float* A, Index a_column, const float* B, Index b_row, const float* c, float* C) {
  Index i = 0;
  for (; i + 4 * width <= m; i += 4 * width) columns_tile<4>(k, A + i, a_column, B, b_row, c ? c + i : c, C + i, All{});
  in_lanes(m - i, [=](Index more, auto part) {
    const Index at = i + more;
    columns_tile<1>(k, A + at, a_column, B, b_row, c ? c + at : c, C + at, part);
  });
}

void multiply(Index m, Index n, Index k, const float* A, Index a_row, Index a_column, const float* B, Index b_row, const float* c, float* C,
              Index c_row) {
  if (n == 1 && a_column == 1 && b_row == 1) return multiply_rows(m, k, A, a_row, B, c, C, c_row);
  if (n == 1 && a_row == 1 && c_row == 1) return multiply_columns(m, k, A, a_column, B, b_row, c, C);
  const Product x{k, A, a_row, a_column, B, b_row, c, C, c_row};
  Index column = 0;
  for (; column + block_vectors * width <= n; column += block_vectors * width) panel<block_vectors>(m, x, column, All{});
  const Index rest = n - column;
  if (rest > width)
    panel<2>(m, x, column, tail(rest - width));
  else if (rest == width)
    panel<1>(m, x, column, All{});
  else if (rest > 0)
    panel<1>(m, x, column, tail(rest));
}

}  // namespace
}  // namespace nn
