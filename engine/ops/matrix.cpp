// Products and rearrangements of whole matrices.
#include <stdexcept>

#include "engine/ops.h"
#include "engine/product.h"

namespace nn {

namespace {

struct Product : Op {
  std::string_view name() const override { return "matmul"; }

  Size size(Sizes x) const override {
    if (x[0].columns != x[1].rows)
      throw std::invalid_argument("matmul: A is " + dimensions(x[0].rows, x[0].columns) + " but B is " +
                                  dimensions(x[1].rows, x[1].columns));
    return {x[0].rows, x[1].columns};
  }

  Index scratch(Sizes x) const override { return x[1].rows * x[1].columns; }  // B^T

  void forward(Inputs x, View C, Real*) const override {
    const ConstView A = x[0], B = x[1];
    // C = A B
    multiply(A.rows, B.columns, A.columns, A.data, A.stride, 1, B.data, B.stride, nullptr, C.data, C.stride);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real* scratch) const override {
    const ConstView A = x[0], B = x[1];
    const View dA = dx[0], dB = dx[1];
    // dA = dC B^T
    if (dA.data) {
      kernels().transpose(B.rows, B.columns, B.data, B.stride, scratch, B.rows);
      multiply(A.rows, A.columns, B.columns, dC.data, dC.stride, 1, scratch, B.rows, nullptr, dA.data, dA.stride);
    }
    // dB = A^T dC
    if (dB.data) multiply(A.columns, B.columns, A.rows, A.data, 1, A.stride, dC.data, dC.stride, nullptr, dB.data, dB.stride);
  }
};

struct Transpose : Op {
  std::string_view name() const override { return "transpose"; }
  Size size(Sizes x) const override { return {x[0].columns, x[0].rows}; }

  void forward(Inputs x, View y, Real*) const override {
    kernels().transpose(x[0].rows, x[0].columns, x[0].data, x[0].stride, y.data, y.stride);
  }

  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (dx[0].data) kernels().transpose(dy.rows, dy.columns, dy.data, dy.stride, dx[0].data, dx[0].stride);
  }
};

// Rows first .. first + count - 1, in place.
template <class T>
MatrixView<T> rows(MatrixView<T> x, Index first, Index count) {
  return {x.row(first), count, x.columns, x.stride};
}

struct Concatenate : Op {
  std::string_view name() const override { return "concatenate"; }

  Size size(Sizes x) const override {
    Index total = 0;
    for (const Size& part : x) {
      if (part.columns != x[0].columns)
        throw std::invalid_argument("concatenate: " + dimensions(part.rows, part.columns) + " below " +
                                    dimensions(x[0].rows, x[0].columns) + "; all parts need the same number of columns");
      total += part.rows;
    }
    return {total, x[0].columns};
  }

  void forward(Inputs x, View y, Real*) const override {
    Index first = 0;
    for (const ConstView part : x) {
      copy(part, rows(y, first, part.rows));
      first += part.rows;
    }
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    Index first = 0;
    for (std::size_t i = 0; i < x.size(); i++) {
      if (dx[i].data) copy(rows(dy, first, x[i].rows), dx[i]);
      first += x[i].rows;
    }
  }
};

struct SliceRows : Op {
  SliceRows(Index f, Index n) : first(f), count(n) {}
  std::string_view name() const override { return "slice rows"; }

  Size size(Sizes x) const override {
    if (first < 0 || count < 1 || first + count > x[0].rows)
      throw std::invalid_argument("slice rows: " + std::to_string(first) + ".." + std::to_string(first + count - 1) + " of a value with " +
                                  std::to_string(x[0].rows) + " rows");
    return {count, x[0].columns};
  }

  void forward(Inputs x, View y, Real*) const override { copy(rows(x[0], first, count), y); }

  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (!dx[0].data) return;
    fill(dx[0], 0);
    copy(dy, rows(dx[0], first, count));
  }

  Index first, count;
};

}  // namespace

Var matmul(Var A, Var B) { return record<Product>({A, B}); }
Var transpose(Var x) { return record<Transpose>({x}); }
Var slice_rows(Var x, Index first, Index count) { return record<SliceRows>({x}, first, count); }

Var concatenate(const std::vector<Var>& x) {
  if (x.empty()) throw std::invalid_argument("concatenate: nothing to concatenate");
  return record<Concatenate>(x);
}

}  // namespace nn
