// SmoothGrad (Smilkov et al. 2017): the mean of the gradients at many noisy copies of the picture.
#include <algorithm>

#include "viz/explainers.h"

namespace viz::smoothgrad {

using nn::Index;

// M = mean over n of dS/dx at x + noise, its deviation a part of max x - min x
Explanation explain(const Question& q, const Progress& progress) {
  const auto asked = [&](const char* name, double otherwise) {
    const auto at = q.options.find(name);
    return at == q.options.end() ? otherwise : at->second;
  };
  const Index n = Index(asked("samples", 25));
  const auto [least, greatest] = std::minmax_element(q.x.data(), q.x.data() + q.x.size());
  const double deviation = asked("noise", 0.15) * double(*greatest - *least);
  constexpr Index at_once = 25;
  nn::Generator random(q.seed, "smoothgrad");
  Explanation e{.map = nn::Matrix(q.x.columns(), 1), .shape = q.study.model.input, .note = hardly_selective};
  for (Index first = 0; first < n; first += at_once) {
    progress(double(first) / double(n));
    nn::Matrix rows(std::min(at_once, n - first), q.x.columns());
    for (Index k = 0; k < rows.rows(); k++)
      for (Index i = 0; i < rows.columns(); i++) rows(k, i) = q.x(0, i) + nn::Real(deviation * random.normal());
    const nn::Matrix slopes = sent_to_input(q.target, Backward(q.study, rows));
    for (Index i = 0; i < slopes.rows(); i++)
      for (Index k = 0; k < slopes.columns(); k++) e.map(i, 0) += slopes(i, k) / nn::Real(n);
  }
  return e;
}

}  // namespace viz::smoothgrad
