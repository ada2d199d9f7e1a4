// Z-scores: each input with mean 0 and deviation 1 over the training rows.
#pragma once
#include <span>
#include <vector>

#include "datasets/dataset.h"

namespace data {

struct Standardization {
  std::vector<double> mean, deviation;  // one for each input; deviation 0: the input is constant, and becomes 0

  // x: examples x inputs, a row each as in Dataset::inputs; new data is treated as the training data was. Throws for another number of
  // inputs.
  void apply(nn::View x) const;
};

// Of the given rows alone, so that nothing of the test rows is known in training; the deviation is divided by n. Throws for no rows.
Standardization standardization(const Dataset& set, std::span<const int> train);

}  // namespace data
