// The parameters of a program, and how they start.
#include "engine/param.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace nn {

namespace {

constexpr std::pair<Initializer, std::string_view> names[] = {
    {Initializer::playground, "playground"}, {Initializer::zeros, "zeros"}, {Initializer::constant, "constant"},
    {Initializer::xavier, "xavier"},         {Initializer::he, "he"},       {Initializer::orthogonal, "orthogonal"}};

// Q of a tall normal matrix has orthonormal columns; the signs of R's diagonal make it uniformly distributed.
Eigen::MatrixXd orthonormal_columns(Index rows, Index columns, Generator& random) {
  Eigen::MatrixXd A(rows, columns);
  for (Index i = 0; i < rows; i++)
    for (Index j = 0; j < columns; j++) A(i, j) = random.normal();
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(A);
  Eigen::MatrixXd Q = qr.householderQ() * Eigen::MatrixXd::Identity(rows, columns);
  for (Index j = 0; j < columns; j++)
    if (qr.matrixQR()(j, j) < 0) Q.col(j) = -Q.col(j);
  return Q;
}

}  // namespace

Parameters::Parameters(const Program& program) {
  Index total = 0;
  for (int i : program.of_kind(Kind::parameter)) {
    const Node& node = program[i];
    const bool running = node.name.ends_with(".running_mean") || node.name.ends_with(".running_variance");
    list_.push_back({node.name, node.tensor, node.size.rows, node.size.columns, total, !running});
    total += padded(node.size.rows * node.size.columns);
  }
  numbers = Matrix(1, total);
}

std::size_t Parameters::find(std::string_view wanted) const {
  for (std::size_t i = 0; i < list_.size(); i++)
    if (list_[i].name == wanted) return i;
  throw std::invalid_argument("parameters: none is named '" + std::string(wanted) + "'");
}

Index Parameters::count() const {
  Index n = 0;
  for (const Parameter& p : list_) n += p.learned ? p.rows * p.columns : 0;
  return n;
}

std::size_t first_difference(const Parameters& a, const Parameters& b) {
  const std::size_t shorter = std::min(a.list().size(), b.list().size());
  for (std::size_t i = 0; i < shorter; i++)
    if (a.list()[i].name != b.list()[i].name || a.list()[i].tensor != b.list()[i].tensor) return i;
  return shorter;
}

void bind(const Parameters& parameters, Values& values) {
  const std::vector<int> slots = values.program().of_kind(Kind::parameter);
  if (slots.size() != parameters.list().size())
    throw std::invalid_argument("parameters: the program has " + std::to_string(slots.size()) + " and there are " +
                                std::to_string(parameters.list().size()));
  for (std::size_t i = 0; i < slots.size(); i++) values.bind(slots[i], parameters[i]);
}

void initialize(Initializer how, View w, Generator& random, Index kernel) {
  if (how == Initializer::orthogonal) {
    const bool wide = w.columns > w.rows;
    const Eigen::MatrixXd Q = orthonormal_columns(std::max(w.rows, w.columns), std::min(w.rows, w.columns), random);
    for (Index i = 0; i < w.rows; i++)
      for (Index j = 0; j < w.columns; j++) w(i, j) = Real(wide ? Q(j, i) : Q(i, j));
    return;
  }
  const Index fan_in = w.columns, fan_out = w.rows * kernel;
  const double xavier = std::sqrt(6.0 / double(fan_in + fan_out)), he = std::sqrt(2.0 / double(fan_in));
  for (Index i = 0; i < w.rows; i++)
    for (Index j = 0; j < w.columns; j++) {
      double value = 0;
      if (how == Initializer::playground) value = random.uniform(-0.5, 0.5);
      if (how == Initializer::constant) value = 0.1;
      if (how == Initializer::xavier) value = random.uniform(-xavier, xavier);
      if (how == Initializer::he) value = he * random.normal();
      w(i, j) = Real(value);
    }
}

void initialize(Initializer how, Parameters& parameters, Generator& random) {
  for (std::size_t i = 0; i < parameters.list().size(); i++) {
    const Parameter& p = parameters.list()[i];
    if (p.is_weight())
      initialize(how, parameters[i], random, std::accumulate(p.tensor.begin() + 2, p.tensor.end(), Index(1), std::multiplies<>()));
    else if (p.name.ends_with(".gain") || p.name.ends_with(".running_variance"))
      fill(parameters[i], 1);
    else {
      fill(parameters[i], how == Initializer::playground && p.name.ends_with(".bias") ? Real(0.1) : Real(0));
      // An LSTM should remember before it has learned to forget.                                 (Jozefowicz et al. 2015)
      if (p.name.starts_with("lstm") && p.name.ends_with(".bias")) fill({parameters[i].data, p.rows / 4, 1, 1}, 1);
    }
  }
}

std::string_view name(Initializer how) { return names[int(how)].second; }

Initializer initializer_named(std::string_view wanted) {
  std::string known;
  for (const auto& [how, text] : names) {
    if (text == wanted) return how;
    known += (known.empty() ? "" : ", ") + std::string(text);
  }
  throw std::invalid_argument("initializer: '" + std::string(wanted) + "' is not one of " + known);
}

}  // namespace nn
