// Which parts of an input made a score, from the scores of many coalitions of parts: Shapley values, KernelSHAP, LIME, RISE.
// A coalition is a column of `on`, parts x coalitions: 1 where a part is there, 0 where the baseline stands in its place.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/matrix.h"

namespace viz {

using Scores = std::vector<nn::Real>;  // one a coalition

// All 2^parts of them, the empty one first, the whole last; part k is bit k. At most 16 parts.
nn::Matrix all_coalitions(nn::Index parts);
// Half the parts or so, by chance, the whole and the empty one first. The same seed, the same coalitions.
nn::Matrix some_coalitions(nn::Index parts, nn::Index count, std::uint64_t seed);

// Shapley values (Shapley 1953), exact: phi_i = sum over S without i of |S|! (M - |S| - 1)! / M! (f(S + i) - f(S)). `scores` of
// all_coalitions.
std::vector<double> shapley_values(nn::Index parts, const Scores& scores);
// The weight of a coalition of k among M parts: (M - 1) / (C(M, k) k (M - k)); infinite for the empty one and the whole.
double kernel_weight(nn::Index parts, nn::Index on);
// Shapley values as the weighted least squares fit of a sum (KernelSHAP, Lundberg and Lee 2017) that is exact for the empty coalition and
// the whole, which must be among them. Of all coalitions it is the Shapley value.
std::vector<double> kernel_shap(nn::ConstView on, const Scores& scores);

// The weighted least squares fit f ~ intercept + sum w_k on_k (LIME, Ribeiro et al. 2016).
struct LinearFit {
  std::vector<double> weights;
  double intercept = 0, explained = 0;  // explained: R^2, the weighted share of the variance
};
LinearFit linear_fit(nn::ConstView on, const Scores& scores, const std::vector<double>& importance, double ridge);
// exp(-D^2 / width^2), D the cosine distance of a coalition with this share of the parts from the whole: 1 - sqrt(share).
double nearness(double share, double width = 0.25);

// RISE (Petsiuk et al. 2018): S_i = 1 / p mean_m f(x (.) m) m_i. `masks`: pixels x masks, numbers from 0 to 1, whose mean is p.
std::vector<double> mean_of_masks(nn::ConstView masks, const Scores& scores, double p);
// Grids of cells x cells that are on with chance p, enlarged to the picture between their middles, and shifted by less than a cell.
nn::Matrix random_masks(const nn::Shape& picture, nn::Index cells, double p, nn::Index count, std::uint64_t seed);

}  // namespace viz
