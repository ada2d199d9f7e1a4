// The one Cairo painter behind PNG, SVG and PDF. They differ only in how letters are written.
#pragma once
#include <cairo.h>

#include <functional>
#include <map>
#include <memory>

#include "viz/scene.h"
#include "viz/text.h"

namespace viz {

// Writes one line of text whose start lies at (0, 0) on its baseline.
using Letters = std::function<void(cairo_t*, const Text&)>;

// Paints the background and all marks; the corner of scene.box comes to (0, 0). The caller looks at cairo_status afterwards.
void paint(cairo_t* cairo, const Scene& scene, const Letters& letters);

// Filled outlines: for pixels, because Cairo 1.16 would round glyph positions.
void fill_outlines(cairo_t* cairo, const Text& text);

// Real text, for files in which it can be searched and copied: Cairo fonts whose glyphs are the outlines of text.h.
class Fonts {
 public:
  void operator()(cairo_t* cairo, const Text& text);

 private:
  using Face = std::unique_ptr<cairo_font_face_t, decltype(&cairo_font_face_destroy)>;
  cairo_font_face_t* face_of(const FontFile& file);
  std::map<int, Face> faces_;  // by the file's number
};

}  // namespace viz
