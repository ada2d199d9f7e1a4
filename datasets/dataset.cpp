// What any data set can be asked.
#include "datasets/dataset.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/text.h"

namespace data {

Dataset rows(const Dataset& set, std::span<const int> chosen) {
  const nn::Index n = nn::Index(chosen.size());
  std::vector<bool> tests(std::size_t(set.examples()), false);
  for (int row : set.fixed_test) tests[std::size_t(row)] = true;
  Dataset result{.name = set.name,
                 .inputs = nn::Matrix(n, set.inputs.columns()),
                 .labels = {},
                 .values = nn::Matrix(set.values.rows() > 0 ? n : 0, set.values.columns()),
                 .input_names = set.input_names,
                 .class_names = set.class_names,
                 .shape = set.shape,
                 .notes = set.notes,
                 .fixed_test = {},
                 .target_name = set.target_name,
                 .masks = nn::Matrix(set.masks.rows() > 0 ? n : 0, set.masks.columns())};
  for (nn::Index i = 0; i < n; i++) {
    const int row = chosen[std::size_t(i)];
    if (row < 0 || row >= set.examples())
      throw std::invalid_argument("data set '" + set.name + "': there is no row " + std::to_string(row) + " among " +
                                  std::to_string(set.examples()));
    std::copy_n(set.inputs.view().row(row), set.inputs.columns(), result.inputs.view().row(i));
    if (set.values.rows() > 0) std::copy_n(set.values.view().row(row), set.values.columns(), result.values.view().row(i));
    if (set.masks.rows() > 0) std::copy_n(set.masks.view().row(row), set.masks.columns(), result.masks.view().row(i));
    if (!set.labels.empty()) result.labels.push_back(set.labels[std::size_t(row)]);
    if (tests[std::size_t(row)]) result.fixed_test.push_back(int(i));
  }
  return result;
}

void check_finite(const Dataset& set) {
  for (nn::Index i = 0; i < set.inputs.rows(); i++)
    for (nn::Index j = 0; j < set.inputs.columns(); j++)
      if (!std::isfinite(set.inputs(i, j)))
        throw std::invalid_argument("data set '" + set.name + "': row " + std::to_string(i + 1) + ", input '" +
                                    set.input_names.at(std::size_t(j)) + "' is " + nn::number_text(set.inputs(i, j)) +
                                    "; only finite numbers can be learned from");
  for (nn::Index i = 0; i < set.values.rows(); i++)
    for (nn::Index j = 0; j < set.values.columns(); j++)
      if (!std::isfinite(set.values(i, j)))
        throw std::invalid_argument("data set '" + set.name + "': row " + std::to_string(i + 1) + ", value " + std::to_string(j + 1) +
                                    " is " + nn::number_text(set.values(i, j)) + "; only finite numbers can be learned");
}

std::vector<std::string> pixel_names(nn::Shape shape) {
  std::vector<std::string> names;
  for (nn::Index c = 0; c < shape.channels; c++)
    for (nn::Index y = 0; y < shape.height; y++)
      for (nn::Index x = 0; x < shape.width; x++)
        names.push_back("pixel_" + (shape.channels > 1 ? std::to_string(c) + "_" : "") + std::to_string(y) + "_" + std::to_string(x));
  return names;
}

}  // namespace data
