// Cutting triangles at the four sides of the clip (Sutherland, Hodgman 1974).
#include "viz/triangles/canvas.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace viz::triangles {
namespace {

Vertex between(const Vertex& a, const Vertex& b, float t) {
  const auto mixed = [t](float p, float q) { return p + (q - p) * t; };
  const auto byte = [&](uint8_t p, uint8_t q) { return uint8_t(mixed(p, q) + 0.5f); };
  return {mixed(a.x, b.x),
          mixed(a.y, b.y),
          {byte(a.color.r, b.color.r), byte(a.color.g, b.color.g), byte(a.color.b, b.color.b), byte(a.color.a, b.color.a)},
          mixed(a.u, b.u),
          mixed(a.v, b.v)};
}

// A triangle cut by four lines has seven corners at most.
struct Corners {
  std::array<Vertex, 8> all;
  int count = 0;
};

// Keeps what lies beyond `limit` along x or y, where `side` is 1, or before it, where it is -1.
Corners kept(const Corners& from, float Vertex::*along, float limit, float side) {
  Corners to;
  for (int i = 0; i < from.count; i++) {
    const Vertex &a = from.all[std::size_t(i)], &b = from.all[std::size_t((i + 1) % from.count)];
    const float da = (a.*along - limit) * side, db = (b.*along - limit) * side;
    if (da >= 0) to.all[std::size_t(to.count++)] = a;
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) {
      Vertex& v = to.all[std::size_t(to.count++)] = between(a, b, da / (da - db));
      v.*along = limit;
    }
  }
  return to;
}

bool inside(Box outer, Box b) { return b.x >= outer.x && b.y >= outer.y && b.right() <= outer.right() && b.bottom() <= outer.bottom(); }

}  // namespace

Color premultiplied(Color c) {
  const auto times_alpha = [&](int v) { return uint8_t((v * c.a + 127) / 255); };
  return {times_alpha(c.r), times_alpha(c.g), times_alpha(c.b), c.a};
}

Color times(Color c, double alpha) {
  const auto part = [alpha](uint8_t v) { return uint8_t(v * alpha + 0.5); };
  return {part(c.r), part(c.g), part(c.b), part(c.a)};
}

Canvas::Canvas(Triangles& out, Box box) : out_(out), clips_{box} {
  out.vertices.clear();
  out.batches.clear();
  page(0);
}

void Canvas::clip(Box box) { clips_.push_back(intersection(clips_.back(), box)); }

void Canvas::unclip() {
  if (clips_.size() > 1) clips_.pop_back();
}

bool Canvas::begin(Box b) {
  if (!std::isfinite(b.x + b.y + b.width + b.height)) return false;
  const Box clip = clips_.back();
  cut_ = !inside(clip, b);
  return clip.width > 0 && clip.height > 0 && b.x < clip.right() && b.right() > clip.x && b.y < clip.bottom() && b.bottom() > clip.y;
}

void Canvas::page(int page) {
  if (!out_.batches.empty() && out_.batches.back().vertices == 0) out_.batches.pop_back();
  if (out_.batches.empty() || out_.batches.back().page != page) out_.batches.push_back({page, 0});
}

void Canvas::triangle(const Vertex& a, const Vertex& b, const Vertex& c) {
  if (cut_) return cut(a, b, c);
  out_.vertices.insert(out_.vertices.end(), {a, b, c});
  out_.batches.back().vertices += 3;
}

void Canvas::quad(const Vertex& a, const Vertex& b, const Vertex& c, const Vertex& d) {
  if (cut_) return cut(a, b, c), cut(a, c, d);
  out_.vertices.insert(out_.vertices.end(), {a, b, c, a, c, d});
  out_.batches.back().vertices += 6;
}

void Canvas::plain(Box box, Color color) {
  const Box b = intersection(box, visible());
  const float left = float(b.x), right = float(b.right()), top = float(b.y), bottom = float(b.bottom());
  page(no_page);
  const Vertex corner[] = {{left, top, color}, {right, top, color}, {right, bottom, color}, {left, bottom, color}};
  out_.vertices.insert(out_.vertices.end(), {corner[0], corner[1], corner[2], corner[0], corner[2], corner[3]});
  out_.batches.back().vertices += 6;
  page(0);
}

void Canvas::sprite(const Patch& patch, int x, int y, Color color) {
  const Box clip = clips_.back();
  const float left = std::max(float(x), float(clip.x)), right = std::min(float(x + patch.width), float(clip.right()));
  const float top = std::max(float(y), float(clip.y)), bottom = std::min(float(y + patch.height), float(clip.bottom()));
  if (left >= right || top >= bottom) return;
  const float u = float(patch.x - x), v = float(patch.y - y);
  const Vertex a{left, top, color, left + u, top + v}, b{right, top, color, right + u, top + v};
  const Vertex c{right, bottom, color, right + u, bottom + v}, d{left, bottom, color, left + u, bottom + v};
  page(patch.page);
  out_.vertices.insert(out_.vertices.end(), {a, b, c, a, c, d});
  out_.batches.back().vertices += 6;
  page(0);
}

void Canvas::cut(const Vertex& a, const Vertex& b, const Vertex& c) {
  const Box clip = clips_.back();
  Corners corners{{a, b, c}, 3};
  corners = kept(corners, &Vertex::x, float(clip.x), 1);
  corners = kept(corners, &Vertex::x, float(clip.right()), -1);
  corners = kept(corners, &Vertex::y, float(clip.y), 1);
  corners = kept(corners, &Vertex::y, float(clip.bottom()), -1);
  for (int i = 2; i < corners.count; i++) {
    out_.vertices.insert(out_.vertices.end(), {corners.all[0], corners.all[std::size_t(i - 1)], corners.all[std::size_t(i)]});
    out_.batches.back().vertices += 3;
  }
}

}  // namespace viz::triangles
