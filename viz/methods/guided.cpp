// Guided backpropagation (Springenberg, Dosovitskiy, Brox, Riedmiller 2014): ReLU passes what is positive, where its input was.
#include "viz/explainers.h"

namespace viz::guided {

Explanation explain(const Question& q, const Progress&) {
  return {.map = sent_to_input(q.target, q.net, nn::guided_backpropagation()),
          .shape = q.study.model.input,
          .note = !has_relu(q.study.model) ? "The network has no ReLU, so this is the plain gradient."
                                           : "Clear to see but hard to believe: it keeps looking alike when the network is destroyed."};
}

}  // namespace viz::guided
