// Symbols: numbers 0, 1, 2 .. in place of columns with a single 1. What a product would do with such a column is a look-up.
// A negative number is no symbol: the sequence has ended, or nothing is asked.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/kernels.h"
#include "engine/ops.h"
#include "engine/ops/cost.h"

namespace nn {

namespace {

void no_signal(View dx) {
  if (dx.data) fill(dx, 0);
}

struct Lookup : Op {  // inputs W, x, b
  std::string_view name() const override { return "lookup"; }

  Size size(Sizes x) const override {
    if (x[1].rows != 1 || x[2].rows != x[0].rows || x[2].columns != 1)
      throw std::invalid_argument("lookup: W is " + dimensions(x[0].rows, x[0].columns) + ", the symbols are " +
                                  dimensions(x[1].rows, x[1].columns) + " and b is " + dimensions(x[2].rows, x[2].columns) +
                                  "; they should be n x V, 1 x N and n x 1");
    return {x[0].rows, x[1].columns};
  }
  Index scratch(Sizes x) const override { return x[1].columns + (x[0].columns + x[1].columns) * x[0].rows; }

  // The symbols as whole numbers, in the scratch.
  static int* whole(ConstView x, Index symbols, Real* scratch) {
    int* const numbers = reinterpret_cast<int*>(scratch);
    for (Index j = 0; j < x.columns; j++) {
      numbers[j] = x(0, j) < 0 ? -1 : int(x(0, j));
      if (numbers[j] >= symbols)
        throw std::invalid_argument("lookup: symbol " + std::to_string(numbers[j]) + " of " + std::to_string(symbols));
    }
    return numbers;
  }

  void forward(Inputs x, View z, Real* scratch) const override {
    const ConstView W = x[0], b = x[2];
    // z = W x + b,  x_k = 1 for the symbol k, else 0:  z_i = w_ik + b_i                                     (3.1)
    kernels().look_up(W.rows, z.columns, W.data, W.stride, whole(x[1], W.columns, scratch), b.data, b.stride, z.data, z.stride);
  }

  void backward(Inputs x, ConstView, ConstView delta, Outputs dx, Real* scratch) const override {
    const ConstView W = x[0];
    const View dW = dx[0], db = dx[2];
    no_signal(dx[1]);
    // dC/dw_ik = sum of delta_i where the symbol was k
    if (dW.data) {
      const int* const symbols = whole(x[1], W.columns, scratch);
      Real* const sums = scratch + x[1].columns;  // a row a symbol
      Real* const rows = sums + W.columns * W.rows;
      kernels().transpose(delta.rows, delta.columns, delta.data, delta.stride, rows, delta.rows);
      fill({sums, W.columns, W.rows, W.rows}, 0);
      for (Index j = 0; j < delta.columns; j++)
        if (symbols[j] >= 0) add({rows + j * W.rows, 1, W.rows, W.rows}, {sums + symbols[j] * W.rows, 1, W.rows, W.rows});
      kernels().transpose(W.columns, W.rows, sums, W.rows, dW.data, dW.stride);
    }
    if (db.data) {
      kernels().sum_columns(delta.rows, delta.columns, delta.data, delta.stride, scratch);
      copy({scratch, db.rows, 1, 1}, db);
    }
  }
};

struct SymbolCrossEntropy : Cost {  // inputs z, symbols
  std::string_view name() const override { return "symbol cross-entropy"; }

  Size size(Sizes x) const override {
    if (x[1].rows != 1 || x[1].columns != x[0].columns)
      throw std::invalid_argument("symbol cross-entropy: z is " + dimensions(x[0].rows, x[0].columns) + " and the symbols are " +
                                  dimensions(x[1].rows, x[1].columns) + "; they should be V x N and 1 x N");
    return {1, 1};
  }
  Index scratch(Sizes x) const override { return x[0].rows * x[0].columns; }

  static Index asked(ConstView y) {
    Index count = 0;
    for (Index j = 0; j < y.columns; j++) count += y(0, j) >= 0;
    return std::max<Index>(count, 1);
  }

  void forward(Inputs x, View C, Real* scratch) const override {
    const ConstView z = x[0], y = x[1];
    const View p{scratch, z.rows, z.columns, z.columns};
    kernels().softmax(z.rows, z.columns, z.data, z.stride, p.data, p.stride);
    double sum = 0;
    for (Index j = 0; j < z.columns; j++) {
      if (!(y(0, j) >= 0)) continue;
      const Index k = Index(y(0, j));
      if (k >= z.rows) throw std::invalid_argument("symbol cross-entropy: symbol " + std::to_string(k) + " of " + std::to_string(z.rows));
      // C = -ln p_k, p = softmax(z), the mean over the columns that ask; where p is very small, from z itself
      sum -= p(k, j) > Real(1e-6) || std::isnan(p(k, j)) ? std::log(double(p(k, j))) : small(z, k, j);
    }
    C(0, 0) = Real(sum / double(asked(y)));
  }

