// What a plot's axes span and how much room their labels take.
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "viz/plot.h"
#include "viz/plot_style.h"
#include "viz/text.h"

namespace viz {
namespace {

struct Extent {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void add(double value) {
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  }
  bool empty() const { return !(low <= high); }
};

void check(const Plot& plot) {
  for (const Series& s : plot.series) {
    const auto fits = [&](const std::vector<double>& other) { return other.empty() || other.size() == s.y.size(); };
    if (fits(s.x) && fits(s.low) && fits(s.high) && s.low.empty() == s.high.empty()) continue;
    throw std::invalid_argument("plot: series '" + s.name + "' has " + std::to_string(s.y.size()) + " y but " + std::to_string(s.x.size()) +
                                " x, " + std::to_string(s.low.size()) + " low and " + std::to_string(s.high.size()) + " high");
  }
}

// A range with some width, a little wider than the data so that curves do not lie on the frame.
Range widened(Extent e, bool log, double margin) {
  if (e.empty()) return log ? Range{0.1, 1} : Range{0, 1};
  if (log) {
    const double factor = e.low == e.high ? 2 : std::pow(e.high / e.low, margin);
    return {std::max(e.low / factor, std::numeric_limits<double>::min()), std::min(e.high * factor, 1e300)};
  }
  const double size = std::max(std::abs(e.low), std::abs(e.high));
  const bool constant = e.high - e.low <= 1e-12 * size;
  const double more = constant ? (size > 0 ? 0.5 * size : 1) : margin * (e.high - e.low);
  return {std::max(e.low - more, -1e300), std::min(e.high + more, 1e300)};
}

void measure(const Plot& plot, Axes& axes) {
  Extent x, y;
  bool points = false;
  for (const Series& s : plot.series) {
    const bool bars = s.kind == Series::Kind::bars;
    points = points || s.kind != Series::Kind::line;
    for (std::size_t i = 0; i < s.y.size(); i++) {
      const double at = s.x.empty() ? static_cast<double>(i) : s.x[i];
      if (!std::isfinite(at) || !std::isfinite(s.y[i]) || (plot.log_y && s.y[i] <= 0)) continue;
      for (const double edge : {at - (bars ? 0.5 : 0), at + (bars ? 0.5 : 0)}) x.add(edge);
      y.add(s.y[i]);
      if (bars && !plot.log_y) y.add(0);
      if (!s.low.empty() && !(plot.log_y && s.low[i] <= 0)) y.add(s.low[i]);
      if (!s.high.empty() && !(plot.log_y && s.high[i] <= 0)) y.add(s.high[i]);
    }
  }
  axes.empty = y.empty();
  const auto usable = [](const std::optional<Range>& r) {
    return r && std::isfinite(r->low) && std::isfinite(r->high) && r->low < r->high;
  };
  axes.x = usable(plot.x_range) ? *plot.x_range : widened(x, false, points ? 0.04 : 0);
  axes.y = usable(plot.y_range) ? *plot.y_range : widened(y, plot.log_y, 0.05);
  if (plot.log_y && axes.y.low <= 0) axes.y = widened(y, true, 0.05);
}

std::vector<std::string> labels(const std::vector<double>& at, bool log) {
  std::vector<std::string> all;
  const double step = at.size() > 1 ? at[1] - at[0] : 0;
  for (const double value : at) all.push_back(tick_label(value, log ? value : step));
  return all;
}

double widest(const std::vector<std::string>& texts) {
  double width = 0;
  for (const std::string& text : texts) width = std::max(width, text_width(text, plot_style::small));
  return width;
}

// As many ticks as have room for their labels.
void choose_x_ticks(Axes& axes, bool whole) {
  for (int count = std::max(2, static_cast<int>(axes.area.width / 30)); count >= 1; count--) {
    axes.x_ticks = ticks(axes.x, count);
    if (whole && count > 1 && axes.x_ticks.size() > 1 && axes.x_ticks[1] - axes.x_ticks[0] < 1) continue;
    axes.x_tick_labels = labels(axes.x_ticks, false);
    const double room =
        axes.area.width / std::max(1.0, (axes.x.high - axes.x.low) / (axes.x_ticks.size() > 1 ? axes.x_ticks[1] - axes.x_ticks[0] : 1));
    if (axes.x_ticks.size() < 2 || widest(axes.x_tick_labels) + 14 <= room) return;
  }
}

// In rows from the left; what does not fit into a third of the height is left out. Returns the height of the rows.
double place_legend(const Plot& plot, Box room, Axes& axes) {
  using namespace plot_style;
  double x = 0, row = 0;
  for (std::size_t i = 0; i < plot.series.size(); i++) {
    if (plot.series[i].name.empty()) continue;
    const std::string name = shortened(plot.series[i].name, small, std::max(10.0, room.width - swatch - 10));
    const double width = swatch + 6 + text_width(name, small) + 16;
    if (x > 0 && x + width - 16 > room.width) x = 0, row++;
    if ((row + 1) * legend_row > room.height / 3) break;
    axes.legend.push_back({static_cast<int>(i), {room.x + x, room.y + row * legend_row + legend_row / 2 + cap_height(small) / 2}, name});
    x += width;
  }
  return axes.legend.empty() ? 0 : (row + 1) * legend_row + 4;
}

}  // namespace

Point Axes::at(double x_value, double y_value) const {
  const auto share = [](double v, double low, double high) { return (v - low) / (high - low); };
  const double across = share(x_value, x.low, x.high);
  const double up = log_y ? share(std::log(y_value), std::log(y.low), std::log(y.high)) : share(y_value, y.low, y.high);
  return {area.x + across * area.width, area.bottom() - up * area.height};
}

Axes axes(const Plot& plot, Box box) {
  using namespace plot_style;
  check(plot);
  Axes axes;
  axes.log_y = plot.log_y;
  measure(plot, axes);
  Box room = box;
  if (!plot.title.empty()) room.cut_top(title_row);
  if (!plot.x_label.empty()) room.cut_bottom(label_row);
  room.cut_bottom(tick_row);
  room.cut_top(place_legend(plot, room, axes));
  if (!plot.y_label.empty()) room.cut_left(label_row);
  if (axes.legend.empty()) room.cut_top(small / 2);  // half of the topmost tick label

  // At most twelve, which fill a large plot; more than its room has, if need be, so that there are two.
  for (int count = std::clamp(static_cast<int>(room.height / 26), 1, 12); count < 20; count++) {
    axes.y_ticks = plot.log_y ? log_ticks(axes.y, count) : ticks(axes.y, count);
    if (axes.y_ticks.size() > 1) break;
  }
  axes.y_tick_labels = labels(axes.y_ticks, plot.log_y);
  room.cut_left(widest(axes.y_tick_labels) + 8);
  room.cut_right(std::min(16.0, room.width / 8));  // half of the last tick label
  room.width = std::max(1.0, std::floor(room.width)), room.height = std::max(1.0, std::floor(room.height));
  axes.area = {std::round(room.x), std::round(room.y), room.width, room.height};
  choose_x_ticks(axes, plot.whole_x);
  if (axes.empty) axes.x_ticks.clear(), axes.y_ticks.clear();  // numbers would pretend
  return axes;
}

}  // namespace viz
