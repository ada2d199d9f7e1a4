// Geometry of boxes, marks and scenes.
#include "viz/scene.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "viz/text.h"

namespace viz {
namespace {

constexpr int pieces = 16;  // of a cubic that is hit-tested

Box around(const std::vector<Point>& points) {
  if (points.empty()) return {};
  Point low = points[0], high = points[0];
  for (Point p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

Box grown(Box box, Color stroke, double line_width) {
  const double by = stroke.a ? line_width / 2 : 0;
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

Point on_cubic(Point a, const Segment& s, double t) {
  const double u = 1 - t;
  const auto mixed = [&](double p, double q, double r, double v) {
    return u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * v;
  };
  return {mixed(a.x, s.control1.x, s.control2.x, s.to.x), mixed(a.y, s.control1.y, s.control2.y, s.to.y)};
}

Box text_box(const Text& t) {
  const double width = text_width(t.string, t.size, t.font);
  const double start = t.anchor == Anchor::start ? 0 : t.anchor == Anchor::middle ? -width / 2 : -width;
  Box box{start, -ascent(t.size), width, ascent(t.size) + descent(t.size)};
  for (int i = 0; i < ((t.turns % 4) + 4) % 4; i++) box = {-box.bottom(), box.x, box.height, box.width};  // (x, y) -> (-y, x)
  return box.moved(t.at);
}

Mark moved(Mark mark, Point by) {
  const auto shift = [by](Point& p) { p = {p.x + by.x, p.y + by.y}; };
  std::visit(
      [&](auto& m) {
        using T = std::decay_t<decltype(m)>;
        if constexpr (std::is_same_v<T, Circle>)
          shift(m.center);
        else if constexpr (std::is_same_v<T, Text>)
          shift(m.at);
        else if constexpr (std::is_same_v<T, Path>)
          for (Segment& s : m.segments) shift(s.to), shift(s.control1), shift(s.control2);
        else if constexpr (!std::is_same_v<T, ClipEnd>)
          m.box = m.box.moved(by);
      },
      mark);
  return mark;
}

bool finite_box(Box b) { return std::isfinite(b.x) && std::isfinite(b.y) && std::isfinite(b.width) && std::isfinite(b.height); }
bool finite_point(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

struct Finite {
  bool operator()(const Rect& r) const { return finite_box(r.box) && std::isfinite(r.radius) && std::isfinite(r.line_width); }
  bool operator()(const Circle& c) const { return finite_point(c.center) && std::isfinite(c.radius) && std::isfinite(c.line_width); }
  bool operator()(const Path& p) const {
    return std::isfinite(p.line_width) && std::ranges::all_of(p.dash, [](double d) { return std::isfinite(d); }) &&
           std::ranges::all_of(p.segments,
                               [](const Segment& s) { return finite_point(s.to) && finite_point(s.control1) && finite_point(s.control2); });
  }
  bool operator()(const Text& t) const { return finite_point(t.at) && std::isfinite(t.size); }
  bool operator()(const Image& i) const {
    return finite_box(i.box) && i.width >= 0 && i.height >= 0 && i.rgba.size() == std::size_t(i.width) * std::size_t(i.height) * 4;
  }
  bool operator()(const ClipStart& c) const { return finite_box(c.box); }
  bool operator()(const ClipEnd&) const { return true; }
};

}  // namespace

Box Box::inset(double across, double down) const {
  const double w = std::max(0.0, width - 2 * across), h = std::max(0.0, height - 2 * down);
  return {x + (width - w) / 2, y + (height - h) / 2, w, h};
}

Box Box::cut_left(double size) {
  const Box strip = left(size);
  return x += size, width -= size, strip;
}
Box Box::cut_right(double size) {
  const Box strip = right(size);
  return width -= size, strip;
}
Box Box::cut_top(double size) {
  const Box strip = top(size);
  return y += size, height -= size, strip;
}
Box Box::cut_bottom(double size) {
  const Box strip = bottom(size);
  return height -= size, strip;
}

std::vector<std::vector<Point>> flattened(const Path& path) {
  std::vector<std::vector<Point>> lines;
  for (const Segment& s : path.segments) {
    if (s.kind == Segment::Kind::move || lines.empty()) {
      lines.push_back({s.to});
    } else if (s.kind == Segment::Kind::line) {
      lines.back().push_back(s.to);
    } else {
      const Point from = lines.back().back();
      for (int i = 1; i <= pieces; i++) lines.back().push_back(on_cubic(from, s, double(i) / pieces));
    }
  }
  if (path.closed)
    for (auto& line : lines) line.push_back(line.front());
  return lines;
}

Box united(Box a, Box b) {
  const double x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

Box intersection(Box a, Box b) {
  const double x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(0.0, std::min(a.right(), b.right()) - x), std::max(0.0, std::min(a.bottom(), b.bottom()) - y)};
}

Scene& Scene::add(Mark mark) { return marks.push_back(std::move(mark)), *this; }

Scene& Scene::add_line(Point from, Point to, Color color, double line_width) {
  Path path{.stroke = color, .line_width = line_width};
  path.move(from).line(to);
  return add(std::move(path));
}

Scene& Scene::append(const Scene& other, Point offset) {
  if (other.background.a) add(Rect{.box = other.box.moved(offset), .fill = other.background});
  for (const Mark& mark : other.marks) add(moved(mark, offset));
  return *this;
}

std::optional<Box> bounds(const Mark& mark) {
  if (const auto* r = std::get_if<Rect>(&mark)) return grown(r->box, r->stroke, r->line_width);
  if (const auto* i = std::get_if<Image>(&mark)) return i->box;
  if (const auto* t = std::get_if<Text>(&mark)) return text_box(*t);
  if (const auto* c = std::get_if<Circle>(&mark))
    return grown({c->center.x - c->radius, c->center.y - c->radius, 2 * c->radius, 2 * c->radius}, c->stroke, c->line_width);
  if (const auto* p = std::get_if<Path>(&mark)) {
    std::vector<Point> points;
    for (const auto& line : flattened(*p)) points.insert(points.end(), line.begin(), line.end());
    return grown(around(points), p->stroke, p->line_width);
  }
  return std::nullopt;
}

std::optional<Box> bounds(const Scene& scene) {
  std::optional<Box> all;
  for (const Mark& mark : scene.marks)
    if (const auto box = bounds(mark)) all = all ? united(*all, *box) : *box;
  return all;
}

bool finite(const Scene& scene) {
  return finite_box(scene.box) && std::ranges::all_of(scene.marks, [](const Mark& mark) { return std::visit(Finite{}, mark); });
}

}  // namespace viz
