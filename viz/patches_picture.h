// The picture of random patches: the picture with one, the discrepancy map, and the field that the unit uses beside the one it has.
#pragma once
#include "viz/figure.h"

namespace viz::patches {

Scene drawn(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::patches
