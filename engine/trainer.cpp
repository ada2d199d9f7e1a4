// One step of training after another.
#include "engine/trainer.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "engine/ops.h"
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

std::vector<std::uint32_t> identity(Index n) {
  std::vector<std::uint32_t> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0u);
  return order;
}

}  // namespace

Trainer::Trainer(Model model, Initializer init, Examples train, Examples test, bool classification, Training training, std::uint64_t seed)
    : model_(std::move(model)), train_(std::move(train)), test_(std::move(test)), classification_(classification), training_(training) {
  if (train_.count() == 0) throw std::invalid_argument("training: there are no examples to train on");
  if (train_.inputs.columns() != model_.input.size() || train_.targets.columns() != model_.outputs())
    throw std::invalid_argument("training: the data have " + std::to_string(train_.inputs.columns()) + " inputs and " +
                                std::to_string(train_.targets.columns()) + " targets but the model has " +
                                std::to_string(model_.input.size()) + " and " + std::to_string(model_.outputs()));
  // The examples are laid out once in random order, so that the batches of Order::once lie one after another.
  Generator layout(seed, "layout");
  std::vector<std::uint32_t> order = identity(train_.count());
  shuffle(order, layout);
  train_.inputs = rows_in_order(train_.inputs, order);
  train_.targets = rows_in_order(train_.targets, order);

  state_.order_random = Generator(seed, "order");
  state_.mask_random = Generator(seed, "masks");
  Generator weights(seed, "weights");
  state_.parameters = Parameters(recorded(1, Mode::evaluation).program);
  initialize(init, state_.parameters, weights);
  programs_.clear();  // that one program was recorded before there was anything to bind
  started_ = std::chrono::steady_clock::now();
  set(training);
  note_epoch();
}

Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;

double Trainer::rate() const {
  if (training_.schedule == Schedule::constant) return training_.rate;
  const double epoch = double(state_.epoch) + double(state_.position) / double(train_.count());
  // The warm-up of the first step is one step long, not zero.
  const double one_step = double(training_.batch) / double(train_.count());
  return scheduled_rate(training_, training_.schedule == Schedule::warm_up ? epoch + one_step : epoch);
}

bool Trainer::step() {
  if (!stopped_.empty()) return false;
  if (state_.position == 0 && training_.shuffle == Order::each_epoch) {
    if (Index(state_.order.size()) != train_.count()) state_.order = identity(train_.count());
    shuffle(state_.order, state_.order_random);
  }
  const Index n = std::min(training_.batch, train_.count() - state_.position);
  Recorded& batch = recorded(n, Mode::training);
  load_batch(batch, train_, state_.position, training_.shuffle == Order::each_epoch ? state_.order.data() : nullptr);
  if (!batch.network.masks.empty()) fill_masks(batch);

  forward(batch.program, batch.values);
  batch_loss_ = double(batch.values[batch.cost](0, 0));
  if (diverging(batch)) return false;
  backward(batch.program, batch.values, batch.signals);
  update(batch);

  last_ = &batch;
  state_.step++;
  state_.position += n;
  if (state_.position == train_.count()) end_epoch();
  return stopped_.empty() && !stop_rule_holds();
}

Index Trainer::advance(Index n) {
  for (Index done = 0; done < n; done++)
    if (const Index before = state_.step; !step()) return done + (state_.step - before);
  return n;
}

void Trainer::load_batch(Recorded& batch, const Examples& examples, Index first, const std::uint32_t* order) {
  const Index n = batch.x.columns();
  const auto gather = [&](const Matrix& from, View to) {
    const Real* rows = from.view().row(first);
    if (order) {
      if (rows_.rows() < n || rows_.columns() < from.columns()) rows_ = Matrix(n, std::max(from.columns(), rows_.columns()));
      for (Index i = 0; i < n; i++)
        std::copy_n(from.view().row(Index(order[first + i])), from.columns(), rows_.data() + i * from.columns());
      rows = rows_.data();
    }
    kernels().transpose(n, from.columns(), rows, from.columns(), to.data, to.stride);
  };
  gather(examples.inputs, batch.x);
  gather(examples.targets, batch.y);
}

