// Augmentation: pictures of a batch, each moved a little at random, so that a network learns what does not depend on place or pose.
#pragma once
#include <string_view>

#include "engine/matrix.h"
#include "engine/random.h"

namespace data {

// How far pictures may be moved; every one gets a move of its own, drawn uniformly.
struct Augmentation {
  nn::Index shift = 0;  // pixels, to either side, up and down
  bool flip = false;    // left becomes right, for every second picture
  double crop = 1;      // the least part of a side that is kept and enlarged to the whole, in (0, 1]
  double rotation = 0;  // degrees, either way, around the middle
  bool operator==(const Augmentation&) const = default;
};

// "shift 2, flip, crop 0.9, rotate 10", any of them in any order; nothing for none. Throws std::invalid_argument for anything else.
Augmentation parse_augmentation(std::string_view text);

// One move: output pixel p shows the input at m + part R (p - m - (right, down)), m being the middle; a flip mirrors the output.
struct Move {
  double right = 0, down = 0;  // pixels of the output
  double part = 1;             // of a side that is seen
  double angle = 0;            // degrees, against the clock
  bool flip = false;
  bool operator==(const Move&) const = default;
};

Move draw(const Augmentation& how, nn::Shape shape, nn::Generator& random);

// Column `example` of `to` becomes that of `from`, moved: between pixels the mean of the four around, and 0 beyond the border.
// Both are pixels x examples; std::invalid_argument where they are not of this shape.
void move(nn::ConstView from, nn::View to, nn::Index example, nn::Shape shape, const Move& move);

// Moves every picture of a batch, drawing from `random` in the order of the columns. std::invalid_argument where a number makes no sense.
void augment(nn::ConstView from, nn::View to, nn::Shape shape, const Augmentation& how, nn::Generator& random);

}  // namespace data
