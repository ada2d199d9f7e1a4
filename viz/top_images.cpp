// Running the first layers of a network over images, and keeping the best.
#include "viz/top_images.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels.h"
#include "viz/stages.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

constexpr Index block = 50;  // images at a time: few enough to stay in the cache

bool larger(Real a, Real b) { return a > b || (std::isnan(b) && !std::isnan(a)); }

// The largest number of each example (column) among some rows of a value, and in which of these rows it is first.
struct Largest {
  std::vector<Real> value;
  std::vector<Index> row;

  Largest(nn::ConstView y, Index first, Index rows) : value(y.row(first), y.row(first) + y.columns), row(std::size_t(y.columns)) {
    for (Index i = 1; i < rows; i++) {
      const Real* numbers = y.row(first + i);
      for (std::size_t n = 0; n < value.size(); n++)
        if (larger(numbers[n], value[n])) value[n] = numbers[n], row[n] = i;
    }
  }
};

void keep(std::vector<Peak>& best, const Peak& peak, std::size_t count) {
  if (best.size() == count && !larger(peak.value, best.back().value)) return;
  const auto after = std::find_if(best.begin(), best.end(), [&](const Peak& other) { return larger(peak.value, other.value); });
  best.insert(after, peak);
  if (best.size() > count) best.pop_back();
}

}  // namespace

std::vector<std::vector<Peak>> top_images(const Study& study, std::size_t stage, Index images, std::size_t count) {
  const nn::Matrix& inputs = study.train.inputs;
  const Index all = std::min(images, inputs.rows()), examples = std::min(block, all);
  std::vector<std::vector<Peak>> best;
  if (all == 0) return best;
  nn::Tape tape;
  const nn::Network network = up_to(study.model, stage).record(tape, examples, nn::Mode::evaluation);
  const nn::Program program = tape.finish();
  nn::Values values(program);
  const std::vector<int> slots = program.of_kind(nn::Kind::parameter);
  for (std::size_t i = 0; i < slots.size(); i++) values.bind(slots[i], study.parameters[i]);  // the first of all
  nn::Matrix x(inputs.columns(), examples);
  values.bind(network.x, x);
  const nn::Shape shape = program[network.output].size.shape;
  const Index pixels = shape.height * shape.width;
  best.resize(std::size_t(shape.channels));
  for (Index done = 0; done < all; done += examples) {
    const Index first = std::min(done, all - examples);  // the last block begins early enough to be full
    nn::kernels().transpose(examples, inputs.columns(), inputs.view().row(first), inputs.columns(), x.data(), examples);
    nn::forward(program, values);
    for (Index unit = 0; unit < shape.channels; unit++) {
      const Largest largest(values[network.output], unit * pixels, pixels);
      for (Index n = done - first; n < examples; n++) {
        const Index row = largest.row[std::size_t(n)];
        keep(best[std::size_t(unit)], {largest.value[std::size_t(n)], first + n, row / shape.width, row % shape.width}, count);
      }
    }
  }
  return best;
}

}  // namespace viz
