// Whether two maps put their pixels in the same order.
#pragma once
#include <span>
#include <vector>

namespace viz {

// Ranks from 1; equal numbers share the mean of theirs.
std::vector<double> ranks(std::span<const double> x);
// Spearman's: the correlation of the ranks, -1 to 1. 0 where either side is constant, or nothing is compared.
double rank_correlation(std::span<const double> a, std::span<const double> b);

}  // namespace viz
