// What may change between two steps: hyper-parameters, the problem, a weight, or everything by a snapshot.
#include <algorithm>
#include <stdexcept>

#include "engine/order.h"
#include "engine/recorded.h"

namespace nn {

namespace {

// Which moments an optimizer keeps a parameter: the first (a mean, or a velocity), the second (of squares).
std::array<bool, 2> moments_of(Update method) {
  switch (method) {
    case Update::sgd:
      return {false, false};
    case Update::momentum:
    case Update::nesterov:
      return {true, false};
    case Update::adagrad:
    case Update::rmsprop:
      return {false, true};
    case Update::adadelta:
    case Update::adam:
    case Update::adamw:
      return {true, true};
  }
  return {};
}

Matrix rows_in_order(const Matrix& x, const std::vector<std::uint32_t>& order) {
  Matrix y(x.rows(), x.columns());
  for (std::size_t i = 0; i < order.size(); i++) std::copy_n(x.view().row(order[i]), x.columns(), y.view().row(Index(i)));
  return y;
}

void check_examples(const Examples& examples, const Problem& problem) {
  const Model& model = problem.model;
  if (examples.targets.rows() != examples.count())
    throw std::invalid_argument("training: there are " + std::to_string(examples.count()) + " inputs and " +
                                std::to_string(examples.targets.rows()) + " targets");
  Tape tape;
  const Network network = model.record(tape, 1, Mode::evaluation);
  const Size output = tape.program()[network.output].size;
  const Index steps = problem.window > 0 ? problem.window : 1;  // of the model, for one example
  const Index inputs = model.input.size() / steps, targets = (problem.symbols ? 1 : output.rows) * output.columns / steps;
  if (examples.inputs.columns() != inputs || examples.targets.columns() != targets)
    throw std::invalid_argument("training: the data have " + std::to_string(examples.inputs.columns()) + " inputs and " +
                                std::to_string(examples.targets.columns()) + " targets but the model has " + std::to_string(inputs) +
                                " and " + std::to_string(targets));
}

// A sequence that is read in windows needs enough steps for one, and a model of that many.
void check_windows(const Problem& problem) {
  if (problem.window == 0) return;
  if (problem.model.input.width != problem.window)
    throw std::invalid_argument("training: windows of " + std::to_string(problem.window) + " steps for a model of " +
                                std::to_string(problem.model.input.width));
  if (problem.train.count() < problem.window)
    throw std::invalid_argument("training: the sequence has " + std::to_string(problem.train.count()) +
                                " steps to train on, and a window is " + std::to_string(problem.window) +
                                "; take a shorter window or a longer text");
}

// Throws where `theirs`, of a snapshot or a problem, are not `mine`.
void check_parameters(const Parameters& mine, const Parameters& theirs, const std::string& who) {
  const auto described = [](const std::vector<Parameter>& list, std::size_t i) {
    return i < list.size() ? list[i].name + " (" + dimensions(list[i].rows, list[i].columns) + ")" : std::string("nothing");
  };
  if (const std::size_t i = first_difference(mine, theirs); i < std::max(mine.list().size(), theirs.list().size()))
    throw std::invalid_argument(who + " is of another model: it has " + described(theirs.list(), i) + " where this one has " +
                                described(mine.list(), i));
}

// What only a damaged file can say, or one whose data have changed since.
void check_state(const Snapshot& snapshot, Index examples, Index numbers) {
  const State& state = snapshot.state;
  if (state.position < 0 || state.position >= examples || (!state.order.empty() && Index(state.order.size()) != examples))
    throw std::invalid_argument("restore: the snapshot was taken with other data than these " + std::to_string(examples) + " examples");
  for (std::size_t i = 0; i < 2; i++)
    if (moments_of(snapshot.training.optimizer)[i] && state.moments[i].size() != numbers)
      throw std::invalid_argument("restore: the snapshot lacks the moments of " +
                                  std::string(update_names[std::size_t(snapshot.training.optimizer)]));
}

}  // namespace

std::shared_ptr<const Snapshot> Trainer::snapshot() const {
  return std::make_shared<const Snapshot>(Snapshot{state_, training_, problem_});
}

std::size_t Snapshot::bytes() const {
  std::size_t carried = 0;
  for (const Matrix& states : state.carried) carried += std::size_t(states.size());
  return sizeof *this + std::size_t(state.parameters.numbers.size() + state.moments[0].size() + state.moments[1].size()) * sizeof(Real) +
         state.order.size() * sizeof(std::uint32_t) + carried * sizeof(Real);
}

void Trainer::restore(const Snapshot& snapshot) { restore(snapshot, history_); }

void Trainer::restore(const Snapshot& snapshot, std::vector<Epoch> history) {
  const Parameters& from = snapshot.state.parameters;
  const std::shared_ptr<const Problem> problem = snapshot.problem ? snapshot.problem : problem_;
  check_parameters(state_.parameters, from, "restore: the snapshot");
  check_state(snapshot, problem->train.count(), from.numbers.size());
  if (problem != problem_ || snapshot.training.loss != training_.loss) check(*problem, snapshot.training);
  if (snapshot.state.history < 1 || Index(history.size()) < std::min(snapshot.state.history, most_lines / 2))
    throw std::invalid_argument("restore: the history is shorter than the snapshot says");

  history.resize(lines_at(history, snapshot.state.step));
  history_ = std::move(history);
  // The numbers are copied in place: recorded programs go on reading the same memory.
  Parameters parameters = std::move(state_.parameters);
  parameters.numbers = from.numbers;
  state_ = snapshot.state;
  state_.parameters = std::move(parameters);
  if (snapshot.training.loss != training_.loss) forget_programs();
  training_ = snapshot.training;
  if (problem != problem_) take(problem);
  stopped_.clear();
  diverged_ = false;
  resting_ = true;
  seconds_before_ = history_.back().seconds;
}

void Trainer::start_from(const Parameters& parameters) {
  if (parameters.numbers.size() != state_.parameters.numbers.size())
    throw std::invalid_argument("training: the weights are of another model");
  state_.parameters.numbers = parameters.numbers;
  state_.history = 0;
  state_.best_loss = std::numeric_limits<double>::infinity();
  history_.clear();
  note_epoch();
}

void Trainer::forget_programs() {
  programs_.clear();
  last_ = nullptr;
}

void Trainer::take(std::shared_ptr<const Problem> problem) {
  problem_ = std::move(problem);
  parted_ = can_be_parted(*problem_);
  if (problem_->window > 0) {
    train_ = problem_->train;
    return forget_programs();
  }
  const std::vector<std::uint32_t> order = layout(seed_, problem_->train.count());
  train_ = {rows_in_order(problem_->train.inputs, order), rows_in_order(problem_->train.targets, order)};
  forget_programs();
}

void Trainer::check(const Problem& problem, const Training& training) const {
  if (problem.train.count() == 0) throw std::invalid_argument("training: there are no examples to train on");
  check_windows(problem);
  check_examples(problem.train, problem);
  if (problem.test.count() > 0) check_examples(problem.test, problem);
  check_parameters(state_.parameters, parameters_of(problem.model), "training: the problem");
  if (training.batch < 1) throw std::invalid_argument("training: a batch of " + std::to_string(training.batch) + " examples");
  Tape tape;
  const Network network = problem.model.record(tape, 1, Mode::evaluation);
  cost(training.loss, problem.model, network, tape, target_slot(problem, network, tape));
}

void Trainer::set(const Training& training) { set(problem_, training); }

void Trainer::set(std::shared_ptr<const Problem> problem) { set(std::move(problem), training_); }

void Trainer::set(std::shared_ptr<const Problem> problem, const Training& training) {
  if (!problem) throw std::invalid_argument("training: there is no problem to learn");
  check(*problem, training);
  const std::array<bool, 2> kept = moments_of(training.optimizer);
  for (std::size_t i = 0; i < 2; i++)
    if (training.optimizer != training_.optimizer || (kept[i] && state_.moments[i].size() == 0)) {
      state_.moments[i] = kept[i] ? Matrix(1, state_.parameters.numbers.size()) : Matrix();
      state_.updates = 0;
    }
  if (training.loss != training_.loss) forget_programs();
  training_ = training;
  stopped_.clear();
  diverged_ = false;
  if (problem == problem_) return;
  take(std::move(problem));
  state_.position = 0;
  state_.order.clear();
  state_.carried.clear();
  state_.best_loss = std::numeric_limits<double>::infinity();  // of other examples it says nothing
  state_.epochs_since_best = 0;
}

void Trainer::check_weight(std::string_view parameter, Index row, Index column) const {
  const Parameter& p = state_.parameters.list()[state_.parameters.find(parameter)];
  if (row < 0 || row >= p.rows || column < 0 || column >= p.columns)
    throw std::invalid_argument("weight: " + p.name + " is " + dimensions(p.rows, p.columns) + " and has no element " +
                                std::to_string(row) + "," + std::to_string(column));
}

void Trainer::set_weight(std::string_view parameter, Index row, Index column, Real value) {
  check_weight(parameter, row, column);
  state_.parameters[state_.parameters.find(parameter)](row, column) = value;
}

}  // namespace nn
