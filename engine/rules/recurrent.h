// Rules of relevance for the steps of recurrent layers.
#pragma once
#include "engine/rules.h"

namespace nn {

// What is multiplied by a gate takes all of the relevance, and the gate none (Arras et al. 2017); sums are shared by epsilon, or by rule
// zero where epsilon is 0. A symbol that is looked up takes what its vector takes: one number a step.
void add_recurrent_rules(Rules& rules, Real epsilon);

}  // namespace nn
