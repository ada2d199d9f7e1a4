// How training went: loss and accuracy over epochs; of several seeds the median and the band from the least to the greatest.
#include <algorithm>
#include <cmath>
#include <functional>

#include "viz/figure.h"
#include "viz/methods.h"

namespace viz::loss {

namespace {

constexpr nn::Index figures = 4;  // of an epoch: losses, then accuracies, train before test
constexpr const char* names[figures] = {"train", "test", "train", "test"};

std::vector<double> figures_of(const nn::Epoch& e) { return {e.train_loss, e.test_loss, e.train_accuracy, e.test_accuracy}; }

double median(const std::vector<double>& sorted) {
  if (sorted.empty()) return NAN;
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

struct Spread {
  std::vector<double> middle, low, high;  // rows of: epoch, figures
};

// Line by line, over the runs that got that far.
Spread spread(const std::vector<std::span<const nn::Epoch>>& runs) {
  std::size_t lines = 0;
  for (const auto& run : runs) lines = std::max(lines, run.size());
  Spread all;
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

using Rows = nn::MatrixView<const double>;

Rows doubles(const nn::Tensor& tensor) {
  return {std::get<std::vector<double>>(tensor.numbers).data(), tensor.shape[0], tensor.shape[1], tensor.shape[1]};
}

Series series_of(const Numbers& numbers, nn::Index k, const Theme& theme) {
  const Rows rows = doubles(numbers["history"]);
  Series series{.name = names[k], .color = k % 2 ? theme.accent : theme.muted, .width = 1.8};
  if (k % 2 == 0) series.dash = {5, 3};
  for (nn::Index i = 0; i < rows.rows; i++) series.x.push_back(rows(i, 0)), series.y.push_back(rows(i, k + 1));
  if (!numbers.has("low")) return series;
  const Rows low = doubles(numbers["low"]), high = doubles(numbers["high"]);
  for (nn::Index i = 0; i < rows.rows; i++) series.low.push_back(low(i, k + 1)), series.high.push_back(high(i, k + 1));
  return series;
}

bool any_finite(const Series& s) {
  return std::ranges::any_of(s.y, [](double y) { return std::isfinite(y); });
}

Plot plot_of(const Numbers& numbers, nn::Index first, const Theme& theme) {
  Plot plot{.title = first ? "Accuracy" : "Loss", .x_label = "epoch", .note = "no epoch has ended yet"};
  for (nn::Index k = first; k < first + 2; k++) {
    Series series = series_of(numbers, k, theme);
    if (!any_finite(series)) continue;
    const double now = series.y.back();
    series.name += " " + (first ? number_words(std::round(now * 1000) / 10) + " %" : number_words(now));
    plot.series.push_back(std::move(series));
  }
  if (const std::string& seeds = words_of(numbers, "seeds")[0]; !seeds.empty()) plot.title += ", " + seeds;
  return plot;
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  std::vector<std::span<const nn::Epoch>> runs;
  if (!study.history.empty()) runs.push_back(study.history);
  for (const auto& run : study.runs)
    if (!run.empty()) runs.emplace_back(run);
  Spread all = spread(runs);
  const std::vector<nn::Index> shape = {nn::Index(all.middle.size()) / (1 + figures), 1 + figures};
  Numbers numbers;
  numbers.tensors.push_back({"history", shape, std::move(all.middle)});
  if (runs.size() > 1) {
    numbers.tensors.push_back({"low", shape, std::move(all.low)});
    numbers.tensors.push_back({"high", shape, std::move(all.high)});
  }
  numbers.words["columns"] = {"epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy"};
  numbers.words["seeds"] = {runs.size() > 1 ? "N = " + std::to_string(runs.size()) + " seeds: median, least to greatest" : ""};
  numbers.words["axis"] = {options.at("log") == 1 ? "log" : "linear"};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = box.inset(figure::margin, figure::margin);
  Plot loss = plot_of(numbers, 0, *style.theme), accuracy = plot_of(numbers, 2, *style.theme);
  loss.log_y = words_of(numbers, "axis")[0] == "log";
  if (!accuracy.series.empty() && room.height >= 260) {
    scene.append(draw(accuracy, room.cut_bottom(std::floor(room.height * 0.45)), *style.theme));
    room.cut_bottom(12);
  } else if (!accuracy.series.empty() && room.width >= 400) {  // side by side where the box is flat
    scene.append(draw(accuracy, room.cut_right(std::floor(room.width / 2)), *style.theme));
    room.cut_right(12);
  }
  scene.append(draw(loss, room, *style.theme));
  return scene;
}

}  // namespace viz::loss
