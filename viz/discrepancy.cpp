// Noise in windows, and the mean over the images that a unit says most of.
#include "viz/discrepancy.h"

#include <algorithm>
#include <cmath>

#include "viz/many_inputs.h"
#include "viz/top_images.h"

namespace viz {

using nn::Index;
using nn::Real;

std::vector<Real> discrepancies(const Score& score, nn::ConstView x, const nn::Shape& picture, const std::vector<Pixels>& windows,
                                const Filling& filling, Index draws, std::uint64_t seed, const std::function<void(double)>& done) {
  std::vector<double> sums(windows.size());
  nn::Generator random(seed, "patches");
  for (Index k = 0; k < draws; k++) {
    const nn::Matrix noise = filled(Fill::noise, x, picture, filling, random);
    const auto so_far = [&](double share) {
      if (done) done((double(k) + share) / double(draws));
    };
    const std::vector<Real> drop = drops(score, x, picture, windows, noise, so_far);
    for (std::size_t i = 0; i < sums.size(); i++) sums[i] += std::abs(double(drop[i]));
  }
  std::vector<Real> result;
  for (const double sum : sums) result.push_back(Real(sum / double(draws)));
  return result;
}

namespace {

bool meet(const Pixels& a, const Pixels& b) { return a.top < b.bottom() && b.top < a.bottom() && a.left < b.right() && b.left < a.right(); }

// Adds a map to a larger one that has its middle at the middle of a field, in half pixels rounded down.
void add_centred(nn::ConstView map, const Pixels& field, std::vector<double>& sums, std::vector<double>& counts) {
  const Index columns = 2 * map.columns - 1;
  const Index down = map.rows - 1 - (2 * field.top + field.height - 1) / 2,
              right = map.columns - 1 - (2 * field.left + field.width - 1) / 2;
  for (Index i = 0; i < map.rows; i++)
    for (Index j = 0; j < map.columns; j++) {
      if (i + down < 0 || i + down > 2 * map.rows - 2 || j + right < 0 || j + right >= columns) continue;
      const std::size_t at = std::size_t((i + down) * columns + j + right);
      sums[at] += double(map(i, j)), counts[at]++;
    }
}

}  // namespace

SeenField seen_field(const Study& study, std::size_t stage, Index unit, const SeenFieldOptions& options, std::uint64_t seed,
                     const std::function<void(double)>& done) {
  const nn::Shape picture = study.set.shape;
  const nn::Model part = up_to(study.model, stage);
  ManyInputs network(part, study.parameters);
  const std::vector<Stage> all = stages(network.network(), network.program());
  const Stage& of = all[stage];
  const ReceptiveFields fields(part, all);
  const std::vector<Pixels> places =
      windows(picture, options.patch, options.patch, options.stride, options.stride, Border::grid, "patches").all;
  const Filling filling = filling_of(study, Space::network, 1);

  SeenField seen{.average = nn::Matrix(2 * picture.height - 1, 2 * picture.width - 1)};
  std::vector<double> sums(std::size_t(seen.average.size())), counts(sums.size());
  const auto top = top_images(study, stage, options.searched, std::size_t(options.images)).at(std::size_t(unit));
  for (std::size_t k = 0; k < top.size(); k++) {
    if (!(top[k].value > 0)) break;  // it says nothing of this image and of those that follow
    const Pixels field = fields.inside(stage, top[k].row, top[k].column), open = fields.field(stage, top[k].row, top[k].column);
    std::vector<Pixels> met;  // windows elsewhere change nothing
    for (const Pixels& window : places)
      if (meet(window, field)) met.push_back(window);
    const nn::Matrix x = column_of(nn::ConstView{study.train.inputs.view().row(top[k].image), 1, picture.size(), picture.size()});
    nn::Matrix one(of.shape.size(), 1);
    one((unit * of.shape.height + top[k].row) * of.shape.width + top[k].column, 0) = 1;
    const std::vector<Real> d = discrepancies(network.score(of.node, std::move(one)), x, picture, met, filling, options.draws, seed + k);
    std::vector<Real> everywhere;
    auto next = d.begin();
    for (const Pixels& window : places) everywhere.push_back(meet(window, field) ? *next++ : Real(0));
    add_centred(spread(places, everywhere, picture, Spread::mean), open, sums, counts);
    seen.images++;
    if (done) done(double(k + 1) / double(top.size()));
  }
  double most = 0;
  for (std::size_t i = 0; i < sums.size(); i++) {
    seen.average.data()[i] = Real(counts[i] > 0 ? sums[i] / counts[i] : 0);
    most = std::max(most, double(seen.average.data()[i]));
  }
  Index area = 0;
  for (Index i = 0; i < seen.average.size(); i++) area += most > 0 && double(seen.average.data()[i]) > most / 2;
  seen.size = std::sqrt(double(area));
  return seen;
}

}  // namespace viz
