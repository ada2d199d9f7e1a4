// Asking explainers.
#include "viz/explanation.h"

#include <algorithm>

#include "viz/neurons.h"

namespace viz {

using nn::Index;
using nn::Real;

double Explanation::residual() const {
  double rest = whole;
  for (const Share& share : shares) rest -= share.value;
  return shares.empty() ? NAN : rest;
}

nn::Matrix collapsed(const Explanation& e) {
  nn::Matrix map(e.shape.height, e.shape.width);
  const Index pixels = map.size();
  for (Index p = 0; p < pixels; p++) {
    double one = 0;
    for (Index c = 0; c < e.shape.channels; c++) {
      const double value = double(e.map(c * pixels + p, 0));
      one = e.is_signed ? one + value : std::max(one, std::abs(value));
    }
    map.data()[p] = Real(one);
  }
  return map;
}

bool has_relu(const nn::Model& model) {
  return std::ranges::any_of(model.layers, [](const nn::Layer& layer) {
    const auto* activation = std::get_if<nn::Activate>(&layer);
    return activation && activation->sigma == nn::Function::relu;
  });
}

namespace {

bool all_finite(nn::ConstView x) {
  for (Index i = 0; i < x.rows; i++)
    for (Index j = 0; j < x.columns; j++)
      if (!std::isfinite(x(i, j))) return false;
  return true;
}

Explanation asked(const Explainer& explainer, const Study& study, const nn::Matrix& x, const Arguments& options, const Progress& progress) {
  if (!all_finite(study.parameters.numbers))
    throw std::invalid_argument(
        "there are weights that are not finite numbers, so no pixel explains anything; a new start with a smaller rate would do");
  const Backward net(study, x);
  const Target target = target_of(study, net, options);
  const auto draw = options.find("draw");
  const Question question{study, x, net, target, options, draw == options.end() ? 1 : std::uint64_t(draw->second)};
  Explanation e = explainer.explain(question, progress);
  e.is_signed = explainer.is_signed;
  e.score = double(scores(target, net)(0, 0));
  if (!all_finite(e.map)) throw std::invalid_argument("the map has numbers that are not finite; smaller weights or another rule would do");
  return e;
}

}  // namespace

Explanation explained(const Explainer& explainer, const Study& study, const nn::Matrix& x, const Arguments& options,
                      const Progress& progress) {
  const std::string who = std::string(explainer.name) + ": ";
  try {
    return asked(explainer, study, x, options, progress);
  } catch (const std::invalid_argument& error) {
    const std::string what = error.what();
    throw std::invalid_argument(what.starts_with(who) ? what : who + what);
  }
}

Explanation explained(const Explainer& explainer, const Study& study, const Arguments& options, const Progress& progress) {
  return explained(explainer, study, study.inputs_of(chosen_example(study)), options, progress);
}

}  // namespace viz
