// Pictures cut into pieces: each pixel belongs to one, counted from 0.
#pragma once
#include <vector>

#include "engine/matrix.h"

namespace viz {

// A number a pixel, height * width of them.
using Pieces = std::vector<int>;
int count_of(const Pieces& pieces);

// A grid of rows x columns rectangles, as equal as can be.
Pieces grid_pieces(const nn::Shape& picture, nn::Index rows, nn::Index columns);
// About rows x columns pieces that follow the picture: k-means of place and color from the middles of a grid (SLIC, Achanta et al. 2012);
// `compactness` weighs place against color. Pieces that lose all their pixels are left out.
Pieces superpixels(nn::ConstView x, const nn::Shape& picture, nn::Index rows, nn::Index columns, double compactness = 0.5);

// x where a piece is on, else the baseline: inputs x coalitions. `on`: pieces x coalitions, 1 or 0.
nn::Matrix mixed(nn::ConstView x, nn::ConstView baseline, const Pieces& pieces, nn::ConstView on);
// The number of each pixel's piece, height x width.
nn::Matrix painted(const std::vector<double>& numbers, const Pieces& pieces, const nn::Shape& picture);

}  // namespace viz
