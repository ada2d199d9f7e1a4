// Images for vector files. Programs that show PDF and SVG blur or shift small images each in its own way, so they get large ones.
#pragma once
#include "viz/scene.h"

namespace viz {

// The scene with every image enlarged to about three of its pixels a unit (at most 2048 a side), as `smooth` asks.
Scene with_enlarged_images(Scene scene);

// The image with `times` as many pixels across and down: copies of each, or a bilinear mixture that is weighted by alpha.
Image enlarged(const Image& image, int times);

}  // namespace viz
