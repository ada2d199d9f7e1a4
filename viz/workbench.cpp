// An experiment on the bench.
#include "viz/workbench.h"

#include <algorithm>
#include <stdexcept>

namespace viz {

namespace {

constexpr std::size_t ring_bytes = std::size_t(64) << 20;
constexpr std::size_t most_moments = 1000;  // more cannot be told apart on a time line, and every picture looks through them
constexpr std::size_t most_files = 100;     // of snapshots on the disk: each is flushed by itself, which takes about a millisecond

std::unique_ptr<nn::Session> session_of(nn::Trainer trainer) {
  const nn::Index batch = trainer.training().batch, steps_in_an_epoch = (trainer.problem()->train.count() + batch - 1) / batch;
  const std::size_t bytes = std::min(ring_bytes, most_moments * trainer.snapshot()->bytes());
  return std::make_unique<nn::Session>(std::move(trainer), bytes, steps_in_an_epoch);
}

// Whether the same data and the same network are prepared for both; the loss decides how targets are written.
bool same_prepared(const data::Experiment& a, data::Experiment b) {
  const bool same_loss = a.training.loss == b.training.loss;
  b.training = a.training;
  b.about = a.about;
  b.panes = a.panes;
  b.controls = a.controls;
  b.palette = a.palette;
  b.scale = a.scale;
  return same_loss && a == b;
}

std::unique_ptr<Workbench> resumed(const nn::Run& run, const data::Experiment& experiment, const std::filesystem::path& data_folder) {
  auto bench = std::make_unique<Workbench>(experiment, data_folder);
  bench->session().resume(run.snapshots, run.now, run.history);
  if (experiment.training != run.now->training) bench->session().post(nn::SetTraining{experiment.training});
  return bench;
}

}  // namespace

Workbench::Workbench(const data::Experiment& experiment, const std::filesystem::path& data_folder, const std::filesystem::path& weights)
    : data_folder_(data_folder) {
  take(experiment, data::prepare(experiment, data_folder));
  nn::Trainer trainer = data::trainer(prepared(), experiment);
  if (!weights.empty()) trainer.start_from(nn::load_weights(weights, trainer.state().parameters));
  session_ = session_of(std::move(trainer));
}

Workbench::Workbench(const data::Experiment& experiment, data::Prepared prepared, const std::filesystem::path& data_folder)
    : data_folder_(data_folder) {
  nn::Trainer trainer = data::trainer(prepared, experiment);
  take(experiment, std::move(prepared));
  session_ = session_of(std::move(trainer));
}

std::unique_ptr<Workbench> Workbench::open(const nn::Run& run, const std::filesystem::path& data_folder) {
  return resumed(run, data::parse_experiment(run.experiment, "the experiment"), data_folder);
}

std::unique_ptr<Workbench> Workbench::open(const std::filesystem::path& run_folder, const std::filesystem::path& data_folder) {
  const nn::Run run = nn::load_run(run_folder);
  const data::Experiment experiment = data::parse_experiment(run.experiment, (run_folder / "experiment.toml").string());
  try {
    return resumed(run, experiment, data_folder);
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(run_folder.string() + ": " + error.what());
  }
}

void Workbench::take(const data::Experiment& experiment, data::Prepared prepared) {
  now_ = std::make_shared<Version>(Version{experiment, std::move(prepared)});
  now_->inputs_of = [version = now_.get()](const nn::Matrix& rows) { return data::model_inputs(version->prepared, rows); };
  versions_.push_back(now_);
}

std::shared_ptr<Workbench::Version> Workbench::version_of(const nn::Snapshot& snapshot) const {
  for (const auto& version : versions_)
    if (version->prepared.problem == snapshot.problem) return version;
  return now_;
}

void Workbench::forget_versions() {
  // A problem that nobody else holds is no snapshot's, and is not in the journal.
  std::erase_if(versions_, [&](const auto& version) { return version != now_ && version->prepared.problem.use_count() == 1; });
}

const data::Experiment& Workbench::experiment_of(const nn::Snapshot& snapshot) {
  asked_ = version_of(snapshot)->experiment;
  asked_.training = snapshot.training;
  return asked_;
}

std::shared_ptr<const data::Prepared> Workbench::shared_prepared_of(const nn::Snapshot& snapshot) const {
  const auto version = version_of(snapshot);
  return {version, &version->prepared};
}

void Workbench::set_view(const std::vector<std::string>& panes, std::string_view palette, double scale) {
  now_->experiment.panes = panes;
  now_->experiment.palette = palette;
  now_->experiment.scale = scale;
}

bool Workbench::change(const data::Experiment& experiment) {
  if (!same_prepared(this->experiment(), experiment)) return change(experiment, data::prepare(experiment, data_folder_));
  if (experiment.training != this->experiment().training) session_->post(nn::SetTraining{experiment.training});
  now_->experiment = experiment;
  return true;
}

bool Workbench::change(const data::Experiment& experiment, data::Prepared prepared) {
  const data::Experiment& before = this->experiment();
  if (experiment.seed != before.seed || experiment.init != before.init) return false;
  if (!nn::same_parameters(prepared.problem->model, this->prepared().problem->model)) return false;
  std::optional<nn::Training> training;
  if (experiment.training != before.training) training = experiment.training;
  session_->post(nn::SetProblem{prepared.problem, training});
  take(experiment, std::move(prepared));
  forget_versions();
  return true;
}

void Workbench::scrub(nn::Index step) {
  session_->scrub(step);
  const auto snapshot = session_->snapshot();
  now_ = version_of(*snapshot);
  now_->experiment.training = snapshot->training;
  forget_versions();
}

Study study_of(const nn::Snapshot& snapshot, const data::Prepared& prepared, const std::function<nn::Matrix(const nn::Matrix&)>& inputs_of,
               std::span<const nn::Epoch> history, nn::Index example, std::span<const std::vector<nn::Epoch>> runs) {
  const nn::Problem& problem = *prepared.problem;
  return {.model = problem.model,
          .parameters = snapshot.state.parameters,
          .step = snapshot.state.step,
          .epoch = snapshot.state.epoch,
          .set = prepared.set,
          .split = prepared.split,
          .input_names = prepared.input_names,
          .inputs_of = inputs_of,
          .train = problem.train,
          .test = problem.test,
          .history = history.first(nn::lines_at(history, snapshot.state.step)),
          .runs = runs,
          .example = example,
          .loss = snapshot.training.loss};
}

Study Workbench::study(const std::shared_ptr<const nn::Snapshot>& snapshot, nn::Index example,
                       std::span<const std::vector<nn::Epoch>> runs) {
  session_->update(history_);
  const Version& version = *version_of(*snapshot);
  Study study = study_of(*snapshot, version.prepared, version.inputs_of, history_, example, runs);
  study.about = version.experiment.about;
  study.moments = [this, snapshot] { return moments(*snapshot); };
  return study;
}

Study Workbench::study(nn::Index example, std::span<const std::vector<nn::Epoch>> runs) {
  shown_ = session_->snapshot();
  return study(shown_, example, runs);
}

std::vector<std::shared_ptr<const nn::Snapshot>> Workbench::moments(const nn::Snapshot& last) const {
  std::vector<std::shared_ptr<const nn::Snapshot>> all = session_->ring();
  std::erase_if(all, [&](const auto& s) { return s->state.step > last.state.step || (s->problem && s->problem != last.problem); });
  return all;
}

nn::Run Workbench::run() { return run(session_->snapshot()); }

nn::Run Workbench::run(const std::shared_ptr<const nn::Snapshot>& now) {
  nn::Run run{data::to_toml(experiment_of(*now)), now, session_->history(), session_->ring()};
  run.history.resize(nn::lines_at(run.history, now->state.step));
  std::erase_if(run.snapshots, [&](const auto& s) { return s->state.step >= now->state.step || s->problem != now->problem; });
  const std::size_t every = run.snapshots.size() / most_files + 1;
  std::size_t i = 0;
  std::erase_if(run.snapshots, [&](const auto&) { return i++ % every != 0; });
  return run;
}

}  // namespace viz
