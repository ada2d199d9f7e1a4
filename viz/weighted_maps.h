// Maps of a stage with a weight each, and their sum: what class activation maps and Grad-CAM have in common.
#pragma once
#include "viz/explanation.h"

namespace viz {

struct WeightedMaps {
  Stage stage;
  nn::Matrix maps;              // [channels * height, width]
  std::vector<double> weights;  // one a channel
  nn::Matrix sum() const;       // sum_k w_k F_k
};
// Grad-CAM's: w_k = mean_ij dS/dF_k(i,j)                                                                          (Selvaraju et al. 2017)
WeightedMaps gradient_weighted(const Question& question);

// The options "layer": whose maps, counted as stages are; 0 is the last stage with maps that is no pool; and "enlarge": how a coarse map is
// laid over the picture.
std::vector<Option> weighted_maps_options();
// As large as the picture, one channel.
Explanation explanation_of(const Question& question, const WeightedMaps& weighted, nn::Matrix sum);
// The same with the weighted maps beside it: the picture, the maps with the largest weights, their sum, and the overlay.
Scene draw_weighted_maps(const Numbers& numbers, Box box, const Style& style);

}  // namespace viz
