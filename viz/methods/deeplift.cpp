// DeepLIFT, the rescale rule (Shrikumar, Greenside, Kundaje 2017): slopes between a baseline and the picture, layer by layer.
#include "engine/relevance.h"
#include "viz/baseline.h"
#include "viz/explainers.h"
#include "viz/relevance_options.h"

namespace viz::deeplift {

// R = (x - b) (.) m;  sum R = S(x) - S(b)
Explanation explain(const Question& q, const Progress&) {
  if (q.target.probability) throw std::invalid_argument("there is no rule for the softmax or sigmoid at the end; --score logit would do");
  const nn::Matrix baseline = baseline_of(q.study, q.options);
  // Both through one program, so that the rules find the baseline's values by node.
  const Backward there(q.study, baseline);
  nn::Values values(q.net.program());
  nn::bind(q.study.parameters, values);
  const nn::ConstView column = there[there.network().x];
  values.bind(q.net.network().x, column);
  nn::forward(q.net.program(), values);
  Explanation e{.shape = q.study.model.input};
  try {
    e.map = sent_to_input(q.target, q.net, nn::deeplift(values));
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string(error.what()) + "; a target before it, or the method integrated, would do");
  }
  for (nn::Index i = 0; i < e.map.rows(); i++) e.map(i, 0) *= q.x(0, i) - baseline(0, i);
  e.shares = {{"pixels", total(e.map)}};
  e.whole = double(scores(q.target, q.net)(0, 0)) - double(scores(q.target, there)(0, 0));
  e.promise = "All pixels add up to what the score has more than that of the baseline:";
  return e;
}

}  // namespace viz::deeplift
