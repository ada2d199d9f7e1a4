// Elementwise functions, their derivatives and the optimizers of every kernel set against their definitions in double.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/kernels.h"
#include "tests/kernels_support.h"

using namespace nn;

namespace {

// The definitions, in double.
double value(Function f, double z) {
  const double share = std::erfc(-z / std::sqrt(2.0)) / 2, softplus = std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z)));
  switch (f) {
    case Function::linear:
      return z;
    case Function::relu:
      return std::max(z, 0.0);
    case Function::leaky_relu:
      return z > 0 ? z : z / 100;
    case Function::elu:
      return z > 0 ? z : std::expm1(z);
    case Function::softplus:
      return softplus;
    case Function::sigmoid:
      return 1 / (1 + std::exp(-z));
    case Function::tanh:
      return std::tanh(z);
    case Function::sine:
      return std::sin(z);
    case Function::swish:
      return z / (1 + std::exp(-z));
    case Function::gelu:
      return z * share;
    case Function::mish:
      return z * std::tanh(softplus);
    case Function::exp:
      return std::exp(z);
    case Function::log:
      return std::log(z);
  }
  return 0;
}

double slope(Function f, double z) {  // by central differences, away from kinks
  const double h = 1e-5;
  return (value(f, z + h) - value(f, z - h)) / (2 * h);
}

}  // namespace

TEST_CASE("Every function has its value and slope at every point of a sweep") {
  std::vector<Real> sweep;
  for (int i = -4000; i <= 4000; i++) sweep.push_back(Real(i) / 200 + Real(1e-4));
  for (Real size : {1e-45, 1e-40, 1e-30, 1e-10, 1e-5, 25., 50., 80., 87., 100., 1e3, 1e4}) sweep.insert(sweep.end(), {size, -size});
  const Index n = sweep.size();
  const std::vector<Real> ones(n, 1);
  for (const Kernels* kernel : available_kernels())
    for (Function f : every_function) {
      std::vector<Real> a(n), dz(n);
      kernel->apply(f, 1, n, sweep.data(), n, a.data(), n);
      kernel->apply_derivative(f, 1, n, sweep.data(), n, a.data(), n, ones.data(), n, dz.data(), n);
      for (Index i = 0; i < n; i++) {
        const double z = sweep[i], expected = value(f, z);
        const bool large = std::abs(expected) > std::numeric_limits<Real>::max();
        CAPTURE(kernel->name, int(f), z, a[i], expected, dz[i]);
        // gelu's share is 1 + erf, so that its error is counted against |z|; the others' against the value.
        const double least = f == Function::gelu || f == Function::sine ? std::max(std::abs(z), 1e-37)
                             : f == Function::swish                     ? 1e-30
                                                                        : 1e-37;
        REQUIRE((large ? std::isinf(a[i]) : close(a[i], expected, 2e-6, least)));
        if (f == Function::tanh) REQUIRE(std::abs(a[i]) <= 1);  // beyond 1 the slope 1 - a^2 would change its sign
        if (std::abs(z) > 1e-3 && (f != Function::log || z > 0) && !large)
          REQUIRE(close(dz[i], slope(f, z), 1e-4, f == Function::exp || f == Function::log ? 1e-30 : 1e-2));
      }
    }
}

TEST_CASE("At infinity every function has its limit or NaN, and no function hides a NaN") {
  const Real inf = std::numeric_limits<Real>::infinity();
  const std::vector<Real> x = {inf, -inf, std::numeric_limits<Real>::quiet_NaN()};
  for (const Kernels* kernel : available_kernels())
    for (Function f : every_function) {
      CAPTURE(kernel->name, int(f));
      std::vector<Real> a(3), reference(3);
      kernel->apply(f, 1, 3, x.data(), 3, a.data(), 3);
      available_kernels()[0]->apply(f, 1, 3, x.data(), 3, reference.data(), 3);
      CHECK(std::isnan(a[2]));
      for (int i : {0, 1}) {
        CAPTURE(x[i], a[i], reference[i]);
        CHECK(close(a[i], reference[i], 4e-7));
      }
    }
}

