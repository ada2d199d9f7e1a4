// Pictures in which nothing is to be seen: what a picture is compared with to say what its pixels add.
#pragma once
#include "viz/method.h"

namespace viz {

// "baseline": black, white, the mean picture of the training examples, or its mean number everywhere.
Option baseline_option();
// A row that goes into the network.
nn::Matrix baseline_of(const Study& study, const Arguments& options);

}  // namespace viz
