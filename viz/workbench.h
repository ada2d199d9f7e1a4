// An experiment on the bench: its data, its network and a session that trains it, and the studies that views get. The experiment may
// change while it trains; whatever a snapshot was taken with stays as long as somebody keeps that snapshot.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "datasets/prepare.h"
#include "engine/save.h"
#include "engine/session.h"
#include "viz/study.h"

namespace viz {

// What views look at: the problem of the snapshot with its data. It refers to all of these.
Study study_of(const nn::Snapshot& snapshot, const data::Prepared& prepared, const std::function<nn::Matrix(const nn::Matrix&)>& inputs_of,
               std::span<const nn::Epoch> history, nn::Index example, std::span<const std::vector<nn::Epoch>> runs = {});

class Workbench {
 public:
  // `weights`: a safetensors file to start from; empty for weights drawn by the experiment's seed.
  Workbench(const data::Experiment& experiment, const std::filesystem::path& data_folder, const std::filesystem::path& weights = {});
  // Of what was prepared elsewhere, since that may take long.
  Workbench(const data::Experiment& experiment, data::Prepared prepared, const std::filesystem::path& data_folder = {});
  // A run, at its last step. std::runtime_error where the folder is none, std::invalid_argument where state and experiment differ.
  static std::unique_ptr<Workbench> open(const std::filesystem::path& run_folder, const std::filesystem::path& data_folder);
  static std::unique_ptr<Workbench> open(const nn::Run& run, const std::filesystem::path& data_folder);

  nn::Session& session() { return *session_; }
  // In force from the next step on.
  const data::Experiment& experiment() const { return now_->experiment; }
  const data::Prepared& prepared() const { return now_->prepared; }
  // In force when a snapshot was taken. The first is good until the next call.
  const data::Experiment& experiment_of(const nn::Snapshot& snapshot);
  const data::Prepared& prepared_of(const nn::Snapshot& snapshot) const { return *shared_prepared_of(snapshot); }
  std::shared_ptr<const data::Prepared> shared_prepared_of(const nn::Snapshot& snapshot) const;  // for whoever looks longer

  // Goes on with another experiment, from the next step on, with the same weights. False, and nothing changes, where these do not fit
  // and a new network is needed, or new weights are asked for (seed, model.init). Throws as prepare().
  bool change(const data::Experiment& experiment);
  bool change(const data::Experiment& experiment, data::Prepared prepared);
  // What the experiment says of looks; training hears nothing of it.
  void set_view(const std::vector<std::string>& panes, std::string_view palette, double scale);
  // Back to the last snapshot at or before this step, and to the experiment that it was taken with; pauses.
  void scrub(nn::Index step);

  // A snapshot, or the newest, with its data and the history up to it. It refers to the workbench and to the snapshot, which the caller
  // keeps (the newest is kept here), and is good until the next study.
  Study study(const std::shared_ptr<const nn::Snapshot>& snapshot, nn::Index example = 0,
              std::span<const std::vector<nn::Epoch>> runs = {});
  Study study(nn::Index example = 0, std::span<const std::vector<nn::Epoch>> runs = {});
  // The snapshots that are kept of this problem, up to this one.
  std::vector<std::shared_ptr<const nn::Snapshot>> moments(const nn::Snapshot& last) const;
  // What is kept on the disk: of the earlier snapshots with the same data at most a hundred, evenly spread.
  nn::Run run();
  nn::Run run(const std::shared_ptr<const nn::Snapshot>& now);  // as if it had stopped there

 private:
  // What was in force for a time, known by its problem.
  struct Version {
    data::Experiment experiment;
    data::Prepared prepared;
    std::function<nn::Matrix(const nn::Matrix&)> inputs_of = {};
  };
  std::shared_ptr<Version> version_of(const nn::Snapshot& snapshot) const;
  void take(const data::Experiment& experiment, data::Prepared prepared);
  void forget_versions();

  std::filesystem::path data_folder_;
  std::vector<std::shared_ptr<Version>> versions_;
  std::shared_ptr<Version> now_;  // the version of the last change
  std::unique_ptr<nn::Session> session_;
  std::shared_ptr<const nn::Snapshot> shown_;
  data::Experiment asked_;
  std::vector<nn::Epoch> history_;
};

}  // namespace viz
