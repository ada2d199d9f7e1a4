// Sums over time in double precision, whatever a Real is.
#include "viz/probes.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

namespace viz {

namespace {

using nn::Index;

void check(const char* who, std::size_t steps, std::size_t given) {
  if (steps != given)
    throw std::invalid_argument(std::string(who) + ": " + std::to_string(steps) + " steps, but a track of " + std::to_string(given));
}

std::size_t steps(nn::ConstView cells) { return std::size_t(cells.columns); }

double mean(Values x) { return x.empty() ? 0 : std::accumulate(x.begin(), x.end(), 0.0) / double(x.size()); }

double squares_about(Values x, double middle) {
  return std::accumulate(x.begin(), x.end(), 0.0, [&](double sum, double value) { return sum + (value - middle) * (value - middle); });
}

// 1 - sum (read - y)^2 / sum (y - mean)^2 over steps [from, to).
double r_squared(const LinearProbe& probe, nn::ConstView cells, Values track, std::size_t from, std::size_t to) {
  const Values part = track.subspan(from, to - from);
  const double total = squares_about(part, mean(part));
  double left = 0;
  for (std::size_t t = from; t < to; t++) {
    const double error = probe.read(cells, Index(t)) - track[t];
    left += error * error;
  }
  return total > 0 ? 1 - left / total : 0;
}

}  // namespace

std::vector<nn::Real> values_where(Values values, Values where) {
  check("values_where", values.size(), where.size());
  std::vector<nn::Real> kept;
  for (std::size_t t = 0; t < values.size(); t++)
    if (where[t] != 0) kept.push_back(values[t]);
  return kept;
}

nn::Matrix columns_where(nn::ConstView cells, Values where) {
  check("columns_where", steps(cells), where.size());
  nn::Matrix kept(cells.rows, Index(std::count_if(where.begin(), where.end(), [](nn::Real w) { return w != 0; })));
  for (Index cell = 0; cell < cells.rows; cell++) {
    Index to = 0;
    for (Index t = 0; t < cells.columns; t++)
      if (where[std::size_t(t)] != 0) kept(cell, to++) = cells(cell, t);
  }
  return kept;
}

double correlation(Values a, Values b) {
  check("correlation", a.size(), b.size());
  const double mean_a = mean(a), mean_b = mean(b);
  double ab = 0;
  for (std::size_t t = 0; t < a.size(); t++) ab += (a[t] - mean_a) * (b[t] - mean_b);
  const double scale = std::sqrt(squares_about(a, mean_a)) * std::sqrt(squares_about(b, mean_b));
  // What rounding leaves of a series that never changes is no change.
  const double least = 1e-10 * double(a.size()) * (1 + std::abs(mean_a)) * (1 + std::abs(mean_b));
  if (std::isnan(scale) || std::isinf(scale)) return 0;
  return scale > least ? std::clamp(ab / scale, -1.0, 1.0) : 0;
}

// By ranks (Mann and Whitney 1947): the ranks of the p steps with the property sum to p (p + 1) / 2 + p q area.
double area_under_curve(Values values, Values track) {
  check("area_under_curve", values.size(), track.size());
  if (std::any_of(values.begin(), values.end(), [](nn::Real value) { return std::isnan(value); })) return 0.5;  // it has no rank
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double with = 0, ranks = 0;
  for (std::size_t from = 0, to; from < order.size(); from = to) {  // equal values share their mean rank
    for (to = from; to < order.size() && values[order[to]] == values[order[from]]; to++) {
    }
    const double rank = (double(from) + 1 + double(to)) / 2;
    for (std::size_t i = from; i < to; i++)
      if (track[order[i]] > 0) {
        with++;
        ranks += rank;
      }
  }
  const double without = double(values.size()) - with;
  return with > 0 && without > 0 ? (ranks - with * (with + 1) / 2) / (with * without) : 0.5;
}

std::vector<CellScore> cells_by_correlation(nn::ConstView cells, Values track) {
  check("cells_by_correlation", steps(cells), track.size());
  const bool yes_or_no = std::all_of(track.begin(), track.end(), [](nn::Real value) { return value == 0 || value == 1; });
  std::vector<CellScore> scores;
  for (Index cell = 0; cell < cells.rows; cell++)
    scores.push_back({cell, correlation(values_of(cells, cell), track), yes_or_no ? area_under_curve(values_of(cells, cell), track) : 0.5});
  std::stable_sort(scores.begin(), scores.end(),
                   [](const CellScore& a, const CellScore& b) { return std::abs(a.correlation) > std::abs(b.correlation); });
  return scores;
}

double LinearProbe::read(nn::ConstView cells, Index step) const {
  double y = b;
  for (std::size_t cell = 0; cell < w.size(); cell++) y += w[cell] * double(cells(Index(cell), step));
  return y;
}

LinearProbe linear_probe(nn::ConstView cells, Values track, double share, double ridge) {
  check("linear_probe", steps(cells), track.size());
  const auto n = Index(std::llround(share * double(track.size())));
  if (n < 2 || n > cells.columns)
    throw std::invalid_argument("linear_probe: a share of " + std::to_string(share) + " of " + std::to_string(track.size()) +
                                " steps; it is fitted to two steps at least");

  // With X and y less their means, (X X^T + ridge n I) w = X y.
  Eigen::MatrixXd X(cells.rows, n);
  Eigen::VectorXd y(n);
  for (Index t = 0; t < n; t++) y(t) = track[std::size_t(t)];
  for (Index cell = 0; cell < cells.rows; cell++)
    for (Index t = 0; t < n; t++) X(cell, t) = cells(cell, t);
  const Eigen::VectorXd means = X.rowwise().mean();
  const double mean_y = y.mean();
  X.colwise() -= means;
  y.array() -= mean_y;
  Eigen::MatrixXd A = X * X.transpose();
  A.diagonal().array() += ridge * double(n);
  const Eigen::VectorXd w = A.ldlt().solve(X * y);

  LinearProbe probe;
  probe.w.assign(w.data(), w.data() + w.size());
  probe.b = mean_y - w.dot(means);
  const std::size_t fitted = std::size_t(n), all = track.size();
  probe.fitted = r_squared(probe, cells, track, 0, fitted);
  probe.measured = fitted == all ? probe.fitted : r_squared(probe, cells, track, fitted, all);
  return probe;
}

std::vector<Saturation> saturations(nn::ConstView gates, double shut, double open) {
  std::vector<Saturation> all;
  for (Index gate = 0; gate < gates.rows; gate++) {
    const Values values = values_of(gates, gate);
    const auto share = [&](auto counts) {
      return values.empty() ? 0 : double(std::count_if(values.begin(), values.end(), counts)) / double(values.size());
    };
    all.push_back({share([&](double g) { return g < shut; }), share([&](double g) { return g > open; })});
  }
  return all;
}

double quantile_of_magnitudes(nn::ConstView cells, double share) {
  if (cells.rows * cells.columns == 0 || !(share >= 0 && share <= 1))
    throw std::invalid_argument("quantile_of_magnitudes: a share of " + std::to_string(share) + " of " +
                                std::to_string(cells.rows * cells.columns) + " values; it is 0 .. 1 of one value at least");
  std::vector<nn::Real> magnitudes;
  for (Index cell = 0; cell < cells.rows; cell++)
    for (const nn::Real value : values_of(cells, cell)) magnitudes.push_back(std::abs(value));
  const auto at = magnitudes.begin() + std::ptrdiff_t(std::ceil(share * double(magnitudes.size())) - (share > 0));
  std::nth_element(magnitudes.begin(), at, magnitudes.end());
  return double(*at);
}

}  // namespace viz
