// Input times gradient (Shrikumar et al. 2016): what each pixel adds to the score if the network were linear.
#include "viz/baseline.h"
#include "viz/explainers.h"

namespace viz::inputxgradient {

// R = (x - b) (.) dS/dx
Explanation explain(const Question& q, const Progress&) {
  nn::Matrix map = sent_to_input(q.target, q.net);
  const nn::Matrix baseline = baseline_of(q.study, q.options);
  for (nn::Index i = 0; i < map.rows(); i++) map(i, 0) *= q.x(0, i) - baseline(0, i);
  return {.map = std::move(map), .shape = q.study.model.input, .note = hardly_selective};
}

}  // namespace viz::inputxgradient
