// Guided Grad-CAM (Selvaraju et al. 2017): where by Grad-CAM, what by guided backpropagation.
#include <algorithm>

#include "viz/explainers.h"
#include "viz/weighted_maps.h"

namespace viz::guidedgradcam {

Explanation explain(const Question& q, const Progress& progress) {
  const Explanation where = gradcam::explain(q, progress);
  Explanation e{.map = sent_to_input(q.target, q.net, nn::guided_backpropagation()), .shape = q.study.model.input};
  const nn::Index pixels = where.map.rows();
  for (nn::Index i = 0; i < e.map.rows(); i++) e.map(i, 0) *= where.map(i % pixels, 0);
  return e;
}

}  // namespace viz::guidedgradcam
