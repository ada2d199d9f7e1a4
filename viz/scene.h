// A Scene is a list of marks, painted in order. Everything that is shown, saved or tested is one; units are pixels, y grows downwards.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace viz {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Point center() const { return {x + width / 2, y + height / 2}; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }

  Box inset(double margin) const { return inset(margin, margin); }
  Box inset(double across, double down) const;  // never smaller than empty
  Box moved(Point by) const { return {x + by.x, y + by.y, width, height}; }

  // The strip of this size at one edge.
  Box left(double size) const { return {x, y, size, height}; }
  Box right(double size) const { return {right() - size, y, size, height}; }
  Box top(double size) const { return {x, y, width, size}; }
  Box bottom(double size) const { return {x, bottom() - size, width, size}; }

  // Cuts that strip off this box and returns it; this box keeps the rest: `Box menu = rest.cut_left(170);`
  Box cut_left(double size);
  Box cut_right(double size);
  Box cut_top(double size);
  Box cut_bottom(double size);

  bool operator==(const Box&) const = default;
};

Box united(Box a, Box b);        // the smallest box around both
Box intersection(Box a, Box b);  // empty (width or height 0) when they do not meet

struct Color {
  uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Color&) const = default;
};
inline constexpr Color nothing{0, 0, 0, 0};  // not painted

enum class Font { regular, bold, italic, mono };
inline constexpr int fonts = 4;
enum class Anchor { start, middle, end };

// What every mark has: `id` makes it a target of pick(), `tip` is a sentence shown while the pointer rests on it.
struct Rect {
  Box box;
  double radius = 0;  // of the corners
  Color fill = nothing, stroke = nothing;
  double line_width = 1;
  std::string id = {}, tip = {};
};

struct Circle {
  Point center;
  double radius = 0;
  Color fill = nothing, stroke = nothing;
  double line_width = 1;
  std::string id = {}, tip = {};
};

struct Segment {
  enum class Kind { move, line, cubic } kind = Kind::move;
  Point to;
  Point control1 = {}, control2 = {};  // of a cubic
};

struct Path {
  std::vector<Segment> segments = {};  // the first is a move
  bool closed = false;
  Color fill = nothing, stroke = nothing;
  double line_width = 1;
  std::vector<double> dash = {};  // lengths on, off, on, ...; empty: a solid line
  std::string id = {}, tip = {};

  Path& move(Point to) { return segments.push_back({Segment::Kind::move, to}), *this; }
  Path& line(Point to) { return segments.push_back({Segment::Kind::line, to}), *this; }
  Path& cubic(Point control1, Point control2, Point to) {
    return segments.push_back({Segment::Kind::cubic, to, control1, control2}), *this;
  }
};

struct Text {
  Point at;            // on the baseline, at the start, middle or end of the string
  std::string string;  // UTF-8, one line; wrap() in text.h breaks lines
  double size = 14;    // em, in pixels
  Color color = {};
  Font font = Font::regular;
  Anchor anchor = Anchor::start;
  int turns = 0;  // quarter turns clockwise about `at`; -1 reads upwards
  std::string id = {}, tip = {};
};

struct Image {
  Box box;                         // where it is stretched to
  int width = 0, height = 0;       // in its own pixels
  std::vector<uint8_t> rgba = {};  // width * height * 4 bytes, rows from the top, not premultiplied
  bool smooth = false;             // false: every pixel is a sharp rectangle
  std::vector<float> numbers = {};  // behind the pixels, for tip_at(); or empty
  std::string id = {}, tip = {};
};

// Marks between these show only inside the box. Pairs nest.
struct ClipStart {
  Box box;
};
struct ClipEnd {};

using Mark = std::variant<Rect, Circle, Path, Text, Image, ClipStart, ClipEnd>;

struct Scene {
  Box box;                     // its size; x and y are usually 0
  Color background = nothing;  // painted over box first
  std::string title = {};      // what it shows, in a few words; not painted
  std::vector<Mark> marks = {};

  Scene& add(Mark mark);
  // A straight line.
  Scene& add_line(Point from, Point to, Color color, double line_width = 1);
  // All marks of another scene, moved by `offset`; its background becomes a rectangle.
  Scene& append(const Scene& other, Point offset = {});
};

// The box that a mark paints in, half its line width included. Clips have none.
std::optional<Box> bounds(const Mark& mark);
// Around all marks; nothing when there are none.
std::optional<Box> bounds(const Scene& scene);

// The path as straight lines, one for each move, cubics in 16 pieces; a closed one ends where it starts.
std::vector<std::vector<Point>> flattened(const Path& path);

// Does the mark cover the point? A stroke without a fill is hit within 4 pixels of its line.
bool covers(const Mark& mark, Point point);

// The id of the topmost mark that has one and covers the point, clips respected; empty when there is none.
std::string pick(const Scene& scene, Point point);
// The same for tips.
std::string tip_at(const Scene& scene, Point point);

// The first mark with this id, or null.
const Mark* find(const Scene& scene, const std::string& id);

// True when no coordinate, size or width in the scene is NaN or infinite, and every image has all its bytes.
bool finite(const Scene& scene);

}  // namespace viz
