// Strips, joins and ends.
#include "viz/triangles/strokes.h"

#include <algorithm>
#include <cmath>

#include "viz/triangles/sprites.h"

namespace viz::triangles {
namespace {

Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(Point a, double f) { return {a.x * f, a.y * f}; }

constexpr double longest_miter = 0.35;  // pixels that a pointed corner may reach beyond a round one

struct Piece {
  Point from, to, along, across;  // unit vectors: `across` points to the left side when y grows upwards
  double length;
};

// The two sides of the strip at one place.
struct Sides {
  Point left, right;
};

struct Strip {
  Canvas& canvas;
  Profile profile;
  Color color;
  double reach;  // from the middle of the line to where nothing of it shows

  Vertex vertex(Point p, float u, float v) const { return {float(p.x), float(p.y), color, u, v}; }
  Vertex left(Point p) const { return vertex(p, profile.left, profile.full); }
  Vertex right(Point p) const { return vertex(p, profile.right, profile.full); }
  Vertex middle(Point p) const { return vertex(p, (profile.left + profile.right) / 2, profile.full); }

  Sides sides(Point p, Point across) const { return {p + across * reach, p - across * reach}; }

  void body(Sides from, Sides to) const { canvas.quad(left(from.left), right(from.right), right(to.right), left(to.left)); }

  // Fades from the line's full strength half a pixel before its end to nothing half a pixel beyond it.
  void end(Sides clear, Sides full) const {
    canvas.quad(vertex(clear.left, profile.left, profile.clear), vertex(clear.right, profile.right, profile.clear), right(full.right),
                left(full.left));
  }

