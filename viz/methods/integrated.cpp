// Integrated gradients (Sundararajan, Taly, Yan 2017): slopes all the way from a baseline to the picture.
#include <algorithm>

#include "viz/baseline.h"
#include "viz/explainers.h"

namespace viz::integrated {

using nn::Index;
using nn::Real;

namespace {

constexpr Index at_once = 64, most = 1024;  // steps in one batch; steps at most
constexpr double good_enough = 0.005;       // of the difference may be missing

// sum over the steps of dS/dx at b + t (x - b), t in the middle or at the end of each of n steps
nn::Matrix mean_gradient(const Question& q, const nn::Matrix& baseline, Index n, bool at_end, const Progress& progress) {
  nn::Matrix mean(q.x.columns(), 1);
  for (Index first = 0; first < n; first += at_once) {
    progress(double(first) / double(n));
    const Index count = std::min(at_once, n - first);
    nn::Matrix rows(count, q.x.columns());
    for (Index k = 0; k < count; k++) {
      const double t = (double(first + k) + (at_end ? 1 : 0.5)) / double(n);
      for (Index i = 0; i < rows.columns(); i++)
        rows(k, i) = Real(double(baseline(0, i)) + t * (double(q.x(0, i)) - double(baseline(0, i))));
    }
    const nn::Matrix slopes = sent_to_input(q.target, Backward(q.study, rows));
    for (Index i = 0; i < mean.rows(); i++) {
      double sum = 0;
      for (Index k = 0; k < count; k++) sum += double(slopes(i, k));
      mean(i, 0) += Real(sum / double(n));
    }
  }
  return mean;
}

}  // namespace

// R = (x - b) (.) integral over t from 0 to 1 of dS/dx(b + t (x - b));  sum R = S(x) - S(b)
Explanation explain(const Question& q, const Progress& progress) {
  const nn::Matrix baseline = baseline_of(q.study, q.options);
  const auto asked = q.options.find("steps");
  const Index fixed = asked == q.options.end() ? 0 : Index(asked->second);
  const auto points = q.options.find("points");
  const bool at_end = points != q.options.end() && points->second > 0;
  const Backward there(q.study, baseline);
  Explanation e{.shape = q.study.model.input};
  e.whole = double(scores(q.target, q.net)(0, 0)) - double(scores(q.target, there)(0, 0));
  for (Index n = fixed > 0 ? fixed : 32;; n *= 2) {
    e.map = mean_gradient(q, baseline, n, at_end, progress);
    double sum = 0;
    for (Index i = 0; i < e.map.rows(); i++) {
      e.map(i, 0) *= q.x(0, i) - baseline(0, i);
      sum += double(e.map(i, 0));
    }
    e.shares = {{"pixels", sum}};
    e.promise = "With " + std::to_string(n) + " steps all pixels add up to what the score has more than that of the baseline:";
    if (fixed > 0 || 2 * n > most || std::abs(e.residual()) <= good_enough * std::abs(e.whole)) return e;
  }
}

}  // namespace viz::integrated
