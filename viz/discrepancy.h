// Random patches (Zhou et al. 2014): how much what is said of a picture changes where a part of it becomes noise, and from that the
// receptive field that a unit really uses.
#pragma once
#include <cstdint>

#include "viz/patches.h"
#include "viz/receptive_field.h"

namespace viz {

// D = mean |f(x) - f(x with the window noise)| over so many draws of noise, for each window. Where f does not see the window: exactly 0.
std::vector<nn::Real> discrepancies(const Score& score, nn::ConstView x, const nn::Shape& picture, const std::vector<Pixels>& windows,
                                    const Filling& filling, nn::Index draws, std::uint64_t seed,
                                    const std::function<void(double share)>& done = {});

// What a unit really sees: its D on the training images that it says most of, each moved so that the middle of the theoretical field is in
// the middle, and the mean taken.
struct SeenField {
  nn::Matrix average;    // (2 height - 1) x (2 width - 1)
  nn::Index images = 0;  // that the unit says anything of
  double size = 0;       // the root of the number of pixels where the mean is above half of its largest
};
struct SeenFieldOptions {
  nn::Index patch = 4, stride = 2, draws = 4, images = 9;
  nn::Index searched = 500;  // training images that the best are found among
};
SeenField seen_field(const Study& study, std::size_t stage, nn::Index unit, const SeenFieldOptions& options, std::uint64_t seed,
                     const std::function<void(double share)>& done = {});

}  // namespace viz
