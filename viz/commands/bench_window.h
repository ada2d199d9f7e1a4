// glassbox bench --window: what the open window costs. Needs a display.
#pragma once
#include <filesystem>

namespace viz {

// Prints `workload glassbox value unit` for the small playground, the largest, an LSTM with the views of texts, and (where the data
// folder has MNIST) a convolutional network with its maps on the screen, then with the toolbox, predictions and errors: how much slower
// training gets (the median of five pairs without and with a window, so many seconds each), the program's own work for a picture,
// pictures a second, and the time from a move of the pointer to its picture. One thread trains, and the software that paints is held to
// one. std::runtime_error without a display.
void bench_window(double seconds, const std::filesystem::path& data_folder);

}  // namespace viz
