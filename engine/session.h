// A trainer that others may watch and steer while it runs: on a thread of its own, or without one.
// Commands are carried out between two steps and noted with their step; views get immutable snapshots, never the live net.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <variant>

#include "engine/trainer.h"

namespace nn {

struct SetTraining {
  Training training;
};
struct SetWeight {
  std::string parameter;
  Index row, column;
  Real value;
};
struct SetProblem {
  std::shared_ptr<const Problem> problem;
  std::optional<Training> training = {};  // where that changes with it: a loss and its output belong together
};
using Command = std::variant<SetTraining, SetWeight, SetProblem>;

struct Note {  // of the journal: a command, and before which step it was carried out
  Index step;
  Command command;
};

// Snapshots in order of their steps, at most so many bytes: when they are more, every second one goes, never the newest.
class Ring {
 public:
  explicit Ring(std::size_t bytes) : limit_(bytes) {}
  void add(std::shared_ptr<const Snapshot> snapshot);
  void cut_after(Index step);  // forgets what came later
  void clear();
  const std::vector<std::shared_ptr<const Snapshot>>& list() const { return list_; }
  // The last one at or before a step; null where there is none.
  std::shared_ptr<const Snapshot> at(Index step) const;

 private:
  std::size_t limit_, bytes_ = 0;
  std::vector<std::shared_ptr<const Snapshot>> list_;
};

class Session {
 public:
  // `every`: steps from one snapshot in the ring to the next, at first; it doubles whenever the ring thins.
  Session(Trainer trainer, std::size_t ring_bytes, Index every);
  ~Session();  // stops the thread

  // With a thread: these return at once.
  void play();             // go on until paused or stopped
  void play(Index steps);  // the same for so many steps
  void pause();            // returns when the running step is done
  bool playing() const;
  Index step() const { return step_.load(std::memory_order_relaxed); }  // steps done so far; waits for nobody
  void wait();                                                          // until nothing plays

  // Without one: runs the steps here. Not while playing.
  Index advance(Index steps);

  // Carried out before the next step, at once where nothing plays. std::invalid_argument where it cannot be, after what was posted
  // before. Examples that are exchanged again before a step was made leave nothing in the journal.
  void post(const Command& command);
  void scrub(Index step);  // back to the last snapshot at or before this step; pauses

  // Goes on where an earlier run stopped, with its snapshots and its history; those without a problem are of the trainer's.
  void resume(const std::vector<std::shared_ptr<const Snapshot>>& earlier, const std::shared_ptr<const Snapshot>& now,
              std::vector<Epoch> history);

  // The newest snapshot: while playing, one at most a step old when it was taken, taken anew after each call.
  std::shared_ptr<const Snapshot> snapshot();
  std::vector<std::shared_ptr<const Snapshot>> ring() const;
  std::vector<Epoch> history() const;
  void update(std::vector<Epoch>& mine) const;  // makes an earlier copy of the history the present one; copies only what is new
  std::vector<Note> journal() const;
  std::optional<Epoch> figures();  // as a line of the history would have them now; nothing while it plays
  std::string stopped() const;     // why a stop rule or divergence ended it; empty before
  bool diverged() const;

  // What watching costs: of the seconds played, those in which no step was made: waiting for others, taking snapshots for them and for
  // the ring, carrying out commands.
  double played_seconds() const;
  double served_seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  void run();
  void play_out(std::unique_lock<std::mutex>& lock);
  void serve();             // carries out what was posted, takes the snapshot that was asked for
  bool burst(Index until);  // steps until somebody wants something; false where training stopped
  void look();              // after a step: is the epoch over, is a snapshot due?
  void check(const Command& command) const;
  void carry_out(const Command& command);
  void note(const Command& command);
  void rest(std::unique_lock<std::mutex>& lock);  // waits until the thread stands between two bursts, with nothing to play
  void begin_from(const std::shared_ptr<const Snapshot>& snapshot);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> attention_ = false;  // somebody waits for the thread to finish its step
  Trainer trainer_;                      // used by the thread while stepping_, else by whoever holds the mutex
  bool stepping_ = false, quit_ = false;
  std::atomic<Index> step_ = 0;  // of the trainer
  Index until_ = 0;              // plays up to this step

  // What others may see, under the mutex.
  Ring ring_;
  Index every_;
  std::vector<Command> commands_;
  std::vector<Note> journal_;
  std::vector<Epoch> history_;
  std::shared_ptr<const Snapshot> latest_;
  bool snapshot_wanted_ = false;
  std::string stopped_;
  bool diverged_ = false;
  double played_ = 0, served_ = 0;  // seconds
  Clock::time_point play_began_;
  std::thread thread_;
};

}  // namespace nn
