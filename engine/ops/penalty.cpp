// Penalties on weights, to be added to a cost: they draw W towards 0.
#include "engine/eigen.h"
#include "engine/ops.h"

namespace nn {

namespace {

struct L1Penalty : Op {
  explicit L1Penalty(Real l) : lambda(l) {}
  std::string_view name() const override { return "l1 penalty"; }
  Size size(Sizes) const override { return {1, 1}; }

  // C = lambda sum |w|                                                                          (Tibshirani 1996)
  void forward(Inputs W, View C, Real*) const override { C(0, 0) = lambda * total(map(W[0]).abs()); }

  void backward(Inputs W, ConstView, ConstView dC, Outputs dW, Real*) const override {
    // dC/dw = lambda sgn(w), and 0 at 0
    if (dW[0].data) map(dW[0]) = dC(0, 0) * lambda * map(W[0]).sign();
  }

  Real lambda;
};

struct L2Penalty : Op {
  explicit L2Penalty(Real l) : lambda(l) {}
  std::string_view name() const override { return "l2 penalty"; }
  Size size(Sizes) const override { return {1, 1}; }

  // C = lambda/2 ||W||^2                                                                     (Krogh & Hertz 1992)
  void forward(Inputs W, View C, Real*) const override { C(0, 0) = lambda / 2 * total(map(W[0]).square()); }

  void backward(Inputs W, ConstView, ConstView dC, Outputs dW, Real*) const override {
    // dC/dw = lambda w
    if (dW[0].data) map(dW[0]) = dC(0, 0) * lambda * map(W[0]);
  }

  Real lambda;
};

}  // namespace

Var l1_penalty(Var W, Real lambda) { return record<L1Penalty>({W}, lambda); }
Var l2_penalty(Var W, Real lambda) { return record<L2Penalty>({W}, lambda); }

}  // namespace nn
