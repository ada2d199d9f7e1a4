// Several seeds, one after another.
#include "viz/commands/seeds.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "viz/commands/progress.h"
#include "viz/method.h"
#include "viz/paint_file.h"

namespace viz {

namespace {

namespace fs = std::filesystem;

void check_folder(const Job& job) {
  if (!fs::exists(job.out)) return;
  const auto of_runs = [](const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    return name == "experiment.toml" || name.starts_with("seed-");
  };
  const fs::directory_iterator entries(job.out);
  if (entries != end(entries) && std::none_of(entries, end(entries), of_runs))
    throw std::runtime_error("cannot save " + job.name + ": the folder holds other things and no runs; choose another folder");
}

// Of numbers, at least one.
double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return (x[(x.size() - 1) / 2] + x[x.size() / 2]) / 2;
}

// One figure after the last epoch of each run; nothing where it has no meaning.
void print_spread(const char* name, double nn::Epoch::*figure, const std::vector<std::vector<nn::Epoch>>& runs) {
  std::vector<double> last;
  for (const auto& run : runs)
    if (const double x = run.back().*figure; !std::isnan(x)) last.push_back(x);
  if (last.empty()) return;
  const auto [low, high] = std::minmax_element(last.begin(), last.end());
  std::printf("%-15s median %7.4g   from %7.4g to %7.4g\n", name, median(last), *low, *high);
}

void print_summary(const std::vector<std::vector<nn::Epoch>>& runs, int seeds) {
  const std::string of = int(runs.size()) < seeds ? " of " + std::to_string(seeds) : "";
  std::printf("N = %zu%s seeds, after the last epoch:\n", runs.size(), of.c_str());
  print_spread("train loss", &nn::Epoch::train_loss, runs);
  print_spread("test loss", &nn::Epoch::test_loss, runs);
  print_spread("train accuracy", &nn::Epoch::train_accuracy, runs);
  print_spread("test accuracy", &nn::Epoch::test_accuracy, runs);
}

}  // namespace

void save_loss_picture(Workbench& bench, const fs::path& file, std::span<const std::vector<nn::Epoch>> others) {
  const Method& loss = method("loss");
  save(loss.layout(loss.compute(bench.study(0, others), arguments(loss, {})), {0, 0, 960, 600}, {}), file);
}

void train_seeds(data::Experiment experiment, int seeds, const Job& job) {
  check_folder(job);
  std::vector<std::vector<nn::Epoch>> runs;
  std::unique_ptr<Workbench> last;
  std::string diverged;
  const Interrupt interrupt;
  for (int i = 0; i < seeds && diverged.empty(); i++, experiment.seed++) {
    const std::string name = "seed-" + std::to_string(experiment.seed);
    auto bench = std::make_unique<Workbench>(experiment, job.data);
    fs::create_directories(job.out);
    train_with_progress(*bench, name, job.quiet, nullptr, nullptr);
    if (bench->session().stopped().empty()) break;  // Ctrl-C
    nn::save_run(job.out / name, bench->run());
    if (bench->session().diverged()) {
      diverged = name + ": " + bench->session().stopped();
    } else {
      runs.push_back(bench->session().history());
      if (!job.quiet) std::printf("%-8s %s\n", name.c_str(), figures(runs.back().back(), bench->prepared().set).c_str());
      last = std::move(bench);
      std::fflush(stdout);
    }
  }
  if (last) {
    save_loss_picture(*last, job.out / "loss.png", std::span(runs).first(runs.size() - 1));
    print_summary(runs, seeds);
    std::printf("the runs and loss.png are in %s\n", job.name.c_str());
  } else if (diverged.empty()) {
    std::printf("interrupted before the first seed was done\n");
  }
  std::fflush(stdout);
  if (!diverged.empty()) throw std::runtime_error(diverged + "; the runs up to there are in " + job.name);
}

}  // namespace viz
