// The plane of the inputs, and what neurons say.
#include "viz/neurons.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "engine/kernels.h"
#include "engine/ops.h"

namespace viz {

namespace {

Range range_of(const nn::Matrix& inputs, nn::Index column) {
  Range range{-6, 6};
  double low = 0, high = 0;
  for (nn::Index i = 0; i < inputs.rows(); i++) {
    const double x = inputs(i, column);
    low = i ? std::min(low, x) : x, high = i ? std::max(high, x) : x;
  }
  if (low < range.low || high > range.high) {
    const double margin = std::max(0.08 * (high - low), 1e-6);
    range = {low - margin, high + margin};
  }
  return range;
}

}  // namespace

bool has_maps(const nn::Model& model) {
  return std::ranges::any_of(model.layers, [](const nn::Layer& layer) {
    return std::holds_alternative<nn::Conv>(layer) || std::holds_alternative<nn::Pool>(layer) ||
           std::holds_alternative<nn::GlobalPool>(layer) || std::holds_alternative<nn::Upsampling>(layer);
  });
}

nn::Matrix chosen_example(const Study& study) {
  if (study.given) return study.given->row;
  const nn::Matrix& all = study.set.inputs;
  if (study.example < 0 || study.example >= all.rows())
    throw std::invalid_argument("example " + std::to_string(study.example) + ": the data have " + std::to_string(all.rows()) +
                                " examples, counted from 0");
  nn::Matrix row(1, all.columns());
  std::copy_n(all.view().row(study.example), all.columns(), row.data());
  return row;
}

std::string example_words(const Study& study) {
  if (study.given) return study.given->words;
  std::string words = "example " + count_words(study.example);
  if (!study.set.labels.empty()) {
    const int label = study.set.labels[static_cast<std::size_t>(study.example)];
    words += ": " + word_at(study.set.class_names, label);
  }
  return words;
}

Plane plane_of(const Study& study) {
  Plane plane{range_of(study.set.inputs, 0), {}};
  if (study.two_dimensional()) plane.y = range_of(study.set.inputs, 1);
  return plane;
}

nn::Matrix grid(const Plane& plane, int resolution) {
  nn::Matrix points(nn::Index(resolution) * resolution, 2);
  const auto at = [&](Range range, double share) { return nn::Real(range.low + share * (range.high - range.low)); };
  for (int i = 0; i < resolution; i++)
    for (int j = 0; j < resolution; j++) {
      points(nn::Index(i) * resolution + j, 0) = at(plane.x, (j + 0.5) / resolution);
      points(nn::Index(i) * resolution + j, 1) = at(plane.y, 1 - (i + 0.5) / resolution);
    }
  return points;
}

void in_blocks(const Study& study, const nn::Matrix& rows, const std::function<void(const Block&)>& visit) {
  const nn::Matrix inputs = study.inputs_of(rows);
  const nn::Index all = inputs.rows(), count = std::min<nn::Index>(all, 1024);
  if (all == 0) return;
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, count, nn::Mode::evaluation);
  const nn::Program program = tape.finish();
  nn::Values values(program);
  nn::Matrix x(inputs.columns(), count);
  nn::bind(study.parameters, values);
  values.bind(network.x, x);
  for (nn::Index next = 0; next < all; next += count) {
    const nn::Index first = std::min(next, all - count);  // the last block begins early enough to be full
    nn::kernels().transpose(count, inputs.columns(), inputs.view().row(first), inputs.columns(), x.data(), count);
    nn::forward(program, values);
    visit({first, count, network, values});
  }
}

void add_names(Numbers& numbers, const Study& study) {
  std::vector<std::string> layers = {"input"}, parameters = {"x"};
  std::map<std::string, int> count;
  for (const nn::Layer& layer : study.model.layers) {
    std::string sigma;
    const auto* conv = std::get_if<nn::Conv>(&layer);
    if (conv || std::holds_alternative<nn::Dense>(layer)) {
      const std::string kind = !conv ? "dense" : conv->transposed ? "deconv" : "conv";
      parameters.push_back(kind + std::to_string(++count[kind]));
      layers.push_back(parameters.back());
    } else if (const auto* activation = std::get_if<nn::Activate>(&layer)) {
      sigma = nn::name(activation->sigma);
    } else if (std::holds_alternative<nn::Softmax>(layer)) {
      sigma = "softmax";
    }
    if (!sigma.empty()) layers.back() += " · " + sigma;
  }
  numbers.words["layers"] = std::move(layers);
  numbers.words["parameters"] = std::move(parameters);
  numbers.words["inputs"] = study.input_names;
  numbers.words["classes"] = study.set.class_names;
  numbers.words["moment"] = {moment(study)};
}

void add_neurons(Numbers& numbers, const Study& study, int resolution) {
  const bool map = study.two_dimensional();
  const nn::Matrix raw = map ? grid(plane_of(study), resolution) : chosen_example(study);
  std::vector<nn::Real> all, sizes;
  nn::Index count = 0;
  in_blocks(study, raw, [&](const Block& block) {
    if (sizes.empty()) {
      for (const std::vector<int>& layer : block.network.layers) {
        sizes.push_back(nn::Real(block.values[layer.back()].rows));
        count += block.values[layer.back()].rows;
      }
      all.resize(std::size_t(count * raw.rows()));
    }
    nn::Real* to = all.data() + block.first;
    for (const std::vector<int>& layer : block.network.layers) {
      const nn::ConstView a = block.values[layer.back()];
      for (nn::Index i = 0; i < a.rows; i++, to += raw.rows()) std::copy_n(a.row(i), block.count, to);
    }
  });
  const nn::Index side = map ? resolution : 1, layers = nn::Index(sizes.size());
  numbers.tensors.push_back(tensor_of_reals("neurons", {count, side, side}, std::move(all)));
  numbers.tensors.push_back(tensor_of_reals("sizes", {layers}, std::move(sizes)));
  if (map) return;
  numbers.words["example"] = {example_words(study)};
  const nn::Shape shape = study.set.shape;
  if (shape.height > 1 && shape.width > 1)
    numbers.tensors.push_back(nn::tensor_of("picture", {shape.channels * shape.height, shape.width}, raw));
}

Image neuron_image(const Numbers& numbers, nn::Index neuron, Box box, Scale scale, double range) {
  const nn::Tensor& all = numbers["neurons"];
  const nn::Index side = all.shape[1];
  nn::ConstView map = rows_of(all);
  map = {map.row(neuron * side), side, side, side};
  Image image = heat(map, box, scale, -range, range);
  image.smooth = side > 1;
  return image;
}

bool is_map(const Numbers& numbers) { return numbers["neurons"].shape[1] > 1; }

std::vector<int> sizes_of(const Numbers& numbers) {
  const nn::ConstView sizes = rows_of(numbers["sizes"]);
  return {sizes.data, sizes.data + sizes.columns};
}

}  // namespace viz
