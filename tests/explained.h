// Networks with weights set by hand or drawn, and what explainers say of one input: for tests of explanations.
#pragma once
#include <initializer_list>

#include "datasets/dataset.h"
#include "datasets/split.h"
#include "viz/explainers.h"

namespace explained_test {

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

// A network on one example whose classes are its outputs.
struct Net {
  Net(const std::string& text, nn::Shape shape, Matrix x) : model(nn::parse_model(text, shape)), parameters(nn::parameters_of(model)) {
    set.inputs = std::move(x), set.shape = shape, set.target_name = "class";
    set.input_names = data::pixel_names(shape);
    for (Index k = 0; k < model.outputs(); k++) set.class_names.push_back(std::to_string(k));
    set.labels.assign(std::size_t(set.inputs.rows()), 0);
    for (int i = 0; i < set.inputs.rows(); i++) split.train.push_back(i);
    examples.inputs = set.inputs, examples.targets = Matrix(set.inputs.rows(), model.outputs());
    for (const nn::Parameter& p : parameters.list())
      if (!p.learned && p.name.ends_with("variance")) nn::fill(parameters[parameters.find(p.name)], 1);
  }
  // Row by row.
  Net& with(const std::string& name, std::initializer_list<double> numbers) {
    nn::View w = parameters[parameters.find(name)];
    Index i = 0;
    for (const double number : numbers) w(i / w.columns, i % w.columns) = Real(number), i++;
    return *this;
  }
  Net& filled(const std::string& name, double number) { return nn::fill(parameters[parameters.find(name)], Real(number)), *this; }
  // Weights and biases from -size to size.
  Net& drawn(std::uint64_t seed, double size = 1, bool biases = true) {
    nn::Generator random(seed);
    for (std::size_t i = 0; i < parameters.list().size(); i++) {
      const nn::View w = parameters[i];
      const bool variance = parameters.list()[i].name.ends_with("variance");
      for (Index k = 0; k < w.rows; k++)
        for (Index j = 0; j < w.columns; j++) {
          const double number = random.uniform(-size, size);
          w(k, j) = variance ? Real(0.5 + std::abs(number)) : parameters.list()[i].is_weight() || biases ? Real(number) : 0;
        }
    }
    return *this;
  }

  Study study(Index example = 0) const {
    return {.model = model,
            .parameters = parameters,
            .set = set,
            .split = split,
            .input_names = set.input_names,
            .inputs_of = inputs_of,
            .train = examples,
            .test = none,
            .history = {},
            .runs = {},
            .example = example};
  }
  Explanation explain(std::string_view name, Arguments options = {}, Index example = 0) const {
    const Explainer& e = explainer(name);
    return explained(e, study(example), arguments(method_of(e), options));
  }
  Matrix map(std::string_view name, Arguments options = {}, Index example = 0) const {
    return explain(name, std::move(options), example).map;
  }

  nn::Model model;
  nn::Parameters parameters;
  data::Dataset set;
  data::Split split;
  nn::Examples examples, none;
  std::function<Matrix(const Matrix&)> inputs_of = [](const Matrix& x) { return x; };
};

// Options: one unit of a stage, both counted as on the screen; a class, counted from 1.
inline Arguments unit_of(double stage, double unit) { return {{"target", 3}, {"stage", stage}, {"unit", unit}}; }
inline Arguments class_of(double k) { return {{"target", 2}, {"class", k}}; }
// Where both say something of an option, the second counts.
inline Arguments both(const Arguments& a, Arguments b) { return b.insert(a.begin(), a.end()), b; }

inline Matrix row(std::initializer_list<double> numbers) {
  Matrix x(1, Index(numbers.size()));
  Index i = 0;
  for (const double number : numbers) x(0, i++) = Real(number);
  return x;
}
inline Matrix random_row(Index size, std::uint64_t seed, double low = 0, double high = 1) {
  nn::Generator random(seed);
  Matrix x(1, size);
  for (Index i = 0; i < size; i++) x(0, i) = Real(random.uniform(low, high));
  return x;
}

// The largest difference, for maps that should be the same.
inline double distance(nn::ConstView a, std::initializer_list<double> b) {
  double most = a.rows * a.columns == Index(b.size()) ? 0 : INFINITY;
  Index i = 0;
  for (const double number : b) most = std::max(most, std::abs(double(a(i / a.columns, i % a.columns)) - number)), i++;
  return most;
}
inline double distance(nn::ConstView a, nn::ConstView b) {
  if (a.rows != b.rows || a.columns != b.columns) return INFINITY;
  double most = 0;
  for (Index i = 0; i < a.rows; i++)
    for (Index j = 0; j < a.columns; j++) most = std::max(most, std::abs(double(a(i, j)) - double(b(i, j))));
  return most;
}
inline double total_of(nn::ConstView x) {
  double sum = 0;
  for (Index i = 0; i < x.rows; i++)
    for (Index j = 0; j < x.columns; j++) sum += double(x(i, j));
  return sum;
}

// Captum's small convolutional network: 4x4 numbers 0 .. 15, plus `more` each; the score is its first unit.
inline Net one_conv(double more = 0) {
  Matrix x(1, 16);
  for (Index i = 0; i < 16; i++) x(0, i) = Real(double(i) + more);
  Net net("conv 2 3x3, relu, dense 4, relu", {1, 4, 4}, std::move(x));
  net.filled("conv1.weight", 1).with("conv1.bias", {-50, -75});
  std::initializer_list<double> w = {1, 1, 1, 1, 1, -1, -1, -1, 1, 1, 1, 1, 1, -1, -1, -1,
                                     1, 1, 1, 1, 1, -1, -1, -1, 1, 1, 1, 1, 1, -1, -1, -1};
  return std::move(net.with("dense1.weight", w));
}

}  // namespace explained_test
