// Pictures of a data set as a person sees them: grey, or in colour where there are three channels; and parts of them.
#pragma once
#include "engine/matrix.h"
#include "viz/scene.h"

namespace viz {

// A rectangle of pixels, which may leave the picture.
struct Pixels {
  nn::Index top = 0, left = 0, height = 0, width = 0;
  nn::Index bottom() const { return top + height; }
  nn::Index right() const { return left + width; }
  bool operator==(const Pixels&) const = default;
};

// The number that is shown white: the largest of the picture, at least 1, so that a dark picture stays dark.
double white_of(nn::ConstView picture);

// `picture` holds shape.size() numbers row by row: [channels * height, width], or all in one row. Red, green and blue where there are three
// channels, else the mean of the channels in grey; the pointer reads the numbers behind grey pixels.
Image picture_image(nn::ConstView picture, const nn::Shape& shape, Box box);
// A part of it, as bright as it is in the whole. What lies outside of the picture is not painted.
Image picture_part(nn::ConstView picture, const nn::Shape& shape, const Pixels& part, Box box);

// Where pixels lie that are drawn in `box` as height x width.
Box box_of(const Pixels& pixels, const nn::Shape& shape, Box box);
// The largest box with a picture's proportions, in the middle of the room.
Box fitted(const nn::Shape& shape, Box room);

}  // namespace viz
