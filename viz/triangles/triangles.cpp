// Marks to triangles.
#include "viz/triangles/triangles.h"

#include <algorithm>
#include <cmath>

#include "viz/triangles/coverage.h"
#include "viz/triangles/fills.h"
#include "viz/triangles/pictures.h"
#include "viz/triangles/sprites.h"
#include "viz/triangles/strokes.h"

namespace viz::triangles {
namespace {

constexpr double curve_tolerance = 0.3;  // pixels

struct Painter {
  Canvas& canvas;
  Atlas& atlas;
  Lines& lines;
  double scale;
  Point origin;

  Point placed(Point p) const { return {(p.x - origin.x) * scale, (p.y - origin.y) * scale}; }
  Box placed(Box b) const { return {(b.x - origin.x) * scale, (b.y - origin.y) * scale, b.width * scale, b.height * scale}; }
  static Box grown(Box b, double by) { return {b.x - by, b.y - by, b.width + 2 * by, b.height + 2 * by}; }
  // Half a line and its soft edge, with room for the point of a miter.
  double rim(Color stroke, double line_width) const { return (stroke.a ? line_width * scale / 2 : 0) + 1.5; }

  void line(const std::vector<Point>& points, bool closed, double width, Color color) const {
    if (color.a) stroke(canvas, atlas, points, closed, width * scale, premultiplied(color));
  }

  void fill(const Rect& r, Box box) const {
    const bool round = r.radius > 0 && std::min(box.width, box.height) >= 2;
    if (round)
      fill_convex(canvas, rounded(box, r.radius * scale), premultiplied(r.fill));
    else
      fill_box(canvas, box, premultiplied(r.fill));
  }

  // The whole pixels of a large opaque rectangle that its edge does not touch; empty for others.
  Box plain_middle(const Rect& r, Box box) const {
    constexpr double large = 16384;  // pixels
    const double edge = std::max(0.0, r.radius) * scale + 1;
    const Box seen = intersection(box.inset(edge), canvas.visible());
    if (r.fill.a < 255 || !(seen.width * seen.height >= large)) return {};
    const double left = std::ceil(seen.x), top = std::ceil(seen.y);
    return {left, top, std::floor(seen.right()) - left, std::floor(seen.bottom()) - top};
  }

  // The middle by itself, the rest in four strips around it.
  void fill_around(const Rect& r, Box box, Box middle) const {
    canvas.plain(middle, r.fill);
    const Box all = grown(box, 2);
    const Box strips[] = {{all.x, all.y, all.width, middle.y - all.y},
                          {all.x, middle.bottom(), all.width, all.bottom() - middle.bottom()},
                          {all.x, middle.y, middle.x - all.x, middle.height},
                          {middle.right(), middle.y, all.right() - middle.right(), middle.height}};
    for (const Box strip : strips) {
      canvas.clip(strip);
      if (canvas.begin(all)) fill(r, box);
      canvas.unclip();
    }
  }

  void operator()(const Rect& r) const {
    const Box box = placed(r.box);
    if (!(box.width >= 0 && box.height >= 0) || !canvas.begin(grown(box, rim(r.stroke, r.line_width)))) return;
    const bool round = r.radius > 0 && std::min(box.width, box.height) >= 2;
    if (const Box middle = plain_middle(r, box); middle.width > 0)
      fill_around(r, box, middle);
    else if (r.fill.a)
      fill(r, box);
    canvas.begin(grown(box, rim(r.stroke, r.line_width)));
    line(rounded(box, round ? r.radius * scale : 0), true, r.line_width, r.stroke);
  }

  void operator()(const Circle& c) const {
    const Point center = placed(c.center);
    const double radius = c.radius * scale, width = c.line_width * scale;
    const Box box = grown({center.x, center.y, 0, 0}, std::max(0.0, radius));
    if (!(radius > 0) || !canvas.begin(grown(box, rim(c.stroke, c.line_width)))) return;
    if (radius + width / 2 > largest_disc) {
      const std::vector<Point> polygon = circle(center, radius);
      if (c.fill.a) fill_convex(canvas, polygon, premultiplied(c.fill));
      return line(polygon, true, c.line_width, c.stroke);
    }
    if (c.fill.a) paint_disc(center, radius, 0, c.fill);
    if (c.stroke.a && width > 0) paint_disc(center, radius, width, c.stroke);
  }

  void paint_disc(Point center, double radius, double width, Color color) const {
    const int x = int(std::floor(center.x * steps + 0.5)), y = int(std::floor(center.y * steps + 0.5));
    const Sprite& sprite = disc(atlas, radius, width, x & (steps - 1), y & (steps - 1));
    canvas.sprite(sprite.patch, (x >> 2) + sprite.left, (y >> 2) + sprite.top, premultiplied(color));
  }

  void operator()(const Path& p) const {
    const auto subpaths = flattened(p.segments, scale, {-origin.x * scale, -origin.y * scale}, curve_tolerance);
    const Box box = around(subpaths);
    if (!canvas.begin(grown(box, rim(p.stroke, p.line_width)))) return;
    if (p.fill.a) fill(subpaths, box, premultiplied(p.fill));
    if (!p.stroke.a || !(p.line_width > 0)) return;
    for (const auto& subpath : subpaths) {
      if (p.dash.empty())
        line(subpath, p.closed, p.line_width, p.stroke);
      else
        dashes(subpath, p);
    }
  }

  void dashes(std::vector<Point> subpath, const Path& p) const {
    if (p.closed) subpath.push_back(subpath.front());
    std::vector<double> pattern = p.dash;
    for (double& length : pattern) length *= scale;
    for (const auto& part : dashed(subpath, pattern)) line(part, false, p.line_width, p.stroke);
  }

