// What a network makes of a picture, stage by stage: the input, then what each layer of its text says. Methods that look at one unit of
// one stage share the options "stage", "unit", "row" and "column", so that all views show the unit that was chosen in any of them.
#pragma once
#include <string>
#include <vector>

#include "engine/model.h"
#include "viz/method.h"

namespace viz {

struct Stage {
  std::string name;           // of its node: "x", "conv1", "relu1", "maxpool1", "dense1", "softmax1"
  int node;                   // of the program
  nn::Shape shape;            // channels, height, width; a dense layer has units x 1 x 1
  std::string words() const;  // "conv1: 8 maps of 28 x 28", "dense1: 10 units"
};
// In evaluation, where dropout is asleep; switches of pooling are no stage.
std::vector<Stage> stages(const nn::Network& network, const nn::Program& program);
// Whether a layer of the text makes a stage: dropout sleeps, and flatten changes nothing.
bool is_stage(const nn::Layer& layer);
// The layers that make the stages up to this one.
nn::Model up_to(const nn::Model& model, std::size_t stage);

// The shared options: the stage, counted from 0, the input; the channel, and the place in its map, counted from 1.
Option stage_option(double initial = 1);
Option unit_option();
Option row_option();  // 0: where the map is largest
Option column_option();

// What the options choose, brought into the range of this network: too large a number is the last.
struct Chosen {
  std::size_t stage;
  nn::Index unit, row, column;  // from 0; row and column -1 where the largest is meant
};
Chosen chosen(const std::vector<Stage>& stages, const Arguments& options);

// The channels of one example (a column of a value) as rows of pixels: [channels * height, width].
nn::Matrix maps(nn::ConstView value, const nn::Shape& shape, nn::Index example = 0);
// One of them: height x width.
nn::Matrix map(nn::ConstView value, const nn::Shape& shape, nn::Index channel, nn::Index example = 0);
// The channel and place of its largest number; the first of several.
struct PlaceInMap {
  nn::Index row, column;
};
PlaceInMap largest(const nn::Matrix& map);

}  // namespace viz
