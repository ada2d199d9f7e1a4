// Storage of a matrix: one aligned block.
#include "engine/matrix.h"

#include <sys/mman.h>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <new>
#include <stdexcept>

namespace nn {

namespace {

constexpr std::align_val_t alignment{64};

// Asks for pages of 2 MiB where a block has several: with pages of 4 KiB, looking up where they lie takes a good part of the time.
void ask_for_large_pages(void* block, std::size_t bytes) {
  constexpr std::uintptr_t page = std::uintptr_t(1) << 21;
  const auto begin = (reinterpret_cast<std::uintptr_t>(block) + page - 1) & ~(page - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(block) + bytes) & ~(page - 1);
  if (begin + page < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // where that is refused, all is as before
}

}  // namespace

std::string dimensions(Index rows, Index columns) { return std::to_string(rows) + "x" + std::to_string(columns); }

void fill(View x, Real value) {
  for (Index i = 0; i < x.rows; i++) std::fill_n(x.row(i), x.columns, value);
}

namespace {

// Dense numbers are one long row.
template <class... Views>
bool all_dense(const Views&... x) {
  return (x.dense() && ...);
}

}  // namespace

void copy(ConstView from, View to) {
  assert(from.rows == to.rows && from.columns == to.columns);
  if (all_dense(from, to)) {
    std::copy_n(from.data, from.rows * from.columns, to.data);
  } else if (from.columns == 1) {
    for (Index i = 0; i < from.rows; i++) to.data[i * to.stride] = from.data[i * from.stride];
  } else {
    for (Index i = 0; i < from.rows; i++) std::copy_n(from.row(i), from.columns, to.row(i));
  }
}

void add(ConstView from, View to) {
  assert(from.rows == to.rows && from.columns == to.columns);
  const bool one = all_dense(from, to);
  const Index rows = one ? 1 : from.rows, columns = one ? from.rows * from.columns : from.columns;
  for (Index i = 0; i < rows; i++) {
    const Real* x = from.row(i);
    Real* y = to.row(i);
    for (Index j = 0; j < columns; j++) y[j] += x[j];
  }
}

Matrix::Matrix(Index rows, Index columns) : rows_(rows), columns_(columns) {
  if (rows < 0 || columns < 0) throw std::invalid_argument("matrix: " + dimensions(rows, columns) + " is not a size");
  if (size() == 0) return;
  const std::size_t bytes = sizeof(Real) * std::size_t(size());
  data_.reset(static_cast<Real*>(::operator new[](bytes, alignment)));
  ask_for_large_pages(data_.get(), bytes);
  std::fill_n(data_.get(), size(), Real(0));
}

Matrix::Matrix(Index rows, Index columns, std::initializer_list<Real> row_by_row) : Matrix(rows, columns) {
  if (Index(row_by_row.size()) != size())
    throw std::invalid_argument("matrix: " + std::to_string(row_by_row.size()) + " numbers for " + dimensions(rows, columns));
  std::copy(row_by_row.begin(), row_by_row.end(), data_.get());
}

Matrix::Matrix(ConstView x) : Matrix(x.rows, x.columns) { copy(x, view()); }

Matrix& Matrix::operator=(const Matrix& other) {
  if (this == &other) return *this;
  if (rows_ != other.rows_ || columns_ != other.columns_) *this = Matrix(other.rows_, other.columns_);
  copy(other, view());
  return *this;
}

Matrix& Matrix::operator=(Matrix&& other) noexcept {
  Matrix moved(std::move(other));
  swap(moved);
  return *this;
}

void Matrix::swap(Matrix& other) noexcept {
  std::swap(rows_, other.rows_);
  std::swap(columns_, other.columns_);
  std::swap(data_, other.data_);
}

bool Matrix::operator==(const Matrix& other) const {
  return rows_ == other.rows_ && columns_ == other.columns_ &&
         (size() == 0 || std::memcmp(data(), other.data(), sizeof(Real) * std::size_t(size())) == 0);
}

void Matrix::Free::operator()(Real* p) const { ::operator delete[](p, alignment); }

}  // namespace nn
