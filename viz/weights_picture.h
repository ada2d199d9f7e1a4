// The parts of the picture of a layer's weights: pictures of what each unit weighs, or the matrix W with its biases.
#pragma once
#include "viz/map_tiles.h"

namespace viz::weights {

// Tensor "ranges" [units]: the colours of a unit span from minus to plus this. Words "range": "each" where it is the unit's own, or
// "layer".

// Tensor "weights" [units, maps, height, width]: for each unit one picture for each of its input maps; before these, where the maps are
// red, green and blue, one in colour.
void draw_filters(Scene& scene, const Numbers& numbers, Box room, const Style& style);
// Tensor "weights" [units, inputs].
void draw_matrix(Scene& scene, const Numbers& numbers, Box room, const Style& style);

}  // namespace viz::weights
