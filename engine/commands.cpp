// Commands to a session: what may be posted, how it is carried out, and what the journal keeps of it.
#include <stdexcept>

#include "engine/session.h"

namespace nn {

// What will be in force once everything posted before is carried out decides whether a command fits.
void Session::check(const Command& command) const {
  std::shared_ptr<const Problem> problem = trainer_.problem();
  Training training = trainer_.training();
  for (const Command& earlier : commands_) {
    if (const auto* set = std::get_if<SetTraining>(&earlier)) training = set->training;
    if (const auto* set = std::get_if<SetProblem>(&earlier)) {
      problem = set->problem;
      training = set->training.value_or(training);
    }
  }
  if (const auto* set = std::get_if<SetTraining>(&command)) trainer_.check(*problem, set->training);
  if (const auto* set = std::get_if<SetWeight>(&command)) trainer_.check_weight(set->parameter, set->row, set->column);
  if (const auto* set = std::get_if<SetProblem>(&command)) {
    if (!set->problem) throw std::invalid_argument("session: there is no problem to learn");
    trainer_.check(*set->problem, set->training.value_or(training));
  }
}

void Session::carry_out(const Command& command) {
  note(command);
  if (const auto* set = std::get_if<SetTraining>(&command)) trainer_.set(set->training);
  if (const auto* set = std::get_if<SetWeight>(&command)) trainer_.set_weight(set->parameter, set->row, set->column, set->value);
  if (const auto* set = std::get_if<SetProblem>(&command)) trainer_.set(set->problem, set->training.value_or(trainer_.training()));
}

// Of examples that are dragged about before a step is made, the journal would keep every position.
void Session::note(const Command& command) {
  const auto is_data = [](const Command& c) { return std::holds_alternative<SetProblem>(c) && !std::get<SetProblem>(c).training; };
  if (is_data(command) && !journal_.empty() && journal_.back().step == trainer_.state().step && is_data(journal_.back().command))
    journal_.pop_back();
  journal_.push_back({trainer_.state().step, command});
}

void Session::post(const Command& command) {
  const std::lock_guard lock(mutex_);
  check(command);
  if (stepping_) {
    commands_.push_back(command);
    attention_ = true;
  } else {
    carry_out(command);
    latest_ = trainer_.snapshot();
  }
}

}  // namespace nn
