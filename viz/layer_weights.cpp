// Layers with weights.
#include "viz/layer_weights.h"

#include <algorithm>
#include <cmath>

namespace viz {

std::vector<LayerWeights> layers_with_weights(const Study& study) {
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
  const nn::Program program = tape.finish();
  const std::vector<Stage> all = stages(network, program);
  std::vector<LayerWeights> layers;
  for (std::size_t k = 1; k < all.size(); k++) {
    const bool transposed = all[k].name.starts_with("deconv"), convolution = transposed || all[k].name.starts_with("conv");
    if (!convolution && !all[k].name.starts_with("dense")) continue;
    const std::size_t weight = study.parameters.find(all[k].name + ".weight"), bias = study.parameters.find(all[k].name + ".bias");
    const nn::Parameter& W = study.parameters.list()[weight];
    const nn::Shape shape = convolution ? nn::Shape{W.tensor[1], W.tensor[2], W.tensor[3]} : all[k - 1].shape;
    layers.push_back({all[k].name, k, weight, bias, W.rows, shape, convolution, transposed});
  }
  return layers;
}

std::size_t layer_of_stage(const std::vector<LayerWeights>& layers, std::size_t stage) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < layers.size(); i++)
    if (layers[i].stage <= stage) found = i;
  return found;
}

Image colour_weights(nn::ConstView red_green_blue, Box box, double range) {
  const nn::Index height = red_green_blue.rows / 3, width = red_green_blue.columns;
  Image image{.box = box, .width = int(width), .height = int(height)};
  for (nn::Index i = 0; i < height; i++)
    for (nn::Index j = 0; j < width; j++) {
      for (nn::Index c = 0; c < 3; c++) {
        const double share = 0.5 + double(red_green_blue(c * height + i, j)) / (2 * range);
        image.rgba.push_back(std::isnan(share) ? uint8_t(0) : uint8_t(std::lround(255 * std::clamp(share, 0.0, 1.0))));
      }
      image.rgba.push_back(255);
    }
  return image;
}

}  // namespace viz
