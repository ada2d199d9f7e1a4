// Input features: new inputs computed from the old ones by formulas.
#pragma once
#include <span>
#include <string>

#include "datasets/dataset.h"

namespace data {

// The same examples with one input for each formula (see formula.h), named as it is written; no features: the set as it is.
// Throws std::invalid_argument for a text that is no formula, and where a result is not finite (naming formula and row, from 1).
Dataset with_features(const Dataset& set, std::span<const std::string> features);

}  // namespace data
