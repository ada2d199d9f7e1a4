// Opening and saving: experiments, runs, tables, folders of images; what takes long is done in the background.
#include <algorithm>
#include <cstdlib>
#include <future>
#include <stdexcept>

#include "datasets/kind.h"
#include "datasets/text_set.h"
#include "engine/file.h"
#include "engine/text.h"
#include "viz/app/loading.h"
#include "viz/app/parts.h"
#include "viz/app/second.h"
#include "viz/state_line.h"

namespace viz {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_recent = 8;

fs::path recent_list(const State& state) { return state.home / "recent"; }

void remember(State& state, const fs::path& path) {
  if (state.home.empty()) return;
  std::vector<fs::path> all = recent_files(state);
  std::erase(all, fs::absolute(path));
  all.insert(all.begin(), fs::absolute(path));
  if (all.size() > most_recent) all.resize(most_recent);
  std::string text;
  for (const fs::path& each : all) text += each.string() + "\n";
  fs::create_directories(state.home);
  nn::write_file(recent_list(state), text);
}

// An experiment for data that a person opens: a network that suits most tables and pictures, or texts.
data::Experiment experiment_for(const fs::path& file) {
  data::Experiment e;
  if (data::is_text(file.string())) {
    e = data::load_experiment(data::experiments_folder() / "source.toml");
    e.source = file.string();
    e.about.clear();  // it is of another text
    return e;
  }
  e.source = file.string();
  e.split = "stratified 80 %";
  e.layers = "dense 8, tanh";
  e.training.loss = nn::Loss::quadratic;
  e.training.rate = 0.1;
  e.training.shuffle = nn::Order::each_epoch;
  return e;
}

}  // namespace

std::shared_ptr<Workbench> bench_from(const fs::path& path, const fs::path& data_folder) {
  if (path.extension() == ".toml") return std::make_shared<Workbench>(data::load_experiment(path), data_folder);
  if (fs::is_directory(path) && fs::exists(path / "experiment.toml")) return Workbench::open(path, data_folder);
  if (!fs::exists(path)) throw std::runtime_error(path.string() + " is not there");
  data::Experiment e = experiment_for(path);
  data::Prepared prepared = data::prepare(e, data_folder);
  // Several classes have softmax at the end, and targets that suit both losses.
  if (prepared.classification() && prepared.set.class_names.size() > 2) e.training.loss = nn::Loss::cross_entropy;
  return std::make_shared<Workbench>(e, std::move(prepared), data_folder);
}

std::vector<fs::path> recent_files(const State& state) {
  std::vector<fs::path> all;
  std::error_code none;
  if (state.home.empty() || !fs::exists(recent_list(state), none)) return all;
  for (const std::string& line : nn::split(nn::read_file(recent_list(state), 1 << 16), '\n'))
    if (!line.empty() && fs::exists(line, none)) all.emplace_back(line);
  return all;
}

void start_loading(State& state, const std::string& what, std::function<std::shared_ptr<Workbench>()> work, const fs::path& path,
                   bool second) {
  if (state.loading) return state.complain("One thing is being loaded already");
  if (!second) state.desk.pause();
  state.loading = std::make_unique<Loading>(Loading{what, path, state.seconds, false, second, std::async(std::launch::async, std::move(work))});
  // Most are there at once: a picture that says so would only flicker.
  if (state.loading->result.wait_for(std::chrono::milliseconds(60)) == std::future_status::ready) finish_loading(state);
}

void finish_loading(State& state) {
  if (!state.loading || state.loading->result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
  const std::unique_ptr<Loading> done = std::move(state.loading);
  state.attempt([&] {
    const auto bench = done->result.get();
    if (done->given_up) return;
    if (done->second) return keep_second(state, *bench);
    take_up(state, bench, done->what);
    if (!done->path.empty()) remember(state, done->path);
  });
}

void take_up(State& state, std::shared_ptr<Workbench> bench, const std::string& what) {
  const data::Experiment e = bench->experiment();
  const Panes panes(e.panes.empty() ? usual_panes(bench->study()) : e.panes);
  const data::Dataset &old = state.desk.prepared().set, &fresh = bench->prepared().set;
  const bool other_kind = data::kind_of(old) != data::kind_of(fresh) || old.inputs.columns() != fresh.inputs.columns();
  const data::Experiment before = state.desk.experiment();
  state.desk.replace(std::move(bench), what);
  if (other_kind || !e.panes.empty()) state.panes = panes;
  // Looks that a person chose stay, unless the new experiment says others than the old one.
  if (e.palette != before.palette) state.style.scale = scale_named(e.palette);
  if (e.scale != before.scale) state.scale = e.scale;
  state.forget_chosen();
}

void open_path(State& state, const fs::path& path) {
  const fs::path data_folder = state.desk.data_folder();
  start_loading(
      state, "open " + path.filename().string(), [path, data_folder] { return bench_from(path, data_folder); }, path);
}

void open_experiment(State& state, data::Experiment experiment, const std::string& what) {
  const fs::path data_folder = state.desk.data_folder();
  start_loading(state, what, [experiment, data_folder] { return std::make_shared<Workbench>(experiment, data_folder); }, {});
}

void save_path(State& state, const fs::path& path, bool with_weights) {
  if (path.empty()) throw std::invalid_argument("a name is missing");
  state.desk.remember_view(state.panes.texts(), state.style, state.scale);
  if (with_weights)
    state.desk.save_run_to(path);
  else
    state.desk.save_experiment_to(path.extension() == ".toml" ? path : fs::path(path.string() + ".toml"));
  remember(state, path);
  state.say("Saved " + path.string());
}

void save_session(State& state) {
  if (state.home.empty()) return;
  fs::create_directories(state.home);
  state.desk.look_at_newest();
  state.desk.remember_view(state.panes.texts(), state.style, state.scale);
  state.desk.save_run_to(state.home / "last");
}

void copy_line(State& state) {
  state.desk.remember_view(state.panes.texts(), state.style, state.scale);
  state.interaction.copy(state.desk.line());
  state.say("Copied: data, settings and weights as one line of text; paste it with Ctrl+V");
}

void paste_line(State& state, const std::string& line) {
  const nn::Run run = parse_state_line(line);
  const fs::path data_folder = state.desk.data_folder();
  start_loading(state, "paste", [run, data_folder] { return std::shared_ptr<Workbench>(Workbench::open(run, data_folder)); }, {});
}

void export_pane(State& state, int pane, const std::string& ending) {
  const Pane* chosen = state.panes.find(pane);
  if (!chosen) return;
  state.attempt([&] {
    const View& view = state.views[pane];
    const std::string name = chosen->method + "-" + std::to_string(state.desk.shown()->state.step);
    fs::create_directories("out");
    fs::path path = fs::path("out") / (name + ending);
    for (int i = 2; fs::exists(path); i++) path = fs::path("out") / (name + "-" + std::to_string(i) + ending);
    view.save(path, method(chosen->method), {0, 0, 960, 640}, state.style);
    state.say("Saved " + fs::absolute(path).string());
  });
}

}  // namespace viz
