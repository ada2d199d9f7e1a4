// New inputs by formula.
#include "datasets/features.h"

#include <cmath>
#include <stdexcept>

#include "datasets/formula.h"
#include "engine/text.h"

namespace data {

Dataset with_features(const Dataset& set, std::span<const std::string> features) {
  if (features.empty()) return set;
  std::vector<Formula> formulas;
  for (const std::string& feature : features) formulas.emplace_back(feature, set.input_names);

  Dataset result = set;
  result.inputs = nn::Matrix(set.examples(), nn::Index(formulas.size()));
  result.shape = {result.inputs.columns(), 1, 1};
  result.input_names.clear();
  for (const Formula& formula : formulas) result.input_names.push_back(formula.text());
  for (nn::Index i = 0; i < set.examples(); i++) {
    const std::span<const nn::Real> row(set.inputs.view().row(i), std::size_t(set.inputs.columns()));
    for (nn::Index j = 0; j < result.inputs.columns(); j++) {
      const nn::Real x = nn::Real(formulas[std::size_t(j)](row));
      if (!std::isfinite(x))
        throw std::invalid_argument("feature '" + formulas[std::size_t(j)].text() + "' is " + nn::number_text(x) + " in row " +
                                    std::to_string(i + 1) + " of '" + set.name + "'; choose one that is finite everywhere");
      result.inputs(i, j) = x;
    }
  }
  return result;
}

}  // namespace data