// Inverted dropout (Srivastava et al. 2014): 1 / (1 - p) with probability 1 - p, else 0.
void Trainer::fill_masks(Recorded& batch) {
  for (std::size_t i = 0; i < batch.masks.size(); i++) {
    const double p = batch.network.mask_probabilities[i];
    for (Index j = 0; j < batch.masks[i].size(); j++)
      batch.masks[i].data()[j] = state_.mask_random.uniform() < p ? Real(0) : Real(1 / (1 - p));
  }
}

void Trainer::end_epoch() {
  state_.position = 0;
  state_.epoch++;
  note_epoch();
}

std::shared_ptr<const Snapshot> Trainer::snapshot() const { return std::make_shared<const Snapshot>(Snapshot{state_, training_}); }

void Trainer::restore(const Snapshot& snapshot) { restore(snapshot, history_); }

void Trainer::restore(const Snapshot& snapshot, std::vector<Epoch> history) {
  const Parameters& from = snapshot.state.parameters;
  const std::vector<Parameter>&mine = state_.parameters.list(), &theirs = from.list();
  for (std::size_t i = 0; i < std::max(mine.size(), theirs.size()); i++) {
    if (i < mine.size() && i < theirs.size() && mine[i].name == theirs[i].name && mine[i].tensor == theirs[i].tensor) continue;
    const auto described = [i](const std::vector<Parameter>& list) {
      return i < list.size() ? list[i].name + " (" + dimensions(list[i].rows, list[i].columns) + ")" : std::string("nothing");
    };
    throw std::invalid_argument("restore: the snapshot is of another model: it has " + described(theirs) + " where this one has " +
                                described(mine));
  }
  if (Index(history.size()) < snapshot.state.history) throw std::invalid_argument("restore: the history is shorter than the snapshot says");
  history.resize(std::size_t(snapshot.state.history));
  history_ = std::move(history);
  // The numbers are copied in place: recorded programs go on reading the same memory.
  Parameters parameters = std::move(state_.parameters);
  parameters.numbers = from.numbers;
  state_ = snapshot.state;
  state_.parameters = std::move(parameters);
  if (snapshot.training.loss != training_.loss) forget_programs();
  training_ = snapshot.training;
  stopped_.clear();
  diverged_ = false;
  seconds_before_ = history_.empty() ? 0 : history_.back().seconds;
  started_ = std::chrono::steady_clock::now();
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

void Trainer::check(const Training& training) const {
  if (training.batch < 1) throw std::invalid_argument("training: a batch of " + std::to_string(training.batch) + " examples");
  Tape tape;
  const Network network = model_.record(tape, 1, Mode::evaluation);
  cost(training.loss, model_, network, tape, tape.input("y", {model_.outputs(), 1}));
}

void Trainer::set(const Training& training) {
  check(training);
  const bool new_cost = training.loss != training_.loss;
  const std::array<bool, 2> kept = moments_of(training.optimizer);
  for (std::size_t i = 0; i < 2; i++)
    if (training.optimizer != training_.optimizer || (kept[i] && state_.moments[i].size() == 0)) {
      state_.moments[i] = kept[i] ? Matrix(1, state_.parameters.numbers.size()) : Matrix();
      state_.updates = 0;
    }
  training_ = training;
  if (new_cost) forget_programs();
  stopped_.clear();
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

std::size_t Snapshot::bytes() const {
  return sizeof *this + std::size_t(state.parameters.numbers.size() + state.moments[0].size() + state.moments[1].size()) * sizeof(Real) +
         state.order.size() * sizeof(std::uint32_t);
}

}  // namespace nn
