// Medians over runs, and thinning.
#include "viz/loss_history.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace viz::loss {

namespace {

std::array<double, figures> figures_of(const nn::Epoch& e) { return {e.train_loss, e.test_loss, e.train_accuracy, e.test_accuracy}; }

double median(const std::vector<double>& sorted) {
  if (sorted.empty()) return NAN;
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

}  // namespace

Spread spread(const std::vector<std::span<const nn::Epoch>>& runs) {
  std::size_t lines = 0;
  for (const auto& run : runs) lines = std::max(lines, run.size());
  Spread all;
  all.middle.reserve(lines * (1 + figures));
  if (runs.size() == 1) {
    for (const nn::Epoch& e : runs[0]) {
      all.middle.push_back(double(e.epoch));
      for (const double figure : figures_of(e)) all.middle.push_back(figure);
    }
    return all;
  }
  for (std::size_t i = 0; i < lines; i++) {
    for (const auto& run : runs) {
      if (i >= run.size()) continue;
      for (auto* rows : {&all.middle, &all.low, &all.high}) rows->push_back(double(run[i].epoch));
      break;
    }
    for (std::size_t k = 0; k < std::size_t(figures); k++) {
      std::vector<double> values;
      for (const auto& run : runs)
        if (i < run.size() && !std::isnan(figures_of(run[i])[k])) values.push_back(figures_of(run[i])[k]);
      std::ranges::sort(values);
      all.middle.push_back(median(values));
      all.low.push_back(values.empty() ? NAN : values.front());
      all.high.push_back(values.empty() ? NAN : values.back());
    }
  }
  return all;
}

std::vector<std::int64_t> thinned_lines(const std::vector<const std::vector<double>*>& parts, std::size_t lines) {
  constexpr std::size_t stretches = 500, width = 1 + figures;
  std::vector<std::int64_t> shown;
  if (lines <= 4 * stretches) {
    shown.resize(lines);
    std::iota(shown.begin(), shown.end(), 0);
    return shown;
  }
  for (std::size_t s = 0; s < stretches; s++) {
    const std::size_t first = s * lines / stretches, end = (s + 1) * lines / stretches;
    std::vector<std::int64_t> own = {std::int64_t(first), std::int64_t(end - 1)};
    for (const std::vector<double>* rows : parts)
      for (std::size_t k = 1; k < width; k++) {
        double low = INFINITY, high = -INFINITY;
        std::size_t least = first, greatest = first;
        for (std::size_t i = first; i < end; i++) {
          const double y = (*rows)[i * width + k];
          if (y < low) low = y, least = i;
          if (y > high) high = y, greatest = i;
        }
        own.push_back(std::int64_t(least)), own.push_back(std::int64_t(greatest));
      }
    std::ranges::sort(own);
    own.erase(std::unique(own.begin(), own.end()), own.end());
    shown.insert(shown.end(), own.begin(), own.end());
  }
  return shown;
}

}  // namespace viz::loss
