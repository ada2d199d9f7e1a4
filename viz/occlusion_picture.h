// The four maps of occlusion, and what the picture with the patch is taken for.
#pragma once
#include "viz/figure.h"

namespace viz::occlusion {

// Of an example's value the sum of one map.
double sum_of_map(nn::ConstView value, const nn::Shape& shape, nn::Index channel, nn::Index example);

Scene drawn(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz::occlusion
