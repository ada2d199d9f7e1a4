// Each kind of sprite with the number under which it is kept: its kind in the two highest bits, then what it is made from.
#include "viz/triangles/sprites.h"

#include <algorithm>
#include <cmath>

#include "viz/triangles/coverage.h"

namespace viz::triangles {
namespace {

enum Kind : std::uint64_t { profile_kind, disc_kind, letter_kind };

constexpr double tolerance = 0.05;  // pixels

// Numbers next to each other in the bits of a key.
struct Key {
  std::uint64_t bits;
  Key& with(int number, int size) { return bits = bits << size | (std::uint64_t(number) & ((1ull << size) - 1)), *this; }
};

// Around contours, moved so that they are whole; the sprite's corner is where they were moved from.
const Sprite& keep_contours(Atlas& atlas, std::uint64_t key, std::vector<std::vector<Point>> contours) {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool first = true;
  for (const auto& contour : contours)
    for (const Point p : contour) {
      left = first ? p.x : std::min(left, p.x), right = first ? p.x : std::max(right, p.x);
      top = first ? p.y : std::min(top, p.y), bottom = first ? p.y : std::max(bottom, p.y);
      first = false;
    }
  const int x = int(std::floor(left)), y = int(std::floor(top));
  for (auto& contour : contours)
    for (Point& p : contour) p = {p.x - x, p.y - y};
  return atlas.keep(key, mask(contours, int(std::ceil(right)) - x, int(std::ceil(bottom)) - y), x, y);
}

std::vector<Point> ring(double radius, Point middle, double direction) {
  std::vector<Point> points;
  const int count = 8 + int(8 * radius);
  for (int i = 0; i < count; i++) {
    const double angle = direction * 2 * M_PI * i / count;
    points.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
  }
  return points;
}

Point turned(Point p, int turns) {
  for (int i = 0; i < turns; i++) p = {-p.y, p.x};
  return p;
}

}  // namespace

Profile line_profile(Atlas& atlas, double width) {
  const int sixteenths = std::max(1, int(std::lround(std::min(width, 2000.0) * 16)));
  const double half = sixteenths / 32.0, reach = half + 0.5, density = std::min(4.0, 500 / reach);  // columns a pixel
  const int columns = int(std::ceil(2 * reach * density));
  const std::uint64_t key = Key{profile_kind}.with(sixteenths, 20).bits;
  const Sprite* sprite = atlas.find(key);
  if (!sprite) {
    Pixels pixels{columns, 3, std::vector<Color>(std::size_t(columns) * 3, nothing)};
    for (int i = 0; i < columns; i++) {
      // What a pixel at this distance has in common with the line.
      const double distance = std::abs((i + 0.5) / density - reach);
      const auto c = uint8_t(std::lround(255 * std::clamp(half + 0.5 - distance, 0.0, std::min(1.0, 2 * half))));
      pixels.row(1)[i] = pixels.row(2)[i] = {c, c, c, c};
    }
    sprite = &atlas.keep(key, pixels, 0, 0);
  }
  const Patch& patch = sprite->patch;
  return {float(patch.x), float(patch.x + 2 * reach * density), float(patch.y) + 0.5f, float(patch.y) + 2, reach};
}

const Sprite& disc(Atlas& atlas, double radius, double width, int step_x, int step_y) {
  const int r = std::max(1, int(std::lround(radius * 16))), w = int(std::lround(width * 16));
  const std::uint64_t key = Key{disc_kind}.with(r, 16).with(w, 16).with(step_x, 4).with(step_y, 4).bits;
  if (const Sprite* sprite = atlas.find(key)) return *sprite;
  const Point middle{double(step_x) / steps, double(step_y) / steps};
  std::vector<std::vector<Point>> contours = {ring((r + w / 2.0) / 16, middle, 1)};
  if (w > 0 && r > w / 2.0) contours.push_back(ring((r - w / 2.0) / 16, middle, -1));
  return keep_contours(atlas, key, std::move(contours));
}

const Sprite* letter(Atlas& atlas, const Glyph& glyph, double size, int turns, int step_x, int step_y) {
  const int size_64 = int(std::lround(size * 64));
  const std::uint64_t key = Key{letter_kind}
                                .with(glyph.file->number, 8)
                                .with(glyph.index, 16)
                                .with(size_64, 16)
                                .with(turns, 2)
                                .with(step_x, 4)
                                .with(step_y, 4)
                                .bits;
  const Sprite* sprite = atlas.find(key);
  if (!sprite) {
    auto contours = flattened(outline(glyph, size_64 / 64.0), 1, {}, tolerance);
    for (auto& contour : contours)
      for (Point& p : contour) {
        const Point q = turned(p, turns);
        p = {q.x + double(step_x) / steps, q.y + double(step_y) / steps};
      }
    sprite = &keep_contours(atlas, key, std::move(contours));
  }
  return sprite->patch.width > 0 ? sprite : nullptr;
}

}  // namespace viz::triangles
