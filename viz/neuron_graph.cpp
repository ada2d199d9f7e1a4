// The small graph of the activation function of one neuron.
#include <algorithm>
#include <cmath>

#include "viz/neuron_picture.h"

namespace viz::neuron {

void add_graph(Scene& scene, const Terms& t, Box box, const Style& style) {
  const Theme& theme = *style.theme;
  const double z0 = t.curve(0, 0), z1 = t.curve(t.curve.rows - 1, 0);
  double low = 0, high = 0;
  for (nn::Index i = 0; i < t.curve.rows; i++)
    if (std::isfinite(t.curve(i, 1))) low = std::min(low, double(t.curve(i, 1))), high = std::max(high, double(t.curve(i, 1)));
  const double margin = std::max(0.12 * (high - low), 1e-9);
  low -= margin, high += margin;
  const auto at = [&](double z, double a) {
    return Point{box.x + (z - z0) / (z1 - z0) * box.width, box.bottom() - (a - low) / (high - low) * box.height};
  };
  scene.add(Rect{.box = box,
                 .radius = 4,
                 .fill = theme.panel,
                 .stroke = theme.muted,
                 .line_width = 1.2,
                 .id = "function",
                 .tip = "the activation function " + t.function + ", and the point (z, a)"});
  scene.add_line(at(z0, 0), at(z1, 0), theme.line);
  scene.add_line({at(0, 0).x, box.y}, {at(0, 0).x, box.bottom()}, theme.line);
  Path curve{.stroke = theme.accent, .line_width = 2};
  for (nn::Index i = 0; i < t.curve.rows; i++)
    if (std::isfinite(t.curve(i, 1))) {
      const Point point = at(t.curve(i, 0), t.curve(i, 1));
      curve.segments.empty() ? curve.move(point) : curve.line(point);
    }
  if (curve.segments.size() > 1) scene.add(std::move(curve));
  if (!std::isfinite(t.z) || !std::isfinite(t.a)) return;
  const Point point = at(std::clamp(t.z, z0, z1), std::clamp(t.a, low, high));
  Path drop{.stroke = theme.text, .line_width = 1, .dash = {3, 2}};
  scene.add(drop.move({point.x, at(0, 0).y}).line(point).line({at(0, 0).x, point.y}));
  scene.add(Circle{.center = point, .radius = 4, .fill = theme.accent, .stroke = theme.background, .line_width = 1.2});
}

}  // namespace viz::neuron
