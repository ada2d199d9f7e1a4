// The norms on a logarithmic axis, and a table: what is left at some lags, and by which factor it changes a step.
#include <algorithm>
#include <cmath>

#include "viz/lag.h"
#include "viz/text.h"

namespace viz::lag {

namespace {

using figure::small;
using nn::Index;

constexpr double least_shown = 1e-12;

struct View {
  const Numbers& numbers;
  nn::ConstView lag, factors, kinds;
  Index lags, networks;
  bool share;
  explicit View(const Numbers& of) : numbers(of), lag(rows_of(of["lag"])), factors(rows_of(of["factors"])), kinds(rows_of(of["kinds"])) {
    lags = of["lag"].shape[1], networks = of["lag"].shape[0];
    share = double(rows_of(of["examples"])(0, 2)) != 0;
  }
  double at(Index network, Index k, Index what = 0) const { return double(lag(network * lags + k, what)); }
  bool trained(Index network) const { return double(kinds(network, 0)) != 0; }
  bool second(Index network) const { return double(kinds(network, 1)) != 0; }
  const std::string& name(Index network) const { return words_of(numbers, "networks")[std::size_t(network)]; }
  Color color(Index network) const { return category(second(network) ? 1 : 0); }
};

Plot plot_of(const View& view, double height) {
  Plot plot{.x_label = "lag k: how many steps before the last one",
            .y_label = height < 260 ? "gradient norm"
                       : view.share ? "norm of the gradient at lag k : at lag 0"
                                    : "norm of the gradient at lag k",
            .log_y = true,
            .whole_x = true,
            .note = "no gradient comes back"};
  double low = 1, high = view.share ? 1 : 0;
  for (Index n = 0; n < view.networks; n++) {
    Series series{.name = view.name(n), .color = view.color(n), .width = view.trained(n) ? 2.4 : 1.6};
    if (!view.trained(n)) series.dash = {5, 4};
    for (Index k = 0; k < view.lags; k++) {
      series.y.push_back(view.at(n, k)), series.low.push_back(view.at(n, k, 1)), series.high.push_back(view.at(n, k, 2));
      for (const double value : {series.y.back(), view.trained(n) ? series.low.back() : series.y.back(), series.high.back()})
        if (value > 0 && std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
    }
    if (!view.trained(n)) series.low.clear(), series.high.clear();
    plot.series.push_back(std::move(series));
  }
  if (high > 0) plot.y_range = Range{std::max(low, std::min(least_shown, high / 10)) / 1.5, high * 1.5};
  return plot;
}

// Which lags the table lists.
std::vector<Index> listed(Index lags) {
  std::vector<Index> all;
  for (const Index k : {1, 5, 10, 20, 40, 100})
    if (k < lags) all.push_back(k);
  if (all.empty() || lags - 1 > all.back() + all.back() / 3) all.push_back(lags - 1);
  return all;
}

std::string power_words(double value) {
  if (std::isnan(value)) return "–";
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", value);
  if (value >= 0.01 && value < 1000) std::snprintf(text, sizeof text, "%.3g", value);
  std::string words = text;
  if (const std::size_t e = words.find("e-0"); e != words.npos) words.replace(e, 3, "e-");
  if (const std::size_t minus = words.find('-'); minus != words.npos) words.replace(minus, 1, "−");
  return words;
}

std::string examples_words(const View& view) {
  const nn::ConstView counts = rows_of(view.numbers["examples"]);
  const Index examples = Index(counts(0, 0)), longest = Index(counts(0, 1));
  std::string words = "measured by back-propagation; ";
  if (examples == 1) return words + "one example";
  words += "median of " + count_words(examples) + " examples, band: the middle half of them";
  if (longest < examples)
    words += "; " + count_words(longest) + (longest == 1 ? " is" : " are") + " as long as lag " + count_words(view.lags - 1);
  return words;
}

void add_table(Scene& scene, const View& view, Box box, const Style& style) {
  const Theme& theme = *style.theme;
  std::vector<Index> lags = listed(view.lags);
  const double names = std::min(230.0, box.width * 0.4), column = 74;
  while (!lags.empty() && names + column * double(lags.size() + 1) > box.width) lags.pop_back();
  const auto at = [&](std::size_t i) { return box.x + names + column * double(i + 1) - 6; };
  const double heading = box.y + 14;
  for (std::size_t i = 0; i < lags.size(); i++)
    add_words(scene, {at(i), heading}, "lag " + count_words(lags[i]), column - 4, theme.muted, Anchor::end);
  if (names + column <= box.width) add_words(scene, {at(lags.size()), heading}, "a step", column - 4, theme.muted, Anchor::end);
  scene.add_line({box.x, box.y + 20}, {at(lags.size()), box.y + 20}, theme.line);
  for (Index n = 0; n < view.networks; n++) {
    const double base = box.y + 36 + 18 * double(n);
    scene.add(
        Rect{.box = {box.x, base - 8, 8, 8}, .radius = 2, .fill = view.trained(n) ? view.color(n) : nothing, .stroke = view.color(n)});
    add_words(scene, {box.x + 14, base}, view.name(n), names - 18, theme.text);
    for (std::size_t i = 0; i < lags.size(); i++)
      add_words(scene, {at(i), base}, power_words(view.at(n, lags[i])), column - 4, theme.text, Anchor::end);
    if (names + column > box.width) continue;
    const double factor = double(view.factors(0, n));
    scene.add(Rect{.box = {box.x, base - 13, at(lags.size()) - box.x, 18},
                   .fill = with_alpha(theme.background, 0.01),
                   .tip = view.name(n) + ": times " + number_words(factor) +
                          " a step, by the straight line through the logarithms from lag 1 on" +
                          (factor < 1 ? "; half is left after " + number_words(std::log(0.5) / std::log(factor)) + " steps" : "")});
    add_words(scene, {at(lags.size()), base}, std::isnan(factor) ? "–" : "× " + number_words(factor), column - 4, theme.text, Anchor::end);
  }
}

}  // namespace

Scene picture_of(const Numbers& numbers, Box box, const Style& style) {
  const View view(numbers);
  Scene scene = sheet(box, style);
  const auto& now = words_of(numbers, "moment");
  Box room = add_title(scene, "How much of the last answer's gradient comes back", now.empty() ? "" : now[0], style);
  const double table = 26 + 18 * double(view.networks);
  if (room.height >= table + 150 && room.width >= 300) {
    add_table(scene, view, room.cut_bottom(table), style);
    room.cut_bottom(10);
  }
  if (room.height >= 120 && room.width >= 300) {
    const Box words = room.cut_bottom(18);
    add_words(scene, {words.x, words.y + 12}, examples_words(view), words.width, style.theme->muted);
  }
  scene.append(draw(plot_of(view, room.height), {0, 0, room.width, room.height}, *style.theme), {room.x, room.y});
  return scene;
}

}  // namespace viz::lag
