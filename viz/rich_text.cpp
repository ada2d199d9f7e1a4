// From runs to pieces that are not broken, from pieces to lines, from lines to marks.
#include "viz/rich_text.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "viz/equation.h"
#include "viz/text.h"

namespace viz::markdown {

namespace {

constexpr double mono = 0.92;  // DejaVu Sans Mono is larger than Inter
constexpr double around_code = 2;

struct Piece {
  std::string text;
  Look look;
  std::string address;
  double width = 0;
  std::optional<Equation> formula = {};
  bool space = false, line = false, cut = false;  // what stands before it: a space, the end of a line, or the rest of a word cut in two
};

struct Setting {
  double size, width;
  const Theme& theme;
  bool strong;

  double size_of(const Look& look) const { return look.code ? mono * size : size; }
  Font font_of(const Look& look) const {
    return look.code ? Font::mono : look.bold || strong ? Font::bold : look.italic ? Font::italic : Font::regular;
  }
  double width_of(std::string_view text, const Look& look) const { return text_width(text, size_of(look), font_of(look)); }
  // In front of a piece that stands on the line of another.
  double gap(const Piece& before, const Piece& piece) const {
    if (!piece.space) return 0;
    return width_of(" ", before.look.code && piece.look.code ? piece.look : Look{});
  }
};

// As large as it fits; nothing where it is none that can be set.
std::optional<Equation> formula_of(const std::string& tex, const Setting& s) {
  try {
    for (const double share : {1.05, 0.85, 0.7})
      if (Equation e = equation(tex, share * s.size, s.theme.text); e.scene.box.width <= s.width) return e;
  } catch (const std::invalid_argument&) {
  }
  return {};
}

// Cut where it is wider than a line.
void add_word(std::vector<Piece>& pieces, Piece piece, const Setting& s) {
  const std::string word = std::move(piece.text);
  const auto add = [&](std::string_view part) {
    piece.text = part, piece.width = s.width_of(part, piece.look);
    pieces.push_back(piece);
    piece.space = piece.line = false, piece.cut = true;
  };
  std::size_t start = 0, end = 0;
  for (double wide = 0; const CodePoint& c : code_points(word)) {
    const double letter = s.width_of(c.text, piece.look);
    if (end > start && wide + letter > s.width) add(std::string_view(word).substr(start, end - start)), start = end, wide = 0;
    wide += letter, end += c.text.size();
  }
  add(std::string_view(word).substr(start));
}

std::vector<Piece> pieces_of(const std::vector<Run>& words, const Setting& s) {
  std::vector<Piece> pieces;
  bool space = false, line = false;
  const auto add = [&](const Run& run, std::string_view text, Look look) {
    add_word(pieces, {.text = std::string(text), .look = look, .address = run.address, .space = space, .line = line}, s);
    space = line = false;
  };
  for (const Run& run : words) {
    Look look = run.look;
    if (look.formula) {
      if (std::optional<Equation> formula = formula_of(run.text, s)) {
        const double wide = formula->scene.box.width;
        pieces.push_back(
            {.text = run.text, .look = look, .address = {}, .width = wide, .formula = std::move(formula), .space = space, .line = line});
        space = line = false;
        continue;
      }
      look = {.code = true};
    }
    std::string_view rest = run.text;
    while (!rest.empty()) {
      if (rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r' || rest[0] == '\n') {
        rest[0] == '\n' ? line = true : space = true;
        rest.remove_prefix(1);
        continue;
      }
      const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n"));
      add(run, word, look);
      rest.remove_prefix(word.size());
    }
  }
  return pieces;
}

using Line = std::vector<Piece>;

// A word is what no space divides, such as **bo**ld: it goes to the next line as a whole, if it fits there.
std::vector<Line> lines_of(std::vector<Piece> pieces, const Setting& s) {
  std::vector<Line> lines(1);
  double x = 0;
  for (std::size_t i = 0, end = 0; i < pieces.size(); i = end) {
    double wide = 0;
    for (end = i; end < pieces.size() && (end == i || !(pieces[end].space || pieces[end].line || pieces[end].cut)); end++)
      wide += pieces[end].width;
    const double gap = lines.back().empty() ? 0 : s.gap(lines.back().back(), pieces[i]);
    if (pieces[i].line || (!lines.back().empty() && x + gap + wide > s.width)) lines.emplace_back(), x = 0;
    for (std::size_t k = i; k < end; k++) {
      if (wide > s.width && !lines.back().empty() && x + pieces[k].width > s.width) lines.emplace_back(), x = 0;
      x += (lines.back().empty() ? 0 : s.gap(lines.back().back(), pieces[k])) + pieces[k].width;
      lines.back().push_back(std::move(pieces[k]));
    }
  }
  return lines;
}

// Neighbours that look alike become one text, which can be copied from a file as a whole.
void add_line(Scene& scene, const Line& line, const Setting& s) {
  double above = (line_height(s.size) + cap_height(s.size)) / 2, below = line_height(s.size) - above;
  for (const Piece& piece : line)
    if (piece.formula)
      above = std::max(above, piece.formula->baseline + 2),
      below = std::max(below, piece.formula->scene.box.height - piece.formula->baseline + 2);
  const double baseline = scene.box.height + above;
  scene.box.height += above + below;
  double x = 0;
  for (std::size_t i = 0, end = 0; i < line.size(); i = end) {
    const Piece& first = line[i];
    if (i > 0) x += s.gap(line[i - 1], first);
    end = i + 1;
    if (first.formula) {
      scene.append(first.formula->scene, {x, baseline - first.formula->baseline});
      x += first.width;
      continue;
    }
    std::string text = first.text;
    for (; end < line.size() && !line[end].formula && line[end].look == first.look && line[end].address == first.address; end++)
      text += (line[end].space ? " " : "") + line[end].text;
    const double wide = s.width_of(text, first.look);
    if (first.look.code) {
      const double left = std::max(0.0, x - around_code), right = std::min(s.width, x + wide + around_code);
      scene.add(Rect{.box = {left, baseline - 0.88 * s.size, right - left, 1.2 * s.size}, .radius = 3, .fill = code_ground(s.theme)});
    }
    scene.add(Text{.at = {x, baseline},
                   .string = text,
                   .size = s.size_of(first.look),
                   .color = first.address.empty() ? s.theme.text : s.theme.accent,
                   .font = s.font_of(first.look),
                   .tip = first.address});
    x += wide;
  }
}

}  // namespace

Color code_ground(const Theme& theme) { return mix(theme.background, theme.text, 0.08); }

Scene paragraph(const std::vector<Run>& words, double size, double width, const Theme& theme, bool strong) {
  const Setting s{size, width, theme, strong};
  Scene scene{.box = {0, 0, width, 0}};
  for (const Line& line : lines_of(pieces_of(words, s), s)) add_line(scene, line, s);
  return scene;
}

Scene listing(const std::vector<Run>& words, double size, double width, const Theme& theme) {
  Scene scene{.box = {0, 0, width, 0}};
  const double letters = mono * size, high = 1.35 * size;
  const auto finish = [&](std::string& line) {
    if (line.find_first_not_of(' ') != std::string::npos)
      scene.add(Text{.at = {0, scene.box.height + (high + cap_height(letters)) / 2},
                     .string = line,
                     .size = letters,
                     .color = theme.text,
                     .font = Font::mono});
    scene.box.height += high;
    line.clear();
  };
  std::string text = plain(words), line;
  if (text.ends_with('\n')) text.pop_back();
  double x = 0;
  for (const CodePoint& c : code_points(text)) {
    if (c.text == "\n") {
      finish(line), x = 0;
      continue;
    }
    const std::string shown = c.text == "\t" ? "    " : std::string(c.text);
    const double wide = text_width(shown, letters, Font::mono);
    if (!line.empty() && x + wide > width) finish(line), x = 0;
    line += shown, x += wide;
  }
  finish(line);
  return scene;
}

double natural_width(const std::vector<Run>& words, double size, bool strong) {
  const Setting s{size, 1e9, light, strong};
  double widest = 0;
  for (const Line& line : lines_of(pieces_of(words, s), s)) {
    double x = 0;
    for (std::size_t i = 0; i < line.size(); i++) x += line[i].width + (i > 0 ? s.gap(line[i - 1], line[i]) : 0);
    widest = std::max(widest, x);
  }
  return widest;
}

}  // namespace viz::markdown
