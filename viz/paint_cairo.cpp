// Marks to Cairo calls.
#include "viz/paint_cairo.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace viz {
namespace {

void set_color(cairo_t* cairo, Color c) { cairo_set_source_rgba(cairo, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0); }

void add_segments(cairo_t* cairo, const std::vector<Segment>& segments, bool closed) {
  bool open = false;
  for (const Segment& s : segments) {
    if (s.kind == Segment::Kind::move) {
      if (open && closed) cairo_close_path(cairo);
      cairo_move_to(cairo, s.to.x, s.to.y);
    } else if (s.kind == Segment::Kind::line) {
      cairo_line_to(cairo, s.to.x, s.to.y);
    } else {
      cairo_curve_to(cairo, s.control1.x, s.control1.y, s.control2.x, s.control2.y, s.to.x, s.to.y);
    }
    open = true;
  }
  if (open && closed) cairo_close_path(cairo);
}

void add_rounded(cairo_t* cairo, Box b, double radius) {
  const double r = std::clamp(radius, 0.0, std::min(b.width, b.height) / 2), quarter = std::numbers::pi / 2;
  if (r <= 0) return cairo_rectangle(cairo, b.x, b.y, b.width, b.height);
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, b.right() - r, b.y + r, r, -quarter, 0);
  cairo_arc(cairo, b.right() - r, b.bottom() - r, r, 0, quarter);
  cairo_arc(cairo, b.x + r, b.bottom() - r, r, quarter, 2 * quarter);
  cairo_arc(cairo, b.x + r, b.y + r, r, 2 * quarter, 3 * quarter);
  cairo_close_path(cairo);
}

// Fills and strokes the current path, then forgets it.
void finish(cairo_t* cairo, Color fill, Color stroke, double line_width) {
  if (fill.a) {
    set_color(cairo, fill);
    cairo_fill_preserve(cairo);
  }
  if (stroke.a && line_width > 0) {
    set_color(cairo, stroke);
    cairo_set_line_width(cairo, line_width);
    cairo_stroke_preserve(cairo);
  }
  cairo_new_path(cairo);
}

// Cairo's pixels: 32-bit words, alpha in the high byte, colors already multiplied by it.
std::vector<uint32_t> premultiplied(const std::vector<uint8_t>& rgba) {
  std::vector<uint32_t> words(rgba.size() / 4);
  for (std::size_t i = 0; i < words.size(); i++) {
    const uint32_t a = rgba[4 * i + 3];
    const auto times = [a](uint32_t c) { return (c * a + 127) / 255; };
    words[i] = a << 24 | times(rgba[4 * i]) << 16 | times(rgba[4 * i + 1]) << 8 | times(rgba[4 * i + 2]);
  }
  return words;
}

struct Painter {
  cairo_t* cairo;
  const Letters& letters;
  int clips = 0;

  void operator()(const Rect& r) {
    add_rounded(cairo, r.box, r.radius);
    finish(cairo, r.fill, r.stroke, r.line_width);
  }

  void operator()(const Circle& c) {
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, c.center.x, c.center.y, std::max(0.0, c.radius), 0, 2 * std::numbers::pi);
    cairo_close_path(cairo);
    finish(cairo, c.fill, c.stroke, c.line_width);
  }

  void operator()(const Path& p) {
    add_segments(cairo, p.segments, p.closed);
    const bool dashed =
        std::ranges::all_of(p.dash, [](double d) { return d >= 0; }) && std::accumulate(p.dash.begin(), p.dash.end(), 0.0) > 0;
    if (dashed) cairo_set_dash(cairo, p.dash.data(), static_cast<int>(p.dash.size()), 0);
    finish(cairo, p.fill, p.stroke, p.line_width);
    cairo_set_dash(cairo, nullptr, 0, 0);
  }

  void operator()(const Text& t) {
    if (t.size <= 0 || !t.color.a) return;
    const double width = t.anchor == Anchor::start ? 0 : text_width(t.string, t.size, t.font);
    cairo_save(cairo);
    cairo_translate(cairo, t.at.x, t.at.y);
    cairo_rotate(cairo, t.turns * std::numbers::pi / 2);
    cairo_translate(cairo, t.anchor == Anchor::middle ? -width / 2 : -width, 0);
    set_color(cairo, t.color);
    letters(cairo, t);
    cairo_restore(cairo);
  }

  void operator()(const Image& i) {
    if (i.width <= 0 || i.height <= 0 || i.box.width <= 0 || i.box.height <= 0) return;
    std::vector<uint32_t> pixels = premultiplied(i.rgba);
    cairo_surface_t* surface = cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(pixels.data()), CAIRO_FORMAT_ARGB32,
                                                                   i.width, i.height, 4 * i.width);
    cairo_save(cairo);
    cairo_translate(cairo, i.box.x, i.box.y);
    cairo_scale(cairo, i.box.width / i.width, i.box.height / i.height);
    cairo_rectangle(cairo, 0, 0, i.width, i.height);
    cairo_set_source_surface(cairo, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), i.smooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);  // else the edges fade
    cairo_fill(cairo);
    cairo_restore(cairo);
    cairo_surface_finish(surface);  // vector files copy the pixels now, while they are still there
    cairo_surface_destroy(surface);
  }

  void operator()(const ClipStart& c) {
    cairo_save(cairo);
    cairo_rectangle(cairo, c.box.x, c.box.y, c.box.width, c.box.height);
    cairo_clip(cairo);
    clips++;
  }

  void operator()(const ClipEnd&) {
    if (clips == 0) return;
    cairo_restore(cairo);
    clips--;
  }
};

}  // namespace

void paint(cairo_t* cairo, const Scene& scene, const Letters& letters) {
  cairo_translate(cairo, -scene.box.x, -scene.box.y);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  Painter painter{cairo, letters};
  painter(Rect{.box = scene.box, .fill = scene.background});
  for (const Mark& mark : scene.marks) std::visit(painter, mark);
  while (painter.clips > 0) painter(ClipEnd{});
}

void fill_outlines(cairo_t* cairo, const Text& text) {
  for (const Glyph& glyph : glyphs(text.string, text.size, text.font)) {
    cairo_save(cairo);
    cairo_translate(cairo, glyph.x, 0);
    add_segments(cairo, outline(glyph, text.size), true);
    cairo_restore(cairo);
  }
  cairo_fill(cairo);
}

}  // namespace viz
