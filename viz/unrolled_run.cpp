// Forwards through a sequence, and back through time.
#include "viz/unrolled_run.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "datasets/text_set.h"
#include "viz/answers.h"
#include "viz/figure.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

bool gated(Inside what) { return what != Inside::state && what != Inside::cell; }

// Targets of steps that are not shown ask for nothing.
nn::Matrix shown_targets(const SequenceRead& read) {
  nn::Matrix y = read.targets;
  if (read.each_step)
    for (Index t = 0; t < y.columns(); t++)
      if (t < read.before || t >= read.before + read.steps) y(0, t) = -1;
  return y;
}

}  // namespace

std::string_view letter_of(Inside what, nn::Cell cell) {
  constexpr std::string_view letters[] = {"h", "C", "f", "i", "C~", "o", "r", "u"};
  if (what == Inside::candidate && cell == nn::Cell::gru) return "n";
  return letters[std::size_t(what)];
}

bool has(nn::Cell cell, Inside what) {
  if (what == Inside::state) return true;
  if (cell == nn::Cell::lstm) return what < Inside::reset;
  return cell == nn::Cell::gru && what >= Inside::candidate && what != Inside::output;
}

Index block_of(Inside gate, nn::Cell cell) {
  if (cell == nn::Cell::gru) return gate == Inside::reset ? 0 : gate == Inside::update ? 1 : 2;
  return Index(gate) - Index(Inside::forget);  // f, i, C~, o
}

SequenceRun::SequenceRun(const Study& study, const nn::Parameters& parameters, const SequenceRead& read)
    : x_(read.x), y_(shown_targets(read)) {
  const nn::Model model = nn::parse_model(study.model.text, read.shape);
  nn::Tape tape;
  network_ = model.record(tape, 1, nn::Mode::evaluation);
  int y = -1;
  if (y_.size() > 0) {
    const nn::Var wanted = tape.input("y", {y_.rows(), y_.columns()});
    y = wanted.index;
    cost_ = nn::cost(study.loss, model, network_, tape, wanted).index;
  }
  program_ = std::make_unique<nn::Program>(tape.finish());
  values_ = std::make_unique<nn::Values>(*program_);
  nn::bind(parameters, *values_);
  values_->bind(network_.x, x_);
  if (y >= 0) values_->bind(y, y_);
  nn::forward(*program_, *values_);
}

nn::Matrix SequenceRun::inside(std::size_t layer, Inside what, Index first, Index count) const {
  const nn::Unrolled& steps = network_.recurrent[layer];
  const Index n = (*program_)[steps.states[0]].size.rows;
  const auto& nodes = what == Inside::state ? steps.states : what == Inside::cell ? steps.cells : steps.gates;
  const Index row = gated(what) ? block_of(what, steps.cell) * n : 0;
  nn::Matrix all(n, count);
  for (Index t = 0; t < count; t++) {
    const nn::ConstView now = (*values_)[nodes[std::size_t(first + t)]];
    for (Index i = 0; i < n; i++) all(i, t) = now(row + i, 0);
  }
  return all;
}

std::optional<nn::Signals> SequenceRun::from_cost() const {
  if (cost_ < 0) return std::nullopt;
  nn::Signals signals(*program_, cost_, nn::Wanted::everything);
  nn::backward(*program_, *values_, signals);
  return signals;
}

double SequenceRun::cost() const { return cost_ < 0 ? std::numeric_limits<double>::quiet_NaN() : double((*values_)[cost_](0, 0)); }

namespace {

// The words of the classes that are answered with: symbols of a text, else names.
const std::vector<std::string>& answer_names(const Study& study) {
  return study.set.text && study.set.text->running ? study.set.text->symbols.symbols() : study.set.class_names;
}

void add_classes(SequenceAnswers& answers, const nn::Real* shares, const std::vector<std::string>& names, Index place) {
  const std::vector<int> order = best(shares, std::ssize(names), int(answers.likeliest));
  for (Index k = 0; k < answers.likeliest; k++) {
    answers.foreseen.push_back(names[std::size_t(order[std::size_t(k)])]);
    answers.shares(place, k) = shares[order[std::size_t(k)]];
  }
}

SequenceAnswers classes_of(const Study& study, const SequenceRead& read, const SequenceRun& run, Index likeliest) {
  const auto& names = answer_names(study);
  const nn::ConstView output = run[run.network().output];
  const Index count = read.each_step ? read.steps : 1;
  SequenceAnswers answers;
  answers.likeliest = std::min(likeliest, std::ssize(names));
  answers.shares = nn::Matrix(count, answers.likeliest);
  for (Index t = 0; t < count; t++) {
    nn::Matrix shares(1, std::ssize(names));
    if (read.each_step)
      for (Index k = 0; k < shares.columns(); k++) shares(0, k) = output(k, read.before + t);
    else
      shares = shares_of_output(study, output, 1);
    add_classes(answers, shares.data(), names, t);
    if (!read.each_step || read.targets.size() == 0) continue;
    const Index wanted = Index(read.targets(0, read.before + t));
    answers.wanted.push_back(wanted >= 0 ? names[std::size_t(wanted)] : "");
  }
  if (!read.each_step && !study.given && study.example < std::ssize(study.set.labels))
    answers.wanted = {names[std::size_t(study.set.labels[std::size_t(study.example)])]};
  return answers;
}

std::string numbers_in_words(nn::ConstView column) {
  std::string words;
  for (Index i = 0; i < column.rows; i++) words += (i ? ", " : "") + decimal_words(double(column(i, 0)));
  return words;
}

}  // namespace

SequenceAnswers answers_of(const Study& study, const SequenceRead& read, const SequenceRun& run, Index likeliest) {
  if (study.set.classification()) return classes_of(study, read, run, likeliest);
  SequenceAnswers answers;
  const nn::ConstView output = run[run.network().output];
  answers.foreseen = {numbers_in_words(output.block(output.columns - 1, 1))};
  if (read.targets.size() > 0) answers.wanted = {numbers_in_words(read.targets)};
  return answers;
}

}  // namespace viz
