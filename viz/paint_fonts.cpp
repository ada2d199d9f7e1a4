// Cairo fonts made of the outlines of text.h: they need neither FreeType nor fontconfig, and every glyph is where the layout says.
#include "viz/paint_cairo.h"

namespace viz {
namespace {

const cairo_user_data_key_t file_key = {};

const FontFile& file_of(cairo_scaled_font_t* font) {
  return *static_cast<const FontFile*>(cairo_font_face_get_user_data(cairo_scaled_font_get_font_face(font), &file_key));
}

cairo_status_t start(cairo_scaled_font_t*, cairo_t*, cairo_font_extents_t* extents) {
  *extents = {ascent(1), descent(1), line_height(1), 1, 0};
  return CAIRO_STATUS_SUCCESS;
}

// One em is one unit here.
cairo_status_t show_glyph(cairo_scaled_font_t* font, unsigned long index, cairo_t* cairo, cairo_text_extents_t* extents) {
  extents->x_advance = advance(file_of(font), static_cast<int>(index));
  for (const Segment& s : outline({&file_of(font), static_cast<int>(index), 0, {}}, 1)) {
    if (s.kind == Segment::Kind::move) cairo_move_to(cairo, s.to.x, s.to.y);
    if (s.kind == Segment::Kind::line) cairo_line_to(cairo, s.to.x, s.to.y);
    if (s.kind == Segment::Kind::cubic) cairo_curve_to(cairo, s.control1.x, s.control1.y, s.control2.x, s.control2.y, s.to.x, s.to.y);
  }
  cairo_fill(cairo);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

cairo_font_face_t* Fonts::face_of(const FontFile& file) {
  if (const auto old = faces_.find(file.number); old != faces_.end()) return old->second.get();
  cairo_font_face_t* face = cairo_user_font_face_create();
  cairo_font_face_set_user_data(face, &file_key, const_cast<FontFile*>(&file), nullptr);
  cairo_user_font_face_set_init_func(face, start);
  cairo_user_font_face_set_render_glyph_func(face, show_glyph);
  faces_.emplace(file.number, Face(face, cairo_font_face_destroy));
  return face;
}

void Fonts::operator()(cairo_t* cairo, const Text& text) {
  const std::vector<Glyph> line = glyphs(text.string, text.size, text.font);
  cairo_set_font_size(cairo, text.size);
  for (std::size_t first = 0, last = 0; first < line.size(); first = last) {  // runs of one font
    std::string letters;
    std::vector<cairo_glyph_t> run;
    std::vector<cairo_text_cluster_t> clusters;
    for (; last < line.size() && line[last].file == line[first].file; last++) {
      const Glyph& glyph = line[last];
      const std::string_view shown = code_points(glyph.text)[0].shown();  // Cairo refuses what is not UTF-8
      letters += shown;
      run.push_back({static_cast<unsigned long>(glyph.index), glyph.x, 0});
      clusters.push_back({static_cast<int>(shown.size()), 1});
    }
    cairo_set_font_face(cairo, face_of(*line[first].file));
    cairo_show_text_glyphs(cairo, letters.data(), static_cast<int>(letters.size()), run.data(), static_cast<int>(run.size()),
                           clusters.data(), static_cast<int>(clusters.size()), cairo_text_cluster_flags_t(0));
  }
}

}  // namespace viz
