// Means and deviations of the training rows.
#include "datasets/standardize.h"

#include <cmath>
#include <stdexcept>
#include <string>

namespace data {

void Standardization::apply(nn::View x) const {
  if (x.columns != nn::Index(mean.size()))
    throw std::invalid_argument("standardize: " + std::to_string(x.columns) + " inputs, but the training data had " +
                                std::to_string(mean.size()));
  for (nn::Index i = 0; i < x.rows; i++)
    for (nn::Index j = 0; j < x.columns; j++) {
      const double m = mean[std::size_t(j)], s = deviation[std::size_t(j)];
      x(i, j) = s > 0 ? nn::Real((x(i, j) - m) / s) : 0;
    }
}

Standardization standardization(const Dataset& set, std::span<const int> train) {
  if (train.empty()) throw std::invalid_argument("standardize: '" + set.name + "' has no training rows to take the mean of");
  const std::size_t inputs = std::size_t(set.inputs.columns());
  const double n = double(train.size());
  Standardization result{std::vector<double>(inputs, 0), std::vector<double>(inputs, 0)};
  for (std::size_t j = 0; j < inputs; j++) {
    const auto x = [&](int row) { return double(set.inputs(row, nn::Index(j))); };
    bool constant = true;
    for (int row : train) {
      result.mean[j] += x(row) / n;
      constant = constant && x(row) == x(train[0]);
    }
    if (constant) continue;  // rounding would leave a deviation that is tiny, yet not 0
    double variance = 0;
    for (int row : train) variance += std::pow(x(row) - result.mean[j], 2) / n;
    result.deviation[j] = std::sqrt(variance);
  }
  return result;
}

}  // namespace data
