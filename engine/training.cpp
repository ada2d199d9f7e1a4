// How a network is trained: names and the schedule of the rate.
#include "engine/training.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nn {

const std::string_view loss_names[4] = {"quadratic", "cross-entropy", "huber", "hinge"};
const std::string_view order_names[2] = {"once", "each epoch"};
const std::string_view schedule_names[4] = {"constant", "step", "cosine", "warm-up"};
const std::string_view update_names[8] = {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "adamw"};

double scheduled_rate(const Training& training, double epoch) {
  const double part = epoch / double(std::max<Index>(1, training.schedule_epochs));
  switch (training.schedule) {
    case Schedule::constant:
      return training.rate;
    case Schedule::step:
      return training.rate * std::pow(training.schedule_factor, std::floor(part));
    case Schedule::cosine:
      return training.rate / 2 * (1 + std::cos(std::numbers::pi * std::min(1.0, part)));
    case Schedule::warm_up:
      return training.rate * std::min(1.0, part);
  }
  return training.rate;
}

}  // namespace nn
