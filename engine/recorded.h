// What a trainer keeps for each batch size: the program, its values and signals, and the batch itself. Inside the engine only.
#pragma once
#include "engine/trainer.h"

namespace nn {

struct Trainer::Recorded {
  Recorded(const Problem& problem, Loss loss, const Parameters& parameters, Index examples, Mode mode);
  Network network;
  int cost = -1;
  Program program;
  Values values;
  Signals signals;
  Matrix x, y;                  // the batch: inputs x examples, targets x examples; symbols: 1 x steps of all examples
  std::vector<Matrix> carried;  // states that a window begins with
  Matrix plain;                 // the inputs before augmentation; empty where there is none
  std::vector<Matrix> masks;    // of dropout

 private:
  Program record(const Problem& problem, Loss loss, Index examples, Mode mode);
};

}  // namespace nn
