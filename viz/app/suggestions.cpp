// Networks and settings to begin with.
#include "viz/app/suggestions.h"

#include <algorithm>
#include <filesystem>

namespace viz {

std::span<const NetworkSuggestion> picture_networks() {
  static constexpr NetworkSuggestion all[] = {
      {"One hidden layer", "dense 32, relu", "Every pixel goes to every neuron: what convolutions are compared with."},
      {"One convolution", "conv 8 5x5 pad 2, relu, maxpool 2", "Eight filters that look everywhere for the same thing."},
      {"Two convolutions", "conv 8 5x5 pad 2, relu, maxpool 2, conv 16 5x5 pad 2, relu, maxpool 2",
       "The usual small network for digits: filters, and filters of what these found."},
      {"Averages of maps", "conv 8 3x3 pad 1, relu, maxpool 2, conv 16 3x3 pad 1, relu, conv 16 3x3 pad 1, relu, gap",
       "Each class is a weighted mean of whole maps, so that maps say where a class is (Lin 2013)."},
      {"With batch normalization", "conv 8 3x3 pad 1, batchnorm, relu, maxpool 2, conv 16 3x3 pad 1, batchnorm, relu, maxpool 2",
       "Every map is brought to mean 0 and variance 1 over the batch (Ioffe and Szegedy 2015)."},
      {"Tiny VGG",
       "conv 10 3x3 pad 1, relu, conv 10 3x3 pad 1, relu, maxpool 2, conv 10 3x3 pad 1, relu, conv 10 3x3 pad 1, relu, maxpool 2",
       "Pairs of small convolutions, as in CNN Explainer."},
      {"LeNet", "conv 6 5x5 pad 2, tanh, avgpool 2, conv 16 5x5 pad 2, tanh, avgpool 2, dense 120, tanh, dense 84, tanh",
       "Much as in LeCun et al. 1998."},
  };
  return all;
}

data::Experiment with_source(const data::Experiment& now, const std::string& source, bool same_kind) {
  data::Experiment after = now;
  std::string file = source;
  std::ranges::replace(file, '-', '_');
  const auto shipped = data::experiments_folder() / (file + ".toml");
  if (!same_kind && std::filesystem::exists(shipped)) {
    after = data::load_experiment(shipped);
    after.seed = now.seed, after.data_seed = now.data_seed;
    after.controls = now.controls, after.palette = now.palette, after.scale = now.scale;
  }
  after.source = source;
  after.added.clear(), after.removed.clear(), after.target.clear(), after.input.clear();
  return after;
}

}  // namespace viz
