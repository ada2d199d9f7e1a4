// What a trainer says of itself: losses and accuracies, when to stop, and when training diverged.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/ops.h"
#include "engine/recorded.h"

namespace nn {

Var cost(Loss loss, const Model& model, const Network& network, Tape& tape, Var y) {
  const Var a{&tape, network.output}, z{&tape, network.logits};
  const auto* last = std::get_if<Activate>(&model.last());
  switch (loss) {
    case Loss::quadratic:
      return quadratic_cost(a, y);
    case Loss::huber:
      return huber_cost(a, y);
    case Loss::hinge:
      return hinge_cost(a, y);
    case Loss::cross_entropy:
      if (std::holds_alternative<Softmax>(model.last()))
        return y.size().rows == 1 && z.size().rows > 1 ? symbol_cross_entropy(z, y) : softmax_cross_entropy(z, y);
      if (last && last->sigma == Function::sigmoid) return sigmoid_cross_entropy(z, y);
  }
  throw std::invalid_argument("training: the loss cross-entropy needs a model that ends with softmax or sigmoid, not '" + model.text + "'");
}

namespace {

Index largest(ConstView x, Index column) {
  Index row = 0;
  for (Index i = 1; i < x.rows; i++)
    if (x(i, column) > x(row, column)) row = i;
  return row;
}

}  // namespace

Index correct(ConstView output, ConstView targets, Real threshold) {
  Index count = 0;
  for (Index j = 0; j < output.columns; j++)
    count += output.rows == 1 ? (output(0, j) > threshold) == (targets(0, j) > threshold) : largest(output, j) == largest(targets, j);
  return count;
}

Score Trainer::score(const Recorded& batch, Index& asked) const {
  const ConstView output = batch.values[batch.network.output];
  const auto* last = std::get_if<Activate>(&problem_->model.last());
  Index right = 0;
  asked = output.columns;
  if (problem_->symbols) {
    asked = 0;
    for (Index j = 0; j < output.columns; j++) {
      asked += batch.y(0, j) >= 0;
      right += batch.y(0, j) >= 0 && largest(output, j) == Index(batch.y(0, j));
    }
  } else if (problem_->classification) {
    right = correct(output, batch.y, last && last->sigma == Function::sigmoid ? Real(0.5) : Real(0));
  }
  return {double(batch.values[batch.cost](0, 0)) * double(asked), double(right)};
}

Var target_slot(const Problem& problem, const Network& network, Tape& tape) {
  const Size output = tape.program()[network.output].size;
  return tape.input("y", {problem.symbols ? 1 : output.rows, output.columns});
}

Program Trainer::Recorded::record(const Problem& problem, Loss loss, Index examples, Mode mode) {
  Tape tape;
  network = problem.model.record(tape, examples, mode, problem.window > 0 ? Start::carried : Start::zero);
  cost = tape.name(nn::cost(loss, problem.model, network, tape, target_slot(problem, network, tape)), "cost").index;
  return tape.finish();
}

Trainer::Recorded::Recorded(const Problem& problem, Loss loss, const Parameters& parameters, Index examples, Mode mode)
    : program(record(problem, loss, examples, mode)), values(program), signals(program, cost, Wanted::parameters) {
  const auto room = [this](int leaf) { return Matrix(program[leaf].size.rows, program[leaf].size.columns); };
  const int targets = program.find("y");
  bind(parameters, values);
  values.bind(network.x, x = room(network.x));
  values.bind(targets, y = room(targets));
  for (int mask : network.masks) masks.push_back(room(mask));
  for (std::size_t i = 0; i < masks.size(); i++) values.bind(network.masks[i], masks[i]);
  for (const Carried& state : network.carried) carried.push_back(room(state.before));
  for (std::size_t i = 0; i < carried.size(); i++) values.bind(network.carried[i].before, carried[i]);
}

// One program for each batch size, recorded when it is first met.
Trainer::Recorded& Trainer::recorded(Index examples, Mode mode, Index team) {
  if (last_ && last_->x.columns() == examples && mode == Mode::training && team == 0) return *last_;
  auto& program = programs_[{examples, mode, team}];
  if (!program) program = std::make_unique<Recorded>(*problem_, training_.loss, state_.parameters, examples, mode);
  return *program;
}

Score Trainer::evaluate(const Examples& examples) {
  if (problem_->window > 0) return evaluate_streams(examples, examples.count());
  constexpr Index chunk = 256;
  double loss = 0, right = 0;
  Index all = 0;
  in_parts(
      examples.count(), part_of(chunk), Mode::evaluation,
      [&](Recorded& batch, Index first) { load_batch(batch, examples, first, nullptr); },
      [](Recorded& batch) { forward(batch.program, batch.values); },
      [&](Recorded& batch, Index) {
        Index asked = 0;
        const Score one = score(batch, asked);
        loss += one.loss, right += one.accuracy, all += asked;
        return true;
      });
  return mean(loss, right, all);
}

Score Trainer::mean(double loss, double right, Index asked) const {
  const double none = std::numeric_limits<double>::quiet_NaN();
  return {asked > 0 ? loss / double(asked) : none,
          asked > 0 && (problem_->classification || problem_->symbols) ? right / double(asked) : none};
}

namespace {

// Fast networks do millions of epochs: of a long history every second, fourth, ... line stays.
void thin(std::vector<Epoch>& history) {
  Index every = 1;
  const Index last = history.back().epoch;
  while (last / every > most_lines) every *= 2;
  std::erase_if(history, [&](const Epoch& line) { return line.epoch % every != 0 && line.epoch != last; });
}

}  // namespace

std::size_t lines_at(std::span<const Epoch> history, Index step) {
  return std::size_t(std::ranges::upper_bound(history, step, {}, &Epoch::step) - history.begin());
}

Epoch Trainer::figures() {
  const bool streams = problem_->window > 0;  // of a long text a part is enough
  const Score train = streams ? evaluate_streams(train_, std::max<Index>(problem_->test.count(), 20'000)) : evaluate(train_);
  const Score test = evaluate(problem_->test);
  return {state_.epoch, state_.step, train.loss, test.loss, train.accuracy, test.accuracy, seconds()};
}

void Trainer::note_epoch() {
  const Epoch& now = history_.emplace_back(figures());
  const double watched = std::isnan(now.test_loss) ? now.train_loss : now.test_loss;
  state_.history++;
  if (Index(history_.size()) > 2 * most_lines) thin(history_);
  if (watched < state_.best_loss) {
    state_.best_loss = watched;
    state_.epochs_since_best = 0;
  } else if (state_.epoch > 0) {
    state_.epochs_since_best++;
  }
}

bool Trainer::stop_rule_holds() {
  const char* rule = nullptr;
  if (state_.position == 0) {
    if (training_.epochs > 0 && state_.epoch >= training_.epochs) rule = "all epochs are done";
    if (training_.target_loss > 0 && history_.back().train_loss <= training_.target_loss) rule = "the target loss is reached";
    if (training_.patience > 0 && state_.epochs_since_best >= training_.patience) rule = "no better loss for as long as patience allows";
  }
  if (training_.seconds > 0 && seconds() >= training_.seconds) rule = "the time is up";
  if (rule) stopped_ = std::string(rule) + ", after epoch " + std::to_string(state_.epoch) + ", step " + std::to_string(state_.step);
  return rule;
}

// A loss that is not a number, or a thousand times what it was at the start.
bool Trainer::diverging(const Recorded& batch, double of_batch) {
  const double limit = 1000 * (1 + history_.front().train_loss);
  if (std::isfinite(of_batch) && of_batch <= limit) return false;
  std::string layer;
  Real largest = 0;
  for (int i = 0; i < batch.program.size(); i++) {
    const Node& node = batch.program[i];
    if (node.kind != Kind::computed || node.name.empty() || i == batch.cost) continue;
    Real here = 0;
    bool finite = true;
    for (Index r = 0; r < batch.values[i].rows; r++)
      for (Index c = 0; c < batch.values[i].columns; c++) {
        finite = finite && std::isfinite(batch.values[i](r, c));
        here = std::max(here, std::abs(batch.values[i](r, c)));
      }
    if (!finite || here > largest) layer = node.name;
    if (!finite) break;
    largest = std::max(largest, here);
  }
  char text[300], loss[32];
  std::snprintf(loss, sizeof loss, "%.4g", of_batch);
  std::snprintf(text, sizeof text,
                "training diverged at step %lld (epoch %lld): the loss is %s, and layer %s gave it away; try a smaller rate (now %.4g), "
                "gradient clipping (clip = 1) or smaller initial weights",
                static_cast<long long>(state_.step), static_cast<long long>(state_.epoch), std::isnan(of_batch) ? "not a number" : loss,
                layer.c_str(), rate());
  stopped_ = text;
  diverged_ = true;
  return true;
}

}  // namespace nn