  // ln p_k = z_k - max - ln sum exp(z - max)
  static double small(ConstView z, Index k, Index j) {
    double largest = double(z(0, j)), sum = 0;
    for (Index i = 1; i < z.rows; i++) largest = std::max(largest, double(z(i, j)));
    for (Index i = 0; i < z.rows; i++) sum += std::exp(double(z(i, j)) - largest);
    return double(z(k, j)) - largest - std::log(sum);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real*) const override {
    const ConstView z = x[0], y = x[1];
    const View dz = dx[0];
    no_signal(dx[1]);
    if (!dz.data) return;
    const Real share = dC(0, 0) / Real(asked(y));
    // delta = (p - y) / N, where y_k = 1 for the symbol
    kernels().softmax(z.rows, z.columns, z.data, z.stride, dz.data, dz.stride);
    for (Index i = 0; i < z.rows; i++)
      for (Index j = 0; j < z.columns; j++) dz(i, j) *= y(0, j) >= 0 ? share : Real(0);
    for (Index j = 0; j < z.columns; j++)
      if (y(0, j) >= 0) dz(Index(y(0, j)), j) -= share;
  }
};

struct Hold : Op {  // inputs new, old, symbols
  std::string_view name() const override { return "hold"; }

  Size size(Sizes x) const override {
    if (x[0] != x[1] || x[2].rows != 1 || x[2].columns != x[0].columns)
      throw std::invalid_argument("hold: " + dimensions(x[0].rows, x[0].columns) + " and " + dimensions(x[1].rows, x[1].columns) +
                                  " for symbols of " + dimensions(x[2].rows, x[2].columns));
    return x[0];
  }

  void forward(Inputs x, View y, Real*) const override {
    // h_t = new where there is a symbol, else h_{t-1}
    for (Index i = 0; i < y.rows; i++)
      for (Index j = 0; j < y.columns; j++) y(i, j) = x[2](0, j) >= 0 ? x[0](i, j) : x[1](i, j);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    no_signal(dx[2]);
    for (Index i = 0; i < dy.rows; i++)
      for (Index j = 0; j < dy.columns; j++) {
        const bool there = x[2](0, j) >= 0;
        if (dx[0].data) dx[0](i, j) = there ? dy(i, j) : 0;
        if (dx[1].data) dx[1](i, j) = there ? 0 : dy(i, j);
      }
  }
};

struct Unroll : Op {  // input x
  std::string_view name() const override { return "unroll"; }

  Size size(Sizes x) const override {
    if (x[0].shape.height != 1)
      throw std::invalid_argument("unroll: a sequence is features x 1 x steps, not " + std::to_string(x[0].shape.channels) + "x" +
                                  dimensions(x[0].shape.height, x[0].shape.width));
    return {x[0].shape.channels, x[0].shape.width * x[0].columns};
  }

  // Both lie in memory feature by feature, and in each step by step.
  void forward(Inputs x, View y, Real*) const override {
    const Index B = x[0].columns, T = x[0].rows / y.rows;
    for (Index f = 0; f < y.rows; f++)
      for (Index t = 0; t < T; t++) std::copy_n(x[0].row(f * T + t), B, y.row(f) + t * B);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (!dx[0].data) return;
    const Index B = x[0].columns, T = x[0].rows / dy.rows;
    for (Index f = 0; f < dy.rows; f++)
      for (Index t = 0; t < T; t++) std::copy_n(dy.row(f) + t * B, B, dx[0].row(f * T + t));
  }
};

struct Zeros : Op {  // the input only says on which tape
  Zeros(Index m, Index n) : rows(m), columns(n) {}
  std::string_view name() const override { return "zeros"; }
  bool constant() const override { return true; }
  Size size(Sizes) const override { return {rows, columns}; }
  void forward(Inputs, View y, Real*) const override { fill(y, 0); }
  void backward(Inputs, ConstView, ConstView, Outputs dx, Real*) const override { no_signal(dx[0]); }
  Index rows, columns;
};

}  // namespace

Var zeros(Var like, Index rows, Index columns) { return record<Zeros>({like}, rows, columns); }
Var lookup(Var W, Var x, Var b) { return record<Lookup>({W, x, b}); }
Var symbol_cross_entropy(Var z, Var y) { return record<SymbolCrossEntropy>({z, y}); }
Var hold(Var now, Var before, Var symbols) { return record<Hold>({now, before, symbols}); }
Var hold(Var now, Var before, Var symbols, Var into, Index first) {
  return into.tape->apply_into(into, first, std::make_unique<const Hold>(), {now, before, symbols});
}
Var unroll(Var x) { return record<Unroll>({x}); }

}  // namespace nn
