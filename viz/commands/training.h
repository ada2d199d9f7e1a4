// What the commands that train share: training with a progress bar, and saying how far it came.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "viz/workbench.h"

namespace viz {

// Trains until a stop rule holds, training diverges (session().stopped() and diverged() say so) or Ctrl-C, with a progress bar.
// `each_epoch` hears of every new line of the history; `save` is called so often that it takes 2 % of the time. Both may be empty.
void train_with_progress(Workbench& bench, const std::string& title, bool quiet, const std::function<void(const nn::Epoch&)>& each_epoch,
                         const std::function<void()>& save);

// The small run that comes with the program and suits a method best: digits for pictures, weights and classes, else the circle.
std::filesystem::path shipped_run(std::string_view method);

// "epoch 57, train loss 0.0481, test loss 0.0523, test accuracy 98.4 %"; of a running text also "test 2.255 bits a character, perplexity 4.77".
std::string figures(const nn::Epoch& epoch, const data::Dataset& set);

}  // namespace viz
