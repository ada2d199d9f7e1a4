// The matrix of maps, or one of them large.
#pragma once
#include "viz/figure.h"

namespace viz::compare {

Scene drawn(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::compare
