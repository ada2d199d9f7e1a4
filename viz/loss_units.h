// A cross-entropy in the units in which texts are compared. Shannon 1948; Jelinek et al. 1977.
#pragma once
#include <string>

#include "datasets/dataset.h"

namespace viz {

enum class LossUnit { nats, bits, perplexity };

double in_unit(double nats, LossUnit unit);

// " a character" or " a word" where the loss is one of a running text, else "".
std::string each_symbol(const data::Dataset& set);

}  // namespace viz
