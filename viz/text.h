// Where the glyphs of a string go. Layout and all painters use these positions, so that what was measured is what is painted.
// Letters come from Inter; a character that Inter lacks comes from DejaVu Sans.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "viz/scene.h"

struct stbtt_fontinfo;

namespace viz {

struct FontFile {
  const stbtt_fontinfo* outlines;
  double units_per_em;
  int number;  // 0, 1, 2, ...: a key for caches
};

struct Glyph {
  const FontFile* file;
  int index;              // in that file
  double x;               // of its origin, in pixels from the start of the string
  std::string_view text;  // its bytes in the string
};

// The glyphs of one line from left to right, kerned. Bytes that are not UTF-8 show as U+FFFD.
// Errors: std::runtime_error when no font is found (fonts-inter, fonts-dejavu-core).
std::vector<Glyph> glyphs(std::string_view string, double size, Font font = Font::regular);

// The advance of the whole line, in pixels.
double text_width(std::string_view string, double size, Font font = Font::regular);

// How far one glyph moves the pen, in ems.
double advance(const FontFile& file, int index);

// The box that ink covers when the line starts at (0, 0) on its baseline; top is negative.
Box ink(std::string_view string, double size, Font font = Font::regular);

// The glyph's outline about its origin in pixels, y downwards: closed contours, filled by the nonzero rule.
std::vector<Segment> outline(const Glyph& glyph, double size);

// Heights of a line of Inter above and below its baseline, and from one baseline to the next, in pixels.
constexpr double ascent(double size) { return 0.97 * size; }
constexpr double descent(double size) { return 0.25 * size; }
constexpr double line_height(double size) { return 1.5 * size; }
// Of a capital letter: a baseline at center + cap_height / 2 centers a label.
constexpr double cap_height(double size) { return 0.727 * size; }

// Breaks at spaces and line feeds into lines no wider than `width`; a longer word is cut.
std::vector<std::string> wrap(std::string_view string, double size, double width, Font font = Font::regular);

// The string, or its beginning and "…", no wider than `width`.
std::string shortened(std::string_view string, double size, double width, Font font = Font::regular);

// Wrapped text as marks in a scene as wide as `width` and as high as its lines.
Scene paragraph(std::string_view string, double size, double width, Color color, Font font = Font::regular);

// The characters of a string as they are shown: a control character as a space; U+FFFD for each byte that is not UTF-8 and for what
// Unicode calls noncharacters.
struct CodePoint {
  char32_t value;
  std::string_view text;  // its bytes in the string

  std::string_view shown() const { return value == U' ' ? " " : value == U'\uFFFD' ? "\uFFFD" : text; }
};
std::vector<CodePoint> code_points(std::string_view string);

}  // namespace viz
