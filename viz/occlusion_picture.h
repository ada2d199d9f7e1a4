// The four maps of occlusion, and what the picture with the patch is taken for.
#pragma once
#include "viz/figure.h"

namespace viz::occlusion {

Scene drawn(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::occlusion
