// A recurrent network that reads on: some symbols of some streams at a time, each call beginning with the states that the last one ended
// with.
#pragma once
#include <vector>

#include "viz/study.h"

namespace viz {

struct TextRunner {
  nn::Network network;
  nn::Program program;
  nn::Values values;
  nn::Matrix x;                     // symbols, steps x streams: to be filled before forward()
  std::vector<nn::Matrix> carried;  // the states, zero at first

  TextRunner(const Study& study, const nn::Parameters& parameters, nn::Index streams, nn::Index steps);
  void forward();
  void forget(nn::Index stream);  // its states become zero
};

}  // namespace viz
