// Dropout: while a net trains, each value is put out with probability p. The mask is drawn by the trainer.
#include <stdexcept>

#include "engine/eigen.h"
#include "engine/ops.h"

namespace nn {

namespace {

struct Dropout : Op {
  std::string_view name() const override { return "dropout"; }

  Size size(Sizes x) const override {
    if (x[0].rows != x[1].rows || x[0].columns != x[1].columns)
      throw std::invalid_argument("dropout: x is " + dimensions(x[0].rows, x[0].columns) + " but the mask is " +
                                  dimensions(x[1].rows, x[1].columns));
    return x[0];
  }

  void forward(Inputs x, View y, Real*) const override {
    const ConstView mask = x[1];
    // y = x (.) mask; what is left is scaled up by 1/(1-p), so that the expectation of y is x   (Srivastava 2014)
    map(y) = map(x[0]) * map(mask);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    const ConstView mask = x[1];
    if (dx[0].data) map(dx[0]) = map(dy) * map(mask);
    if (dx[1].data) map(dx[1]) = map(dy) * map(x[0]);
  }
};

}  // namespace

Var dropout(Var x, Var mask) { return record<Dropout>({x, mask}); }

}  // namespace nn
