// Views seen as Eigen arrays, for what is computed element by element. For .cpp files alone.
// Eigen's own SIMD is left out: the compiler vectorizes these loops itself, and results do not depend on where a row starts.
#pragma once
#define EIGEN_DONT_VECTORIZE
#include <Eigen/Core>

#include "engine/matrix.h"

namespace nn {

using Array = Eigen::Array<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Nothing is copied: map(y) = map(a) * map(b) writes y.
inline Eigen::Map<Array, Eigen::Unaligned, Eigen::OuterStride<>> map(View x) {
  return {x.data, x.rows, x.columns, Eigen::OuterStride<>(x.stride)};
}
inline Eigen::Map<const Array, Eigen::Unaligned, Eigen::OuterStride<>> map(ConstView x) {
  return {x.data, x.rows, x.columns, Eigen::OuterStride<>(x.stride)};
}

// The sum of all elements, row by row from left to right: the same on every instruction set.
template <class Expression>
Real total(const Eigen::ArrayBase<Expression>& x) {
  double sum = 0;
  for (Index i = 0; i < x.rows(); i++)
    for (Index j = 0; j < x.cols(); j++) sum += x(i, j);
  return Real(sum);
}

}  // namespace nn
