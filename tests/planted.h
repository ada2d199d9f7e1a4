// Planted outlines for tests of explanations: pictures with two of them, networks trained on them, and how well a map finds the outline
// that the masks tell: by definition and slowly.
#pragma once
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "datasets/experiment.h"
#include "viz/explainers.h"
#include "viz/workbench.h"

namespace planted {

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

constexpr Index images = 60, pairs = 36;

inline double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

inline Matrix row_of(const Matrix& all, Index i) { return Matrix(nn::ConstView{all.view().row(i), 1, all.columns(), all.columns()}); }

// Whether the largest number lies within the mask.
inline bool points(const Matrix& map, const Real* mask) {
  return mask[std::max_element(map.data(), map.data() + map.size()) - map.data()] > 0;
}

// The share of the pairs of a pixel inside and one outside where the first has the larger number; equal ones count half.
inline double ranked_inside(const Matrix& map, const Real* mask) {
  double right = 0, all = 0;
  for (Index i = 0; i < map.size(); i++)
    for (Index j = 0; j < map.size(); j++) {
      if (!(mask[i] > 0) || mask[j] > 0) continue;
      const Real a = map.data()[i], b = map.data()[j];
      right += a > b ? 1 : a == b ? 0.5 : 0, all++;
    }
  return right / all;
}

inline double positive_inside(const Matrix& map, const Real* mask) {
  double sum = 0;
  for (Index i = 0; i < map.size(); i++) sum += mask[i] > 0 ? std::max(0.0, double(map.data()[i])) : 0;
  return sum;
}

// Two outlines in one picture: the box of the second is laid over the first.
struct Pair {
  Matrix x;
  Index first, second;  // rows of the set
};
inline std::vector<Pair> pairs_of(const data::Dataset& set, const std::vector<int>& rows) {
  std::vector<Pair> all;
  for (std::size_t i = 0; i + 1 < rows.size() && std::ssize(all) < pairs; i++)
    for (std::size_t j = i + 1; j < std::min(rows.size(), i + 8); j++) {
      const Index a = rows[i], b = rows[j];
      if (set.labels[std::size_t(a)] == set.labels[std::size_t(b)]) continue;
      bool meet = false;
      for (Index p = 0; p < set.masks.columns(); p++) meet = meet || (set.masks(a, p) > 0 && set.masks(b, p) > 0);
      if (meet) continue;
      Pair pair{row_of(set.inputs, a), a, b};
      for (Index p = 0; p < set.masks.columns(); p++)
        if (set.masks(b, p) > 0) pair.x(0, p) = set.inputs(b, p);
      all.push_back(std::move(pair));
      break;
    }
  return all;
}

inline Arguments of_class(const data::Dataset& set, Index row, const Arguments& options) {
  Arguments all = options;
  all["target"] = 2, all["class"] = set.labels[std::size_t(row)] + 1;
  return all;
}

inline Explanation ask(const Study& study, std::string_view name, const Arguments& options, const Matrix& x) {
  const Explainer& e = explainer(name);
  return explained(e, study, x, arguments(method_of(e), options));
}

struct Trained {
  std::unique_ptr<Workbench> bench;
  std::shared_ptr<const nn::Snapshot> before;
  double accuracy;
  Study study() const { return bench->study(); }
};

inline Trained trained(const std::string& layers, Index seed) {
  data::Experiment e = data::load_experiment(data::experiments_folder() / "planted.toml");
  data::set(e, "model.layers=" + layers);
  data::set(e, "data.samples=6000"), data::set(e, "train.epochs=10");
  const data::Prepared prepared = [&] {
    data::Experiment same = e;
    same.seed = 1;  // the same data for all
    return data::prepare(same, "");
  }();
  e.seed = std::uint64_t(seed);
  Trained net{std::make_unique<Workbench>(e, prepared), {}, 0};
  net.before = net.bench->session().snapshot();
  while (net.bench->session().advance(1000) > 0) {
  }
  const auto history = net.bench->study().history;
  net.accuracy = history.back().test_accuracy;
  return net;
}

}  // namespace planted
