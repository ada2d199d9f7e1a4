// An experiment on the bench: its data, its model and a session that trains it; and the study that views of it get.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "datasets/prepare.h"
#include "engine/save.h"
#include "engine/session.h"
#include "viz/study.h"

namespace viz {

class Workbench {
 public:
  // `weights`: a safetensors file to start from; empty for weights drawn by the experiment's seed.
  Workbench(data::Experiment experiment, const std::filesystem::path& data_folder, const std::filesystem::path& weights = {});
  // A run folder, at its last step. std::runtime_error where it is none.
  static std::unique_ptr<Workbench> open(const std::filesystem::path& run_folder, const std::filesystem::path& data_folder);

  const data::Experiment& experiment() const { return experiment_; }
  const data::Prepared& prepared() const { return prepared_; }
  nn::Session& session() { return *session_; }

  void change(const nn::Training& training);  // from the next step on

  // The newest snapshot with its data and history. It refers to this workbench.
  Study study(nn::Index example = 0, std::span<const std::vector<nn::Epoch>> runs = {});
  // What is kept on the disk: of the earlier snapshots at most a hundred, evenly spread.
  nn::Run run();

 private:
  data::Experiment experiment_;
  data::Prepared prepared_;
  std::unique_ptr<nn::Session> session_;
  std::function<nn::Matrix(const nn::Matrix&)> inputs_of_;
  std::shared_ptr<const nn::Snapshot> shown_;
  std::vector<nn::Epoch> history_;
};

// Trains until a stop rule holds, training diverges (session().stopped() and diverged() say so) or Ctrl-C, with a progress bar.
// `each_epoch` hears of every new line of the history; `save` is called so often that it takes 2 % of the time. Both may be empty.
void train_with_progress(Workbench& bench, const std::string& title, bool quiet, const std::function<void(const nn::Epoch&)>& each_epoch,
                         const std::function<void()>& save);

// The small run that comes with the program and suits a method best: digits for pictures of weights and confusion, else the circle.
std::filesystem::path shipped_run(std::string_view method);

// "epoch 57, train loss 0.0481, test loss 0.0523, test accuracy 98.4 %".
std::string figures(const nn::Epoch& epoch);

}  // namespace viz
