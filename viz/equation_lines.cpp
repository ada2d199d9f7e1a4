// Setting equations in lines, and numbers in TeX.
#include "viz/equation_lines.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "viz/equation.h"
#include "viz/text.h"

namespace viz {

std::string short_number(double value) {
  if (!std::isfinite(value)) return number_words(value);
  if (value == 0) return "0";
  if (std::abs(value) >= 0.0995) {
    char text[340];
    std::snprintf(text, sizeof text, std::abs(value) < 1000 ? "%.2f" : "%.3g", value);
    return text;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  std::string words = text;  // 7e-05 is 7e-5
  if (const std::size_t e = words.find('e'); e != std::string::npos && words[e + 2] == '0') words.erase(e + 2, 1);
  return words;
}

std::string number_tex(double value) {
  if (!std::isfinite(value)) return "\\text{" + number_words(value) + "}";
  const std::string words = short_number(value);
  const std::size_t e = words.find('e');
  if (e == std::string::npos) return words;
  return words.substr(0, e) + " \\cdot 10^{" + std::to_string(std::stoi(words.substr(e + 1))) + "}";
}

std::string factor_tex(double value) { return value < 0 ? "(" + number_tex(value) + ")" : number_tex(value); }

std::string term_tex(double value, bool first) { return (value < 0 ? "-\\: " : first ? "" : "+\\: ") + number_tex(std::abs(value)); }

namespace {

// Sets pieces from the left; a piece that is too long for the rest of its row begins the next. False where one is too long for any row.
bool set(Scene& scene, const EquationLine& line, double width, double size, const Theme& theme) {
  std::vector<Equation> row;
  double x = 0;
  const double number_width = text_width("(3.1)", size * 0.8) + 8;
  const auto finish = [&] {
    double above = 0, below = 0, at = 0;
    for (const Equation& e : row) above = std::max(above, e.baseline), below = std::max(below, e.scene.box.height - e.baseline);
    for (const Equation& e : row) {
      scene.append(e.scene, {at, scene.box.height + above - e.baseline});
      at += e.scene.box.width + 0.45 * size;
    }
    if (!line.number.empty() && width > 340)
      scene.add(Text{
          .at = {width, scene.box.height + above}, .string = line.number, .size = size * 0.8, .color = theme.muted, .anchor = Anchor::end});
    scene.box.height += above + below + 0.45 * size;
    row.clear(), x = 0;
  };
  for (const std::string& piece : line.pieces) {
    Equation e = equation(piece, size, theme.text);
    if (e.scene.box.width > width) return false;
    if (!row.empty() && x + e.scene.box.width > width - (line.number.empty() ? 0 : number_width)) finish();
    x += e.scene.box.width + 0.45 * size;
    row.push_back(std::move(e));
  }
  finish();
  return true;
}

}  // namespace

Scene equation_lines(std::span<const EquationLine> lines, Box room, const Style& style, double largest) {
  for (const double size : {17.0, 15.0, 13.0, 11.5}) {
    if (size > largest) continue;
    Scene scene{.box = {0, 0, room.width, 0}};
    bool fits = true;
    for (const EquationLine& line : lines) fits = fits && set(scene, line, room.width, size, *style.theme);
    if (fits && scene.box.height <= room.height) return scene;
  }
  return {};
}

}  // namespace viz
