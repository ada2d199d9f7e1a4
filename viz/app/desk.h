// What the window works on and what a person can do with it, without a widget or a pixel: train, change, undo, open and save.
#pragma once
#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "viz/method.h"
#include "viz/workbench.h"

namespace viz {

enum class Grain { example, batch, epoch };

// How fast Play goes. `rising` shows the first epochs one a picture and doubles every second from the third on, up to full speed.
enum class Speed { rising, full, epochs_60, epochs_10, epochs_1, batches_10, batches_1, examples_1 };
inline constexpr Speed speeds[] = {Speed::rising,   Speed::full,       Speed::epochs_60, Speed::epochs_10,
                                   Speed::epochs_1, Speed::batches_10, Speed::batches_1, Speed::examples_1};
std::string words(Speed speed);  // "Full speed", "10 epochs a second"

class Desk {
 public:
  Desk(std::shared_ptr<Workbench> bench, std::filesystem::path data_folder);

  Workbench& bench() const { return *bench_; }
  std::shared_ptr<Workbench> shared_bench() const { return bench_; }
  const std::filesystem::path& data_folder() const { return data_folder_; }

  // What is shown: the newest snapshot, or the earlier one that the time line points at.
  std::shared_ptr<const nn::Snapshot> shown();
  const data::Experiment& experiment();  // in force there
  const data::Prepared& prepared() { return *shared_prepared(); }
  std::shared_ptr<const data::Prepared> shared_prepared();

  // Training. From an earlier snapshot it goes on there, and what came later is forgotten.
  void play();
  void pause();
  bool playing() const { return playing_; }
  void step(Grain grain);
  void set_speed(Speed speed);
  Speed speed() const { return speed_; }
  // To be called before every picture: plays as fast as the speed says, and notices where training stopped by itself.
  void tick(double seconds);
  std::string stopped() const;  // why; empty while nothing did
  bool diverged() const;
  // Losses and accuracies of the newest moment, where nothing plays and measuring takes no time: they follow an edit and a single step.
  std::optional<nn::Epoch> measured();
  // Of the next mini-batch, its examples (numbers in prepared().split.train) and how many of them were stepped through.
  std::vector<nn::Index> batch();
  nn::Index examples_done() const { return examples_done_; }

  // The time line.
  void look_at(nn::Index step);  // the last snapshot at or before it
  void look_at_newest();
  bool looking_back() const { return looked_at_ != nullptr; }
  std::vector<nn::Index> moments() const;  // steps of all snapshots

  // Changes; each can be undone. Those that only concern training, data or activations act on the running network, others start a new
  // one. `merge`: changes with the same name in a row are one. std::invalid_argument or std::runtime_error: nothing changed.
  void change(const data::Experiment& after, const std::string& what, const std::string& merge = "");
  void set(const std::string& assignment, const std::string& what);  // "train.rate=0.1"
  void reset();                                                      // the same start
  void new_seed();                                                   // another start, and other data
  void new_points();                                                 // other data, the same network
  void set_weight(const std::string& parameter, nn::Index row, nn::Index column, nn::Real value);
  bool has(const std::string& parameter, nn::Index row, nn::Index column);
  nn::Real weight(const std::string& parameter, nn::Index row, nn::Index column);
  void add_point(double x1, double x2, const std::string& target);
  bool remove_point(double x1, double x2, double within);  // the nearest; false where none is so near

  void undo();
  void redo();
  std::string undo_words() const;  // what would be undone; empty for nothing
  std::string redo_words() const;

  // Puts another bench here, as one change. It is made elsewhere: loading may take long.
  void replace(std::shared_ptr<Workbench> bench, const std::string& what);

  void save_run_to(const std::filesystem::path& folder);       // experiment, weights and history
  void save_experiment_to(const std::filesystem::path& file);  // the TOML alone
  std::string line();                                          // the whole state as one line of text
  // Where loading takes long, a new network is made by this, which calls replace() later.
  std::function<void(const data::Experiment&, const std::string& what)> restart_elsewhere;
  // Puts looks into the experiment, so that they are saved with it; not a change to be undone.
  void remember_view(const std::vector<std::string>& panes, const Style& style, double scale);

 private:
  struct Edit {
    std::string what, merge;
    std::function<void()> undo, redo;
  };
  void did(Edit edit);
  void take_back(std::deque<Edit>& from, std::deque<Edit>& to, std::function<void()> Edit::*act);
  void go_on_from_here();  // where an earlier snapshot is shown, training goes back to it
  void restart(const data::Experiment& experiment, const std::string& what);
  void put(std::shared_ptr<Workbench> bench);
  double steps_a_second(double playing_for) const;

  std::shared_ptr<Workbench> bench_;
  std::filesystem::path data_folder_;
  std::shared_ptr<const nn::Snapshot> looked_at_;
  bool playing_ = false;
  Speed speed_ = Speed::rising;
  double now_ = 0, played_since_ = -1, due_ = 0;
  nn::Index examples_done_ = 0;
  std::shared_ptr<const nn::Snapshot> measured_at_;
  std::optional<nn::Epoch> measured_;
  std::deque<Edit> done_, undone_;
  double last_edit_ = -1;
};

}  // namespace viz
