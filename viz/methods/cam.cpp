// Class activation maps (Zhou et al. 2015): where every map is averaged before the last layer, the class's weights say what each is worth.
#include "viz/explainers.h"
#include "viz/weighted_maps.h"

namespace viz::cam {

namespace {

// The averaging before the last layer of weights; -1 where the network is made otherwise.
int averaging_before(const Question& q) {
  const nn::Program& program = q.net.program();
  const auto op = [&](int node) { return program[node].op ? program[node].op->name() : std::string_view(); };
  const int last = q.net.network().logits;
  if (op(last) != "affine") return -1;
  const int before = program[last].inputs[1];
  return op(before) == "global_average_pool" ? before : -1;
}

Stage stage_of(const Question& q, int node) {
  for (const Stage& stage : stages(q.net.network(), q.net.program()))
    if (stage.node == node) return stage;
  throw std::invalid_argument("what is averaged is no stage; the method gradcam would do");
}

}  // namespace

// M(i,j) = sum_k w_k F_k(i,j);  mean M + b = the logit
Explanation explain(const Question& q, const Progress&) {
  const int averaging = averaging_before(q), logits = q.net.network().logits;
  if (averaging < 0)
    throw std::invalid_argument("the network does not end in global average pooling and one dense layer; Grad-CAM (gradcam) would do");
  if (q.target.node != logits) throw std::invalid_argument("only the logit of a class has such a map; Grad-CAM (gradcam) would do");
  WeightedMaps weighted{stage_of(q, q.net.program()[averaging].inputs[0]), {}, {}};
  weighted.maps = maps(q.net[weighted.stage.node], weighted.stage.shape);
  const nn::Inputs last = q.net.values().inputs_of(logits);
  double bias = 0;
  for (nn::Index k = 0; k < last[0].columns; k++) {
    double weight = 0;
    for (nn::Index c = 0; c < last[0].rows; c++) weight += double(q.target.seed(c, 0)) * double(last[0](c, k));
    weighted.weights.push_back(weight);
  }
  for (nn::Index c = 0; c < last[0].rows; c++) bias += double(q.target.seed(c, 0)) * double(last[2](c, 0));
  nn::Matrix sum = weighted.sum();
  double mean = 0;
  for (nn::Index p = 0; p < sum.size(); p++) mean += double(sum.data()[p]) / double(sum.size());
  Explanation e = explanation_of(q, weighted, std::move(sum));
  e.shares = {{"mean of the map", mean}, {"bias", bias}};
  e.whole = double(scores(q.target, q.net)(0, 0)) - q.target.constant;
  e.promise = "The mean of the map and the bias of the class add up to the score:";
  return e;
}

}  // namespace viz::cam