TEST_CASE("Functions and derivatives agree with the reference on strided blocks and touch nothing beside them") {
  const Kernels& reference = *available_kernels()[0];
  Numbers numbers;
  for (const Kernels* kernel : available_kernels())
    for (Function f : every_function)
      for (Index rows : {1, 2, 5})
        for (Index columns : {1, 3, 4, 5, 8, 10, 16, 17, 33})
          for (Index gap : {0, 3}) {
            CAPTURE(kernel->name, int(f), rows, columns, gap);
            std::vector<Real> x = numbers.some(rows * (columns + gap)), dy = numbers.some(rows * (columns + gap));
            if (f == Function::log)
              for (Real& xi : x) xi = std::abs(xi) + Real(0.1);
            Guarded y(rows, columns, gap), dx(rows, columns, gap), expected_y(rows, columns, gap), expected_dx(rows, columns, gap);
            const Index row = columns + gap;
            kernel->apply(f, rows, columns, x.data(), row, y.data(), row);
            kernel->apply_derivative(f, rows, columns, x.data(), row, y.data(), row, dy.data(), row, dx.data(), row);
            reference.apply(f, rows, columns, x.data(), row, expected_y.data(), row);
            reference.apply_derivative(f, rows, columns, x.data(), row, expected_y.data(), row, dy.data(), row, expected_dx.data(), row);
            std::vector<Real> both = x;  // x + dy
            for (std::size_t i = 0; i < both.size(); i++) both[i] += f == Function::log ? 1 : dy[i];
            const std::vector<Real> added = f == Function::log ? std::vector<Real>(x.size(), 1) : dy;
            Guarded sum(rows, columns, gap), expected_sum(rows, columns, gap);
            kernel->apply_to_sum(f, rows, columns, x.data(), row, added.data(), row, sum.data(), row);
            kernel->apply(f, rows, columns, both.data(), row, expected_sum.data(), row);
            bool right = y.guards_hold() && dx.guards_hold() && sum.guards_hold();
            for (Index i = 0; i < rows; i++)
              for (Index j = 0; j < columns; j++)
                right = right && sum(i, j) == expected_sum(i, j) && close(y(i, j), expected_y(i, j), 1e-6, 0.1) &&
                        close(dx(i, j), expected_dx(i, j), 2e-6, 0.1);
            REQUIRE(right);
          }
}

TEST_CASE("A look-up agrees with the reference, for every symbol and for none, and touches nothing beside it") {
  Numbers numbers;
  for (const Kernels* kernel : available_kernels())
    for (Index columns : {1, 3, 8, 16, 17, 33}) {
      CAPTURE(kernel->name, columns);
      const std::vector<Real> w = numbers.some(3 * 7), b = numbers.some(3);
      std::vector<int> symbols;
      for (Index j = 0; j < columns; j++) symbols.push_back(int(j * 5 % 8) - 1);
      Guarded y(3, columns, 3), expected(3, columns, 3);
      kernel->look_up(3, columns, w.data(), 7, symbols.data(), b.data(), 1, y.data(), columns + 3);
      available_kernels()[0]->look_up(3, columns, w.data(), 7, symbols.data(), b.data(), 1, expected.data(), columns + 3);
      REQUIRE(y.guards_hold());
      for (Index i = 0; i < 3; i++)
        for (Index j = 0; j < columns; j++) REQUIRE(y(i, j) == expected(i, j));
    }
}

