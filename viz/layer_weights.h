// The layers of a network that have weights, and how these read as pictures: what a filter, or a neuron of a dense layer, weighs lies as
// its input lies.
#pragma once
#include "viz/method.h"
#include "viz/stages.h"

namespace viz {

struct LayerWeights {
  std::string name;          // "conv1"
  std::size_t stage;         // what it makes of its input, counted as in stages()
  std::size_t weight, bias;  // in the list of parameters
  nn::Index units;           // filters or neurons; of a transposed convolution its input maps
  nn::Shape shape;           // of what each unit weighs: input maps of 5 x 5
  bool convolution, transposed;
  bool pictures() const { return shape.height * shape.width > 1; }
};
std::vector<LayerWeights> layers_with_weights(const Study& study);
// The layer that a stage belongs to: the last with weights up to there, else the first.
std::size_t layer_of_stage(const std::vector<LayerWeights>& layers, std::size_t stage);

// Weights of three channels as a colour picture: zero is the middle of each colour, -range and range are its ends.
Image colour_weights(nn::ConstView red_green_blue, Box box, double range);

}  // namespace viz
