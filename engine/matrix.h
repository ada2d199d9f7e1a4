// Real numbers in rows and columns. A matrix is row-major and its columns are examples:
// one neuron's values over the batch lie side by side, so that examples fill the SIMD lanes.
#pragma once
#include <cstddef>
#include <memory>
#include <string>

#include "engine/real.h"

namespace nn {

// How one column reads as a picture: channels, then rows of pixels.
struct Shape {
  Index channels = 1, height = 1, width = 1;
  Index size() const { return channels * height * width; }
  bool operator==(const Shape&) const = default;
};

// Somebody else's numbers: rows x columns, `stride` apart from row to row.
template <class T>
struct MatrixView {
  T* data = nullptr;
  Index rows = 0, columns = 0, stride = 0;

  T& operator()(Index row, Index column) const { return data[row * stride + column]; }
  T* row(Index i) const { return data + i * stride; }
  // The columns first .. first + count - 1, in place.
  MatrixView block(Index first, Index count) const { return {data + first, rows, count, stride}; }
  bool dense() const { return stride == columns; }
  operator MatrixView<const T>() const { return {data, rows, columns, stride}; }
};

using View = MatrixView<Real>;
using ConstView = MatrixView<const Real>;

// "4x3", for messages.
std::string dimensions(Index rows, Index columns);
inline std::string dimensions(ConstView x) { return dimensions(x.rows, x.columns); }

void fill(View x, Real value);
void copy(ConstView from, View to);  // same dimensions
void add(ConstView from, View to);   // to += from

// Dense numbers of its own, 64-byte aligned, zero at first.
class Matrix {
 public:
  Matrix() = default;
  Matrix(Index rows, Index columns);
  Matrix(Index rows, Index columns, std::initializer_list<Real> row_by_row);
  explicit Matrix(ConstView x);
  Matrix(const Matrix& other) : Matrix(other.view()) {}
  Matrix(Matrix&& other) noexcept { swap(other); }  // what was moved from is 0x0
  Matrix& operator=(const Matrix& other);  // keeps its memory where the dimensions agree
  Matrix& operator=(Matrix&& other) noexcept;

  Index rows() const { return rows_; }
  Index columns() const { return columns_; }
  Index size() const { return rows_ * columns_; }
  Real* data() { return data_.get(); }
  const Real* data() const { return data_.get(); }
  Real& operator()(Index row, Index column) { return data_[row * columns_ + column]; }
  Real operator()(Index row, Index column) const { return data_[row * columns_ + column]; }
  View view() { return {data(), rows_, columns_, columns_}; }
  ConstView view() const { return {data(), rows_, columns_, columns_}; }
  operator View() { return view(); }
  operator ConstView() const { return view(); }
  bool operator==(const Matrix& other) const;  // the same bits

 private:
  struct Free {
    void operator()(Real* p) const;
  };
  void swap(Matrix& other) noexcept;
  Index rows_ = 0, columns_ = 0;
  std::unique_ptr<Real[], Free> data_;
};

}  // namespace nn
