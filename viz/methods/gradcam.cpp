// Grad-CAM (Selvaraju et al. 2017): the maps of a layer, each as important as the mean slope of the score to it.
#include <algorithm>

#include "viz/explainers.h"
#include "viz/weighted_maps.h"

namespace viz::gradcam {

// L = ReLU(sum_k alpha_k F_k),  alpha_k = mean_ij dS/dF_k(i,j)
Explanation explain(const Question& q, const Progress&) {
  const WeightedMaps weighted = gradient_weighted(q);
  nn::Matrix sum = weighted.sum();
  for (nn::Index p = 0; p < sum.size(); p++) sum.data()[p] = std::max<nn::Real>(0, sum.data()[p]);
  return explanation_of(q, weighted, std::move(sum));
}

}  // namespace viz::gradcam
