// Run folders.
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "engine/file.h"
#include "engine/publish.h"
#include "engine/save.h"

namespace nn {

namespace {

namespace fs = std::filesystem;

const std::string own[] = {"experiment.toml", "model.safetensors", "state.safetensors", "history.jsonl", "snapshots"};

std::string read_all(const fs::path& file) { return read_file(file, std::numeric_limits<std::size_t>::max()); }

}  // namespace

void save_run(const fs::path& folder, const Run& run) {
  publish_folder(folder, own, [&](const fs::path& fresh) {
    write_file(fresh / "experiment.toml", run.experiment);
    write_file(fresh / "model.safetensors", safetensors(model_tensors(run.now->state.parameters)));
    write_file(fresh / "state.safetensors", safetensors(state_tensors(*run.now)));
    write_file(fresh / "history.jsonl", history_lines(run.history));
    fs::create_directory(fresh / "snapshots");
    for (const auto& s : run.snapshots)
      write_file(fresh / "snapshots" / (std::to_string(s->state.step) + ".safetensors"), snapshot_bytes(*s));
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
  const fs::path history = folder / "history.jsonl";
  run.history = parse_history(read_all(history), history.string());
  const Index lines = Index(run.history.size()), written = run.now->state.history;
  if (lines != written && (written <= 2 * most_lines || lines < most_lines / 2))  // very long ones were thinned out
    throw std::runtime_error(history.string() + ": the history has " + std::to_string(run.history.size()) + " lines where the state says " +
                             std::to_string(run.now->state.history));
  if (fs::exists(folder / "snapshots"))
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / "snapshots"))
      if (entry.path().extension() == ".safetensors")
        run.snapshots.push_back(std::make_shared<Snapshot>(parse_snapshot(read_all(entry.path()), entry.path().string())));
  std::sort(run.snapshots.begin(), run.snapshots.end(), [](const auto& a, const auto& b) { return a->state.step < b->state.step; });
  return run;
}

}  // namespace nn
