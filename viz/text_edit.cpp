// Editing one line of text.
#include "viz/text_edit.h"

#include <algorithm>
#include <cmath>

#include "viz/text.h"

namespace viz {
namespace {

bool is_space(std::string_view text, std::size_t at) { return text[at] == ' '; }

// Control characters, line and paragraph separators, and what turns the direction of writing.
bool unwanted(const CodePoint& c) {
  const auto byte = static_cast<unsigned char>(c.text[0]);
  return byte < 0x20 || byte == 0x7F || c.value == U'\uFFFD' || c.value == U'\uFEFF' || (c.value >= 0x80 && c.value < 0xA0) ||
         (c.value >= 0x200E && c.value <= 0x200F) || (c.value >= 0x2028 && c.value <= 0x202E) || (c.value >= 0x2066 && c.value <= 0x2069);
}

void erase(TextLine& line, std::size_t from, std::size_t to) {
  line.text.erase(from, to - from);
  line.caret = line.anchor = from;
}

bool go(TextLine& line, std::size_t to, bool selecting) {
  line.caret = to;
  if (!selecting) line.anchor = to;
  return true;
}

bool with_control(TextLine& line, char letter, const Clipboard& clipboard) {
  if (letter == 'a') return line.anchor = 0, line.caret = line.text.size(), true;
  const bool selected = line.caret != line.anchor;
  if (letter == 'c' || letter == 'x') {
    if (selected && clipboard.copy) {
      clipboard.copy(line.text.substr(line.first(), line.last() - line.first()));
      if (letter == 'x') erase(line, line.first(), line.last());
    }
    return true;
  }
  if (letter != 'v') return false;
  if (clipboard.paste) insert(line, clipboard.paste());
  return true;
}

}  // namespace

TextLine all_selected(std::string text) {
  const std::size_t end = text.size();
  return {std::move(text), end, 0};
}

void insert(TextLine& line, std::string_view string) {
  erase(line, line.first(), line.last());
  std::string wanted;
  for (const CodePoint& c : code_points(string.substr(0, 8 * longest_line))) {
    if (unwanted(c)) continue;
    if (line.text.size() + wanted.size() + c.text.size() > longest_line) break;
    wanted += c.text;
  }
  line.text.insert(line.caret, wanted);
  line.anchor = line.caret += wanted.size();
}

void insert(TextLine& line, char32_t character) { insert(line, utf8(character)); }

bool edit(TextLine& line, const KeyDown& key, const Clipboard& clipboard) {
  const auto [control, shift, alt] = key.with;
  if (alt) return false;
  const bool selected = line.caret != line.anchor;
  const auto to_left = [&] { return control ? word_before(line.text, line.caret) : before(line.text, line.caret); };
  const auto to_right = [&] { return control ? word_after(line.text, line.caret) : after(line.text, line.caret); };
  switch (key.key) {
    case Key::letter:
      return control && with_control(line, key.letter, clipboard);
    case Key::left:
      return go(line, selected && !shift && !control ? line.first() : to_left(), shift);
    case Key::right:
      return go(line, selected && !shift && !control ? line.last() : to_right(), shift);
    case Key::home:
      return go(line, 0, shift);
    case Key::end:
      return go(line, line.text.size(), shift);
    case Key::backspace:
      return selected ? erase(line, line.first(), line.last()) : erase(line, to_left(), line.caret), true;
    case Key::erase:
      return selected ? erase(line, line.first(), line.last()) : erase(line, line.caret, to_right()), true;
    default:
      return false;
  }
}

double x_of(std::string_view text, std::size_t place, double size) { return text_width(text.substr(0, place), size); }

std::size_t place_at(std::string_view text, double x, double size) {
  std::size_t nearest = 0;
  double least = std::abs(x);
  const auto consider = [&](std::size_t place, double at) {
    if (std::abs(at - x) < least) nearest = place, least = std::abs(at - x);
  };
  for (const Glyph& glyph : glyphs(text, size)) consider(static_cast<std::size_t>(glyph.text.data() - text.data()), glyph.x);
  consider(text.size(), text_width(text, size));
  return nearest;
}

std::size_t before(std::string_view text, std::size_t place) {
  std::size_t at = 0;
  for (const CodePoint& c : code_points(text.substr(0, place))) at = place - c.text.size();
  return at;
}

std::size_t after(std::string_view text, std::size_t place) {
  const auto rest = code_points(text.substr(place, 4));
  return rest.empty() ? place : place + rest[0].text.size();
}

std::size_t word_before(std::string_view text, std::size_t place) {
  while (place > 0 && is_space(text, place - 1)) place--;
  while (place > 0 && !is_space(text, place - 1)) place--;
  return place;
}

std::size_t word_after(std::string_view text, std::size_t place) {
  while (place < text.size() && !is_space(text, place)) place++;
  while (place < text.size() && is_space(text, place)) place++;
  return place;
}

std::string utf8(char32_t c) {
  if (c >= 0xD800 && c <= 0xDFFF) return "";
  const auto next = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), next(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | c >> 12), next(6), next(0)};
  if (c < 0x110000) return {static_cast<char>(0xF0 | c >> 18), next(12), next(6), next(0)};
  return "";
}

}  // namespace viz
