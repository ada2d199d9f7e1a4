// Maps brought to another size.
#include "viz/resized.h"

#include <algorithm>
#include <cmath>

namespace viz {

using nn::Index;

namespace {

// Between which two of `count` places the middle of pixel i of `wanted` lies, and how far from the first.
struct Between {
  Index first, second;
  double part;
};
Between between(Index i, Index wanted, Index count) {
  // ((i + 1/2) count / wanted) - 1/2
  const double at = std::clamp((double(i) + 0.5) * double(count) / double(wanted) - 0.5, 0.0, double(count - 1));
  const Index first = Index(at);
  return {first, std::min(first + 1, count - 1), at - double(first)};
}

}  // namespace

nn::Matrix resized(nn::ConstView map, Index height, Index width, bool smooth) {
  nn::Matrix large(height, width);
  for (Index i = 0; i < height; i++)
    for (Index j = 0; j < width; j++) {
      if (!smooth) {
        large(i, j) = map(i * map.rows / height, j * map.columns / width);
        continue;
      }
      const Between y = between(i, height, map.rows), x = between(j, width, map.columns);
      const double above = double(map(y.first, x.first)) * (1 - x.part) + double(map(y.first, x.second)) * x.part;
      const double below = double(map(y.second, x.first)) * (1 - x.part) + double(map(y.second, x.second)) * x.part;
      large(i, j) = nn::Real(above * (1 - y.part) + below * y.part);
    }
  return large;
}

}  // namespace viz
