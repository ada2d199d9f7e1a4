// The elementwise functions and their derivatives, written once: z is a real number in the reference and a whole SIMD
// register in the fast kernels. select(condition, a, b), abs, exp, expm1, log, log1p, sin, cos, tanh and erf come from
// whoever includes this. Conditions are turned so that a NaN falls through them: no function hides one.
#pragma once
#include "engine/kernels/table.h"

namespace nn {
namespace {

// Each has value(z) = a and slope(z, a) = da/dz; the slope uses a where that is cheaper.

struct Linear {  // a = z
  static auto value(auto z) { return z; }
  static auto slope(auto, auto) { return 1; }
};

struct Relu {  // a = max(0, z);  the slope at 0 is 0
  static auto value(auto z) { return select(z <= 0, 0, z); }
  static auto slope(auto z, auto) { return select(z <= 0, 0, 1); }
};

struct LeakyRelu {  // a = z for z > 0, else 0.01 z
  static auto value(auto z) { return select(z <= 0, 0.01 * z, z); }
  static auto slope(auto z, auto) { return select(z <= 0, 0.01, 1); }
};

struct Elu {  // a = z for z > 0, else exp(z) - 1, whose slope is a + 1 (Clevert 2015, alpha = 1)
  static auto value(auto z) { return select(z <= 0, expm1(z), z); }
  static auto slope(auto z, auto a) { return select(z <= 0, a + 1, 1); }
};

struct Sigmoid {  // a = 1 / (1 + exp(-z));  a' = a (1 - a)
  static auto value(auto z) { return 1 / (1 + exp(-z)); }
  static auto slope(auto, auto a) { return a * (1 - a); }
};

struct Softplus {  // a = log(1 + exp z) = max(0, z) + log(1 + exp(-|z|));  a' = sigmoid(z)
  static auto value(auto z) { return select(z <= 0, 0, z) + log1p(exp(-abs(z))); }
  static auto slope(auto z, auto) { return Sigmoid::value(z); }
};

struct Tanh {  // a = tanh z;  a' = 1 - a^2
  static auto value(auto z) { return tanh(z); }
  static auto slope(auto, auto a) { return 1 - a * a; }
};

struct Sine {  // a = sin z;  a' = cos z
  static auto value(auto z) { return sin(z); }
  static auto slope(auto z, auto) { return cos(z); }
};

struct Swish {  // a = z s, s = sigmoid(z);  a' = s + z s (1 - s) (Ramachandran 2017)
  static auto value(auto z) { return z / (1 + exp(-z)); }
  static auto slope(auto z, auto) {
    auto s = Sigmoid::value(z);
    return s + z * s * (1 - s);
  }
};

struct Gelu {  // a = z P, P = (1 + erf(z / sqrt 2)) / 2;  a' = P + z exp(-z^2 / 2) / sqrt(2 pi) (Hendrycks & Gimpel 2016)
  static auto share(auto z) { return 0.5 * (1 + erf(z * 0.70710678118654752)); }
  static auto value(auto z) { return z * share(z); }
  static auto slope(auto z, auto) { return share(z) + z * 0.39894228040143268 * exp(-0.5 * z * z); }
};

// a = z t, t = tanh(softplus(z));  a' = t + z (1 - t^2) sigmoid(z) (Misra 2019). With e = exp z, t = (e^2 + 2e) / (e^2 + 2e + 2);
// beyond z = 20, t rounds to 1 and e^2 might overflow.
struct Mish {
  static auto bend(auto z) {
    auto e = exp(select(z > 20, 20, z)), d = e * (e + 2);
    return d / (d + 2);
  }
  static auto value(auto z) { return z * bend(z); }
  static auto slope(auto z, auto) {
    auto t = bend(z);
    return t + z * (1 - t * t) * Sigmoid::value(z);
  }
};

struct Exp {  // a = exp z = a'
  static auto value(auto z) { return exp(z); }
  static auto slope(auto, auto a) { return a; }
};

struct Log {  // a = log z;  a' = 1 / z
  static auto value(auto z) { return log(z); }
  static auto slope(auto z, auto) { return 1 / z; }
};

// Calls `use` with the function of that name: once a call of a kernel, so that its loop is tight.
void with_function(Function f, auto use) {
  switch (f) {
    case Function::linear:
      return use(Linear{});
    case Function::relu:
      return use(Relu{});
    case Function::leaky_relu:
      return use(LeakyRelu{});
    case Function::elu:
      return use(Elu{});
    case Function::softplus:
      return use(Softplus{});
    case Function::sigmoid:
      return use(Sigmoid{});
    case Function::tanh:
      return use(Tanh{});
    case Function::sine:
      return use(Sine{});
    case Function::swish:
      return use(Swish{});
    case Function::gelu:
      return use(Gelu{});
    case Function::mish:
      return use(Mish{});
    case Function::exp:
      return use(Exp{});
    case Function::log:
      return use(Log{});
  }
}

}  // namespace
}  // namespace nn
