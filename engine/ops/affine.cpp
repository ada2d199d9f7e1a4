// The weighted sum of a layer of neurons: inputs W, x, b.
#include <algorithm>
#include <stdexcept>

#include "engine/ops.h"
#include "engine/product.h"

namespace nn {

namespace {

struct Affine : Op {
  std::string_view name() const override { return "affine"; }

  Size size(Sizes x) const override {
    const Size &W = x[0], &in = x[1], &b = x[2];
    if (W.columns != in.rows)
      throw std::invalid_argument("affine: W is " + dimensions(W.rows, W.columns) + " but x has " + std::to_string(in.rows) + " rows");
    if (b.rows != W.rows || b.columns != 1)
      throw std::invalid_argument("affine: W is " + dimensions(W.rows, W.columns) + " but b is " + dimensions(b.rows, b.columns));
    return {W.rows, in.columns};
  }

  Index scratch(Sizes x) const override { return std::max(x[1].rows * x[1].columns, x[2].rows); }  // x^T; b or db without gaps

  void forward(Inputs x, View z, Real* scratch) const override {
    const ConstView &W = x[0], &a = x[1], &b = x[2];
    if (b.stride != 1) copy(b, {scratch, b.rows, 1, 1});
    const Real* const bias = b.stride == 1 ? b.data : scratch;
    // z^l = w^l a^{l-1} + b^l                                                                               (3.2)
    multiply(W.rows, a.columns, W.columns, W.data, W.stride, 1, a.data, a.stride, bias, z.data, z.stride);
  }

  void backward(Inputs x, ConstView, ConstView delta, Outputs dx, Real* scratch) const override {
    const ConstView &W = x[0], &a = x[1];
    const View &dW = dx[0], &da = dx[1], &db = dx[2];
    // dC/dw_jk^l = a_k^{l-1} delta_j^l, summed over the examples                                            (3.4)
    if (dW.data) {
      kernels().transpose(a.rows, a.columns, a.data, a.stride, scratch, a.rows);
      multiply(W.rows, W.columns, a.columns, delta.data, delta.stride, 1, scratch, a.rows, nullptr, dW.data, dW.stride);
    }
    // dC/db_j^l = delta_j^l, summed over the examples                                                       (3.4)
    if (db.data) {
      kernels().sum_columns(delta.rows, delta.columns, delta.data, delta.stride, db.stride == 1 ? db.data : scratch);
      if (db.stride != 1) copy({scratch, db.rows, 1, 1}, db);
    }
    // dC/da^{l-1} = (w^l)^T delta^l                                                             (3.4, left factor)
    if (da.data) multiply(W.columns, a.columns, W.rows, W.data, 1, W.stride, delta.data, delta.stride, nullptr, da.data, da.stride);
  }
};

}  // namespace

Var affine(Var W, Var x, Var b) { return record<Affine>({W, x, b}); }

}  // namespace nn
