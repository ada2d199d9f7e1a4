// What all neurons of a network say: over the plane where there are two inputs, else for the chosen example.
#pragma once
#include <functional>

#include "viz/figure.h"

namespace viz {

// The part of the plane of two inputs that is shown: [-6, 6] in both, or around the data with a margin where data lie outside of that.
struct Plane {
  Range x, y;
};
Plane plane_of(const Study& study);  // of one input: y is empty
// resolution^2 x 2: the middles of cells, row by row from the top left.
nn::Matrix grid(const Plane& plane, int resolution);

// The values of the network for examples first .. first + count - 1.
struct Block {
  nn::Index first, count;
  const nn::Network& network;
  const nn::Values& values;
};
// Runs the network, dropout asleep, over rows like set.inputs, in blocks small enough to stay in the cache. Two blocks may overlap.
void in_blocks(const Study& study, const nn::Matrix& rows, const std::function<void(const Block&)>& visit);

// The words of the network: "layers" ("input", "dense1 · tanh", ...), "parameters" ("x", "dense1", ...), "inputs", "classes", "moment".
void add_names(Numbers& numbers, const Study& study);

// Whether there are layers whose values are pictures: convolutions, pools, upsampling.
bool has_maps(const nn::Model& model);

// Tensors "neurons" [all of all layers, input first, R, R] for two inputs, else [.., 1, 1]; "sizes" [layers], how many each has.
// For pictures also "picture" [channels * height, width]: the chosen example; words "example": "example 17, a 3".
void add_neurons(Numbers& numbers, const Study& study, int resolution);

// One neuron as a picture in a box: a heat map, or one colour, from -range to range.
Image neuron_image(const Numbers& numbers, nn::Index neuron, Box box, Scale scale, double range);
bool is_map(const Numbers& numbers);  // over the plane
std::vector<int> sizes_of(const Numbers& numbers);

// What is looked at, the given picture or the chosen example: one row like set.inputs. std::invalid_argument where there is no such example.
nn::Matrix chosen_example(const Study& study);
std::string example_words(const Study& study);  // "example 17: versicolor"

}  // namespace viz
