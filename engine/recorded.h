// What a trainer keeps for each batch size: the program, its values and signals, and the batch itself. Inside the engine only.
#pragma once
#include <algorithm>

#include "engine/threads.h"
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

  double loss() const { return double(values[cost](0, 0)); }

 private:
  Program record(const Problem& problem, Loss loss, Index examples, Mode mode);
};

// n examples, `part` at a time: load(batch, first) and take(batch, first) one after another in their order, compute(batch) of several
// parts side by side where there are threads for them. Ends where take() says false.
template <class Load, class Compute, class Take>
void Trainer::in_parts(Index n, Index part, Mode mode, const Load& load, const Compute& compute, const Take& take) {
  for (Index first = 0; first < n;) {
    const Index size = std::min(part, n - first), teams = std::clamp<Index>(parted_ ? threads() : 1, 1, (n - first) / size);
    for (Index team = 0; team < teams; team++) load(recorded(size, mode, team), first + team * size);
    const auto work = [&](Index from, Index to) {
      for (Index team = from; team < to; team++) compute(*programs_.at({size, mode, team}));
    };
    teams > 1 ? share(teams, 1, std::ref(work)) : work(0, 1);
    for (Index team = 0; team < teams; team++, first += size)
      if (!take(recorded(size, mode, team), first)) return;
  }
}

}  // namespace nn
