// An experiment on the bench.
#include "viz/commands/workbench.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "viz/commands/progress.h"

namespace viz {

namespace {

constexpr std::size_t ring_bytes = std::size_t(64) << 20;
constexpr std::size_t most_files = 100;  // of snapshots on the disk: each is flushed by itself, which takes about a millisecond

nn::Index steps_in_an_epoch(const data::Prepared& prepared, const nn::Training& training) {
  return (prepared.train.count() + training.batch - 1) / training.batch;
}

// How much of the run is done, by the stop rules; 0 where only a loss or a person ends it.
double done(const nn::Training& training, const nn::Snapshot& now, double examples, double seconds) {
  const double epochs = double(now.state.epoch) + double(now.state.position) / examples;
  return std::max(training.epochs > 0 ? epochs / double(training.epochs) : 0, training.seconds > 0 ? seconds / training.seconds : 0);
}

}  // namespace

Workbench::Workbench(data::Experiment experiment, const std::filesystem::path& data_folder, const std::filesystem::path& weights)
    : experiment_(std::move(experiment)), prepared_(data::prepare(experiment_, data_folder)) {
  nn::Trainer trainer = data::trainer(prepared_, experiment_);
  if (!weights.empty()) trainer.start_from(nn::load_weights(weights, trainer.state().parameters));
  session_ = std::make_unique<nn::Session>(std::move(trainer), ring_bytes, steps_in_an_epoch(prepared_, experiment_.training));
  inputs_of_ = [this](const nn::Matrix& rows) { return data::model_inputs(prepared_, rows); };
}

std::unique_ptr<Workbench> Workbench::open(const std::filesystem::path& run_folder, const std::filesystem::path& data_folder) {
  const nn::Run run = nn::load_run(run_folder);
  auto bench = std::make_unique<Workbench>(data::parse_experiment(run.experiment, (run_folder / "experiment.toml").string()), data_folder);
  try {
    bench->session_->resume(run.snapshots, run.now, run.history);
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(run_folder.string() + ": " + error.what());
  }
  return bench;
}

void Workbench::change(const nn::Training& training) {
  experiment_.training = training;
  session_->post(nn::SetTraining{training});
}

Study Workbench::study(nn::Index example, std::span<const std::vector<nn::Epoch>> runs) {
  shown_ = session_->snapshot();
  history_ = session_->history();
  return {.model = prepared_.model,
          .parameters = shown_->state.parameters,
          .step = shown_->state.step,
          .epoch = shown_->state.epoch,
          .set = prepared_.set,
          .split = prepared_.split,
          .input_names = prepared_.input_names,
          .inputs_of = inputs_of_,
          .train = prepared_.train,
          .test = prepared_.test,
          .history = history_,
          .runs = runs,
          .example = example};
}

nn::Run Workbench::run() {
  nn::Run run{data::to_toml(experiment_), session_->snapshot(), session_->history(), session_->ring()};
  std::erase_if(run.snapshots, [&](const auto& snapshot) { return snapshot->state.step >= run.now->state.step; });
  const std::size_t every = run.snapshots.size() / most_files + 1;
  std::size_t i = 0;
  std::erase_if(run.snapshots, [&](const auto&) { return i++ % every != 0; });
  return run;
}

std::filesystem::path shipped_run(std::string_view method) {
  return data::experiments_folder().parent_path() / "runs" / (method == "confusion" || method == "weights" ? "digits" : "circle");
}

std::string figures(const nn::Epoch& epoch) {
  char text[160];
  int length = std::snprintf(text, sizeof text, "epoch %lld, train loss %.4g", static_cast<long long>(epoch.epoch), epoch.train_loss);
  const auto more = [&](const char* format, double value) {
    if (std::isfinite(value)) length += std::snprintf(text + length, sizeof text - std::size_t(length), format, value);
  };
  more(", test loss %.4g", epoch.test_loss);
  more(", train accuracy %.1f %%", 100 * epoch.train_accuracy);
  more(", test accuracy %.1f %%", 100 * epoch.test_accuracy);
  return text;
}

void train_with_progress(Workbench& bench, const std::string& title, bool quiet, const std::function<void(const nn::Epoch&)>& each_epoch,
                         const std::function<void()>& save) {
  using clock = std::chrono::steady_clock;
  nn::Session& session = bench.session();
  const nn::Training& training = bench.experiment().training;
  const double examples = double(bench.prepared().train.count());
  Progress progress(title, quiet);
  const auto started = clock::now();
  auto next_save = started;
  std::size_t told = session.history().size();
  nn::Index chunk = 1, first_step = session.snapshot()->state.step;
  while (session.stopped().empty() && !Interrupt::asked()) {
    const auto before = clock::now();
    session.advance(chunk);
    const auto now = clock::now();
    // About 30 looks a second, whatever a step costs.
    const double took = std::chrono::duration<double>(now - before).count();
    chunk = std::clamp<nn::Index>(nn::Index(double(chunk) * 0.033 / std::max(took, 1e-6)), 1, std::max<nn::Index>(1, 2 * chunk));

    const auto snapshot = session.snapshot();
    const std::vector<nn::Epoch> history = session.history();
    for (; told < history.size(); told++)
      if (each_epoch) each_epoch(history[told]);
    const double seconds = std::chrono::duration<double>(now - started).count();
    const double speed = double(snapshot->state.step - first_step) * double(training.batch) / seconds;
    char loss[40];
    std::snprintf(loss, sizeof loss, "loss %.4g, ", history.back().train_loss);
    progress.show(done(training, *snapshot, examples, seconds), loss + thousands(speed) + " examples/s", figures(history.back()));
    if (save && now >= next_save) {
      save();
      const auto after = clock::now();
      next_save = after + 49 * (after - now);
    }
  }
}

}  // namespace viz
