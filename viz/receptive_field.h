// The receptive field of a unit: the pixels that it can depend on, from the geometry of the layers alone.
#pragma once
#include <vector>

#include "engine/model.h"
#include "viz/pictures.h"
#include "viz/stages.h"

namespace viz {

class ReceptiveFields {
 public:
  ReceptiveFields(const nn::Model& model, const std::vector<Stage>& stages);

  // Of the units at a place of a stage: the smallest box around the pixels of an earlier stage `on` that they read, as if pictures went on
  // beyond their borders, so that it may leave them. Of a whole picture (dense, gap, layernorm) the picture is read, not its surroundings.
  // Empty where nothing is read: between the pixels that a transposed convolution with a wide stride has drawn apart.
  Pixels field(std::size_t stage, nn::Index row, nn::Index column, std::size_t on = 0) const;
  // The smallest box around the pixels that there are: what the unit does depend on.
  Pixels inside(std::size_t stage, nn::Index row, nn::Index column, std::size_t on = 0) const;
  // How far the fields of neighbouring units lie apart, in input pixels; 0 where all units see the whole picture.
  double jump(std::size_t stage) const;

 private:
  enum class Borders { open, closed };
  Pixels box(std::size_t stage, nn::Index row, nn::Index column, std::size_t on, Borders borders) const;

  std::vector<const nn::Layer*> layers_;  // what made each stage; null for the input
  std::vector<nn::Shape> shapes_;
};

}  // namespace viz
