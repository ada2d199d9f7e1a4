// A trainer that others may watch and steer while it runs.
#include "engine/session.h"

#include <algorithm>
#include <stdexcept>

namespace nn {

namespace {

double seconds_since(std::chrono::steady_clock::time_point then) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

// Whether two lines of a history are the same one.
bool same(const Epoch& a, const Epoch& b) { return a.step == b.step && a.seconds == b.seconds && a.train_loss == b.train_loss; }

// Copies only what is new; what was cut or thinned out goes.
void bring_up_to_date(std::vector<Epoch>& mine, const std::vector<Epoch>& from) {
  mine.resize(std::min(mine.size(), from.size()));
  while (!mine.empty() && !same(mine.back(), from[mine.size() - 1])) mine.pop_back();
  mine.insert(mine.end(), from.begin() + std::ptrdiff_t(mine.size()), from.end());
}

}  // namespace

Session::Session(Trainer trainer, std::size_t ring_bytes, Index every)
    : trainer_(std::move(trainer)),
      step_(trainer_.state().step),
      ring_(ring_bytes),
      every_(std::max<Index>(1, every)),
      history_(trainer_.history()),
      latest_(trainer_.snapshot()) {
  trainer_.rest();
  ring_.add(latest_);
}

Session::~Session() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
    until_ = 0;
    attention_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Session::play() { play(std::numeric_limits<Index>::max()); }

void Session::play(Index steps) {
  const std::lock_guard lock(mutex_);
  until_ = step_ + std::min(steps, std::numeric_limits<Index>::max() - step_);
  attention_ = true;
  stopped_.clear();
  diverged_ = false;
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

void Session::rest(std::unique_lock<std::mutex>& lock) {
  until_ = 0;
  attention_ = true;
  changed_.wait(lock, [&] { return !stepping_; });
}

void Session::pause() {
  std::unique_lock lock(mutex_);
  rest(lock);
}

bool Session::playing() const {
  const std::lock_guard lock(mutex_);
  return stepping_ || until_ > step_;
}

void Session::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !stepping_ && until_ <= step_; });
}

Index Session::advance(Index steps) {
  std::unique_lock lock(mutex_);
  rest(lock);
  const Index before = step_;
  until_ = before + std::min(steps, std::numeric_limits<Index>::max() - before);
  play_out(lock);
  return step_ - before;
}

void Session::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return quit_ || (until_ > step_ && !stepping_); });
    if (quit_) return;
    play_out(lock);
  }
}

// Bursts of steps while there is something to play; between two bursts it serves whoever asked.
void Session::play_out(std::unique_lock<std::mutex>& lock) {
  stepping_ = true;
  play_began_ = Clock::now();
  auto asked = play_began_;
  while (until_ > step_) {
    attention_ = false;
    serve();
    const Index until = until_;
    served_ += seconds_since(asked);
    lock.unlock();
    const bool going = burst(until);
    asked = Clock::now();
    lock.lock();
    if (going) continue;
    until_ = 0;
    stopped_ = trainer_.stopped();
    diverged_ = trainer_.diverged();
  }
  snapshot_wanted_ = true;
  serve();
  trainer_.rest();
  served_ += seconds_since(asked);
  played_ += seconds_since(play_began_);
  stepping_ = false;
  changed_.notify_all();
}

void Session::serve() {
  for (const Command& command : commands_) carry_out(command);
  commands_.clear();
  if (snapshot_wanted_) latest_ = trainer_.snapshot();
  snapshot_wanted_ = false;
}

bool Session::burst(Index until) {
  bool going = true;
  while (going && step_ < until && !attention_.load(std::memory_order_relaxed)) {
    going = trainer_.step();
    if (trainer_.state().step == step_) return false;
    step_.store(trainer_.state().step, std::memory_order_relaxed);
    if (trainer_.state().position == 0 || trainer_.state().step % every_ == 0) look();
  }
  return going;
}

void Session::look() {
  const auto asked = Clock::now();
  const std::lock_guard lock(mutex_);
  bring_up_to_date(history_, trainer_.history());
  if (trainer_.state().step % every_ == 0) {
    const std::size_t before = ring_.list().size();
    ring_.add(trainer_.snapshot());
    if (ring_.list().size() < before) every_ *= 2;
  }
  served_ += seconds_since(asked);
}

void Session::scrub(Index step) {
  std::unique_lock lock(mutex_);
  rest(lock);
  const auto snapshot = ring_.at(step);
  if (!snapshot) return;
  trainer_.restore(*snapshot);
  ring_.cut_after(snapshot->state.step);
  // Snapshots of the ring were taken before the commands of their step.
  std::erase_if(journal_, [&](const Note& note) { return note.step >= snapshot->state.step; });
  begin_from(snapshot);
}

void Session::resume(const std::vector<std::shared_ptr<const Snapshot>>& earlier, const std::shared_ptr<const Snapshot>& now,
                     std::vector<Epoch> history) {
  std::unique_lock lock(mutex_);
  rest(lock);
  const auto completed = [problem = trainer_.problem()](const std::shared_ptr<const Snapshot>& snapshot) {
    if (snapshot->problem) return snapshot;
    return std::make_shared<const Snapshot>(Snapshot{snapshot->state, snapshot->training, problem});
  };
  trainer_.restore(*now, std::move(history));
  ring_.clear();
  for (const auto& snapshot : earlier) ring_.add(completed(snapshot));
  ring_.add(completed(now));
  journal_.clear();
  begin_from(ring_.list().back());
}

void Session::begin_from(const std::shared_ptr<const Snapshot>& snapshot) {
  step_ = snapshot->state.step;
  until_ = 0;
  history_ = trainer_.history();
  latest_ = snapshot;
  stopped_.clear();
  diverged_ = false;
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

void Session::update(std::vector<Epoch>& mine) const {
  const std::lock_guard lock(mutex_);
  bring_up_to_date(mine, history_);
}

std::optional<Epoch> Session::figures() {
  const std::lock_guard lock(mutex_);
  if (stepping_ || until_ > step_) return std::nullopt;
  return trainer_.figures();
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

double Session::played_seconds() const {
  const std::lock_guard lock(mutex_);
  return played_ + (stepping_ ? seconds_since(play_began_) : 0);
}

double Session::served_seconds() const {
  const std::lock_guard lock(mutex_);
  return served_;
}

}  // namespace nn
