// How a network is trained: every hyper-parameter, all of which may change between two steps.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "engine/kernels.h"

namespace nn {

enum class Loss { quadratic, cross_entropy, huber, hinge };
enum class Order { once, each_epoch };  // shuffle once before the first epoch (the playground's way), or before each
enum class Schedule { constant, step, cosine, warm_up };

struct Training {
  Loss loss = Loss::quadratic;
  Update optimizer = Update::sgd;
  double rate = 0.03;  // eta
  Index batch = 10;    // examples a step; the last batch of an epoch may be shorter and is a step of its own
  Order shuffle = Order::once;
  double l1 = 0, l2 = 0;  // penalties on weights, decoupled from the loss and from the optimizer, not part of the shown loss
  double clip = 0;        // largest norm of the whole gradient; 0 for none
  double momentum = 0.9, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = 0.01;

  Schedule schedule = Schedule::constant;
  Index schedule_epochs = 10;    // step: every so many epochs; cosine: down to 0 over so many; warm_up: up to the rate over so many
  double schedule_factor = 0.5;  // step: times this

  // A run ends with the first of these that holds; 0 means never.
  Index epochs = 0;
  double seconds = 0, target_loss = 0;
  Index patience = 0;  // epochs without a better test loss

  bool operator==(const Training&) const = default;
};

// The rate at a moment of training; `epoch` counts fractions of an epoch.
//   step     eta f^floor(epoch / E)      cosine  eta/2 (1 + cos(pi min(1, epoch / E)))  (Loshchilov and Hutter 2016)
//   warm_up  eta min(1, epoch / E)       (Goyal et al. 2017)
double scheduled_rate(const Training& training, double epoch);

// The names in an experiment file, in the order of the enumerators: "cross-entropy", "each epoch", "warm-up", "adamw".
extern const std::string_view loss_names[4], order_names[2], schedule_names[4], update_names[8];

}  // namespace nn
