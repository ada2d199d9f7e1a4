// Each edge adds what it covers in its own column and what it leaves for all columns to its right; a running sum along the row is the
// area (Levien 2016, font-rs).
#include "viz/triangles/coverage.h"

#include <algorithm>
#include <cmath>

namespace viz::triangles {
namespace {

struct Sums {
  int width, height;
  std::vector<float> cells;  // one column more than there are pixels, for what lies to the right of all

  float* row(int y) { return cells.data() + std::size_t(y) * std::size_t(width + 2); }

  // The part of an edge within one row: it falls or rises by |d| while it goes from x0 to x1 >= x0.
  void add(int y, double x0, double x1, double d) {
    float* cell = row(y);
    const int first = int(x0), last = int(std::ceil(x1));
    if (last <= first + 1) {
      const double right = (x0 + x1) / 2 - first;
      cell[first] += float(d * (1 - right)), cell[first + 1] += float(d * right);
      return;
    }
    // In each column the edge covers the area between itself and the column's right side; cells hold differences of neighbours.
    const double slope = d / (x1 - x0);
    double before = 0;
    for (int x = first; x <= last; x++) {
      const double from = std::max(x0, double(x)), to = std::min(x1, double(x + 1));
      const double fallen = slope * (std::min(double(x), x1) > x0 ? std::min(double(x), x1) - x0 : 0);
      const double within = to > from ? slope * (to - from) * (x + 1 - (from + to) / 2) : 0;
      const double area = fallen + within;
      cell[x] += float(area - before);
      before = area;
    }
  }

  void edge(Point a, Point b) {
    if (a.y == b.y) return;
    const double direction = a.y < b.y ? 1 : -1;
    if (a.y > b.y) std::swap(a, b);
    const double slope = (b.x - a.x) / (b.y - a.y);
    const int from = int(std::clamp(std::floor(a.y), 0.0, double(height))), to = int(std::clamp(std::ceil(b.y), 0.0, double(height)));
    for (int y = from; y < to; y++) {
      const double top = std::max(double(y), a.y), bottom = std::min(double(y + 1), b.y);
      double x0 = std::clamp(a.x + (top - a.y) * slope, 0.0, double(width)),
             x1 = std::clamp(a.x + (bottom - a.y) * slope, 0.0, double(width));
      if (x0 > x1) std::swap(x0, x1);
      add(y, x0, x1, direction * (bottom - top));
    }
  }
};

}  // namespace

std::vector<uint8_t> coverage(const std::vector<std::vector<Point>>& contours, int width, int height) {
  Sums sums{width, height, std::vector<float>(std::size_t(width + 2) * std::size_t(height))};
  for (const auto& contour : contours)
    for (std::size_t i = 0; i < contour.size(); i++) sums.edge(contour[i], contour[(i + 1) % contour.size()]);
  std::vector<uint8_t> covered(std::size_t(width) * std::size_t(height));
  for (int y = 0; y < height; y++) {
    float sum = 0;
    for (int x = 0; x < width; x++) {
      sum += sums.row(y)[x];
      covered[std::size_t(y) * std::size_t(width) + std::size_t(x)] = uint8_t(std::min(std::abs(sum), 1.0f) * 255 + 0.5f);
    }
  }
  return covered;
}

Pixels mask(const std::vector<std::vector<Point>>& contours, int width, int height) {
  Pixels pixels{width, height, std::vector<Color>(std::size_t(width) * std::size_t(height))};
  std::ranges::transform(coverage(contours, width, height), pixels.colors.begin(), [](uint8_t c) { return Color{c, c, c, c}; });
  return pixels;
}

std::vector<std::vector<Point>> flattened(const std::vector<Segment>& segments, double scale, Point origin, double tolerance) {
  std::vector<std::vector<Point>> lines;
  const auto placed = [&](Point p) { return Point{p.x * scale + origin.x, p.y * scale + origin.y}; };
  for (const Segment& s : segments) {
    const Point to = placed(s.to);
    if (s.kind == Segment::Kind::move || lines.empty()) {
      lines.push_back({to});
      continue;
    }
    if (s.kind == Segment::Kind::line) {
      lines.back().push_back(to);
      continue;
    }
    const Point a = lines.back().back(), b = placed(s.control1), c = placed(s.control2);
    // Pieces of equal t stay this close to the curve: n = sqrt(max |second difference| * 6 / (8 tolerance)) (Wang 1984).
    const double bend =
        std::max(std::hypot(a.x - 2 * b.x + c.x, a.y - 2 * b.y + c.y), std::hypot(b.x - 2 * c.x + to.x, b.y - 2 * c.y + to.y));
    const int pieces = int(std::clamp(std::ceil(std::sqrt(0.75 * bend / tolerance)), 1.0, 64.0));
    for (int i = 1; i <= pieces; i++) {
      const double t = double(i) / pieces, u = 1 - t, wa = u * u * u, wb = 3 * u * u * t, wc = 3 * u * t * t, wd = t * t * t;
      lines.back().push_back({wa * a.x + wb * b.x + wc * c.x + wd * to.x, wa * a.y + wb * b.y + wc * c.y + wd * to.y});
    }
  }
  return lines;
}

}  // namespace viz::triangles
