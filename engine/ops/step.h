// What the steps of all recurrent layers share: W, h and a = what comes from below, and the way back through W h + a. Inside the engine
// only. One step of a sequence is a block of columns; work is done on dense copies, so that lanes run over neurons where examples are few.
#pragma once
#include <algorithm>
#include <stdexcept>

#include "engine/op.h"
#include "engine/product.h"

namespace nn {

// x itself where it is dense, else a dense copy in the scratch, which moves on.
inline ConstView dense(ConstView x, Real*& scratch) {
  if (x.dense()) return x;
  const View y{scratch, x.rows, x.columns, x.columns};
  copy(x, y);
  scratch += x.rows * x.columns;
  return y;
}

// Room for y: itself where it is dense, else scratch; give() then brings it to its place.
inline View dense(View y, Real*& scratch) {
  if (y.stride == y.columns) return y;
  const View room{scratch, y.rows, y.columns, y.columns};
  scratch += y.rows * y.columns;
  return room;
}
inline void give(ConstView room, View y) {
  if (room.data != y.data) copy(room, y);
}

// y: n x B for W: kn x n, h: n x B and a: kn x B, where `gates` = k; `out` of those k are kept.
inline Size step_size(const char* name, Sizes x, Index gates, Index out = 1) {
  const Size &W = x[0], &h = x[1], &a = x[2];
  if (W.columns != h.rows || W.rows != gates * h.rows || a.rows != W.rows || a.columns != h.columns)
    throw std::invalid_argument(std::string(name) + ": W is " + dimensions(W.rows, W.columns) + ", h is " + dimensions(h.rows, h.columns) +
                                " and a is " + dimensions(a.rows, a.columns) + "; they should be " + std::to_string(gates) + "n x n, n x B and " +
                                std::to_string(gates) + "n x B");
  return {out * h.rows, h.columns};
}

inline Index step_scratch(Sizes x) { return 3 * x[2].rows * x[2].columns + 2 * x[1].rows * x[1].columns + x[0].columns; }
inline Index sum_scratch(Sizes x) { return x[1].rows * x[1].columns; }  // h^T

// From delta = dC/d(W h + a): what goes to W, h and a.
inline void step_backward(Inputs x, ConstView delta, Outputs dx, Real* scratch) {
  const ConstView W = x[0], h = x[1];
  const View dW = dx[0], dh = dx[1], da = dx[2];
  // dC/dh = W^T delta
  if (dh.data) {
    const View room = dense(dh, scratch);
    multiply(W.columns, delta.columns, W.rows, W.data, 1, W.stride, delta.data, delta.stride, nullptr, room.data, room.stride);
    give(room, dh);
  }
  if (da.data) copy(delta, da);
  // dC/dW = delta h^T
  if (dW.data) {
    kernels().transpose(h.rows, h.columns, h.data, h.stride, scratch, h.rows);
    multiply(W.rows, W.columns, h.columns, delta.data, delta.stride, 1, scratch, h.rows, nullptr, dW.data, dW.stride);
  }
}

// The same for dC/dW alone, over all steps at once: what was sent to a is delta.
inline void step_sum(Inputs x, Inputs dx, View dW, Real* scratch) {
  const ConstView h = x[1], delta = dx[2];
  kernels().transpose(h.rows, h.columns, h.data, h.stride, scratch, h.rows);
  multiply(dW.rows, dW.columns, h.columns, delta.data, delta.stride, 1, scratch, h.rows, nullptr, dW.data, dW.stride);
}

}  // namespace nn
