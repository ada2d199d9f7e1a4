// RISE (Petsiuk et al. 2018): many random masks; a pixel counts as much as the score was high where it was seen.
#include <algorithm>

#include "viz/coalitions.h"
#include "viz/examples.h"
#include "viz/explainers.h"
#include "viz/many_inputs.h"
#include "viz/patches.h"

namespace viz::rise {

using nn::Index;

// S = 1 / p mean_m f(m (.) x + (1 - m) (.) baseline) m ,  less its least, which all pixels share
Explanation explain(const Question& q, const Progress& progress) {
  require_pictures(q.study, "rise");
  const nn::Shape picture = q.study.set.shape;
  const Index count = Index(q.options.at("masks")), pixels = picture.height * picture.width;
  const double p = q.options.at("seen");
  const nn::Matrix x = column_of(q.x), masks = random_masks(picture, Index(q.options.at("cells")), p, count, q.seed);
  nn::Generator random(q.seed, "rise");
  const nn::Matrix baseline = filled(Fill(int(q.options.at("fill"))), x, picture, filling_of(q.study, Space::network, 3), random);

  ManyInputs network(q.study);
  const Score score = network.score(q.target.node, q.target.seed);
  Scores scores;
  constexpr Index at_once = 256;
  for (Index first = 0; first < count; first += at_once) {
    const Index some = std::min(at_once, count - first);
    nn::Matrix inputs(x.rows(), some);
    for (Index i = 0; i < x.rows(); i++)
      for (Index k = 0; k < some; k++) inputs(i, k) = baseline(i, 0) + masks(i % pixels, first + k) * (x(i, 0) - baseline(i, 0));
    const Scores said = score(inputs);
    scores.insert(scores.end(), said.begin(), said.end());
    progress(double(first + some) / double(count));
  }
  const std::vector<double> sums = mean_of_masks(masks, scores, p);
  const double least = *std::min_element(sums.begin(), sums.end());
  nn::Matrix map(pixels, 1);
  for (Index i = 0; i < pixels; i++) map(i, 0) = nn::Real(sums[std::size_t(i)] - least);
  return {.map = map,
          .shape = {1, picture.height, picture.width},
          .note = "the mean score where a pixel is seen, less the least, over " + std::to_string(count) + " masks"};
}

}  // namespace viz::rise
