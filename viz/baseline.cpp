// Pictures in which nothing is to be seen.
#include "viz/baseline.h"

#include <algorithm>

#include "viz/examples.h"

namespace viz {

using nn::Index;

Option baseline_option() {
  return {.name = "baseline",
          .help = "the picture in which nothing is to be seen",
          .initial = 0,
          .low = 0,
          .high = 3,
          .step = 1,
          .words = {"black", "white", "mean", "grey"},
          .shared = false};
}

namespace {

// Of the first so many training examples: a mean needs no more.
constexpr std::size_t most = 1000;

nn::Matrix mean_row(const Study& study) {
  const nn::Matrix& all = study.set.inputs;
  nn::Matrix mean(1, all.columns());
  const std::size_t count = std::min(study.split.train.size(), most);
  for (std::size_t i = 0; i < count; i++)
    for (Index p = 0; p < all.columns(); p++) mean(0, p) += all(study.split.train[i], p) / nn::Real(count);
  return mean;
}

}  // namespace

nn::Matrix baseline_of(const Study& study, const Arguments& options) {
  const auto asked = options.find("baseline");
  const int which = asked == options.end() ? 0 : int(asked->second);
  nn::Matrix row(1, study.set.inputs.columns());
  if (which == 1) nn::fill(row, white_of(study.set));
  if (which >= 2) row = mean_row(study);
  if (which == 3) {
    double sum = 0;
    for (Index p = 0; p < row.size(); p++) sum += double(row.data()[p]);
    nn::fill(row, nn::Real(sum / double(row.size())));
  }
  return study.inputs_of(row);
}

}  // namespace viz
