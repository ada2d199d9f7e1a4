// Fills end half a pixel before their edge, where a rim begins that fades out until half a pixel beyond it.
#include "viz/triangles/fills.h"

#include <algorithm>
#include <cmath>

namespace viz::triangles {
namespace {

struct Stop {
  double at, covered;
};

// How a span from `low` to `high` covers pixels along one axis: linear between the stops.
std::vector<Stop> stops(double low, double high) {
  const auto sharp = [](double v) { return std::abs(v - std::round(v)) < 1.0 / 128; };
  if (sharp(low) && sharp(high)) return {{std::round(low), 1}, {std::round(high), 1}};
  if (high - low < 1) return {{low - 0.5, 0}, {high - 0.5, high - low}, {low + 0.5, high - low}, {high + 0.5, 0}};
  std::vector<Stop> all;
  if (sharp(low))
    all.push_back({std::round(low), 1});
  else
    all.insert(all.end(), {{low - 0.5, 0}, {low + 0.5, 1}});
  if (sharp(high))
    all.push_back({std::round(high), 1});
  else
    all.insert(all.end(), {{high - 0.5, 1}, {high + 0.5, 0}});
  return all;
}

void add_arc(std::vector<Point>& points, Point center, double radius, double from, double angle) {
  // A chord of this angle stays a twentieth of a pixel from its arc.
  const double step = 2 * std::acos(std::max(0.0, 1 - 0.05 / std::max(radius, 0.1)));
  const int count = std::max(1, int(std::ceil(angle / step)));
  for (int i = 0; i <= count; i++) {
    const double a = from + angle * i / count;
    points.push_back({center.x + radius * std::cos(a), center.y + radius * std::sin(a)});
  }
}

}  // namespace

void fill_box(Canvas& canvas, Box box, Color color, const Cover& cover) {
  if (!(box.width > 0 && box.height > 0)) return;
  const std::vector<Stop> across = stops(box.x, box.right()), down = stops(box.y, box.bottom());
  const auto vertex = [&](Stop x, Stop y) {
    return Vertex{float(x.at), float(y.at), times(color, x.covered * y.covered), float(cover.u + (x.at - box.x) * cover.du),
                  float(cover.v + (y.at - box.y) * cover.dv)};
  };
  canvas.page(cover.page);
  for (std::size_t j = 1; j < down.size(); j++)
    for (std::size_t i = 1; i < across.size(); i++) {
      const Stop x0 = across[i - 1], x1 = across[i], y0 = down[j - 1], y1 = down[j];
      canvas.quad(vertex(x0, y0), vertex(x1, y0), vertex(x1, y1), vertex(x0, y1));
    }
  canvas.page(0);
}

void fill_convex(Canvas& canvas, const std::vector<Point>& polygon, Color color) {
  const std::size_t count = polygon.size();
  if (count < 3) return;
  double area = 0;
  for (std::size_t i = 0; i < count; i++) {
    const Point a = polygon[i], b = polygon[(i + 1) % count];
    area += a.x * b.y - a.y * b.x;
  }
  const double outwards = area > 0 ? 1 : -1;
  const auto normal = [&](std::size_t i) {
    const Point a = polygon[i % count], b = polygon[(i + 1) % count];
    const double x = b.x - a.x, y = b.y - a.y, length = std::max(std::hypot(x, y), 1e-9);
    return Point{y / length * outwards, -x / length * outwards};
  };
  std::vector<Vertex> inner, outer;
  inner.reserve(count), outer.reserve(count);
  for (std::size_t i = 0; i < count; i++) {
    const Point p = polygon[i], a = normal(i + count - 1), b = normal(i);
    const double half = 0.5 / std::max(0.5, 1 + a.x * b.x + a.y * b.y), x = (a.x + b.x) * half, y = (a.y + b.y) * half;
    inner.push_back({float(p.x - x), float(p.y - y), color});
    outer.push_back({float(p.x + x), float(p.y + y), nothing});
  }
  for (std::size_t i = 2; i < count; i++) canvas.triangle(inner[0], inner[i - 1], inner[i]);
  for (std::size_t i = 0; i < count; i++) canvas.quad(inner[i], inner[(i + 1) % count], outer[(i + 1) % count], outer[i]);
}

std::vector<Point> rounded(Box b, double radius) {
  const double r = std::clamp(radius, 0.0, std::min(b.width, b.height) / 2);
  if (r <= 0) return {{b.x, b.y}, {b.right(), b.y}, {b.right(), b.bottom()}, {b.x, b.bottom()}};
  std::vector<Point> points;
  const double quarter = M_PI / 2;
  add_arc(points, {b.right() - r, b.y + r}, r, -quarter, quarter);
  add_arc(points, {b.right() - r, b.bottom() - r}, r, 0, quarter);
  add_arc(points, {b.x + r, b.bottom() - r}, r, quarter, quarter);
  add_arc(points, {b.x + r, b.y + r}, r, 2 * quarter, quarter);
  return points;
}

std::vector<Point> circle(Point center, double radius) {
  std::vector<Point> points;
  add_arc(points, center, radius, 0, 2 * M_PI);
  points.pop_back();
  return points;
}

}  // namespace viz::triangles
