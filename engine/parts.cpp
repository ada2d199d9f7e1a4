// A batch in parts. What all layers of a convolutional network hold of a few examples stays in the cache; of a whole batch it does not,
// and training would wait for the memory. Parts are computed side by side where there are threads, and added in their order, so that the
// bits do not depend on the threads.
#include "engine/matrix.h"
#include "engine/recorded.h"

namespace nn {

namespace {

constexpr Index part = 16;  // examples: a register of the widest lanes

bool convolutional(const Model& model) {
  return std::ranges::any_of(model.layers, [](const Layer& layer) { return std::holds_alternative<Conv>(layer); });
}

// Its statistics are those of the whole batch.
bool normalizes_batches(const Model& model) {
  return std::ranges::any_of(model.layers, [](const Layer& layer) {
    const auto* norm = std::get_if<Normalize>(&layer);
    return norm && norm->norm == Norm::batch;
  });
}

}  // namespace

Index Trainer::part_of(Index n) const { return parted_ && n % part == 0 ? part : n; }

bool Trainer::can_be_parted(const Problem& problem) {
  return convolutional(problem.model) && !normalizes_batches(problem.model) && !problem.symbols && problem.window == 0;
}

// The cost is a mean over the examples:  dC/dw = sum over parts of (m_part / m) dC_part/dw
bool Trainer::learn_parts(Index n, const std::uint32_t* order) {
  const Real share_of_part = Real(part) / Real(n);
  double loss = 0;
  bool well = true;
  if (gradients_.size() == 0) gradients_ = Matrix(1, state_.parameters.numbers.size());
  fill(gradients_, 0);
  in_parts(
      n, part, Mode::training, [&](Recorded& batch, Index first) { load(batch, state_.position + first, order); },
      [](Recorded& batch) {
        forward(batch.program, batch.values);
        backward(batch.program, batch.values, batch.signals);
      },
      [&](Recorded& batch, Index) {
        batch_loss_ = batch.loss();
        if (diverging(batch, batch_loss_)) return well = false;
        loss += double(share_of_part) * batch_loss_;
        const ConstView g = batch.signals.gradients();
        for (Index i = 0; i < g.columns; i++) gradients_.data()[i] += share_of_part * g.data[i];
        return true;
      });
  if (!well) return false;
  batch_loss_ = loss;
  update(gradients_);
  return true;
}

}  // namespace nn
