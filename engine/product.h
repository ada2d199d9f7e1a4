// Products of matrices on all threads: rows of the result are shared out, so that the bits do not depend on how many there are.
#pragma once
#include "engine/kernels.h"
#include "engine/threads.h"

namespace nn {

// kernels().multiply, cut by rows where there is enough to do.
inline void multiply(Index m, Index n, Index k, const Real* A, Index a_row, Index a_column, const Real* B, Index b_row, const Real* c,
                     Real* C, Index c_row) {
  constexpr Index worth_sharing = 100'000, grain = 12;  // multiplications; rows that the fast kernels take at a time
  if (threads() == 1 || m * n * k < worth_sharing) return kernels().multiply(m, n, k, A, a_row, a_column, B, b_row, c, C, c_row);
  const auto rows = [=](Index first, Index last) {
    kernels().multiply(last - first, n, k, A + first * a_row, a_row, a_column, B, b_row, c ? c + first : nullptr, C + first * c_row, c_row);
  };
  share(m, grain, std::ref(rows));
}

}  // namespace nn
