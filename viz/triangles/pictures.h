// Images of a scene as pixels of the atlas.
#pragma once
#include "viz/triangles/atlas.h"

namespace viz::triangles {

// A smooth image with its outermost pixels doubled all around. Where it is painted at less than three quarters of its size, it is first
// averaged down to `width` x `height`, the pixels that it is to fill.
Pixels smooth_pixels(const Image& image, double width, double height);

// What a sharp image shows in each pixel of a window: `box` is where it lies, `visible` the whole pixels to be made. A side that lies
// between two pixels makes them translucent.
Pixels sharp_pixels(const Image& image, Box box, Box visible);

}  // namespace viz::triangles
