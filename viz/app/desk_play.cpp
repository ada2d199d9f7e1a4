// Play, pause and step.
#include <algorithm>
#include <cmath>

#include "viz/app/desk.h"

namespace viz {

namespace {

constexpr double pictures = 60;                    // a second, that `rising` begins with
constexpr double rises_after = 2;                  // seconds
constexpr double full_speed = 1e7;                 // steps a second that no machine reaches
constexpr double measured_between_pictures = 5e6;  // examples times parameters

nn::Index steps_in_an_epoch(Workbench& bench) {
  const nn::Index examples = bench.prepared().problem->train.count(), batch = bench.experiment().training.batch;
  return std::max<nn::Index>(1, (examples + batch - 1) / batch);
}

}  // namespace

std::string words(Speed speed) {
  switch (speed) {
    case Speed::rising:
      return "Slow, then full";
    case Speed::full:
      return "Full speed";
    case Speed::epochs_60:
      return "60 epochs/s";
    case Speed::epochs_10:
      return "10 epochs/s";
    case Speed::epochs_1:
      return "1 epoch/s";
    case Speed::batches_10:
      return "10 batches/s";
    case Speed::batches_1:
      return "1 batch/s";
    case Speed::examples_1:
      break;
  }
  return "1 example/s";
}

double Desk::steps_a_second(double playing_for) const {
  const double epoch = double(steps_in_an_epoch(*bench_));
  switch (speed_) {
    case Speed::full:
      return full_speed;
    case Speed::rising:
      return std::min(full_speed, pictures * epoch * std::exp2(std::max(0.0, playing_for - rises_after)));
    case Speed::epochs_60:
      return 60 * epoch;
    case Speed::epochs_10:
      return 10 * epoch;
    case Speed::epochs_1:
      return epoch;
    case Speed::batches_10:
      return 10;
    case Speed::batches_1:
    case Speed::examples_1:
      break;
  }
  return 1;
}

void Desk::play() {
  go_on_from_here();
  if (playing_) return;
  playing_ = true;
  played_since_ = -1;
  due_ = 0;
}

void Desk::pause() {
  playing_ = false;
  bench_->session().pause();
}

void Desk::set_speed(Speed speed) {
  speed_ = speed;
  if (!playing_) return;
  bench_->session().pause();
  played_since_ = -1;
  due_ = 0;
}

std::string Desk::stopped() const { return looked_at_ ? "" : bench_->session().stopped(); }
bool Desk::diverged() const { return !looked_at_ && bench_->session().diverged(); }

std::optional<nn::Epoch> Desk::measured() {
  const auto now = shown();
  const nn::Problem& problem = *now->problem;
  const double work = double(problem.train.count() + problem.test.count()) * double(now->state.parameters.numbers.size());
  if (playing_ || looked_at_ || problem.window > 0 || work > measured_between_pictures) return std::nullopt;
  if (measured_at_ != now) {
    measured_ = bench_->session().figures();
    measured_at_ = measured_ ? now : nullptr;
  }
  return measured_;
}

std::vector<nn::Index> Desk::batch() { return nn::next_batch(*shown(), std::uint64_t(experiment().seed)); }

void Desk::step(Grain grain) {
  pause();
  go_on_from_here();
  if (grain == Grain::example && ++examples_done_ < nn::Index(batch().size())) return;
  examples_done_ = 0;
  nn::Session& session = bench_->session();
  if (grain != Grain::epoch) {
    session.advance(1);
    return;
  }
  const nn::Index left = bench_->prepared().problem->train.count() - session.snapshot()->state.position,
                  size = bench_->experiment().training.batch;
  session.play(std::max<nn::Index>(1, (left + size - 1) / size));
}

void Desk::tick(double seconds) {
  const double passed = std::clamp(seconds - now_, 0.0, 0.25);
  now_ = seconds;
  if (!playing_) return;
  nn::Session& session = bench_->session();
  if (!session.stopped().empty()) {
    playing_ = false;
    return;
  }
  if (played_since_ < 0) played_since_ = seconds;
  const double rate = steps_a_second(seconds - played_since_);
  due_ = std::min(due_ + passed * rate, 1 + rate / 4);
  if (speed_ == Speed::examples_1) {
    if (due_ < 1) return;
    due_ = 0;
    step(Grain::example);
    playing_ = true;
    return;
  }
  if (session.playing()) return;
  if (rate >= full_speed) return session.play();
  if (due_ < 1) return;
  session.play(nn::Index(due_));
  due_ -= std::floor(due_);
}

}  // namespace viz
