// What becomes of a score while a picture is taken away, or put back, in the order that a map gives its pixels: pixel flipping
// (Samek et al. 2017), deletion and insertion (Petsiuk et al. 2018). A display, never a proof: the map |x - baseline| does well too.
#pragma once
#include <vector>

#include "viz/score.h"

namespace viz {

// The most important pixels first, of equals the first; of regions of height x width pixels the one with the largest sum of the map first.
// Each entry is what is changed together: places in a map of rows x columns.
using Order = std::vector<std::vector<nn::Index>>;
Order pixel_order(nn::ConstView map, nn::Index steps);
Order region_order(nn::ConstView map, nn::Index height, nn::Index width);

// The score before anything was changed, and after each entry of the order: the pixels of x (channels * pixels x 1) become those of `to`.
std::vector<double> perturbed(const Score& score, nn::ConstView x, nn::ConstView to, const Order& order);
inline std::vector<double> deletion(const Score& score, nn::ConstView x, nn::ConstView baseline, const Order& order) {
  return perturbed(score, x, baseline, order);
}
inline std::vector<double> insertion(const Score& score, nn::ConstView x, nn::ConstView baseline, const Order& order) {
  return perturbed(score, baseline, x, order);
}

// Infidelity (Yeh et al. 2019), normalized: how badly the sums of the map over the parts of the order tell what taking each part away does
// to the score; 0: they tell it, but for one factor, 1: they tell nothing. The size of the map does not matter.
double infidelity(const Score& score, nn::ConstView x, nn::ConstView baseline, nn::ConstView map, const Order& parts);

// By trapezoids over 0..1, as RISE has it.
double area_under(const std::vector<double>& curve);

}  // namespace viz
