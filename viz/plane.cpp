// The output over the plane.
#include "viz/plane.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

using nn::Real;

// The values of the output that are the ends of the colours.
std::vector<Real> span_of(const Study& study) {
  if (study.set.classification()) {
    const auto* last = std::get_if<nn::Activate>(&study.model.last());
    const bool from_zero = study.model.outputs() > 1 || (last && last->sigma == nn::Function::sigmoid);
    return {Real(from_zero ? 0 : -1), 1};
  }
  double low = 0, high = 0;
  for (nn::Index i = 0; i < study.train.count(); i++) {
    const double y = study.train.targets(i, 0);
    low = std::min(low, y), high = std::max(high, y);
  }
  const double most = std::max({-low, high, 1e-6});
  return {Real(low < 0 ? -most : 0), Real(high > 0 || low == 0 ? most : 0)};
}

void add_part(Numbers& numbers, const Study& study, const char* name, const std::vector<int>& rows, const nn::Examples& examples) {
  std::vector<Real> all;
  const nn::Matrix& inputs = study.set.inputs;
  for (std::size_t i = 0; i < rows.size(); i++) {
    all.insert(all.end(), inputs.view().row(rows[i]), inputs.view().row(rows[i]) + inputs.columns());
    all.push_back(study.set.classification() ? Real(study.set.labels[static_cast<std::size_t>(rows[i])])
                                             : examples.targets(nn::Index(i), 0));
  }
  const nn::Index count = nn::Index(rows.size());
  numbers.tensors.push_back(tensor_of_reals(name, {count, inputs.columns() + 1}, std::move(all)));
  numbers.tensors.push_back({std::string(name) + " rows", {count}, std::vector<std::int64_t>(rows.begin(), rows.end())});
}

std::size_t classes_of(const Numbers& numbers) { return words_of(numbers, "classes").size(); }

}  // namespace

void add_output(Numbers& numbers, const Study& study, int resolution, nn::Index neuron) {
  const Plane plane = plane_of(study);
  const nn::Index points = nn::Index(resolution) * resolution;
  nn::Index outputs = 1;
  std::vector<Real> all, chosen(neuron < 0 ? 0 : std::size_t(points));
  in_blocks(study, grid(plane, resolution), [&](const Block& block) {
    const nn::ConstView a = block.values[block.network.output];
    if (all.empty()) outputs = study.set.classification() ? a.rows : 1, all.resize(std::size_t(points * outputs));
    Real* to = all.data() + block.first * outputs;
    for (nn::Index j = 0; j < block.count; j++)
      for (nn::Index i = 0; i < outputs; i++) *to++ = a(i, j);
    nn::Index i = neuron;
    for (const std::vector<int>& layer : block.network.layers) {
      const nn::ConstView said = block.values[layer.back()];
      if (i >= 0 && i < said.rows) std::copy_n(said.row(i), block.count, chosen.data() + block.first);
      i -= said.rows;
    }
  });
  numbers.tensors.push_back(tensor_of_reals("output", {resolution, resolution, outputs}, std::move(all)));
  if (neuron >= 0) numbers.tensors.push_back(tensor_of_reals("chosen", {resolution, resolution}, std::move(chosen)));
  numbers.tensors.push_back(tensor_of_reals("plane", {4}, {Real(plane.x.low), Real(plane.x.high), Real(plane.y.low), Real(plane.y.high)}));
  numbers.tensors.push_back(tensor_of_reals("span", {2}, span_of(study)));
}

void add_points(Numbers& numbers, const Study& study, bool test) {
  numbers.words["columns"] = study.set.input_names;
  add_part(numbers, study, "train", study.split.train, study.train);
  if (test) add_part(numbers, study, "test", study.split.test, study.test);
}

void discretize(Numbers& numbers) {
  const std::size_t classes = classes_of(numbers);
  const nn::ConstView span = rows_of(numbers["span"]);
  const Real low = span(0, 0), high = span(0, 1), steps = classes ? 1 : 9;
  for (nn::Tensor& tensor : numbers.tensors) {
    if (tensor.name != "output") continue;
    auto& all = std::get<std::vector<Real>>(tensor.numbers);
    const std::size_t outputs = static_cast<std::size_t>(tensor.shape.back());
    for (std::size_t i = 0; i < all.size(); i += outputs) {
      if (outputs == 1) {
        const Real share = std::clamp((all[i] - low) / (high - low), Real(0), Real(1));
        all[i] = low + std::round(share * steps) / steps * (high - low);
        continue;
      }
      const auto first = all.begin() + std::ptrdiff_t(i), end = first + std::ptrdiff_t(outputs);
      const auto said = std::max_element(first, end) - first;
      std::fill(first, end, Real(0));
      first[said] = 1;
    }
  }
}

}  // namespace viz
