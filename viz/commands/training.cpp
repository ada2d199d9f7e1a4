// What the commands that train share.
#include "viz/commands/training.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "viz/commands/progress.h"
#include "viz/loss_units.h"
#include "viz/method.h"

namespace viz {

namespace {

// How much of the run is done, by the stop rules; 0 where only a loss or a person ends it.
double done(const nn::Training& training, const nn::Snapshot& now, double examples, double seconds) {
  const double epochs = double(now.state.epoch) + double(now.state.position) / examples;
  return std::max(training.epochs > 0 ? epochs / double(training.epochs) : 0, training.seconds > 0 ? seconds / training.seconds : 0);
}

}  // namespace

std::filesystem::path shipped_run(std::string_view name) { return data::experiments_folder().parent_path() / "runs" / method(name).run; }

std::string figures(const nn::Epoch& epoch, const data::Dataset& set) {
  char text[240];
  int length = std::snprintf(text, sizeof text, "epoch %lld, train loss %.4g", static_cast<long long>(epoch.epoch), epoch.train_loss);
  const auto more = [&](const char* format, double value) {
    if (std::isfinite(value)) length += std::snprintf(text + length, sizeof text - std::size_t(length), format, value);
  };
  more(", test loss %.4g", epoch.test_loss);
  if (const std::string each = each_symbol(set); !each.empty()) {
    more((", test %.3f bits" + each).c_str(), in_unit(epoch.test_loss, LossUnit::bits));
    more(", perplexity %.3g", in_unit(epoch.test_loss, LossUnit::perplexity));
  }
  more(", train accuracy %.1f %%", 100 * epoch.train_accuracy);
  more(", test accuracy %.1f %%", 100 * epoch.test_accuracy);
  return text;
}

void train_with_progress(Workbench& bench, const std::string& title, bool quiet, const std::function<void(const nn::Epoch&)>& each_epoch,
                         const std::function<void()>& save) {
  using clock = std::chrono::steady_clock;
  nn::Session& session = bench.session();
  const nn::Training training = bench.experiment().training;
  const double examples = double(bench.prepared().problem->train.count());
  Progress progress(title, quiet);
  const auto started = clock::now();
  auto next_save = started;
  std::vector<nn::Epoch> history = session.history();
  nn::Index told = history.back().epoch;
  nn::Index chunk = 1, first_step = session.snapshot()->state.step;
  while (session.stopped().empty() && !Interrupt::asked()) {
    const auto before = clock::now();
    session.advance(chunk);
    const auto now = clock::now();
    // About 30 looks a second, whatever a step costs.
    const double took = std::chrono::duration<double>(now - before).count();
    chunk = std::clamp<nn::Index>(nn::Index(double(chunk) * 0.033 / std::max(took, 1e-6)), 1, std::max<nn::Index>(1, 2 * chunk));

    const auto snapshot = session.snapshot();
    session.update(history);
    for (auto line = std::ranges::upper_bound(history, told, {}, &nn::Epoch::epoch); line != history.end() && each_epoch; ++line)
      each_epoch(*line);
    told = history.back().epoch;
    const double seconds = std::chrono::duration<double>(now - started).count();
    const double speed = double(snapshot->state.step - first_step) * double(training.batch) / seconds;
    char loss[40];
    std::snprintf(loss, sizeof loss, "loss %.4g, ", history.back().train_loss);
    progress.show(done(training, *snapshot, examples, seconds), loss + thousands(speed) + " examples/s",
                  figures(history.back(), bench.prepared().set));
    if (save && now >= next_save) {
      save();
      const auto after = clock::now();
      next_save = after + 49 * (after - now);
    }
  }
}

}  // namespace viz
