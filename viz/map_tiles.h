// Maps of signed numbers as small pictures: sharp pixels whose numbers the pointer reads, zero always in the neutral colour.
#pragma once
#include <string>

#include "viz/figure.h"

namespace viz {

struct MapTile {
  nn::ConstView map;
  Box box;
  double range;  // the colours span -range to range
  std::string id = {}, tip = {};
  bool chosen = false;  // has a frame that stands out
};
// A map that is zero everywhere says so with a 0 in its middle.
void add_map(Scene& scene, const MapTile& tile, const Style& style);
void add_frame(Scene& scene, Box box, bool chosen, const Style& style);

// Of the numbers that are finite; `zeros` is the share of exact zeros among all.
struct Statistics {
  double least = 0, mean = 0, most = 0, zeros = 0;
};
Statistics statistics(nn::ConstView values);
// "−1.2 to 3.4"
std::string span_words(double least, double most);

// The largest |number|, and never so small that noise would be stretched over all colours.
double color_range(nn::ConstView values);

// One picture of [..., height, width] numbers, counted from 0.
nn::ConstView picture_at(const nn::Tensor& pictures, nn::Index i);

}  // namespace viz
