// Text in lines: breaking, shortening, stacking.
#include <algorithm>

#include "viz/text.h"

namespace viz {
namespace {

// The most whole characters from the start that fit, in bytes; at least one character.
std::size_t fitting(std::string_view string, double size, double width, Font font) {
  std::size_t end = 0;
  for (const CodePoint& c : code_points(string)) {
    const std::size_t next = end + c.text.size();
    if (end > 0 && text_width(string.substr(0, next), size, font) > width) return end;
    end = next;
  }
  return end;
}

void wrap_paragraph(std::string_view rest, double size, double width, Font font, std::vector<std::string>& lines) {
  std::string line;
  while (!rest.empty()) {
    std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    if (word.empty()) continue;
    const std::string longer = line.empty() ? std::string(word) : line + ' ' + std::string(word);
    if (text_width(longer, size, font) <= width) {
      line = longer;
      continue;
    }
    if (!line.empty()) lines.push_back(line);
    while (text_width(word, size, font) > width) {
      const std::size_t cut = fitting(word, size, width, font);
      if (cut == word.size()) break;
      lines.emplace_back(word.substr(0, cut));
      word.remove_prefix(cut);
    }
    line = word;
  }
  lines.push_back(line);
}

}  // namespace

std::vector<std::string> wrap(std::string_view string, double size, double width, Font font) {
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = string.find('\n');
    wrap_paragraph(string.substr(0, end), size, width, font, lines);
    if (end == std::string_view::npos) return lines;
    string.remove_prefix(end + 1);
  }
}

std::string shortened(std::string_view string, double size, double width, Font font) {
  if (text_width(string, size, font) <= width) return std::string(string);
  std::string best;
  for (std::size_t end = 0; const CodePoint& c : code_points(string)) {
    std::string_view kept = string.substr(0, end);
    while (kept.ends_with(' ')) kept.remove_suffix(1);
    const std::string candidate = std::string(kept) + "…";
    if (text_width(candidate, size, font) > width) break;
    best = candidate;
    end += c.text.size();
  }
  return best;
}

Scene paragraph(std::string_view string, double size, double width, Color color, Font font) {
  Scene scene;
  double baseline = (line_height(size) + cap_height(size)) / 2;
  for (const std::string& line : wrap(string, size, width, font)) {
    scene.add(Text{.at = {0, baseline}, .string = line, .size = size, .color = color, .font = font});
    baseline += line_height(size);
  }
  scene.box = {0, 0, width, static_cast<double>(scene.marks.size()) * line_height(size)};
  return scene;
}

}  // namespace viz
