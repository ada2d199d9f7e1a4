// Icons as paths on a grid of 16 x 16.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "viz/widgets.h"

namespace viz {
namespace {

class Pen {
 public:
  Pen(Scene& scene, Box box, Color color)
      : scene_(scene),
        scale_(std::min(box.width, box.height) / 16),
        corner_{box.center().x - 8 * scale_, box.center().y - 8 * scale_},
        color_(color) {}

  void lines(const std::vector<Point>& points, bool closed = false) {
    Path path{.closed = closed, .stroke = color_, .line_width = width()};
    for (const Point p : points) path.segments.empty() ? path.move(at(p)) : path.line(at(p));
    scene_.add(std::move(path));
  }
  void filled(const std::vector<Point>& points) {
    Path path{.closed = true, .fill = color_, .stroke = color_, .line_width = scale_};
    for (const Point p : points) path.segments.empty() ? path.move(at(p)) : path.line(at(p));
    scene_.add(std::move(path));
  }
  void bar(Box b, double radius = 0.6) { scene_.add(Rect{.box = placed(b), .radius = radius * scale_, .fill = color_}); }
  void box(Box b, double radius = 2) {
    scene_.add(Rect{.box = placed(b), .radius = radius * scale_, .stroke = color_, .line_width = width()});
  }
  void dot(Point center, double radius) { scene_.add(Circle{.center = at(center), .radius = radius * scale_, .fill = color_}); }
  void ring(Point center, double radius) {
    scene_.add(Circle{.center = at(center), .radius = radius * scale_, .stroke = color_, .line_width = width()});
  }
  // Clockwise from one angle to another, in degrees; 0 is at the right.
  void arc(Point center, double radius, double from, double to) {
    std::vector<Point> points;
    for (int i = 0; i <= 24; i++) {
      const double angle = (from + (to - from) * i / 24) * std::numbers::pi / 180;
      points.push_back({center.x + radius * std::cos(angle), center.y + radius * std::sin(angle)});
    }
    lines(points);
  }

 private:
  Point at(Point p) const { return {corner_.x + p.x * scale_, corner_.y + p.y * scale_}; }
  Box placed(Box b) const { return {corner_.x + b.x * scale_, corner_.y + b.y * scale_, b.width * scale_, b.height * scale_}; }
  double width() const { return 1.5 * scale_; }

