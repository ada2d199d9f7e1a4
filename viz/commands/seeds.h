// What training one run and training several seeds share.
#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "viz/commands/training.h"

namespace viz {

struct Job {
  bool json, quiet;
  std::string name;           // of the result's folder, as the user says it
  std::filesystem::path out;  // the same, absolute: the working folder itself may be replaced
  std::filesystem::path data;
};

// Draws the curves of a run, or its and those of others with other seeds as median and band.
void save_loss_picture(Workbench& bench, const std::filesystem::path& file, std::span<const std::vector<nn::Epoch>> others);

// The same experiment with seeds s, s + 1, ...: each run in its own folder seed-N, the median and the band of all in the result and in
// loss.png. Ctrl-C, or a seed that diverges, leaves those that were finished. std::runtime_error where nothing can be saved, or where
// the folder holds something else.
void train_seeds(data::Experiment experiment, int seeds, const Job& job);

}  // namespace viz
