// LIME (Ribeiro et al. 2016): the picture in pieces, many with some left out; the linear function of the pieces that comes nearest to the
// score, nearer pictures counting more.
#include <algorithm>

#include "viz/explainers.h"
#include "viz/figure.h"
#include "viz/pieces.h"

namespace viz::lime {

using nn::Index;

Explanation explain(const Question& q, const Progress& progress) {
  const Cut cut = cut_picture(q, "lime");
  const nn::Matrix on = some_coalitions(count_of(cut.pieces), Index(q.options.at("samples")), q.seed);
  const Scores scores = scores_of(cut, on, q, progress);
  std::vector<double> importance;
  for (Index k = 0; k < on.columns(); k++) {
    double share = 0;
    for (Index i = 0; i < on.rows(); i++) share += double(on(i, k)) / double(on.rows());
    importance.push_back(nearness(share));
  }
  const LinearFit fit = linear_fit(on, scores, importance, q.options.at("ridge"));
  Explanation e = painted_explanation(cut, fit.weights, q);
  e.note = "the linear fit over " + std::to_string(on.rows()) + " pieces explains " + number_words(100 * fit.explained) +
           " % of the score's variance; a pixel has its share of its piece";
  return e;
}

}  // namespace viz::lime
