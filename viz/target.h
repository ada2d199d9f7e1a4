// What is explained: a class, one unit, a whole map, all that a stage says, or any vector; a number S = constant + sum(seed (.) y_node).
#pragma once
#include <string>
#include <vector>

#include "viz/backward.h"
#include "viz/stages.h"

namespace viz {

struct Target {
  int node;                  // of the program
  nn::Matrix seed;           // rows of the node x 1: dS/dy, where the way back begins
  bool probability = false;  // of a class: its share of certainty instead of its logit
  std::string words = {};    // "the answer 7", "unit 3 of dense1", "map 2 of relu1"
  double constant = 0;       // 1 for the probability of "no" where the network says that of "yes"
};

// The shared options "target" (answer, truth, class, unit, map, stage), "class", counted from 1, and "score" (logit, probability); then
// those of stages.h, which say which unit, map or stage is meant.
std::vector<Option> target_options();

// What the options choose, for the first example of the network's values. std::invalid_argument where there is no such class or unit, no
// truth, or no probability.
Target target_of(const Study& study, const Backward& net, const Arguments& options);
// One output of the network as a target.
Target class_target(const Study& study, const Backward& net, nn::Index k, bool probability = false);

// S of every example.
nn::Matrix scores(const Target& target, const Backward& net);
// What the target sends back to the input by these rules: inputs x examples. 0 where it does not depend on the input.
nn::Matrix sent_to_input(const Target& target, const Backward& net, const nn::Rules& rules = nn::chain_rule());
// The same to any node before it.
nn::Matrix sent_to(int node, const Target& target, const Backward& net, const nn::Rules& rules = nn::chain_rule());

}  // namespace viz
