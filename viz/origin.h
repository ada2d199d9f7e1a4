// How one number of a stage comes about: the numbers of the stage before that go into it, slot by slot of a kernel or a window, and their
// weights. It is what 'arithmetic' writes out and what 'diagram' draws as links.
#pragma once
#include <vector>

#include "viz/stages.h"

namespace viz {

struct Slot {
  nn::Index channel, row, column;  // in the stage before; outside of its maps in the padding
  bool inside;                     // else nothing lies there: a convolution reads 0, a pooling leaves the slot out
  double weight, number;
  double product() const { return weight * number; }
};

enum class Made { sum, largest, mean, function, softmax, batch_norm, layer_norm, response_norm };

struct Origin {
  Made made;
  nn::Index channels = 1, height = 1, width = 1;  // slots lie [channel][u][v]
  nn::Index stride = 1, padding = 0, dilation = 1;
  std::vector<Slot> slots = {};
  double bias = 0;
  bool learned = false;  // whether the weights are parameters

  double sum() const;        // of the products and the bias
  nn::Index winner() const;  // the slot with the largest number inside, the first of several
};

// A place in the maps of a stage, from 0.
struct Unit {
  nn::Index channel, row, column;
  bool operator==(const Unit&) const = default;
};

// The layer of the model's text that makes a stage, counted from 1: dropout sleeps and flatten changes nothing.
const nn::Layer& layer_of(const nn::Model& model, std::size_t stage);

// How a unit of a stage, counted from 1, is made of `before`, the value of the stage before for one example. Of softmax and layer norm, to
// which everything contributes, the slots are all numbers; of a norm over channels, those of its neighbours.
Origin origin(const nn::Model& model, const nn::Parameters& parameters, const std::vector<Stage>& stages, std::size_t stage, Unit unit,
              nn::ConstView before);

}  // namespace viz
