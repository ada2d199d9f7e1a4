// glassbox train: an experiment file or a run folder, trained; several seeds side by side on request.
#include <iostream>

#include "viz/commands/options.h"
#include "viz/commands/progress.h"
#include "viz/commands/seeds.h"

namespace viz {

namespace {

namespace fs = std::filesystem;

constexpr nn::Index default_epochs = 100;

void tell(const nn::Epoch& epoch) {
  // A reader that has gone needs no more training.
  if (!(std::cout << nn::history_line(epoch) << '\n' << std::flush)) throw std::runtime_error("standard output cannot be written");
}

void train_one(Workbench& bench, const Job& job) {
  const Interrupt interrupt;
  const auto keep = [&] { nn::save_run(job.out, bench.run()); };
  const bool resumed = bench.session().snapshot()->state.step > 0;
  fs::create_directories(job.out.parent_path());
  keep();  // says at once where nothing can be written
  if (job.json && !resumed) tell(bench.session().history().front());
  try {
    train_with_progress(bench, "training", job.quiet, job.json ? tell : std::function<void(const nn::Epoch&)>(), keep);
  } catch (...) {
    keep();
    throw;
  }
  keep();
  const std::string stopped = bench.session().stopped();
  if (bench.session().diverged()) throw std::runtime_error(stopped + "; the run up to there is in " + job.name);
  save_loss_picture(bench, job.out / "loss.png", {});
  if (job.json && job.quiet) return;
  const auto now = bench.session().snapshot();
  std::ostream& words = job.json ? std::cerr : std::cout;
  words << figures(bench.session().history().back(), bench.prepared().set) << "\n";
  if (stopped.empty())
    words << "interrupted after step " << now->state.step << "; the run is saved, and `glassbox train " << job.name
          << "` goes on with it\n";
  else
    words << stopped << "; the run is in " << job.name << " (loss.png shows its curves)\n";
}

// The last folder or file name of a path, without its ending: "runs/a/" -> "a".
fs::path stem(const fs::path& path) { return (path.has_filename() ? path : path.parent_path()).stem(); }

void check_resumed(const po::variables_map& values, const data::Experiment& wanted, Workbench& bench, const std::string& name) {
  if (values.count("seeds") || values.count("seed"))
    throw UsageError("train: a run folder keeps its seed; give an experiment file to train with other seeds");
  if (values.count("weights")) throw UsageError("train: a run folder has its weights; give an experiment file to start from others");
  data::Experiment same = wanted;
  same.training = bench.experiment().training;
  if (!(same == bench.experiment())) throw UsageError("train: of a run that goes on only the keys of [train] can change");
  const nn::Index epochs = wanted.training.epochs, done = bench.session().snapshot()->state.epoch;
  if (epochs > 0 && done >= epochs)
    throw UsageError("train: " + name + " has done its " + std::to_string(epochs) +
                     " epochs; --set train.epochs=" + std::to_string(2 * done) + " goes on");
}

void train_experiment(data::Experiment experiment, const po::variables_map& values, const Job& job) {
  if (!values.count("seeds")) {
    Workbench bench(experiment, job.data, values.count("weights") ? values["weights"].as<std::string>() : "");
    for (const std::string& note : bench.prepared().set.notes)
      if (!job.quiet) std::cerr << "note: " << note << "\n";
    return train_one(bench, job);
  }
  const int seeds = values["seeds"].as<int>();
  if (values.count("weights")) throw UsageError("train: --weights is for one run, --seeds is for different weights");
  if (seeds < 1 || seeds > 1000) throw UsageError("train: --seeds " + std::to_string(seeds) + " is not from 1 to 1000");
  if (job.json) throw UsageError("train: --json is for one run; of several, DIR/seed-N/history.jsonl has the same lines");
  train_seeds(experiment, seeds, job);
}

}  // namespace

int train(const Words& words) {
  po::options_description options("Options of train");
  add_set(options);
  options.add_options()("seeds", po::value<int>()->value_name("N"),
                        "train N times with seeds that follow each other, and show median and band")(
      "out", po::value<std::string>()->value_name("DIR"), "the run folder; where it is not given, out/ and the name of the experiment")(
      "weights", po::value<std::string>()->value_name("FILE"), "a safetensors file to start from, with the names and shapes of the model")(
      "json", "for every epoch one JSON object a line on standard output, and nothing else there");
  po::variables_map values;
  if (!read(words, "train", options, {"experiment"}, values)) return 0;
  apply_common(values);
  if (!values.count("experiment"))
    throw UsageError("train: which experiment? For example `glassbox train datasets/experiments/circle.toml`");

  const fs::path file = values["experiment"].as<std::string>();
  const bool resume = fs::is_directory(file);
  std::string name = resume ? file.string() : ("out" / stem(file)).string();
  if (values.count("out")) name = values["out"].as<std::string>();
  if (name.empty()) throw UsageError("train: --out needs the name of a folder");
  const Job job{values.count("json") > 0, values.count("quiet") > 0, name, fs::absolute(name).lexically_normal(), data_folder(values)};

  const auto bench = resume ? Workbench::open(file, job.data) : nullptr;
  data::Experiment experiment = resume ? bench->experiment() : data::load_experiment(file);
  apply_changes(values, experiment);
  nn::Training& training = experiment.training;
  if (training.epochs == 0 && training.seconds == 0 && training.target_loss == 0 && training.patience == 0)
    training.epochs = default_epochs;
  if (!resume) {
    train_experiment(experiment, values, job);
    return 0;
  }
  check_resumed(values, experiment, *bench, name);
  if (!bench->change(experiment)) throw UsageError("train: with that loss the run would need another network; give an experiment file");
  train_one(*bench, job);
  return 0;
}

}  // namespace viz
