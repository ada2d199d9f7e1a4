// Activations: one function applied to every number. Formulas and derivatives stand in kernels/functions.h.
#include <stdexcept>

#include "engine/ops.h"
#include "engine/threads.h"

namespace nn {

namespace {

constexpr std::pair<Function, std::string_view> names[] = {
    {Function::linear, "linear"}, {Function::relu, "relu"},         {Function::leaky_relu, "leaky relu"},
    {Function::elu, "elu"},       {Function::softplus, "softplus"}, {Function::sigmoid, "sigmoid"},
    {Function::tanh, "tanh"},     {Function::sine, "sine"},         {Function::swish, "swish"},
    {Function::gelu, "gelu"},     {Function::mish, "mish"},         {Function::exp, "exp"},
    {Function::log, "log"}};

struct Activation : Op {
  explicit Activation(Function f) : sigma(f) {}
  std::string_view name() const override { return nn::name(sigma); }
  Size size(Sizes z) const override { return z[0]; }

  void forward(Inputs x, View a, Real*) const override {
    const ConstView& z = x[0];
    // a^l = sigma(z^l)                                                                                      (3.2)
    share_rows(z.rows, z.columns, [&](Index first, Index last) {
      kernels().apply(sigma, last - first, z.columns, z.row(first), z.stride, a.row(first), a.stride);
    });
  }

  void backward(Inputs x, ConstView a, ConstView da, Outputs dx, Real*) const override {
    const ConstView& z = x[0];
    const View& delta = dx[0];
    // delta^l = dC/da^l (.) sigma'(z^l)                                                         (3.4, right factor)
    if (!delta.data) return;
    share_rows(z.rows, z.columns, [&](Index first, Index last) {
      kernels().apply_derivative(sigma, last - first, z.columns, z.row(first), z.stride, a.row(first), a.stride, da.row(first), da.stride,
                                 delta.row(first), delta.stride);
    });
  }

  Function sigma;
};

}  // namespace

Var activation(Function sigma, Var z) { return record<Activation>({z}, sigma); }

std::string_view name(Function function) {
  for (const auto& [f, text] : names)
    if (f == function) return text;
  throw std::invalid_argument("activation: unknown function");
}

Function function_named(std::string_view wanted) {
  std::string known;
  for (const auto& [f, text] : names) {
    if (text == wanted) return f;
    known += (known.empty() ? "" : ", ") + std::string(text);
  }
  throw std::invalid_argument("activation: '" + std::string(wanted) + "' is not one of " + known);
}

}  // namespace nn
