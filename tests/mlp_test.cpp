// A multilayer perceptron against the book: (3.1) to (3.5) once more, by loops over examples, layers and neurons.
#include <catch2/catch.hpp>

#include "engine/ops.h"
#include "tests/gradcheck.h"

using namespace nn;
using namespace gradcheck;

namespace {

const double tight = exact ? 1e-12 : 1e-5;

// w[l][j][k] and b[l][j]: what arrives at neuron j of layer l + 1 from neuron k of layer l.
struct Perceptron {
  std::vector<std::vector<std::vector<double>>> w;
  std::vector<std::vector<double>> b;
};

using Layers = std::vector<std::vector<double>>;  // one number a neuron, one list a layer

double sigma(Function f, double z) { return f == Function::tanh ? std::tanh(z) : 1 / (1 + std::exp(-z)); }
double sigma_prime(Function f, double z) { return f == Function::tanh ? 1 - std::tanh(z) * std::tanh(z) : sigma(f, z) * (1 - sigma(f, z)); }

// Adds one example's gradient to `sum` and returns its cost.
double backpropagate(const Perceptron& net, Function f, const std::vector<double>& x, const std::vector<double>& y, Perceptron& sum) {
  const std::size_t L = net.w.size();
  Layers a{x}, z{x};
  for (std::size_t l = 0; l < L; l++) {  // (3.1)
    a.emplace_back(), z.emplace_back();
    for (std::size_t j = 0; j < net.w[l].size(); j++) {
      double weighted = net.b[l][j];
      for (std::size_t k = 0; k < a[l].size(); k++) weighted += net.w[l][j][k] * a[l][k];
      z.back().push_back(weighted);
      a.back().push_back(sigma(f, weighted));
    }
  }
  double cost = 0;
  std::vector<double> delta;
  for (std::size_t j = 0; j < y.size(); j++) {  // (3.3) and the first of (3.4)
    cost += (y[j] - a[L][j]) * (y[j] - a[L][j]) / 2;
    delta.push_back((a[L][j] - y[j]) * sigma_prime(f, z[L][j]));
  }
  for (std::size_t l = L; l-- > 0;) {  // the rest of (3.4)
    std::vector<double> earlier(a[l].size(), 0);
    for (std::size_t j = 0; j < delta.size(); j++) {
      sum.b[l][j] += delta[j];
      for (std::size_t k = 0; k < a[l].size(); k++) {
        sum.w[l][j][k] += a[l][k] * delta[j];
        earlier[k] += net.w[l][j][k] * delta[j] * sigma_prime(f, z[l][k]);
      }
    }
    delta = earlier;
  }
  return cost;
}

std::vector<double> column(const Matrix& x, Index j) {
  std::vector<double> numbers;
  for (Index i = 0; i < x.rows(); i++) numbers.push_back(double(x(i, j)));
  return numbers;
}

Perceptron empty(const std::vector<Index>& sizes) {
  Perceptron net;
  for (std::size_t l = 1; l < sizes.size(); l++) {
    net.w.emplace_back(std::size_t(sizes[l]), std::vector<double>(std::size_t(sizes[l - 1]), 0));
    net.b.emplace_back(std::size_t(sizes[l]), 0);
  }
  return net;
}

Program record_perceptron(const std::vector<Index>& sizes, Function f, Index m) {
  Tape tape;
  Var a = tape.input("x", {sizes.front(), m});
  const Var y = tape.input("y", {sizes.back(), m});
  for (std::size_t l = 1; l < sizes.size(); l++) {
    const Var W = tape.parameter("W" + std::to_string(l), sizes[l], sizes[l - 1]);
    const Var b = tape.parameter("b" + std::to_string(l), sizes[l], 1);
    a = activation(f, affine(W, a, b));
  }
  quadratic_cost(a, y);
  return tape.finish();
}

// Compares cost, gradients (3.4) and one step of gradient descent (3.5) on m examples.
void compare(const std::vector<Index>& sizes, Function f, Index m) {
  Generator random(5, name(f));
  Run run(record_perceptron(sizes, f, m), random);
  const Program& program = run.program;
  Perceptron net = empty(sizes), gradient = empty(sizes);
  for (std::size_t l = 0; l < net.w.size(); l++) {
    const std::string number = std::to_string(l + 1);
    const Matrix &W = run.leaves.at(program.find("W" + number)), &b = run.leaves.at(program.find("b" + number));
    net.b[l] = column(b, 0);
    for (Index j = 0; j < W.rows(); j++)
      for (Index k = 0; k < W.columns(); k++) net.w[l][std::size_t(j)][std::size_t(k)] = double(W(j, k));
  }
  double cost = 0;
  for (Index x = 0; x < m; x++)
    cost += backpropagate(net, f, column(run.leaves.at(program.find("x")), x), column(run.leaves.at(program.find("y")), x), gradient);

  const double C = double(run.forward()(0, 0));
  CHECK(C == Approx(cost / double(m)).epsilon(tight));
  Signals signals(program, program.size() - 1, Wanted::parameters);
  backward(program, run.values, signals);

  const double eta = 0.5;
  const Rates rates{.rate = Real(eta)};
  const auto agree = [&](ConstView dC, Matrix& w, Index j, Index k, double sum, double before) {
    CHECK(double(dC(j, k)) == Approx(sum / double(m)).epsilon(tight).margin(tight));
    CHECK(double(w(j, k)) == Approx(before - eta / double(m) * sum).epsilon(tight).margin(tight));
  };
  for (std::size_t l = 0; l < net.w.size(); l++) {
    const int W = program.find("W" + std::to_string(l + 1)), b = program.find("b" + std::to_string(l + 1));
    for (int leaf : {W, b}) {
      Matrix& w = run.leaves.at(leaf);
      kernels().update(Update::sgd, rates, w.size(), signals[leaf].data, w.data(), nullptr, nullptr);
    }
    for (std::size_t j = 0; j < net.w[l].size(); j++) {
      agree(signals[b], run.leaves.at(b), Index(j), 0, gradient.b[l][j], net.b[l][j]);
      for (std::size_t k = 0; k < net.w[l][j].size(); k++)
        agree(signals[W], run.leaves.at(W), Index(j), Index(k), gradient.w[l][j][k], net.w[l][j][k]);
    }
  }
}

}  // namespace

TEST_CASE("a perceptron's cost, gradients and step are those of the book", "[mlp]") {
  compare({2, 4, 3, 1}, Function::sigmoid, 6);
  compare({2, 4, 3, 1}, Function::tanh, 1);
  compare({5, 7, 3}, Function::tanh, 9);
  compare({5, 7, 3}, Function::sigmoid, 33);
}

TEST_CASE("every signal of a perceptron agrees with central differences", "[mlp]") {
  Generator random(6);
  Run run(record_perceptron({5, 7, 3}, Function::tanh, 4), random);
  CHECK(worst_error(run, random) <= tolerance);
}