  Scene& scene_;
  double scale_;
  Point corner_;
  Color color_;
};

void turned_arrow(Pen& pen, bool left) {
  const auto x = [left](double at) { return left ? at : 16 - at; };
  pen.lines({{x(5.6), 2.6}, {x(2.6), 5.6}, {x(5.6), 8.6}});
  pen.lines({{x(2.6), 5.6}, {x(9.4), 5.6}});
  pen.arc({x(9.4), 9.5}, 3.9, left ? -90 : 270, left ? 90 : 90);
  pen.lines({{x(9.4), 13.4}, {x(5.5), 13.4}});
}

void corners(Pen& pen, double from, double to) {  // arrows along the rising diagonal, pointing away from `from`
  pen.lines({{8 + from, 8 - from}, {8 + to, 8 - to}});
  pen.lines({{8 - from, 8 + from}, {8 - to, 8 + to}});
  const double back = to > from ? -3.6 : 3.6;
  pen.lines({{8 + to + back, 8 - to}, {8 + to, 8 - to}, {8 + to, 8 - to - back}});
  pen.lines({{8 - to - back, 8 + to}, {8 - to, 8 + to}, {8 - to, 8 + to + back}});
}

void sun(Pen& pen) {
  pen.ring({8, 8}, 2.8);
  for (int i = 0; i < 8; i++) {
    const double x = std::cos(i * std::numbers::pi / 4), y = std::sin(i * std::numbers::pi / 4);
    pen.lines({{8 + 5 * x, 8 + 5 * y}, {8 + 6.8 * x, 8 + 6.8 * y}});
  }
}

}  // namespace

void add_icon(Scene& scene, Icon icon, Box box, Color color) {
  Pen pen(scene, box, color);
  switch (icon) {
    case Icon::none:
      break;
    case Icon::play:
      pen.filled({{4.5, 2.8}, {13, 8}, {4.5, 13.2}});
      break;
    case Icon::pause:
      pen.bar({3.8, 2.6, 3, 10.8}), pen.bar({9.2, 2.6, 3, 10.8});
      break;
    case Icon::step:
      pen.filled({{3.4, 3.2}, {10.4, 8}, {3.4, 12.8}}), pen.bar({11.6, 2.7, 2, 10.6});
      break;
    case Icon::reset:
      pen.arc({8, 8.4}, 5.2, -60, 235), pen.filled({{4.4, 1.6}, {8.6, 3.6}, {4.9, 6.2}});
      break;
    case Icon::dice:
      pen.box({2.2, 2.2, 11.6, 11.6}, 2.6);
      for (const Point at : {Point{5.4, 5.4}, Point{10.6, 5.4}, Point{8, 8}, Point{5.4, 10.6}, Point{10.6, 10.6}}) pen.dot(at, 1.1);
      break;
    case Icon::plus:
      pen.lines({{8, 3}, {8, 13}}), pen.lines({{3, 8}, {13, 8}});
      break;
    case Icon::minus:
      pen.lines({{3, 8}, {13, 8}});
      break;
    case Icon::close:
      pen.lines({{4, 4}, {12, 12}}), pen.lines({{12, 4}, {4, 12}});
      break;
    case Icon::split_right:
      pen.box({2, 3, 12, 10}), pen.lines({{8, 3}, {8, 13}});
      break;
    case Icon::split_down:
      pen.box({2, 3, 12, 10}), pen.lines({{2, 8}, {14, 8}});
      break;
    case Icon::enlarge:
      corners(pen, 1.6, 5.4);
      break;
    case Icon::shrink:
      corners(pen, 5.8, 1.5);
      break;
    case Icon::save:
      pen.lines({{8, 2}, {8, 9.6}}), pen.lines({{4.8, 6.6}, {8, 9.8}, {11.2, 6.6}});
      pen.lines({{2.4, 10.4}, {2.4, 13.4}, {13.6, 13.4}, {13.6, 10.4}});
      break;
    case Icon::menu:
      for (const double y : {4.0, 8.0, 12.0}) pen.lines({{2.6, y}, {13.4, y}});
      break;
    case Icon::check:
      pen.lines({{3, 8.4}, {6.6, 12}, {13, 4.4}});
      break;
    case Icon::undo:
      turned_arrow(pen, true);
      break;
    case Icon::redo:
      turned_arrow(pen, false);
      break;
    case Icon::camera:
      pen.lines({{1.8, 4.8}, {4.6, 4.8}, {5.8, 2.8}, {10.2, 2.8}, {11.4, 4.8}, {14.2, 4.8}, {14.2, 13}, {1.8, 13}}, true);
      pen.ring({8, 8.6}, 2.5);
      break;
    case Icon::sun:
      sun(pen);
      break;
    case Icon::projector:
      pen.lines({{1.6, 2.8}, {14.4, 2.8}}), pen.lines({{2.8, 2.8}, {2.8, 10.2}, {13.2, 10.2}, {13.2, 2.8}});
      pen.lines({{8, 10.2}, {8, 12}}), pen.lines({{5, 14.2}, {8, 11.4}, {11, 14.2}});
      break;
    case Icon::help:
      pen.ring({8, 8}, 6.2), pen.arc({8, 6.5}, 2, -190, 55), pen.lines({{9.1, 8.1}, {8, 9}, {8, 9.6}}), pen.dot({8, 11.4}, 0.95);
      break;
    case Icon::chevron_down:
      pen.lines({{3.4, 5.6}, {8, 10.4}, {12.6, 5.6}});
      break;
    case Icon::chevron_right:
      pen.lines({{5.6, 3.4}, {10.4, 8}, {5.6, 12.6}});
      break;
  }
}

}  // namespace viz
