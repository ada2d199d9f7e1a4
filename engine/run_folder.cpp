// Run folders.
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "engine/file.h"
#include "engine/publish.h"
#include "engine/save.h"
#include "engine/text.h"

namespace nn {

namespace {

namespace fs = std::filesystem;

const std::string own[] = {"experiment.toml", "model.safetensors", "state.safetensors", "history.jsonl", "snapshots"};

std::string read_all(const fs::path& file) { return read_file(file, std::numeric_limits<std::size_t>::max()); }

Tensors both(Tensors model, const Tensors& state) {
  model.list.insert(model.list.end(), state.list.begin(), state.list.end());
  model.metadata = state.metadata;
  return model;
}

// The parameters of a file that holds parameters and state: those whose moments or generators the rest is.
Snapshot read_snapshot(const fs::path& file) {
  Tensors model, state;
  Tensors all = parse_safetensors(read_all(file), file.string());
  state.metadata = all.metadata;
  for (Tensor& t : all.list) {
    const bool of_state = t.name.starts_with("moment") || t.name.starts_with("random.") || t.name == "order";
    (of_state ? state : model).list.push_back(std::move(t));
  }
  return snapshot_from(model, state, file.string());
}

std::vector<Epoch> read_history(const fs::path& file) {
  std::vector<Epoch> history;
  const std::string text = read_all(file);
  for (const std::string& line : split(text, '\n'))
    if (!line.empty()) history.push_back(parse_history_line(line, file.string() + ": line " + std::to_string(history.size() + 1)));
  return history;
}

}  // namespace

void save_run(const fs::path& folder, const Run& run) {
  publish_folder(folder, own, [&](const fs::path& fresh) {
    write_file(fresh / "experiment.toml", run.experiment);
    write_file(fresh / "model.safetensors", safetensors(model_tensors(run.now->state.parameters)));
    write_file(fresh / "state.safetensors", safetensors(state_tensors(*run.now)));
    std::string history;
    for (const Epoch& epoch : run.history) history += history_line(epoch) + "\n";
    write_file(fresh / "history.jsonl", history);
    fs::create_directory(fresh / "snapshots");
    for (const auto& s : run.snapshots)
      write_file(fresh / "snapshots" / (std::to_string(s->state.step) + ".safetensors"),
                 safetensors(both(model_tensors(s->state.parameters), state_tensors(*s))));
  });
}

Run load_run(const fs::path& wanted) {
  const fs::path folder = !fs::exists(wanted) && fs::exists(old_place(wanted)) ? old_place(wanted) : wanted;
  if (!fs::exists(folder / own[0])) throw std::runtime_error(wanted.string() + " is no run folder: it has no " + own[0]);
  Run run;
  run.experiment = read_all(folder / "experiment.toml");
  const fs::path model = folder / "model.safetensors", state = folder / "state.safetensors";
  run.now = std::make_shared<Snapshot>(snapshot_from(parse_safetensors(read_all(model), model.string()),
                                                     parse_safetensors(read_all(state), state.string()), state.string()));
  run.history = read_history(folder / "history.jsonl");
  if (Index(run.history.size()) != run.now->state.history)
    throw std::runtime_error((folder / "history.jsonl").string() + ": the history has " + std::to_string(run.history.size()) +
                             " lines where the state says " + std::to_string(run.now->state.history));
  if (fs::exists(folder / "snapshots"))
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / "snapshots"))
      if (entry.path().extension() == ".safetensors") run.snapshots.push_back(std::make_shared<Snapshot>(read_snapshot(entry.path())));
  std::sort(run.snapshots.begin(), run.snapshots.end(), [](const auto& a, const auto& b) { return a->state.step < b->state.step; });
  return run;
}

}  // namespace nn
