// How training went: loss and accuracy over epochs; of several seeds the median and the band from the least to the greatest; of a second
// network its test figures beside.
#include <algorithm>
#include <cmath>
#include <optional>

#include "viz/figure.h"
#include "viz/loss_history.h"
#include "viz/loss_units.h"
#include "viz/methods.h"

namespace viz::loss {

namespace {

constexpr const char* names[figures] = {"train", "test", "train", "test"};

using Rows = nn::MatrixView<const double>;

Rows doubles(const nn::Tensor& tensor) {
  return {std::get<std::vector<double>>(tensor.numbers).data(), tensor.shape[0], tensor.shape[1], tensor.shape[1]};
}

const std::vector<std::int64_t>& shown_lines(const Numbers& numbers) { return whole_numbers(numbers, "shown"); }

Series series_of(const Numbers& numbers, nn::Index k, const Theme& theme) {
  const Rows rows = doubles(numbers["history"]);
  Series series{.name = names[k], .color = k % 2 ? theme.accent : theme.muted, .width = 1.8};
  if (k % 2 == 0) series.dash = {5, 3};
  for (const std::int64_t i : shown_lines(numbers)) series.x.push_back(rows(i, 0)), series.y.push_back(rows(i, k + 1));
  if (!numbers.has("low")) return series;
  const Rows low = doubles(numbers["low"]), high = doubles(numbers["high"]);
  for (const std::int64_t i : shown_lines(numbers)) series.low.push_back(low(i, k + 1)), series.high.push_back(high(i, k + 1));
  return series;
}

// Of the second network its test figure, or that of training where nothing tests.
std::optional<Series> second_series(const Numbers& numbers, nn::Index first) {
  if (!numbers.has("second")) return std::nullopt;
  const Rows rows = doubles(numbers["second"]);
  const auto finite = [&](nn::Index k) { return rows.rows > 0 && std::isfinite(rows(rows.rows - 1, k + 1)); };
  if (!finite(first) && !finite(first + 1)) return std::nullopt;
  const nn::Index k = finite(first + 1) ? first + 1 : first;
  Series series{.name = std::string("second ") + names[k], .color = category(1), .width = 1.8};
  for (nn::Index i = 0; i < rows.rows; i++) series.x.push_back(rows(i, 0)), series.y.push_back(rows(i, k + 1));
  return series;
}

bool any_finite(const Series& s) {
  return std::ranges::any_of(s.y, [](double y) { return std::isfinite(y); });
}

Plot plot_of(const Numbers& numbers, nn::Index first, const Theme& theme) {
  Plot plot{
      .title = first ? "Accuracy" : words_of(numbers, "title")[0], .x_label = "epoch", .whole_x = true, .note = "no epoch has ended yet"};
  const auto add = [&](Series series) {
    if (!any_finite(series)) return;
    const double now = series.y.back();  // none where nothing tests any more, or training has diverged, which is said elsewhere
    if (!std::isnan(now)) series.name += " " + (first ? number_words(std::round(now * 1000) / 10) + " %" : number_words(now));
    plot.series.push_back(std::move(series));
  };
  for (nn::Index k = first; k < first + 2; k++) add(series_of(numbers, k, theme));
  if (const auto second = second_series(numbers, first)) add(*second);
  const auto begins = [](const Series& s) { return s.x.back() == 0; };
  if (std::ranges::all_of(plot.series, begins)) plot.x_range = Range{0, 1};  // before the first epoch
  if (const std::string& seeds = words_of(numbers, "seeds")[0]; !seeds.empty()) plot.title += ", " + seeds;
  return plot;
}

// "epoch 57: train loss 0.0481, test loss 0.0523, train accuracy 99.2 %, test accuracy 98.4 %"
std::string read_out(Rows rows, nn::Index i, const std::string& what) {
  std::string words = "epoch " + count_words(nn::Index(rows(i, 0)));
  const char* between = ": ";
  for (nn::Index k = 0; k < figures; k++) {
    const double value = rows(i, k + 1);
    if (std::isnan(value)) continue;
    words.append(between).append(names[k]).append(k < 2 ? " " + what + " " : " accuracy ");
    words += k < 2 ? number_words(value) : number_words(std::round(value * 1000) / 10) + " %";
    between = ", ";
  }
  return words;
}

// Invisible strips over the plot's area, about 4 pixels wide: "epoch:57", on the accuracy "epoch:57:accuracy", with what the nearest line
// of the history says.
void add_read_outs(Scene& scene, const Numbers& numbers, const Plot& plot, Box room, const std::string& suffix) {
  const Axes frame = axes(plot, room);
  const Rows rows = doubles(numbers["history"]);
  if (frame.empty || rows.rows == 0) return;
  const double span = rows(rows.rows - 1, 0) - rows(0, 0);
  const nn::Index strips = std::min<nn::Index>(rows.rows, std::max<nn::Index>(1, nn::Index(frame.area.width / 4)));
  for (nn::Index s = 0; s < strips; s++) {
    const nn::Index i = strips == 1 ? 0 : s * (rows.rows - 1) / (strips - 1);
    const double half = span > 0 && strips > 1 ? frame.area.width / double(strips - 1) / 2 : frame.area.width;
    const double x = frame.at(rows(i, 0), 1).x, from = std::max(frame.area.x, x - half), to = std::min(frame.area.right(), x + half);
    if (to - from < 1) continue;
    scene.add(Rect{.box = {from, frame.area.y, to - from, frame.area.height},
                   .id = "epoch:" + std::to_string(nn::Index(rows(i, 0))) + suffix,
                   .tip = read_out(rows, i, words_of(numbers, "what")[0])});
  }
}

// The plot and its read-outs.
void add_plot(Scene& scene, const Numbers& numbers, const Plot& plot, Box room, const Style& style, const std::string& suffix = "") {
  scene.append(draw(plot, room, *style.theme));
  add_read_outs(scene, numbers, plot, room, suffix);
}

// What the losses are called, and what stands above them: "bits", "Loss in bits a character".
void name_losses(Numbers& numbers, const Study& study, LossUnit unit) {
  const bool entropy = study.loss == nn::Loss::cross_entropy;
  const std::string each = each_symbol(study.set);
  std::string what = "loss", title = "Loss";
  if (entropy && unit == LossUnit::perplexity) what = "perplexity", title = "Perplexity";
  if (entropy && unit == LossUnit::bits) what = "bits", title = "Loss in bits" + each;
  if (entropy && unit == LossUnit::nats && !each.empty()) title = "Loss in nats" + each;
  numbers.words["what"] = {what};
  numbers.words["title"] = {title};
}

// The columns with losses of lines of epoch, train loss, test loss, ...
void convert(std::vector<double>& lines, LossUnit unit) {
  for (std::size_t i = 0; i + figures < lines.size(); i += 1 + figures)
    for (std::size_t k = 1; k <= 2; k++) lines[i + k] = in_unit(lines[i + k], unit);
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  std::vector<std::span<const nn::Epoch>> runs;
  if (!study.history.empty()) runs.push_back(study.history);
  for (const auto& run : study.runs)
    if (!run.empty()) runs.emplace_back(run);
  Spread all = spread(runs), second;
  if (study.other && !study.other->history.empty()) second = spread({study.other->history});
  const LossUnit unit = LossUnit(int(options.at("unit")));
  if (study.loss == nn::Loss::cross_entropy)
    for (std::vector<double>* lines : {&all.middle, &all.low, &all.high, &second.middle}) convert(*lines, unit);
  const std::vector<nn::Index> shape = {nn::Index(all.middle.size()) / (1 + figures), 1 + figures};
  Numbers numbers;
  std::vector<const std::vector<double>*> parts = {&all.middle};
  if (runs.size() > 1) parts.push_back(&all.low), parts.push_back(&all.high);
  std::vector<std::int64_t> shown = thinned_lines(parts, std::size_t(shape[0]));
  const nn::Index drawn = nn::Index(shown.size());
  numbers.tensors.push_back({"history", shape, std::move(all.middle)});
  numbers.tensors.push_back({"shown", {drawn}, std::move(shown)});
  if (runs.size() > 1) {
    numbers.tensors.push_back({"low", shape, std::move(all.low)});
    numbers.tensors.push_back({"high", shape, std::move(all.high)});
  }
  if (!second.middle.empty()) {
    const nn::Index lines = nn::Index(second.middle.size()) / (1 + figures);
    const auto kept = thinned_lines({&second.middle}, std::size_t(lines));
    std::vector<double> thin;
    for (const std::int64_t line : kept) {
      const auto begin = second.middle.begin() + std::ptrdiff_t(line * (1 + figures));
      thin.insert(thin.end(), begin, begin + 1 + figures);
    }
    numbers.tensors.push_back({"second", {std::ssize(kept), 1 + figures}, std::move(thin)});
  }
  numbers.words["columns"] = {"epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy"};
  numbers.words["seeds"] = {runs.size() > 1 ? "N = " + std::to_string(runs.size()) + " seeds: median, least to greatest" : ""};
  name_losses(numbers, study, unit);
  numbers.words["axis"] = {options.at("log") == 1 ? "log" : "linear"};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = box.inset(figure::margin, figure::margin);
  Plot loss = plot_of(numbers, 0, *style.theme), accuracy = plot_of(numbers, 2, *style.theme);
  loss.log_y = words_of(numbers, "axis")[0] == "log";
  if (!accuracy.series.empty() && room.height >= 260 && room.width < 2.4 * room.height) {
    add_plot(scene, numbers, accuracy, room.cut_bottom(std::floor(room.height * 0.45)), style, ":accuracy");
    room.cut_bottom(12);
  } else if (!accuracy.series.empty() && room.width >= 400) {  // side by side where the box is flat
    add_plot(scene, numbers, accuracy, room.cut_right(std::floor(room.width / 2)), style, ":accuracy");
    room.cut_right(12);
  }
  add_plot(scene, numbers, loss, room, style);
  return scene;
}

}  // namespace viz::loss
