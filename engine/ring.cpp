// The snapshots that a session keeps.
#include <algorithm>

#include "engine/session.h"

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

}  // namespace nn
