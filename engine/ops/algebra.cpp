// Sums, differences and products, element by element, and sums over all elements.
#include <stdexcept>

#include "engine/eigen.h"
#include "engine/ops.h"

namespace nn {

namespace {

// What Add, Subtract and Multiply share: a and b of the same dimensions.
struct Pair : Op {
  Size size(Sizes x) const override {
    if (x[0].rows != x[1].rows || x[0].columns != x[1].columns)
      throw std::invalid_argument(std::string(name()) + ": a is " + dimensions(x[0].rows, x[0].columns) + " but b is " +
                                  dimensions(x[1].rows, x[1].columns));
    return x[0];
  }
};

struct Add : Pair {
  std::string_view name() const override { return "add"; }
  void forward(Inputs x, View y, Real*) const override { map(y) = map(x[0]) + map(x[1]); }
  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (dx[0].data) map(dx[0]) = map(dy);
    if (dx[1].data) map(dx[1]) = map(dy);
  }
};

struct Subtract : Pair {
  std::string_view name() const override { return "subtract"; }
  void forward(Inputs x, View y, Real*) const override { map(y) = map(x[0]) - map(x[1]); }
  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (dx[0].data) map(dx[0]) = map(dy);
    if (dx[1].data) map(dx[1]) = -map(dy);
  }
};

struct Multiply : Pair {
  std::string_view name() const override { return "multiply"; }
  void forward(Inputs x, View y, Real*) const override { map(y) = map(x[0]) * map(x[1]); }
  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    // d(a b) = b da + a db
    if (dx[0].data) map(dx[0]) = map(dy) * map(x[1]);
    if (dx[1].data) map(dx[1]) = map(dy) * map(x[0]);
  }
};

struct Scale : Op {
  explicit Scale(Real factor) : s(factor) {}
  std::string_view name() const override { return "scale"; }
  Size size(Sizes x) const override { return x[0]; }
  void forward(Inputs x, View y, Real*) const override { map(y) = s * map(x[0]); }
  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (dx[0].data) map(dx[0]) = s * map(dy);
  }
  Real s;
};

struct Sum : Op {
  std::string_view name() const override { return "sum"; }
  Size size(Sizes) const override { return {1, 1}; }
  void forward(Inputs x, View y, Real*) const override { y(0, 0) = total(map(x[0])); }
  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (dx[0].data) fill(dx[0], dy(0, 0));
  }
};

struct Mean : Op {
  std::string_view name() const override { return "mean"; }
  Size size(Sizes) const override { return {1, 1}; }
  void forward(Inputs x, View y, Real*) const override { y(0, 0) = total(map(x[0])) / Real(x[0].rows * x[0].columns); }
  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    if (dx[0].data) fill(dx[0], dy(0, 0) / Real(x[0].rows * x[0].columns));
  }
};

}  // namespace

Var add(Var a, Var b) { return record<Add>({a, b}); }
Var subtract(Var a, Var b) { return record<Subtract>({a, b}); }
Var multiply(Var a, Var b) { return record<Multiply>({a, b}); }
Var scale(Var x, Real s) { return record<Scale>({x}, s); }
Var sum(Var x) { return record<Sum>({x}); }
Var mean(Var x) { return record<Mean>({x}); }

}  // namespace nn
