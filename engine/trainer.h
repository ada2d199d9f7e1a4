// Training, one mini-batch at a time. The trainer is deterministic: the same seed, data and hyper-parameters give the
// same bits however it is stepped, and a trainer restored from a snapshot goes on as if it had never stopped.
#pragma once
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/model.h"
#include "engine/param.h"
#include "engine/training.h"

namespace nn {

// One example a row, as it lies in a file; a batch is a transpose of rows.
struct Examples {
  Matrix inputs;   // N x inputs
  Matrix targets;  // N x outputs
  Index count() const { return inputs.rows(); }
};

// What is learned: a network, the examples that it learns from, and those that it is tried on. Shared between those who need it.
struct Problem {
  Model model;
  Examples train, test;  // test may be empty
  bool classification = false;
  // Augmentation: writes to `to` the inputs of a training batch, changed at random; it draws from the generator and remembers nothing.
  std::function<void(ConstView from, View to, Generator& random)> augment = {};  // none: they are learned as they are
  // The targets are symbols, one a step, and a negative one asks for nothing; else they are the outputs that are wanted.
  bool symbols = false;
  // More than 0: the examples are the steps of one long sequence. A batch is that many steps of as many streams as the batch has examples,
  // which begin at equal distances, and each window goes on from the states that the one before it ended with.
  Index window = 0;
};

// One line of the history, written after every epoch, and before the first. NaN where a figure has no meaning.
struct Epoch {
  Index epoch = 0, step = 0;
  double train_loss = 0, test_loss = 0, train_accuracy = 0, test_accuracy = 0;
  double seconds = 0;  // of training so far, the only figure that differs between two runs
};

// A history of more than twice as many lines is thinned out, to at least half as many.
inline constexpr Index most_lines = Index(1) << 15;

// How many lines there were at a step.
std::size_t lines_at(std::span<const Epoch> history, Index step);

// Everything that training goes on from.
struct State {
  Index step = 0, epoch = 0, position = 0;  // position: examples of this epoch already seen
  Parameters parameters;
  std::array<Matrix, 2> moments;  // of the optimizer, in the layout of the parameters
  Index updates = 0;              // since the moments were zero
  std::vector<Matrix> carried;    // states of recurrent layers at the end of the last window; empty before the first
  Generator order_random, mask_random, augment_random;
  std::vector<std::uint32_t> order;  // of this epoch, where each epoch has its own
  double best_loss = std::numeric_limits<double>::infinity();
  Index epochs_since_best = 0;
  Index history = 0;  // lines of the history that were written so far; old ones are thinned out where they are very many
};

// A whole training state at a step, with the hyper-parameters and the problem in force. Immutable once taken.
struct Snapshot {
  State state;
  Training training;
  std::shared_ptr<const Problem> problem = nullptr;  // null where it was read from a file: then it is of the trainer's own
  std::size_t bytes() const;                         // without the problem
};

// Which examples of snapshot.problem->train, by number from 0, make its next mini-batch. `seed`: the trainer's. Nothing changes.
std::vector<Index> next_batch(const Snapshot& snapshot, std::uint64_t seed);

// Mean loss, and the part of examples classified right (NaN for regression).
struct Score {
  double loss, accuracy;
};

class Trainer {
 public:
  // `seed` decides weights, order, masks and augmentation. std::invalid_argument where problem and training do not go together.
  Trainer(std::shared_ptr<const Problem> problem, Initializer init, const Training& training, std::uint64_t seed);
  ~Trainer();
  Trainer(Trainer&&) noexcept;

  // One mini-batch: forward, backward, update. False where a stop rule holds or training diverged: stopped() says why.
  bool step();
  // The same for n steps, or until a stop rule holds; returns the steps done.
  Index advance(Index n);
  void rest();  // time does not count until the next step

  const State& state() const { return state_; }
  const std::vector<Epoch>& history() const { return history_; }
  const std::shared_ptr<const Problem>& problem() const { return problem_; }
  const Training& training() const { return training_; }
  double batch_loss() const { return batch_loss_; }  // of the last step, before its update
  double rate() const;                               // by the schedule, now
  double seconds() const;                            // of training so far
  const std::string& stopped() const { return stopped_; }
  bool diverged() const { return diverged_; }

