// Whether a map shows where the truth is: a map and a mask of the same size, the mask 1 where what decides lies, else 0.
// Quantus (Hedstroem et al. 2022), TorchRay (Fong et al. 2019). Numbers that are not finite count as the least.
#pragma once
#include "engine/matrix.h"

namespace viz {

// The pointing game (Zhang et al. 2016): the first largest number lies in the mask, or at most `tolerance` pixels beside it.
// A map without a positive number points nowhere.
bool points_at(nn::ConstView map, nn::ConstView mask, nn::Index tolerance = 0);
// The mask's share of what is positive (relevance mass accuracy, Arras et al. 2022); 0 where nothing is.
double mass_in(nn::ConstView map, nn::ConstView mask);
// The share of the K largest numbers that lie in a mask of K pixels, of equals the first (relevance rank accuracy).
double rank_in(nn::ConstView map, nn::ConstView mask);
// How often a pixel of the mask has a larger number than one outside, equals counting half; 1/2 where either is missing.
double roc_auc(nn::ConstView map, nn::ConstView mask);
// mass(own) / (mass(own) + mass(other)), 1/2 where both are 0: whether the map of a class shows that class's object.
double selectivity(nn::ConstView map, nn::ConstView own, nn::ConstView other);

}  // namespace viz
