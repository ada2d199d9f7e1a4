// Costs of an output a against its target y, element by element. The mean over the N examples is taken here.
#include "engine/ops/cost.h"

#include "engine/eigen.h"
#include "engine/ops.h"

namespace nn {

namespace {

struct Quadratic : Cost {
  std::string_view name() const override { return "quadratic cost"; }

  void forward(Inputs x, View C, Real*) const override {
    const ConstView &a = x[0], &y = x[1];
    // C = 1/2 ||y - a^L||^2, the mean over the examples                                                     (3.3)
    C(0, 0) = total((map(y) - map(a)).square()) / Real(2 * a.columns);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real*) const override {
    const ConstView &a = x[0], &y = x[1];
    const View &da = dx[0], &dy = dx[1];
    const Real share = dC(0, 0) / Real(a.columns);
    // dC/da = (a^L - y) / N                                                                       (3.4, grad_a C)
    if (da.data) map(da) = share * (map(a) - map(y));
    if (dy.data) map(dy) = share * (map(y) - map(a));
  }
};

struct Huber : Cost {
  explicit Huber(Real d) : delta(d) {}
  std::string_view name() const override { return "huber cost"; }

  void forward(Inputs x, View C, Real*) const override {
    const ConstView &a = x[0], &y = x[1];
    // C = r^2/2 where r <= delta, else delta (r - delta/2),  r = |a - y|                             (Huber 1964)
    const auto cost = [this](Real r) { return r <= delta ? r * r / 2 : delta * (r - delta / 2); };
    C(0, 0) = total((map(a) - map(y)).abs().unaryExpr(cost)) / Real(a.columns);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real*) const override {
    const ConstView &a = x[0], &y = x[1];
    const View &da = dx[0], &dy = dx[1];
    const Real share = dC(0, 0) / Real(a.columns);
    // dC/da = a - y, but no further from 0 than delta
    if (da.data) map(da) = share * (map(a) - map(y)).max(-delta).min(delta);
    if (dy.data) map(dy) = share * (map(y) - map(a)).max(-delta).min(delta);
  }

  Real delta;
};

struct Hinge : Cost {
  std::string_view name() const override { return "hinge cost"; }

  void forward(Inputs x, View C, Real*) const override {
    const ConstView &a = x[0], &y = x[1];
    // C = max(0, 1 - y a)                                                                  (Cortes & Vapnik 1995)
    C(0, 0) = total((map(y) * map(a) >= 1).select(0, 1 - map(y) * map(a))) / Real(a.columns);
  }

  void backward(Inputs x, ConstView, ConstView dC, Outputs dx, Real*) const override {
    const ConstView &a = x[0], &y = x[1];
    const View &da = dx[0], &dy = dx[1];
    const Real share = dC(0, 0) / Real(a.columns);
    // dC/da = -y where y a < 1, else 0
    if (da.data) map(da) = (map(y) * map(a) >= 1).select(0, -share * map(y));
    if (dy.data) map(dy) = (map(y) * map(a) >= 1).select(0, -share * map(a));
  }
};

}  // namespace

Var quadratic_cost(Var a, Var y) { return record<Quadratic>({a, y}); }
Var huber_cost(Var a, Var y, Real delta) { return record<Huber>({a, y}, delta); }
Var hinge_cost(Var a, Var y) { return record<Hinge>({a, y}); }

}  // namespace nn
