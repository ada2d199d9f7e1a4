// What each optimizer does to one parameter w with gradient g, written once: w is a real number in the reference and a
// whole SIMD register in the fast kernels; sqrt comes from whoever includes this. The letters are those of Rates.
#pragma once
#include "engine/kernels/table.h"

namespace nn {
namespace {

// Each says which of its two moments it keeps; a moment that it does not keep is never read or written.

struct Sgd {  // w -> w - eta g
  static constexpr bool keeps_m = false, keeps_v = false;
  static void step(const Rates& r, auto g, auto& w, auto&, auto&) { w = w - r.rate * g; }
};

struct Momentum {  // m -> mu m - eta g;  w -> w + m, so m is a velocity (Polyak 1964, as in Sutskever 2013)
  static constexpr bool keeps_m = true, keeps_v = false;
  static void step(const Rates& r, auto g, auto& w, auto& m, auto&) {
    m = r.momentum * m - r.rate * g;
    w = w + m;
  }
};

// Sutskever 2013 takes the gradient where the velocity is about to carry the parameter, at theta + mu m. Here w is that
// point, so that g is the gradient at w (Bengio 2013):  m -> mu m - eta g;  w -> w + mu m - eta g
struct Nesterov {
  static constexpr bool keeps_m = true, keeps_v = false;
  static void step(const Rates& r, auto g, auto& w, auto& m, auto&) {
    m = r.momentum * m - r.rate * g;
    w = w + r.momentum * m - r.rate * g;
  }
};

struct Adagrad {  // v -> v + g^2;  w -> w - eta g / (sqrt v + epsilon) (Duchi 2011)
  static constexpr bool keeps_m = false, keeps_v = true;
  static void step(const Rates& r, auto g, auto& w, auto&, auto& v) {
    v = v + g * g;
    w = w - r.rate * g / (sqrt(v) + r.epsilon);
  }
};

struct Rmsprop {  // v -> beta2 v + (1 - beta2) g^2;  w -> w - eta g / (sqrt v + epsilon) (Hinton 2012, lecture 6e)
  static constexpr bool keeps_m = false, keeps_v = true;
  static void step(const Rates& r, auto g, auto& w, auto&, auto& v) {
    v = r.beta2 * v + (1 - r.beta2) * g * g;
    w = w - r.rate * g / (sqrt(v) + r.epsilon);
  }
};

// v -> beta2 v + (1 - beta2) g^2;  d = g sqrt(m + epsilon) / sqrt(v + epsilon);  m -> beta2 m + (1 - beta2) d^2;
// w -> w - eta d (Zeiler 2012, where eta = 1)
struct Adadelta {
  static constexpr bool keeps_m = true, keeps_v = true;
  static void step(const Rates& r, auto g, auto& w, auto& m, auto& v) {
    v = r.beta2 * v + (1 - r.beta2) * g * g;
    auto d = g * sqrt(m + r.epsilon) / sqrt(v + r.epsilon);
    m = r.beta2 * m + (1 - r.beta2) * d * d;
    w = w - r.rate * d;
  }
};

// m -> beta1 m + (1 - beta1) g;  v -> beta2 v + (1 - beta2) g^2;  with m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t)
// w -> w - eta m^ / (sqrt v^ + epsilon) (Kingma & Ba 2014)
struct Adam {
  static constexpr bool keeps_m = true, keeps_v = true;
  static void step(const Rates& r, auto g, auto& w, auto& m, auto& v) {
    m = r.beta1 * m + (1 - r.beta1) * g;
    v = r.beta2 * v + (1 - r.beta2) * g * g;
    w = w - r.rate * r.correction1 * m / (sqrt(r.correction2 * v) + r.epsilon);
  }
};

struct Adamw {  // w -> w - eta lambda w, then as Adam: the decay does not pass through the moments (Loshchilov & Hutter 2017)
  static constexpr bool keeps_m = true, keeps_v = true;
  static void step(const Rates& r, auto g, auto& w, auto& m, auto& v) {
    w = w - r.rate * r.decay * w;
    Adam::step(r, g, w, m, v);
  }
};

// Calls `use` with the optimizer of that name: once a call of a kernel, so that its loop is tight.
void with_update(Update method, auto use) {
  switch (method) {
    case Update::sgd:
      return use(Sgd{});
    case Update::momentum:
      return use(Momentum{});
    case Update::nesterov:
      return use(Nesterov{});
    case Update::adagrad:
      return use(Adagrad{});
    case Update::rmsprop:
      return use(Rmsprop{});
    case Update::adadelta:
      return use(Adadelta{});
    case Update::adam:
      return use(Adam{});
    case Update::adamw:
      return use(Adamw{});
  }
}

}  // namespace
}  // namespace nn
