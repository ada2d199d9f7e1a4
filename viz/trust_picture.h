// The trust meter's picture: the map, its promise, the curves, the table beside maps that know nothing, and the cascade.
#pragma once
#include "viz/figure.h"

namespace viz::trust {

Scene drawn(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::trust