  std::shared_ptr<const Snapshot> snapshot() const;
  // Goes on from there, with its problem; the history is cut to the snapshot's length. std::invalid_argument where it is of another
  // model or of other examples.
  void restore(const Snapshot& snapshot);
  void restore(const Snapshot& snapshot, std::vector<Epoch> history);  // with the history of an earlier run
  // Other weights to start with, in the layout of state().parameters; the history begins anew.
  void start_from(const Parameters& parameters);

  // From the next step on. All throw std::invalid_argument, and nothing changes, where something does not fit.
  void set(const Training& training);
  // Other examples, activations or targets for the same parameters: weights, moments and the count of epochs stay, the running epoch
  // begins anew. The order of the examples follows from the seed and from how many they are.
  void set(std::shared_ptr<const Problem> problem);
  void set(std::shared_ptr<const Problem> problem, const Training& training);  // both at once: a loss and its output belong together
  void set_weight(std::string_view parameter, Index row, Index column, Real value);
  void check(const Problem& problem, const Training& training) const;
  void check_weight(std::string_view parameter, Index row, Index column) const;
  Score evaluate(const Examples& examples);
  Epoch figures();  // as a line of the history would have them now; nothing is written

 private:
  struct Recorded;
  void take(std::shared_ptr<const Problem> problem);
  void forget_programs();
  Recorded& recorded(Index examples, Mode mode, Index team = 0);
  // A step. False where it diverges; then the weights are as before.
  bool learn(Recorded& batch);
  bool learn_batch(Index n, const std::uint32_t* order);
  bool learn_parts(Index n, const std::uint32_t* order);
  bool learn_window(Index n);
  static bool can_be_parted(const Problem& problem);
  Index part_of(Index n) const;  // of how many examples a part is, where n are computed in parts; else n
  template <class Load, class Compute, class Take>
  void in_parts(Index n, Index part, Mode mode, const Load& load, const Compute& compute, const Take& take);
  void load(Recorded& batch, Index first, const std::uint32_t* order);
  Index streams(Index examples) const;  // of a problem with windows: how many are read side by side
  Index steps_an_epoch() const;         // examples that are seen in an epoch: all, or as many as fill windows
  void load_window(Recorded& batch, const Examples& examples, Index window);
  void carry(const Recorded& batch, std::vector<Matrix>& states);  // the states that a window ended with
  void carry_into(Recorded& batch, const std::vector<Matrix>& states);
  Score evaluate_streams(const Examples& examples, Index most);
  Score score(const Recorded& batch, Index& asked) const;  // sums over the `asked` columns, not means
  Score mean(double loss, double right, Index asked) const;
  void load_batch(Recorded& batch, const Examples& examples, Index first, const std::uint32_t* order);
  void fill_masks(Recorded& batch);
  void update(View gradients);
  void fold_statistics(const Recorded& batch);
  void end_epoch();
  void note_epoch();
  bool diverging(const Recorded& batch, double loss);
  bool stop_rule_holds();

  std::shared_ptr<const Problem> problem_;
  std::uint64_t seed_;
  Examples train_;  // those of the problem in random order, so that the batches of Order::once lie one after another
  Training training_;
  State state_;
  std::vector<Epoch> history_;
  std::map<std::tuple<Index, Mode, Index>, std::unique_ptr<Recorded>> programs_;  // of so many examples, for one of the teams
  Recorded* last_ = nullptr;  // the program of the last step
  Matrix rows_, before_, gradients_;  // a batch gathered by rows; the weights before a penalized update; a sum over parts
  double batch_loss_ = 0, seconds_before_ = 0;
  std::string stopped_;
  bool diverged_ = false;
  bool parted_ = false;  // whether batches are computed in parts
  bool resting_ = true;
  std::chrono::steady_clock::time_point started_;  // the first step since the rest
};

// The cost of a loss on a recorded network: the op that pairs with the network's last layer.
// std::invalid_argument where they do not go together (cross-entropy needs softmax or sigmoid at the end).
Var cost(Loss loss, const Model& model, const Network& network, Tape& tape, Var targets);

// A slot "y" for the targets of a recorded network.
Var target_slot(const Problem& problem, const Network& network, Tape& tape);

// How many columns of the output say the class of the targets: the largest row, or for one row the same side of `threshold`.
Index correct(ConstView output, ConstView targets, Real threshold);

}  // namespace nn
