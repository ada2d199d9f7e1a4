// The rules of layer-wise relevance propagation as options, and what they send back.
#pragma once
#include "engine/relevance.h"
#include "viz/plot.h"
#include "viz/target.h"

namespace viz {

// "rule", everywhere or a known mixture; "first", "convolutions" and "dense", for a kind of layer; "layer" and "layerrule", for one layer;
// "epsilon", "alpha" and "gamma".
std::vector<Option> relevance_options();
nn::Composite composite_of(const Study& study, const Backward& net, const Arguments& options);

// The relevance of every node, from that of the target: seed (.) y. std::invalid_argument says which op has no rule, and what would do.
nn::Signals relevance_of(const Target& target, const Backward& net, const nn::Composite& composite);
// What the biases of a node's op took; of all where node is -1.
double absorbed_by_biases(const nn::Signals& signals, const nn::Program& program, int node = -1);
double total(nn::ConstView signal);

}  // namespace viz
