// What a person can do with a training run.
#include "viz/app/desk.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/file.h"
#include "engine/save.h"
#include "engine/text.h"
#include "viz/state_line.h"

namespace viz {

namespace {

constexpr std::size_t most_edits = 100;
constexpr double merge_within = 1.5;          // seconds
constexpr nn::Index quick_numbers = 2000000;  // inputs of a data set that is loaded while a person waits

}  // namespace

Desk::Desk(std::shared_ptr<Workbench> bench, std::filesystem::path data_folder)
    : bench_(std::move(bench)), data_folder_(std::move(data_folder)) {}

std::shared_ptr<const nn::Snapshot> Desk::shown() { return looked_at_ ? looked_at_ : bench_->session().snapshot(); }

const data::Experiment& Desk::experiment() { return looked_at_ ? bench_->experiment_of(*looked_at_) : bench_->experiment(); }

std::shared_ptr<const data::Prepared> Desk::shared_prepared() { return bench_->shared_prepared_of(*shown()); }

void Desk::look_at(nn::Index step) {
  pause();
  examples_done_ = 0;
  const auto newest = bench_->session().snapshot();
  looked_at_ = nullptr;
  if (step >= newest->state.step) return;
  for (const auto& snapshot : bench_->session().ring())
    if (snapshot->state.step <= step) looked_at_ = snapshot;
}

void Desk::look_at_newest() { looked_at_ = nullptr; }

std::vector<nn::Index> Desk::moments() const {
  std::vector<nn::Index> steps;
  for (const auto& snapshot : bench_->session().ring()) steps.push_back(snapshot->state.step);
  const nn::Index newest = bench_->session().step();
  if (steps.empty() || steps.back() != newest) steps.push_back(newest);
  return steps;
}

// Changes.

void Desk::did(Edit edit) {
  const bool same = !done_.empty() && !edit.merge.empty() && done_.back().merge == edit.merge && now_ - last_edit_ < merge_within;
  last_edit_ = now_;
  undone_.clear();
  if (same) {
    done_.back().redo = std::move(edit.redo);
    done_.back().what = std::move(edit.what);
  } else {
    done_.push_back(std::move(edit));
    if (done_.size() > most_edits) done_.pop_front();
  }
}

void Desk::go_on_from_here() {
  if (!looked_at_) return;
  bench_->scrub(looked_at_->state.step);
  looked_at_ = nullptr;
}

void Desk::put(std::shared_ptr<Workbench> bench) {
  pause();
  bench_ = std::move(bench);
  looked_at_ = nullptr;
  examples_done_ = 0;
}

void Desk::replace(std::shared_ptr<Workbench> bench, const std::string& what) {
  const auto before = bench_;
  put(bench);
  did({what, "", [this, before] { put(before); }, [this, bench] { put(bench); }});
}

void Desk::restart(const data::Experiment& experiment, const std::string& what) {
  const nn::Matrix& inputs = prepared().set.inputs;
  if (inputs.rows() * inputs.columns() > quick_numbers && restart_elsewhere) return restart_elsewhere(experiment, what);
  replace(std::make_shared<Workbench>(experiment, data_folder_), what);
}

void Desk::change(const data::Experiment& after, const std::string& what, const std::string& merge) {
  go_on_from_here();
  const data::Experiment before = bench_->experiment();
  if (after == before) return;
  if (!bench_->change(after)) return restart(after, what);
  examples_done_ = 0;
  did({what, merge, [this, before] { bench_->change(before); }, [this, after] { bench_->change(after); }});
}

void Desk::set(const std::string& assignment, const std::string& what) {
  data::Experiment after = experiment();
  data::set(after, assignment);
  change(after, what, assignment.substr(0, assignment.find('=')));
}

void Desk::reset() { restart(experiment(), "reset"); }

void Desk::new_seed() {
  data::Experiment after = experiment();
  after.seed++;
  after.data_seed = 0;
  restart(after, "new seed");
}

void Desk::new_points() {
  data::Experiment after = experiment();
  after.data_seed = std::max(after.data_seed, after.seed) + 1;
  after.added.clear();
  after.removed.clear();
  change(after, "new points");
}

bool Desk::has(const std::string& parameter, nn::Index row, nn::Index column) {
  const auto snapshot = shown();
  const nn::Parameters& all = snapshot->state.parameters;
  for (const nn::Parameter& each : all.list())
    if (each.name == parameter) return row >= 0 && row < each.rows && column >= 0 && column < each.columns;
  return false;
}

nn::Real Desk::weight(const std::string& parameter, nn::Index row, nn::Index column) {
  if (!has(parameter, row, column)) throw std::invalid_argument(parameter + " has no such place");
  const auto snapshot = shown();
  const nn::Parameters& all = snapshot->state.parameters;
  return all[all.find(parameter)](row, column);
}

void Desk::set_weight(const std::string& parameter, nn::Index row, nn::Index column, nn::Real value) {
  if (!std::isfinite(value)) throw std::invalid_argument("a weight has to be a finite number");
  go_on_from_here();
  const nn::Real before = weight(parameter, row, column);
  if (value == before) return;
  bench_->session().post(nn::SetWeight{parameter, row, column, value});
  const auto bench = bench_;
  const auto put_value = [bench, parameter, row, column](nn::Real w) {
    return [=] { bench->session().post(nn::SetWeight{parameter, row, column, w}); };
  };
  const std::string place = parameter + " " + std::to_string(row + 1) + " " + std::to_string(column + 1);
  did({place, place, put_value(before), put_value(value)});
}

void Desk::add_point(double x1, double x2, const std::string& target) {
  data::Experiment after = experiment();
  after.added.push_back(nn::number_text(x1) + ", " + nn::number_text(x2) + ", " + target);
  change(after, "add a point");
}

bool Desk::remove_point(double x1, double x2, double within) {
  const data::Prepared& p = prepared();
  nn::Index nearest = -1;
  double best = within;
  for (nn::Index i = 0; i < p.set.examples(); i++)
    if (const double d = std::hypot(p.set.inputs(i, 0) - x1, p.set.inputs(i, 1) - x2); d < best) best = d, nearest = i;
  if (nearest < 0) return false;
  data::Experiment after = experiment();
  if (const nn::Index row = p.source_rows[std::size_t(nearest)]; row > 0)
    after.removed.push_back(row);
  else  // those added by hand are the last ones
    after.added.erase(after.added.end() - (p.set.examples() - nearest));
  change(after, "remove a point");
  return true;
}

void Desk::take_back(std::deque<Edit>& from, std::deque<Edit>& to, std::function<void()> Edit::*act) {
  if (from.empty()) return;
  go_on_from_here();
  Edit edit = std::move(from.back());
  from.pop_back();
  (edit.*act)();
  to.push_back(std::move(edit));
  examples_done_ = 0;
  last_edit_ = -1;
}

void Desk::undo() { take_back(done_, undone_, &Edit::undo); }
void Desk::redo() { take_back(undone_, done_, &Edit::redo); }

std::string Desk::undo_words() const { return done_.empty() ? "" : done_.back().what; }
std::string Desk::redo_words() const { return undone_.empty() ? "" : undone_.back().what; }

// Files.

void Desk::remember_view(const std::vector<std::string>& panes, const Style& style, double scale) {
  bench_->set_view(panes, name(style.scale), scale);
}

void Desk::save_run_to(const std::filesystem::path& folder) { nn::save_run(folder, bench_->run(shown())); }

void Desk::save_experiment_to(const std::filesystem::path& file) { nn::write_file(file, data::to_toml(experiment())); }

std::string Desk::line() { return state_line(bench_->run(shown())); }

}  // namespace viz
