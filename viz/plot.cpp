// Draws axes, curves, points, bars and the legend.
#include "viz/plot.h"

#include <algorithm>
#include <cmath>

#include "viz/plot_style.h"
#include "viz/text.h"

namespace viz {
namespace {

using Run = std::vector<Point>;

Color color_of(const Plot& plot, std::size_t k) { return plot.series[k].color.a ? plot.series[k].color : category(static_cast<int>(k)); }

double x_of(const Series& s, std::size_t i) { return s.x.empty() ? static_cast<double>(i) : s.x[i]; }

// Stretches of finite points, in pixels. What lies far outside is brought near: painters count in limited integers.
std::vector<Run> runs(const Axes& axes, const Series& s, const std::vector<double>& y) {
  std::vector<Run> all(1);
  for (std::size_t i = 0; i < y.size(); i++) {
    const Point p = axes.at(x_of(s, i), y[i]);
    const bool shown = std::isfinite(x_of(s, i)) && std::isfinite(y[i]) && !(axes.log_y && y[i] <= 0);
    if (shown)
      all.back().push_back(
          {std::clamp(p.x, axes.area.x - 5000, axes.area.right() + 5000), std::clamp(p.y, axes.area.y - 5000, axes.area.bottom() + 5000)});
    else if (!all.back().empty())
      all.emplace_back();
  }
  if (all.back().empty()) all.pop_back();
  return all;
}

void draw_band(const Axes& axes, const Series& s, Color color, Scene& scene) {
  std::vector<double> low = s.low, high = s.high;
  for (std::size_t i = 0; i < low.size(); i++) {
    if (axes.log_y && low[i] <= 0) low[i] = axes.y.low;
    if (!std::isfinite(low[i]) || !std::isfinite(high[i]) || !std::isfinite(s.y[i])) low[i] = high[i] = NAN;
  }
  const std::vector<Run> below = runs(axes, s, low), above = runs(axes, s, high);
  for (std::size_t k = 0; k < std::min(below.size(), above.size()); k++) {
    Path band{.closed = true, .fill = with_alpha(color, 0.18)};
    for (const Point p : thinned(above[k])) band.segments.empty() ? band.move(p) : band.line(p);
    Run back = thinned(below[k]);
    std::ranges::reverse(back);
    for (const Point p : back) band.line(p);
    scene.add(std::move(band));
  }
}

void draw_line(const Axes& axes, const Series& s, Color color, Scene& scene) {
  for (const Run& run : runs(axes, s, s.y)) {
    if (run.size() == 1) {
      scene.add(Circle{.center = run[0], .radius = std::max(1.5, s.width), .fill = color});
      continue;
    }
    Path path{.stroke = color, .line_width = s.width, .dash = s.dash};
    for (const Point p : thinned(run)) path.segments.empty() ? path.move(p) : path.line(p);
    scene.add(std::move(path));
  }
}

void draw_points(const Axes& axes, const Series& s, Color color, Scene& scene) {
  for (const Run& run : runs(axes, s, s.y))
    for (const Point p : run) scene.add(Circle{.center = p, .radius = std::max(1.0, s.width), .fill = color});
}

// Series of bars stand side by side around their x, one unit wide together with the gap.
void draw_bars(const Axes& axes, const Series& s, Color color, int place, int of, Scene& scene) {
  const double width = 0.8 / of, base = axes.log_y ? axes.y.low : std::clamp(0.0, axes.y.low, axes.y.high);
  for (std::size_t i = 0; i < s.y.size(); i++) {
    if (!std::isfinite(x_of(s, i)) || !std::isfinite(s.y[i]) || (axes.log_y && s.y[i] <= 0)) continue;
    const double left = x_of(s, i) - 0.4 + place * width;
    const Point a = axes.at(left, s.y[i]), b = axes.at(left + width, base);
    scene.add(Rect{.box = {a.x, std::min(a.y, b.y), std::max(0.5, b.x - a.x - 1), std::abs(b.y - a.y)}, .fill = color});
  }
}

void draw_series(const Plot& plot, const Axes& axes, Scene& scene) {
  const auto is_bars = [](const Series& s) { return s.kind == Series::Kind::bars; };
  const int bars = static_cast<int>(std::ranges::count_if(plot.series, is_bars));
  scene.add(ClipStart{axes.area.inset(-4)});
  for (std::size_t k = 0; k < plot.series.size(); k++)
    if (!plot.series[k].low.empty()) draw_band(axes, plot.series[k], color_of(plot, k), scene);
  for (std::size_t k = 0, bar = 0; k < plot.series.size(); k++) {
    const Series& s = plot.series[k];
    if (s.kind == Series::Kind::line) draw_line(axes, s, color_of(plot, k), scene);
    if (s.kind == Series::Kind::points) draw_points(axes, s, color_of(plot, k), scene);
    if (s.kind == Series::Kind::bars) draw_bars(axes, s, color_of(plot, k), static_cast<int>(bar++), bars, scene);
  }
  scene.add(ClipEnd{});
}

void draw_axes(const Axes& axes, const Theme& theme, Scene& scene) {
  using namespace plot_style;
  const Box area = axes.area;
  const auto sharp = [](double v) { return std::floor(v) + 0.5; };  // a line one pixel wide covers one pixel
  for (std::size_t i = 0; i < axes.y_ticks.size(); i++) {
    const double y = axes.at(axes.x.low, axes.y_ticks[i]).y;
    scene.add_line({area.x, sharp(y)}, {area.right(), sharp(y)}, axes.y_ticks[i] == 0 ? theme.line : theme.grid);
    scene.add(Text{.at = {area.x - 8, y + cap_height(small) / 2},
                   .string = axes.y_tick_labels[i],
                   .size = small,
                   .color = theme.muted,
                   .anchor = Anchor::end});
  }
  for (std::size_t i = 0; i < axes.x_ticks.size(); i++) {
    const double x = axes.at(axes.x_ticks[i], axes.y.low).x;
    scene.add_line({sharp(x), area.bottom()}, {sharp(x), area.bottom() + 4}, theme.line);
    const double half = text_width(axes.x_tick_labels[i], small) / 2, from = scene.box.x + half,
                 to = std::max(from, scene.box.right() - half);
    scene.add(Text{.at = {std::clamp(x, from, to), area.bottom() + 17},
                   .string = axes.x_tick_labels[i],
                   .size = small,
                   .color = theme.muted,
                   .anchor = Anchor::middle});
  }
  scene.add_line({area.x, sharp(area.bottom())}, {area.right(), sharp(area.bottom())}, theme.line);
}

void draw_words(const Plot& plot, const Axes& axes, const Theme& theme, Scene& scene) {
  using namespace plot_style;
  const Box box = scene.box, area = axes.area;
  const auto label = [&](const std::string& words, Point at, double room, int turns) {
    scene.add(Text{
        .at = at, .string = shortened(words, small, room), .size = small, .color = theme.text, .anchor = Anchor::middle, .turns = turns});
  };
  if (!plot.title.empty())
    scene.add(Text{.at = {box.x, box.y + 15},
                   .string = shortened(plot.title, title, box.width, Font::bold),
                   .size = title,
                   .color = theme.text,
                   .font = Font::bold});
  if (!plot.x_label.empty()) label(plot.x_label, {area.center().x, box.bottom() - 4}, area.width, 0);
  if (!plot.y_label.empty()) label(plot.y_label, {box.x + 11, area.center().y}, area.height, -1);
  if (axes.empty) {
    const std::string note = shortened(plot.note, small, area.width);
    scene.add(Text{.at = area.center(), .string = note, .size = small, .color = theme.muted, .anchor = Anchor::middle});
  }
  for (const LegendEntry& entry : axes.legend) {
    const std::size_t k = static_cast<std::size_t>(entry.series);
    const double y = entry.at.y - cap_height(small) / 2;
    Path line{.stroke = color_of(plot, k), .line_width = std::max(2.0, plot.series[k].width), .dash = plot.series[k].dash};
    if (plot.series[k].kind == Series::Kind::line)
      scene.add(line.move({entry.at.x, y}).line({entry.at.x + swatch, y}));
    else
      scene.add(Circle{.center = {entry.at.x + swatch / 2, y}, .radius = 4, .fill = color_of(plot, k)});
    scene.add(Text{.at = {entry.at.x + swatch + 6, entry.at.y}, .string = entry.name, .size = small, .color = theme.text});
  }
}

}  // namespace

Scene draw(const Plot& plot, Box box, const Theme& theme) {
  const Axes frame = axes(plot, box);
  Scene scene{.box = box};
  draw_axes(frame, theme, scene);
  draw_series(plot, frame, scene);
  draw_words(plot, frame, theme, scene);
  return scene;
}

std::vector<Point> thinned(const std::vector<Point>& points) {
  std::vector<Point> kept;
  for (std::size_t first = 0, last = 0; first < points.size(); first = last) {
    std::size_t least = first, greatest = first;
    for (; last < points.size() && std::floor(points[last].x) == std::floor(points[first].x); last++) {
      if (points[last].y < points[least].y) least = last;
      if (points[last].y > points[greatest].y) greatest = last;
    }
    std::vector<std::size_t> column = {first, least, greatest, last - 1};
    std::ranges::sort(column);
    column.erase(std::unique(column.begin(), column.end()), column.end());
    for (const std::size_t i : column) kept.push_back(points[i]);
  }
  return kept;
}

}  // namespace viz
