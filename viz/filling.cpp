// What patches show, from the data of a study.
#include <algorithm>
#include <stdexcept>

#include "viz/examples.h"
#include "viz/patches.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

constexpr Index most = 200;  // pictures of training that mean and median are taken of

// Mean and median of each channel, a row of the data set each.
struct Usual {
  nn::Matrix mean, median;
};
Usual usual(const Study& study) {
  const Index pictures = std::min(std::ssize(study.split.train), most), inputs = study.set.inputs.columns();
  const Index pixels = study.set.shape.height * study.set.shape.width;
  Usual result{nn::Matrix(1, inputs), nn::Matrix(1, inputs)};
  if (pictures == 0) return result;
  std::vector<Real> all;
  for (Index first = 0; first < inputs; first += pixels) {
    all.clear();
    double sum = 0;
    for (Index k = 0; k < pictures; k++) {
      const Real* row = study.set.inputs.view().row(study.split.train[std::size_t(k)]) + first;
      all.insert(all.end(), row, row + pixels);
    }
    for (const Real x : all) sum += double(x);
    std::nth_element(all.begin(), all.begin() + std::ssize(all) / 2, all.end());
    std::fill_n(result.mean.data() + first, pixels, Real(sum / double(all.size())));
    std::fill_n(result.median.data() + first, pixels, all[all.size() / 2]);
  }
  return result;
}

}  // namespace

Filling filling_of(const Study& study, Space space, double deviation) {
  const Index inputs = study.set.inputs.columns();
  const auto column = [&](const nn::Matrix& row) {
    const nn::Matrix read = space == Space::network ? study.inputs_of(row) : row;
    nn::Matrix x(read.columns(), 1);
    std::copy_n(read.data(), read.columns(), x.data());
    return x;
  };
  const auto plain = [&](Real value) {
    nn::Matrix row(1, inputs);
    nn::fill(row, value);
    return column(row);
  };
  const Real white = white_of(study.set);
  const Usual all = usual(study);
  return {plain(white / 2), column(all.mean), column(all.median), plain(0), plain(white), deviation};
}

}  // namespace viz
