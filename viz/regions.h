// Regions of pictures, and what a unit says of them (Girshick et al. 2014).
#pragma once
#include <vector>

#include "viz/pictures.h"

namespace viz {

// The part of two rectangles together that both cover.
double overlap(const Pixels& a, const Pixels& b);

// The whole picture, and windows of half, two thirds and all of its smaller side, square, twice as wide and twice as high, half a window
// apart.
std::vector<Pixels> window_regions(const nn::Shape& picture);
// The boxes around superpixels and around what becomes of them while the two most alike neighbours are joined, again and again, as
// selective search does (Uijlings et al. 2013). Each box once.
std::vector<Pixels> merged_regions(nn::ConstView x, const nn::Shape& picture);

// How a region becomes a picture of the network's size: its sides stretched each as needed, or both as much, with background around.
enum class Fitting { letterbox, warp };
// x and background: inputs x 1; numbers between pixels are mixed (bilinear). The whole picture stays as it is.
nn::Matrix cut_out(nn::ConstView x, const nn::Shape& picture, const Pixels& region, Fitting how, nn::ConstView background);

struct Region {
  nn::Real value;
  nn::Index image;
  Pixels box;
};
// The largest values first, of equals the first; without those that overlap a larger one of the same image by more than `most`; at most
// `count`.
std::vector<Region> best_regions(std::vector<Region> all, double most, std::size_t count);

}  // namespace viz
