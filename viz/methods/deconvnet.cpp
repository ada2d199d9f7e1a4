// The deconvnet (Zeiler, Fergus 2014): every layer undone in turn. Pools put numbers back to their switches, ReLU lets only positive
// numbers pass, filters are turned round.
#include <algorithm>

#include "viz/explainers.h"

namespace viz::deconvnet {

Explanation explain(const Question& q, const Progress&) {
  const bool convolutions =
      std::ranges::any_of(q.study.model.layers, [](const nn::Layer& layer) { return std::holds_alternative<nn::Conv>(layer); });
  if (!convolutions)
    throw std::invalid_argument("the network has no convolution that could be undone; a run with one, or the method saliency, would do");
  return {.map = sent_to_input(q.target, q.net, nn::deconvnet()),
          .shape = q.study.model.input,
          .note = !has_relu(q.study.model)
                      ? "The network has no ReLU, so this is the plain gradient."
                      : "It sees the picture only through the switches of its pools: it does not tell reliably where."};
}

}  // namespace viz::deconvnet
