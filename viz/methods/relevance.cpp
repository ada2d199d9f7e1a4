// Layer-wise relevance propagation (Bach et al. 2015): the score itself flows back, and every layer shares what arrives among its inputs.
#include "viz/explainers.h"
#include "viz/relevance_options.h"

namespace viz::relevance {

// sum of R over the pixels + what the biases took = S
Explanation explain(const Question& q, const Progress&) {
  const nn::Signals signals = relevance_of(q.target, q.net, composite_of(q.study, q.net, q.options));
  const nn::ConstView x = signals[q.net.network().x];
  const int input = q.net.network().x;
  Explanation e{.map = x.data ? nn::Matrix(x) : nn::Matrix(q.study.model.input.size(), 1), .shape = q.study.model.input};
  if (q.target.node == input) return e;
  e.shares = {{"pixels", total(e.map)}, {"biases", absorbed_by_biases(signals, q.net.program())}};
  e.whole = double(scores(q.target, q.net)(0, 0)) - q.target.constant;
  e.promise = "The relevance of all pixels and what the biases took add up to the score:";
  const auto rule = q.options.find("rule");
  if (rule != q.options.end() && rule->second == 3) e.note = "Hard to believe: z-plus keeps looking alike when the network is destroyed.";
  return e;
}

}  // namespace viz::relevance