  // Round, about the corner; `before` and `after` are the outer sides of the two pieces there.
  void fan(Point corner, Point before, Point after, bool outer_is_left) const {
    const double start = std::atan2(before.y - corner.y, before.x - corner.x);
    double turn = std::atan2(after.y - corner.y, after.x - corner.x) - start;
    turn = std::remainder(turn, 2 * M_PI);
    const int steps = std::max(1, int(std::ceil(std::abs(turn) / (reach < 4 ? 0.6 : 0.3))));
    const auto outer = [&](Point p) { return outer_is_left ? left(p) : right(p); };
    for (int i = 0; i < steps; i++) {
      const double a = start + turn * i / steps, b = start + turn * (i + 1) / steps;
      canvas.triangle(middle(corner), outer(corner + Point{std::cos(a), std::sin(a)} * reach),
                      outer(corner + Point{std::cos(b), std::sin(b)} * reach));
    }
  }
};

// Where one piece ends and the next one begins.
struct Join {
  Sides before, after;
};

Join join(const Strip& strip, const Piece& a, const Piece& b) {
  const Point corner = b.from;
  const double cosine = a.along.x * b.along.x + a.along.y * b.along.y, sine = a.along.x * b.along.y - a.along.y * b.along.x;
  // With t half the angle turned: the miter's corners lie reach / cos t from the corner, along the mean of both normals, and take
  // reach tan t of each piece.
  const double cos_half = std::sqrt(std::max(0.0, (1 + cosine) / 2)), tan_half = std::abs(sine) / std::max(1 + cosine, 1e-9);
  const bool fits = strip.reach * tan_half <= std::min(a.length, b.length) && cosine > -0.99;
  const Point miter = (a.across + b.across) * (strip.reach / std::max(1 + cosine, 1e-9));
  if (fits && (strip.reach - 0.5) * (1 / cos_half - 1) <= longest_miter) {
    const Sides both{corner + miter, corner - miter};
    return {both, both};
  }
  const bool outer_is_left = sine > 0;
  Join join{strip.sides(corner, a.across), strip.sides(corner, b.across)};
  strip.fan(corner, outer_is_left ? join.before.left : join.before.right, outer_is_left ? join.after.left : join.after.right,
            outer_is_left);
  if (!fits) return join;  // the pieces overlap at the inner side
  if (outer_is_left) {
    join.before.right = join.after.right = corner - miter;
    strip.canvas.triangle(strip.right(join.before.right), strip.left(join.before.left), strip.middle(corner));
    strip.canvas.triangle(strip.right(join.before.right), strip.middle(corner), strip.left(join.after.left));
  } else {
    join.before.left = join.after.left = corner + miter;
    strip.canvas.triangle(strip.left(join.before.left), strip.right(join.before.right), strip.middle(corner));
    strip.canvas.triangle(strip.left(join.before.left), strip.middle(corner), strip.right(join.after.right));
  }
  return join;
}

std::vector<Piece> pieces(const std::vector<Point>& line, bool closed) {
  std::vector<Piece> all;
  all.reserve(line.size());
  const auto add = [&](Point from, Point to) {
    const Point way = to - from;
    const double length = std::hypot(way.x, way.y);
    if (length < 0.01) return false;
    const Point along = way * (1 / length);
    all.push_back({from, to, along, {along.y, -along.x}, length});
    return true;
  };
  Point at = line.front();
  for (std::size_t i = 1; i < line.size(); i++)
    if (add(at, line[i])) at = line[i];
  if (closed) add(at, line.front());
  return all;
}

}  // namespace

void stroke(Canvas& canvas, Atlas& atlas, const std::vector<Point>& line, bool closed, double width, Color color) {
  if (line.empty() || !(width > 0)) return;
  std::vector<Piece> all = pieces(line, closed);
  if (all.empty()) return;
  const Profile profile = line_profile(atlas, width);
  const Strip strip{canvas, profile, color, profile.reach};

  if (closed && all.size() > 2) {
    const Join first = join(strip, all.back(), all.front());
    Sides from = first.after;
    for (std::size_t i = 0; i + 1 < all.size(); i++) {
      const Join next = join(strip, all[i], all[i + 1]);
      strip.body(from, next.before);
      from = next.after;
    }
    return strip.body(from, first.before);
  }

  Piece &first = all.front(), &last = all.back();
  const Point start = first.from, stop = last.to;
  const double soft_start = std::min(0.5, first.length / 2), soft_stop = std::min(0.5, last.length / 2);
  first.from = start + first.along * soft_start, first.length -= soft_start;
  last.to = stop - last.along * soft_stop, last.length -= soft_stop;

  Sides from = strip.sides(first.from, first.across);
  strip.end(strip.sides(start - first.along * 0.5, first.across), from);
  for (std::size_t i = 0; i + 1 < all.size(); i++) {
    const Join next = join(strip, all[i], all[i + 1]);
    strip.body(from, next.before);
    from = next.after;
  }
  const Sides to = strip.sides(last.to, last.across);
  strip.body(from, to);
  strip.end(strip.sides(stop + last.along * 0.5, last.across), to);
}

std::vector<std::vector<Point>> dashed(const std::vector<Point>& line, const std::vector<double>& pattern) {
  double period = 0, length = 0;
  bool usable = true;
  for (const double d : pattern) usable = usable && d >= 0, period += d;
  for (std::size_t i = 1; i < line.size(); i++) length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  if (!usable || !(period > 0) || length / period * double(pattern.size()) > 1e4) return {line};

  std::vector<std::vector<Point>> parts;
  std::size_t k = 0;
  double left = pattern[0];
  bool on = true;
  if (!line.empty()) parts.push_back({line.front()});
  for (std::size_t i = 1; i < line.size(); i++) {
    const Point a = line[i - 1], way = line[i] - a;
    const double whole = std::hypot(way.x, way.y);
    for (double done = 0; done < whole;) {
      const double step = std::min(left, whole - done);
      done += step, left -= step;
      const Point here = a + way * (done / whole);
      if (on) parts.back().push_back(here);
      if (left > 0) continue;
      k = (k + 1) % pattern.size(), left = pattern[k], on = !on;
      if (on) parts.push_back({here});
    }
  }
  return parts;
}

}  // namespace viz::triangles
