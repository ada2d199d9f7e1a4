// Saliency (Simonyan, Vedaldi, Zisserman 2013): how fast the score changes with every pixel.
#include "viz/explainers.h"

namespace viz::saliency {

// M_ij = max_c |dS/dx_cij|; the maximum is taken by collapsed()
Explanation explain(const Question& q, const Progress&) {
  return {.map = sent_to_input(q.target, q.net), .shape = q.study.model.input, .note = hardly_selective};
}

}  // namespace viz::saliency
