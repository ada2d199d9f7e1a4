// Maps brought to another size: coarse maps over pictures, and pictures made small.
#pragma once
#include "engine/matrix.h"

namespace viz {

// Every pixel is the nearest one, or a mixture of the four around it (half-pixel centers, edges repeated).
nn::Matrix resized(nn::ConstView map, nn::Index height, nn::Index width, bool smooth);

}  // namespace viz
