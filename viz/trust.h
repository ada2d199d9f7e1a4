// What speaks for a map and what against it: does the score fall where the map says so, does the map change with the network, does it
// point at what there is?
#pragma once
#include <string>
#include <vector>

#include "viz/explainers.h"
#include "viz/many_inputs.h"

namespace viz {

// The last so many layers that have weights drawn anew (He), their biases 0. All of them: an untrained network.
nn::Parameters randomized(const nn::Parameters& parameters, std::size_t layers, std::uint64_t seed);
std::vector<std::string> layers_with_weights(const nn::Parameters& parameters);  // "conv1", "dense1", in order

// An explainer's own options as they are at first, and the shared ones of these that say what is explained.
Arguments options_for(const Explainer& explainer, const Arguments& options);
// Options that ask for this target of this network, whatever another network would answer.
Arguments held_to(const Target& target, const Backward& net, Arguments options);

// The pixels that are not background: some channel is more than a tenth of white away from it. height * width.
std::vector<bool> ink(const Study& study, nn::ConstView x);

// Cascading randomization (Adebayo et al. 2018): the map when none, the last, the last two, ... layers are random, and the rank correlation
// of |map| with the first over ink pixels alone: over all, the background, where many maps are exactly 0, makes anything look alike.
struct CascadeStep {
  std::string layers;  // "trained", "dense1", "and conv2", ...
  nn::Matrix map;      // height x width
  double correlation = 1;
};
std::vector<CascadeStep> cascade(const Explainer& explainer, const Study& study, const nn::Matrix& x, const Arguments& options,
                                 std::uint64_t seed, const Progress& progress);

// Deletion and insertion of a map's pixels in so many steps: the probability where the target is a class that has one, else the score.
struct Curves {
  std::vector<double> deletion, insertion;
};
Curves curves_of(nn::ConstView map, const Score& score, nn::ConstView x, nn::ConstView baseline, nn::Index steps);
// The score for curves; `probability` says which it is. Refers to the network.
Score curve_score(const Study& study, const Backward& net, const Target& target, ManyInputs& network, bool* probability = nullptr);

// |x - baseline|, the largest of the channels: a map that knows no network.
nn::Matrix trivial_map(nn::ConstView x, nn::ConstView baseline, const nn::Shape& picture);
nn::Matrix random_map(const nn::Shape& picture, std::uint64_t seed);

}  // namespace viz
