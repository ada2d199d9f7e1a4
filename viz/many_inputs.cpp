// Blocks of inputs.
#include "viz/many_inputs.h"

#include <algorithm>

namespace viz {

namespace {

using nn::Index;
using nn::Real;

constexpr Index block = 64;  // inputs at a time: few enough to stay in the cache

nn::Program record(const nn::Model& model, nn::Network& network) {
  nn::Tape tape;
  network = model.record(tape, block, nn::Mode::evaluation);
  return tape.finish();
}

}  // namespace

nn::Matrix column_of(nn::ConstView numbers) {
  nn::Matrix x(numbers.rows * numbers.columns, 1);
  for (Index i = 0; i < numbers.rows; i++) std::copy_n(numbers.row(i), numbers.columns, x.data() + i * numbers.columns);
  return x;
}

ManyInputs::ManyInputs(const Study& study) : ManyInputs(study.model, study.parameters) {}

ManyInputs::ManyInputs(const nn::Model& model, const nn::Parameters& parameters)
    : program_(record(model, network_)), values_(program_), x_(model.input.size(), block) {
  const std::vector<int> slots = program_.of_kind(nn::Kind::parameter);
  for (std::size_t i = 0; i < slots.size(); i++) values_.bind(slots[i], parameters[i]);  // of part of a model the first of all
  values_.bind(network_.x, x_);
}

void ManyInputs::run(nn::ConstView inputs, const Visit& visit) {
  for (Index first = 0; first < inputs.columns; first += block) {
    const Index count = std::min(block, inputs.columns - first);
    for (Index i = 0; i < inputs.rows; i++) {
      std::copy_n(inputs.row(i) + first, count, x_.view().row(i));
      std::fill(x_.view().row(i) + count, x_.view().row(i) + block, x_(i, 0));
    }
    nn::forward(program_, values_);
    visit(first, count, values_);
  }
}

nn::Matrix ManyInputs::values(nn::ConstView inputs, int node) {
  nn::Matrix all(program_[node].size.rows, inputs.columns);
  run(inputs, [&](Index first, Index count, const nn::Values& values) {
    for (Index i = 0; i < all.rows(); i++) std::copy_n(values[node].row(i), count, all.view().row(i) + first);
  });
  return all;
}

Score ManyInputs::score(int node, nn::Matrix seed) {
  return [this, node, seed = std::move(seed)](nn::ConstView inputs) {
    std::vector<Real> scores(std::size_t(inputs.columns));
    run(inputs, [&](Index first, Index count, const nn::Values& values) {
      for (Index k = 0; k < count; k++) {
        double sum = 0;
        for (Index i = 0; i < seed.rows(); i++)
          if (seed(i, 0) != 0) sum += double(seed(i, 0)) * double(values[node](i, k));
        scores[std::size_t(first + k)] = Real(sum);
      }
    });
    return scores;
  };
}

}  // namespace viz
