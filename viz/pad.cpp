// Painting strokes: how far each pixel is covered by the whole stroke, then its colour over what was there.
#include "viz/pad.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

double distance(Point p, Point from, Point to) {
  const double x = to.x - from.x, y = to.y - from.y, length2 = x * x + y * y;
  const double t = length2 > 0 ? std::clamp(((p.x - from.x) * x + (p.y - from.y) * y) / length2, 0.0, 1.0) : 0;
  return std::hypot(p.x - from.x - t * x, p.y - from.y - t * y);
}

unsigned char mixed(unsigned char a, unsigned char b, float t) { return static_cast<unsigned char>(std::lround(a + (b - a) * t)); }

}  // namespace

Pad::Pad(int width, int height, Color ground) : ground_(ground) {
  pixels_ = {width, height, std::vector<unsigned char>(std::size_t(width) * std::size_t(height) * 4)};
  covered_.assign(std::size_t(width) * std::size_t(height), 0);
  clear();
  strokes_.clear();
}

void Pad::begin(Point at, const Pen& pen) {
  strokes_.push_back({pen, {at}});
  lay_down();
  cover(pen, at, at);
}

void Pad::go_on(Point to) {
  if (strokes_.empty() || strokes_.back().points.empty()) return;
  Stroke& stroke = strokes_.back();
  cover(stroke.pen, stroke.points.back(), to);
  stroke.points.push_back(to);
}

void Pad::clear() {
  strokes_.push_back({});
  paint(strokes_.back());
}

void Pad::undo() {
  if (strokes_.empty()) return;
  strokes_.pop_back();
  paint({});
  for (const Stroke& stroke : strokes_) paint(stroke);
}

bool Pad::empty() const {
  for (std::size_t i = 0; i < pixels_.rgba.size(); i += 4)
    if (pixels_.rgba[i] != ground_.r || pixels_.rgba[i + 1] != ground_.g || pixels_.rgba[i + 2] != ground_.b) return false;
  return true;
}

void Pad::paint(const Stroke& stroke) {
  if (stroke.points.empty()) {
    for (std::size_t i = 0; i < pixels_.rgba.size(); i += 4) {
      unsigned char* pixel = &pixels_.rgba[i];
      pixel[0] = ground_.r, pixel[1] = ground_.g, pixel[2] = ground_.b, pixel[3] = 255;
    }
    return lay_down();
  }
  lay_down();
  for (std::size_t i = 0; i < stroke.points.size(); i++) cover(stroke.pen, stroke.points[i ? i - 1 : 0], stroke.points[i]);
}

// What is there now is what the next stroke goes over.
void Pad::lay_down() {
  before_ = pixels_;
  std::ranges::fill(covered_, 0.0f);
}

// A piece of a stroke: all within half its width of a line, with an edge one pixel wide. Where pieces overlap the larger cover counts, so
// that the edge of a stroke does not depend on how many pieces it came in.
void Pad::cover(const Pen& pen, Point from, Point to) {
  const double reach = pen.width / 2 + 1;
  const auto range = [reach](double a, double b, int size) {
    const double low = std::clamp(std::floor(std::min(a, b) - reach), 0.0, double(size)),
                 high = std::clamp(std::ceil(std::max(a, b) + reach), 0.0, double(size));
    return std::pair{int(low), int(high)};
  };
  if (!std::isfinite(from.x + from.y + to.x + to.y)) return;
  const auto [left, right] = range(from.x, to.x, pixels_.width);
  const auto [top, bottom] = range(from.y, to.y, pixels_.height);
  const Color color = pen.eraser ? ground_ : pen.color;
  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++) {
      const std::size_t i = std::size_t(y) * std::size_t(pixels_.width) + std::size_t(x);
      const double share = std::clamp(pen.width / 2 + 0.5 - distance({x + 0.5, y + 0.5}, from, to), 0.0, 1.0);
      if (float(share) <= covered_[i]) continue;
      covered_[i] = float(share);
      const unsigned char* old = &before_.rgba[4 * i];
      unsigned char* pixel = &pixels_.rgba[4 * i];
      pixel[0] = mixed(old[0], color.r, covered_[i]), pixel[1] = mixed(old[1], color.g, covered_[i]),
      pixel[2] = mixed(old[2], color.b, covered_[i]);
    }
}

}  // namespace viz
