// Which mark lies under a point.
#include <algorithm>
#include <cmath>

#include "viz/scene.h"

namespace viz {
namespace {

constexpr double reach = 4;  // pixels around a bare line that still hit it

double distance(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

// Nonzero winding number: the fill rule of the painters.
bool inside(const std::vector<std::vector<Point>>& lines, Point p) {
  int winding = 0;
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); i++) {
      const Point a = line[i], b = line[(i + 1) % line.size()];
      if ((a.y <= p.y) == (b.y <= p.y)) continue;
      if (a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) > p.x) winding += b.y > a.y ? 1 : -1;
    }
  return winding != 0;
}

bool path_covers(const Path& path, Point p) {
  const auto lines = flattened(path);
  if (path.fill.a && inside(lines, p)) return true;
  if (!path.stroke.a) return false;
  for (const auto& line : lines)
    for (std::size_t i = 1; i < line.size(); i++)
      if (distance(p, line[i - 1], line[i]) <= std::max(reach, path.line_width / 2)) return true;
  return false;
}

// "row 3, column 4: 0.52", of an image whose numbers are known.
std::string number_at(const Image& image, Point point) {
  if (image.numbers.empty() || image.box.width <= 0 || image.box.height <= 0) return "";
  const int row = std::clamp(int((point.y - image.box.y) / image.box.height * image.height), 0, image.height - 1);
  const int column = std::clamp(int((point.x - image.box.x) / image.box.width * image.width), 0, image.width - 1);
  char words[80];
  std::snprintf(words, sizeof words, "row %d, column %d: %.4g", row + 1, column + 1,
                double(image.numbers[std::size_t(row) * std::size_t(image.width) + std::size_t(column)]));
  return words;
}

// The `words` (id or tip) of the topmost mark that has them, covers the point and is not clipped away there.
template <class Words>
std::string topmost(const Scene& scene, Point point, Words words) {
  std::string found;
  std::vector<Box> clips;
  for (const Mark& mark : scene.marks) {
    if (const auto* start = std::get_if<ClipStart>(&mark)) clips.push_back(start->box);
    if (std::holds_alternative<ClipEnd>(mark) && !clips.empty()) clips.pop_back();
    const std::string text = words(mark, point);
    if (text.empty() || !std::ranges::all_of(clips, [point](Box b) { return b.contains(point); })) continue;
    if (covers(mark, point)) found = text;
  }
  return found;
}

const std::string* id_of(const Mark& mark) {
  return std::visit(
      [](const auto& m) -> const std::string* {
        if constexpr (requires { m.id; })
          return &m.id;
        else
          return nullptr;
      },
      mark);
}

const std::string* tip_of(const Mark& mark) {
  return std::visit(
      [](const auto& m) -> const std::string* {
        if constexpr (requires { m.tip; })
          return &m.tip;
        else
          return nullptr;
      },
      mark);
}

}  // namespace

bool covers(const Mark& mark, Point point) {
  if (const auto* p = std::get_if<Path>(&mark)) return path_covers(*p, point);
  if (const auto* c = std::get_if<Circle>(&mark))
    return std::hypot(point.x - c->center.x, point.y - c->center.y) <= c->radius + (c->stroke.a ? c->line_width / 2 : 0);
  const auto box = bounds(mark);
  return box && box->contains(point);
}

std::string pick(const Scene& scene, Point point) {
  return topmost(scene, point, [](const Mark& mark, Point) {
    const std::string* id = id_of(mark);
    return id ? *id : std::string();
  });
}

std::string tip_at(const Scene& scene, Point point) {
  return topmost(scene, point, [](const Mark& mark, Point at) {
    const std::string* tip = tip_of(mark);
    const auto* image = std::get_if<Image>(&mark);
    const std::string number = image && covers(mark, at) ? number_at(*image, at) : "";
    if (!tip || number.empty()) return tip ? *tip : number;
    return tip->empty() ? number : *tip + " · " + number;
  });
}

const Mark* find(const Scene& scene, const std::string& id) {
  for (const Mark& mark : scene.marks)
    if (const std::string* own = id_of(mark); own && *own == id) return &mark;
  return nullptr;
}

}  // namespace viz
