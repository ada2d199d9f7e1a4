// Softmax: the columns of z become probabilities.
#include "engine/eigen.h"
#include "engine/ops.h"

namespace nn {

namespace {

struct Softmax : Op {
  std::string_view name() const override { return "softmax"; }
  Size size(Sizes z) const override { return z[0]; }
  Index scratch(Sizes z) const override { return z[0].columns; }

  void forward(Inputs x, View p, Real*) const override {
    const ConstView z = x[0];
    // p_k = exp z_k / sum_i exp z_i                                                                         (3.6)
    kernels().softmax(z.rows, z.columns, z.data, z.stride, p.data, p.stride);
  }

  void backward(Inputs, ConstView p, ConstView dp, Outputs dx, Real* scratch) const override {
    const View dz = dx[0];
    if (!dz.data) return;
    const View mean{scratch, 1, p.columns, p.columns};
    // dC/dz_k = p_k (dC/dp_k - sum_i p_i dC/dp_i), since dp_i/dz_k = p_i ([i = k] - p_k)
    map(mean).setZero();
    for (Index k = 0; k < p.rows; k++) map(mean) += map(p).row(k) * map(dp).row(k);
    for (Index k = 0; k < p.rows; k++) map(dz).row(k) = map(p).row(k) * (map(dp).row(k) - map(mean));
  }
};

}  // namespace

Var softmax(Var z) { return record<Softmax>({z}); }

}  // namespace nn
