// A trainer that others may watch and steer while it runs.
#include "engine/session.h"

#include <algorithm>

namespace nn {

void Ring::add(std::shared_ptr<const Snapshot> snapshot) {
  bytes_ += snapshot->bytes();
  list_.push_back(std::move(snapshot));
  while (bytes_ > limit_ && list_.size() > 2) {
    // Keep the first, third, fifth, ... and the newest.
    std::vector<std::shared_ptr<const Snapshot>> kept;
    bytes_ = 0;
    for (std::size_t i = 0; i < list_.size(); i++)
      if (i % 2 == 0 || i + 1 == list_.size()) {
        bytes_ += list_[i]->bytes();
        kept.push_back(std::move(list_[i]));
      }
    list_ = std::move(kept);
  }
}

void Ring::cut_after(Index step) {
  while (!list_.empty() && list_.back()->state.step > step) {
    bytes_ -= list_.back()->bytes();
    list_.pop_back();
  }
}

void Ring::clear() {
  list_.clear();
  bytes_ = 0;
}

std::shared_ptr<const Snapshot> Ring::at(Index step) const {
  const auto later =
      std::upper_bound(list_.begin(), list_.end(), step, [](Index s, const auto& snapshot) { return s < snapshot->state.step; });
  return later == list_.begin() ? nullptr : *(later - 1);
}

Session::Session(Trainer trainer, std::size_t ring_bytes, Index every)
    : trainer_(std::move(trainer)),
      ring_(ring_bytes),
      every_(std::max<Index>(1, every)),
      history_(trainer_.history()),
      latest_(trainer_.snapshot()) {
  ring_.add(latest_);
}

Session::~Session() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
    remaining_ = 0;
    attention_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Session::play() { play(std::numeric_limits<Index>::max()); }

void Session::play(Index steps) {
  const std::lock_guard lock(mutex_);
  remaining_ = steps;
  stopped_.clear();
  diverged_ = false;
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

void Session::rest(std::unique_lock<std::mutex>& lock) {
  remaining_ = 0;
  attention_ = true;
  changed_.wait(lock, [&] { return !stepping_; });
}

void Session::pause() {
  std::unique_lock lock(mutex_);
  rest(lock);
}

bool Session::playing() const {
  const std::lock_guard lock(mutex_);
  return stepping_ || remaining_ > 0;
}

void Session::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !stepping_ && remaining_ == 0; });
}

Index Session::advance(Index steps) {
  std::unique_lock lock(mutex_);
  rest(lock);
  const Index before = trainer_.state().step;
  remaining_ = steps;
  play_out(lock);
  return trainer_.state().step - before;
}

void Session::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return quit_ || (remaining_ > 0 && !stepping_); });
    if (quit_) return;
    play_out(lock);
  }
}

// Bursts of steps while there is something to play; between two bursts it serves whoever asked.
void Session::play_out(std::unique_lock<std::mutex>& lock) {
  stepping_ = true;
  while (remaining_ > 0) {
    attention_ = false;
    serve();
    const Index steps = remaining_;
    lock.unlock();
    burst(steps);
    lock.lock();
  }
  snapshot_wanted_ = true;
  serve();
  stepping_ = false;
  changed_.notify_all();
}

void Session::serve() {
  for (const Command& command : commands_) carry_out(command);
  commands_.clear();
  if (snapshot_wanted_) latest_ = trainer_.snapshot();
  snapshot_wanted_ = false;
}

void Session::burst(Index steps) {
  Index done = 0;
  bool going = true;
  while (going && done < steps && !attention_.load(std::memory_order_relaxed)) {
    const Index before = trainer_.state().step;
    going = trainer_.step();
    if (trainer_.state().step == before) break;
    done++;
    if (trainer_.state().position == 0 || trainer_.state().step % every_ == 0) look();
  }
  const std::lock_guard lock(mutex_);
  remaining_ = going ? std::max<Index>(0, remaining_ - done) : 0;
  if (!going) {
    stopped_ = trainer_.stopped();
    diverged_ = trainer_.diverged();
  }
}

void Session::look() {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = history_.size(); i < trainer_.history().size(); i++) history_.push_back(trainer_.history()[i]);
  if (trainer_.state().step % every_ != 0) return;
  const std::size_t before = ring_.list().size();
  ring_.add(trainer_.snapshot());
  if (ring_.list().size() < before) every_ *= 2;
}

void Session::carry_out(const Command& command) {
  journal_.push_back({trainer_.state().step, command});
  if (const auto* set = std::get_if<SetTraining>(&command)) trainer_.set(set->training);
  if (const auto* set = std::get_if<SetWeight>(&command)) trainer_.set_weight(set->parameter, set->row, set->column, set->value);
}

void Session::post(const Command& command) {
  const std::lock_guard lock(mutex_);
  if (const auto* set = std::get_if<SetTraining>(&command)) trainer_.check(set->training);
  if (const auto* set = std::get_if<SetWeight>(&command)) trainer_.check_weight(set->parameter, set->row, set->column);
  if (stepping_) {
    commands_.push_back(command);
    attention_ = true;
  } else {
    carry_out(command);
    latest_ = trainer_.snapshot();
  }
}

void Session::scrub(Index step) {
  std::unique_lock lock(mutex_);
  rest(lock);
  const auto snapshot = ring_.at(step);
  if (!snapshot) return;
  trainer_.restore(*snapshot);
  ring_.cut_after(snapshot->state.step);
  std::erase_if(journal_, [&](const Note& note) { return note.step > snapshot->state.step; });
  history_ = trainer_.history();
  latest_ = snapshot;
  stopped_.clear();
}

void Session::resume(const std::vector<std::shared_ptr<const Snapshot>>& earlier, const std::shared_ptr<const Snapshot>& now,
                     std::vector<Epoch> history) {
  std::unique_lock lock(mutex_);
  rest(lock);
  trainer_.restore(*now, std::move(history));
  ring_.clear();
  for (const auto& snapshot : earlier) ring_.add(snapshot);
  ring_.add(now);
  journal_.clear();
  history_ = trainer_.history();
  latest_ = now;
  stopped_.clear();
}

std::shared_ptr<const Snapshot> Session::snapshot() {
  const std::lock_guard lock(mutex_);
  if (stepping_) {
    snapshot_wanted_ = true;
    attention_ = true;
  }
  return latest_;
}

std::vector<std::shared_ptr<const Snapshot>> Session::ring() const {
  const std::lock_guard lock(mutex_);
  return ring_.list();
}

std::vector<Epoch> Session::history() const {
  const std::lock_guard lock(mutex_);
  return history_;
}

std::vector<Note> Session::journal() const {
  const std::lock_guard lock(mutex_);
  return journal_;
}

std::string Session::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

bool Session::diverged() const {
  const std::lock_guard lock(mutex_);
  return diverged_;
}

}  // namespace nn
