// The training images that make the units of a stage speak most: for each unit the largest number of its map counts, once an image.
#pragma once
#include <vector>

#include "viz/study.h"

namespace viz {

// Where and how much a unit says of an image.
struct Peak {
  nn::Real value;
  nn::Index image;        // among the training examples
  nn::Index row, column;  // the first place where the map is that large
};

// Of each unit of a stage (stages.h) the images where it is largest, the largest first, of equals the earlier image first; among the first
// `images` of training. The network runs in blocks, and only as far as the stage.
std::vector<std::vector<Peak>> top_images(const Study& study, std::size_t stage, nn::Index images, std::size_t count = 9);

}  // namespace viz
