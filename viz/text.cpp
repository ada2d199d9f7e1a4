// Strings to glyphs: UTF-8, choice of font, kerning; and the outlines that painters fill.
#include "viz/text.h"

#include <stb/stb_truetype.h>

#include <algorithm>
#include <unordered_map>

#include "datasets/utf8.h"
#include "viz/fonts.h"

namespace viz {
namespace {

struct Found {
  const FontFile* file;
  int index;
};

Found found(char32_t c, const std::vector<FontFile>& chain) {
  for (const char32_t wanted : {c, U'\uFFFD'})
    for (const FontFile& file : chain)
      if (const int index = stbtt_FindGlyphIndex(file.outlines, static_cast<int>(wanted))) return {&file, index};
  return {&chain.front(), 0};  // the font's own sign for what it lacks
}

// The glyphs of a line, and where the pen is after the last one.
struct Line {
  std::vector<Glyph> glyphs;
  double width;
  Box ink = {};
};

Line set(std::string_view string, double size, Font font) {
  const auto& chain = font_chain(font);
  Line line{{}, 0};
  for (const CodePoint& c : code_points(string)) {
    const Found glyph = found(c.value, chain);
    if (!line.glyphs.empty() && line.glyphs.back().file == glyph.file)
      line.width +=
          size * stbtt_GetGlyphKernAdvance(glyph.file->outlines, line.glyphs.back().index, glyph.index) / glyph.file->units_per_em;
    line.glyphs.push_back({glyph.file, glyph.index, line.width, c.text});
    line.width += size * advance(*glyph.file, glyph.index);
  }
  return line;
}

Box ink_of(const std::vector<Glyph>& glyphs, double size) {
  std::optional<Box> all;
  for (const Glyph& glyph : glyphs) {
    int left = 0, bottom = 0, right = 0, top = 0;
    if (!stbtt_GetGlyphBox(glyph.file->outlines, glyph.index, &left, &bottom, &right, &top) || left == right) continue;
    const double scale = size / glyph.file->units_per_em;
    const Box box{glyph.x + left * scale, -top * scale, (right - left) * scale, (top - bottom) * scale};
    all = all ? united(*all, box) : box;
  }
  return all.value_or(Box{});
}

struct Key {
  std::string string;
  double size;
  Font font;
  bool operator==(const Key&) const = default;
};
struct Hash {
  std::size_t operator()(const Key& key) const {
    return std::hash<std::string>()(key.string) ^ (std::hash<double>()(key.size) * 31 + std::size_t(key.font));
  }
};

// Most words of a picture were in the one before: lines are kept. The glyphs' texts lie in the key.
const Line& line_of(std::string_view string, double size, Font font) {
  static constexpr std::size_t most = 8192;
  thread_local std::unordered_map<Key, Line, Hash> lines;
  Key key{std::string(string), size, font};
  if (const auto at = lines.find(key); at != lines.end()) return at->second;
  if (lines.size() >= most) lines.clear();
  const auto at = lines.emplace(std::move(key), Line{}).first;
  at->second = set(at->first.string, size, font);
  at->second.ink = ink_of(at->second.glyphs, size);
  return at->second;
}

char32_t value(std::string_view s) {
  if (s.size() == 1) return static_cast<unsigned char>(s[0]);
  char32_t c = static_cast<unsigned char>(s[0]) & (0x7Fu >> s.size());
  for (const char next : s.substr(1)) c = c << 6 | (static_cast<unsigned char>(next) & 0x3Fu);
  return c;
}

char32_t shown(char32_t c) {
  const bool never_text = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  return c < 0x20 ? U' ' : never_text ? U'\uFFFD' : c;
}

}  // namespace

std::vector<CodePoint> code_points(std::string_view string) {
  std::vector<CodePoint> all;
  while (!string.empty()) {
    const std::size_t bytes = data::character_size(string);
    const std::string_view text = string.substr(0, std::max<std::size_t>(bytes, 1));
    all.push_back({bytes ? shown(value(text)) : U'\uFFFD', text});
    string.remove_prefix(text.size());
  }
  return all;
}

double advance(const FontFile& file, int index) {
  int width = 0, bearing = 0;
  stbtt_GetGlyphHMetrics(file.outlines, index, &width, &bearing);
  return width / file.units_per_em;
}

std::vector<Glyph> glyphs(std::string_view string, double size, Font font) {
  std::vector<Glyph> all = line_of(string, size, font).glyphs;
  std::size_t at = 0;
  for (Glyph& glyph : all) {
    glyph.text = string.substr(at, glyph.text.size());
    at += glyph.text.size();
  }
  return all;
}

double text_width(std::string_view string, double size, Font font) { return line_of(string, size, font).width; }

Box ink(std::string_view string, double size, Font font) { return line_of(string, size, font).ink; }

std::vector<Segment> outline(const Glyph& glyph, double size) {
  stbtt_vertex* vertices = nullptr;
  const int count = stbtt_GetGlyphShape(glyph.file->outlines, glyph.index, &vertices);
  const double scale = size / glyph.file->units_per_em;
  const auto point = [scale](double x, double y) { return Point{x * scale, -y * scale}; };
  std::vector<Segment> segments;
  for (int i = 0; i < count; i++) {
    const stbtt_vertex& v = vertices[i];
    const Point to = point(v.x, v.y), control = point(v.cx, v.cy);
    if (v.type == STBTT_vmove) segments.push_back({Segment::Kind::move, to});
    if (v.type == STBTT_vline) segments.push_back({Segment::Kind::line, to});
    if (v.type == STBTT_vcubic) segments.push_back({Segment::Kind::cubic, to, control, point(v.cx1, v.cy1)});
    if (v.type == STBTT_vcurve) {  // a quadratic curve is a cubic with its control points two thirds of the way
      const Point from = segments.back().to;
      const auto third = [control](Point p) { return Point{p.x + (control.x - p.x) * 2 / 3, p.y + (control.y - p.y) * 2 / 3}; };
      segments.push_back({Segment::Kind::cubic, to, third(from), third(to)});
    }
  }
  stbtt_FreeShape(glyph.file->outlines, vertices);
  return segments;
}

}  // namespace viz
