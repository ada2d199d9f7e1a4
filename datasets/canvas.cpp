// Ink on pixels.
#include "datasets/canvas.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace data {

namespace {

// To the nearest point of the line from a to b.
double distance(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  const double x = p.x - a.x - t * dx, y = p.y - a.y - t * dy;
  return std::sqrt(x * x + y * y);
}

}  // namespace

Canvas canvas(Dataset& set, nn::Index example) { return {set.inputs.view().row(example), set.shape.width, set.shape.height}; }

void draw_line(const Canvas& canvas, Point from, Point to, double thickness, double brightness) {
  const double reach = thickness / 2 + 0.5;
  const auto within = [](double place, nn::Index size) { return std::clamp<nn::Index>(nn::Index(std::floor(place)), 0, size); };
  const nn::Index left = within(std::min(from.x, to.x) - reach, canvas.width),
                  right = within(std::max(from.x, to.x) + reach + 1, canvas.width);
  const nn::Index top = within(std::min(from.y, to.y) - reach, canvas.height),
                  bottom = within(std::max(from.y, to.y) + reach + 1, canvas.height);
  for (nn::Index i = top; i < bottom; i++)
    for (nn::Index j = left; j < right; j++) {
      const double d = distance({double(j) + 0.5, double(i) + 0.5}, from, to);
      nn::Real& pixel = canvas.pixels[i * canvas.width + j];
      pixel = std::max(pixel, nn::Real(brightness * std::clamp(reach - d, 0.0, 1.0)));
    }
}

// Between p1 and p2, with t from 0 to 1 and the neighbours p0 and p3:
//   1/2 (2 p1 + (p2 - p0) t + (2 p0 - 5 p1 + 4 p2 - p3) t^2 + (3 p1 - p0 - 3 p2 + p3) t^3)
std::vector<Point> curve_through(std::span<const Point> points, int steps) {
  const auto at = [&](std::size_t i) { return points[std::min(i, points.size() - 1)]; };
  const auto between = [](double p0, double p1, double p2, double p3, double t) {
    return 0.5 * (2 * p1 + t * ((p2 - p0) + t * ((2 * p0 - 5 * p1 + 4 * p2 - p3) + t * (3 * p1 - p0 - 3 * p2 + p3))));
  };
  std::vector<Point> curve{points.front()};
  for (std::size_t i = 0; i + 1 < points.size(); i++) {
    const Point before = at(i == 0 ? 0 : i - 1), a = at(i), b = at(i + 1), after = at(i + 2);
    for (int step = 1; step <= steps; step++) {
      const double t = double(step) / steps;
      curve.push_back({between(before.x, a.x, b.x, after.x, t), between(before.y, a.y, b.y, after.y, t)});
    }
  }
  return curve;
}

void add_noise(Dataset& set, double noise, nn::Generator& offset) {
  if (noise == 0) return;
  for (nn::Index i = 0; i < set.inputs.size(); i++) {
    nn::Real& pixel = set.inputs.data()[i];
    pixel = nn::Real(std::clamp(double(pixel) + noise * offset.normal(), 0.0, 1.0));
  }
}

int Deck::deal(nn::Generator& random) {
  if (left_.empty()) {
    left_.resize(std::size_t(classes_));
    std::iota(left_.begin(), left_.end(), 0);
    nn::shuffle(left_, random);
  }
  const int label = left_.back();
  left_.pop_back();
  return label;
}

}  // namespace data