  // As a picture, like a letter: outlines may turn and have holes as they like.
  void fill(std::vector<std::vector<Point>> subpaths, Box box, Color color) const {
    const Box all = intersection(box, canvas.visible());
    const double left = std::floor(all.x), top = std::floor(all.y);
    const int width = int(std::ceil(all.right()) - left), height = int(std::ceil(all.bottom()) - top);
    if (width <= 0 || height <= 0) return;
    for (auto& subpath : subpaths)
      for (Point& point : subpath) point = {point.x - left, point.y - top};
    canvas.sprite(atlas.add(mask(subpaths, width, height)), int(left), int(top), color);
  }

  static Box around(const std::vector<std::vector<Point>>& lines_of_points) {
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY, sum = 0;
    for (const auto& points : lines_of_points)
      for (const Point p : points) {
        left = std::min(left, p.x), right = std::max(right, p.x), top = std::min(top, p.y), bottom = std::max(bottom, p.y);
        sum += p.x + p.y;  // comparisons miss what is not a number
      }
    return std::isfinite(sum) ? Box{left, top, right - left, bottom - top} : Box{NAN, NAN, NAN, NAN};
  }

  void operator()(const Text& t) const {
    const double size = t.size * scale;
    if (!(size > 0) || !std::isfinite(size) || !t.color.a || t.string.empty()) return;
    const Lines::Line& words = lines.line(t.string, t.font);
    const int turns = ((t.turns % 4) + 4) % 4;
    const double start = t.anchor == Anchor::start ? 0 : t.anchor == Anchor::middle ? -words.width / 2 : -words.width;
    const Point at = placed(t.at), along = turns == 0 ? Point{1, 0} : turns == 1 ? Point{0, 1} : turns == 2 ? Point{-1, 0} : Point{0, -1};
    const double from = start * size, to = (start + words.width) * size;
    const Box box = united({at.x + along.x * from, at.y + along.y * from, 0, 0}, {at.x + along.x * to, at.y + along.y * to, 0, 0});
    if (!canvas.begin(grown(box, 1.5 * size))) return;
    for (const Glyph& glyph : words.glyphs) {
      const double x = from + glyph.x * size;
      write(glyph, size, turns, {at.x + along.x * x, at.y + along.y * x}, t.color);
    }
  }

  void write(const Glyph& glyph, double size, int turns, Point at, Color color) const {
    if (!canvas.begin(grown({at.x, at.y, 0, 0}, 2 * size))) return;
    if (size > largest_letter) return write_large(glyph, size, turns, at, color);
    // Baselines lie on whole pixels, as in other programs: horizontal strokes are sharp and alike in all words.
    (turns % 2 ? at.x : at.y) = std::round(turns % 2 ? at.x : at.y);
    const int x = int(std::floor(at.x * steps + 0.5)), y = int(std::floor(at.y * steps + 0.5));
    if (const Sprite* sprite = letter(atlas, glyph, size, turns, x & (steps - 1), y & (steps - 1)))
      canvas.sprite(sprite->patch, (x >> 2) + sprite->left, (y >> 2) + sprite->top, premultiplied(color));
  }

  void write_large(const Glyph& glyph, double size, int turns, Point at, Color color) const {
    std::vector<Segment> segments = outline(glyph, size);
    for (Segment& s : segments)
      for (Point* p : {&s.to, &s.control1, &s.control2})
        for (int i = 0; i < turns; i++) *p = {-p->y, p->x};
    auto contours = flattened(segments, 1, at, curve_tolerance);
    if (!contours.empty()) fill(contours, around(contours), premultiplied(color));
  }

  void operator()(const Image& i) const {
    const Box box = placed(i.box);
    if (i.width <= 0 || i.height <= 0 || !(box.width > 0 && box.height > 0)) return;
    if (i.rgba.size() != std::size_t(i.width) * std::size_t(i.height) * 4 || !canvas.begin(grown(box, 1))) return;
    const Color white{255, 255, 255, 255};
    if (i.smooth) {
      const Pixels pixels = smooth_pixels(i, box.width, box.height);
      const Patch patch = atlas.add(pixels);
      const double du = (patch.width - 2) / box.width, dv = (patch.height - 2) / box.height;
      return fill_box(canvas, box, white, {patch.page, patch.x + 1.0, patch.y + 1.0, du, dv});
    }
    const Box seen = intersection(box, canvas.visible());
    const Box whole{std::floor(seen.x), std::floor(seen.y), std::ceil(seen.right()) - std::floor(seen.x),
                    std::ceil(seen.bottom()) - std::floor(seen.y)};
    if (whole.width > 0 && whole.height > 0) canvas.sprite(atlas.add(sharp_pixels(i, box, whole)), int(whole.x), int(whole.y), white);
  }

  void operator()(const ClipStart& c) const { canvas.clip(placed(c.box)); }
  void operator()(const ClipEnd&) const { canvas.unclip(); }
};

}  // namespace

const Lines::Line& Lines::line(const std::string& string, Font font) {
  auto& lines = lines_[std::size_t(font)];
  if (lines.size() > 4000) lines.clear();
  const auto [entry, is_new] = lines.try_emplace(string);
  if (is_new) entry->second = {glyphs(entry->first, 1, font), text_width(entry->first, 1, font)};
  return entry->second;
}

const Triangles& Triangulator::triangles(const Scene& scene, double scale) {
  atlas_.begin();
  while (true) try {
      Canvas canvas(triangles_, {0, 0, scene.box.width * scale, scene.box.height * scale});
      const Painter painter{canvas, atlas_, lines_, scale, {scene.box.x, scene.box.y}};
      for (const Mark& mark : scene.marks) std::visit(painter, mark);
      return triangles_;
    } catch (const Atlas::Full&) {
      atlas_.make_room();
    }
}

}  // namespace viz::triangles