TEST_CASE("An element has the same bits wherever it lies in its row") {
  Numbers numbers;
  const Index n = 41;
  std::vector<Real> x = numbers.some(n), ones(n, 1), y(n), dx(n), alone_y(n), alone_dx(n);
  for (Real& xi : x) xi = 3 * xi;
  for (const Kernels* kernel : available_kernels())
    for (Function f : every_function) {
      if (f == Function::log)
        for (Real& xi : x) xi = std::abs(xi);
      CAPTURE(kernel->name, int(f));
      kernel->apply(f, 1, n, x.data(), n, y.data(), n);
      kernel->apply_derivative(f, 1, n, x.data(), n, y.data(), n, ones.data(), n, dx.data(), n);
      for (Index i = 0; i < n; i++) {
        kernel->apply(f, 1, 1, &x[i], 1, &alone_y[i], 1);
        kernel->apply_derivative(f, 1, 1, &x[i], 1, &y[i], 1, &ones[i], 1, &alone_dx[i], 1);
      }
      CHECK(alone_y == y);
      CHECK(alone_dx == dx);
    }
}

TEST_CASE("Three steps of every optimizer follow its formula") {
  Rates rates;
  rates.rate = Real(0.1), rates.momentum = Real(0.9), rates.beta1 = Real(0.9), rates.beta2 = Real(0.99), rates.epsilon = Real(1e-3);
  rates.decay = Real(0.05);
  for (const Kernels* kernel : available_kernels())
    for (Update method : every_update)
      for (Index n : {1, 4, 8, 15, 16, 17, 40}) {
        CAPTURE(kernel->name, int(method), n);
        Numbers numbers;
        Guarded w(1, n, 0), m(1, n, 0), v(1, n, 0);
        std::vector<double> W(n), M(n), V(n);
        for (Index i = 0; i < n; i++) W[i] = w(0, i) = numbers.next(), m(0, i) = v(0, i) = 0;
        const bool keeps_m = method == Update::momentum || method == Update::nesterov || method >= Update::adadelta;
        const bool keeps_v = method >= Update::adagrad;
        for (int t = 1; t <= 3; t++) {
          const std::vector<Real> g = numbers.some(n);
          rates.correction1 = Real(1 / (1 - std::pow(0.9, t))), rates.correction2 = Real(1 / (1 - std::pow(0.99, t)));
          kernel->update(method, rates, n, g.data(), w.data(), keeps_m ? m.data() : nullptr, keeps_v ? v.data() : nullptr);
          for (Index i = 0; i < n; i++) {
            const double G = g[i], eta = 0.1, mu = 0.9, rho = 0.99, epsilon = 1e-3;
            const double before = M[i];
            double d = 0;
            switch (method) {
              case Update::sgd:
                W[i] -= eta * G;
                break;
              case Update::momentum:
                M[i] = mu * M[i] - eta * G, W[i] += M[i];
                break;
              case Update::nesterov:
                M[i] = mu * M[i] - eta * G, W[i] += M[i] + mu * (M[i] - before);
                break;
              case Update::adagrad:
                V[i] += G * G, W[i] -= eta * G / (std::sqrt(V[i]) + epsilon);
                break;
              case Update::rmsprop:
                V[i] += (1 - rho) * (G * G - V[i]), W[i] -= eta * G / (std::sqrt(V[i]) + epsilon);
                break;
              case Update::adadelta:
                V[i] += (1 - rho) * (G * G - V[i]);
                d = std::sqrt((M[i] + epsilon) / (V[i] + epsilon)) * G;
                M[i] += (1 - rho) * (d * d - M[i]);
                W[i] -= eta * d;
                break;
              case Update::adamw:
                W[i] *= 1 - eta * 0.05;
                [[fallthrough]];
              case Update::adam:
                M[i] += 0.1 * (G - M[i]), V[i] += (1 - rho) * (G * G - V[i]);
                W[i] -= eta * M[i] / (1 - std::pow(0.9, t)) / (std::sqrt(V[i] / (1 - std::pow(0.99, t))) + epsilon);
                break;
            }
          }
        }
        bool right = w.guards_hold() && m.guards_hold() && v.guards_hold();
        for (Index i = 0; i < n; i++)
          right = right && close(w(0, i), W[i], 5e-6, 1) && (!keeps_m || close(m(0, i), M[i], 5e-6, 1)) &&
                  (!keeps_v || close(v(0, i), V[i], 5e-6, 1));
        REQUIRE(right);
      }
}
