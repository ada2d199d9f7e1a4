// Puts boxes of a formula together.
#include "viz/equation_box.h"

#include <algorithm>
#include <cmath>

#include "viz/text.h"

namespace viz::equation_box {
namespace {

constexpr double rule = 0.055;     // thickness of lines, in ems
constexpr double x_height = 0.55;  // of Inter, in ems

// A tall sign as a curve in a unit square: x to the right, y from 0 (top) to 1 (bottom).
Path tall_sign(const std::string& sign, Box box) {
  const auto at = [box](double x, double y) { return Point{box.x + x * box.width, box.y + y * box.height}; };
  Path path;
  if (sign == "(") path.move(at(1, 0)).cubic(at(-0.15, 0.25), at(-0.15, 0.75), at(1, 1));
  if (sign == ")") path.move(at(0, 0)).cubic(at(1.15, 0.25), at(1.15, 0.75), at(0, 1));
  if (sign == "[") path.move(at(1, 0)).line(at(0, 0)).line(at(0, 1)).line(at(1, 1));
  if (sign == "]") path.move(at(0, 0)).line(at(1, 0)).line(at(1, 1)).line(at(0, 1));
  if (sign == "|") path.move(at(0.5, 0)).line(at(0.5, 1));
  if (sign == "‖") path.move(at(0.2, 0)).line(at(0.2, 1)).move(at(0.8, 0)).line(at(0.8, 1));
  const auto brace = [&](double far, double near) {  // from the tips over the middle to the point
    path.move(at(far, 0))
        .cubic(at(0.5, 0), at(0.5, 0.02), at(0.5, 0.12))
        .line(at(0.5, 0.38))
        .cubic(at(0.5, 0.47), at(near, 0.5), at(near, 0.5));
    path.cubic(at(near, 0.5), at(0.5, 0.53), at(0.5, 0.62)).line(at(0.5, 0.88)).cubic(at(0.5, 0.98), at(0.5, 1), at(far, 1));
  };
  if (sign == "{") brace(1, 0);
  if (sign == "}") brace(0, 1);
  return path;
}

}  // namespace

double axis(double size) { return -ink("−", size).center().y; }

Piece text(const std::string& string, double size, Font font, Color color, Kind kind) {
  const Box box = ink(string, size, font);
  Piece piece{.width = text_width(string, size, font), .above = std::max(0.0, -box.y), .below = std::max(0.0, box.bottom()), .kind = kind};
  piece.scene.add(Text{.at = {0, 0}, .string = string, .size = size, .color = color, .font = font});
  return piece;
}

void put(Piece& into, const Piece& piece, double x, double down) {
  into.scene.append(piece.scene, {x, down});
  into.width = std::max(into.width, x + piece.width);
  into.above = std::max(into.above, piece.above - down);
  into.below = std::max(into.below, piece.below + down);
}

void append(Piece& row, const Piece& piece) { put(row, piece, row.width, 0); }

Piece fraction(const Piece& over, const Piece& under, double size, Color color) {
  const double middle = -axis(size), gap = 0.16 * size, side = 0.08 * size, width = std::max(over.width, under.width) + 0.16 * size;
  Piece piece;
  put(piece, over, side + (width - over.width) / 2, middle - gap - over.below);
  put(piece, under, side + (width - under.width) / 2, middle + gap + under.above);
  piece.scene.add_line({side, middle}, {side + width, middle}, color, rule * size);
  piece.width = width + 2 * side;
  return piece;
}

Piece root(const Piece& inner, double size, Color color) {
  const double top = -std::max(inner.above, x_height * size) - 0.14 * size, bottom = inner.below + 0.04 * size, sign = 0.62 * size;
  Piece piece;
  put(piece, inner, sign + 0.06 * size, 0);
  Path path{.stroke = color, .line_width = rule * size};
  path.move({0.06 * size, bottom + 0.45 * (top - bottom)}).line({0.18 * size, bottom + 0.5 * (top - bottom)});
  path.line({0.36 * size, bottom}).line({sign, top}).line({piece.width + 0.04 * size, top});
  piece.scene.add(path);
  piece.width += 0.1 * size;
  piece.above = -top + rule * size, piece.below = bottom;
  return piece;
}

Piece accented(const Piece& base, const std::string& accent, double size, Color color) {
  const Box shape = ink(accent, size);
  const double slant = 0.06 * size, gap = 0.07 * size;
  const Piece mark = text(accent, size, Font::regular, color);
  Piece raised;
  put(raised, base, 0, 0);
  raised.scene.append(mark.scene, {base.width / 2 + slant - shape.center().x, -base.above - gap - shape.bottom()});
  raised.above = base.above + gap + shape.height;
  raised.kind = base.kind;
  return raised;
}

Piece scripted(const Piece& base, const std::optional<Piece>& lower, const std::optional<Piece>& upper, double size) {
  Piece piece{.kind = base.kind};
  if (base.limits) {
    const double gap = 0.12 * size;
    const double width = std::max({base.width, lower ? lower->width : 0, upper ? upper->width : 0});
    put(piece, base, (width - base.width) / 2, 0);
    if (lower) put(piece, *lower, (width - lower->width) / 2, base.below + gap + lower->above);
    if (upper) put(piece, *upper, (width - upper->width) / 2, -base.above - gap - upper->below);
    return piece;
  }
  put(piece, base, 0, 0);
  double up = std::max(0.38 * size, base.above - 0.34 * size), down = std::max(0.17 * size, base.below + 0.06 * size);
  if (upper && lower) {  // keep them apart
    const double overlap = 0.1 * size - ((up - upper->below) - (lower->above - down));
    if (overlap > 0) up += overlap / 2, down += overlap / 2;
  }
  if (lower) put(piece, *lower, base.width + 0.02 * size, down);
  if (upper) put(piece, *upper, base.width + 0.06 * size, -up);
  return piece;
}

Piece centered_on_axis(const Piece& piece, double size) {
  Piece centered{.kind = piece.kind, .limits = piece.limits};
  put(centered, piece, 0, (piece.above - piece.below) / 2 - axis(size));
  return centered;
}

Piece delimiter(const std::string& sign, const Piece& inner, double size, Color color) {
  if (sign == ".") return {};
  const Kind kind = sign == ")" || sign == "]" || sign == "}" ? Kind::close : Kind::open;
  const Piece plain = text(sign, size, Font::regular, color, kind);
  const double reach = std::max(inner.above - axis(size), inner.below + axis(size));
  if (reach <= (plain.above + plain.below) / 2 + 0.08 * size) return plain;

  const double half = reach + 0.06 * size, width = std::min(0.3 * size + 0.03 * half, 0.42 * size), side = 0.08 * size;
  Piece piece{.width = width + 2 * side, .above = half + axis(size), .below = half - axis(size), .kind = kind};
  Path path = tall_sign(sign, {side, -piece.above, width, 2 * half});
  path.stroke = color, path.line_width = 1.3 * rule * size;
  piece.scene.add(path);
  return piece;
}

Piece grid(const std::vector<std::vector<Piece>>& rows, double size) {
  std::vector<double> widths;
  for (const auto& row : rows)
    for (std::size_t j = 0; j < row.size(); j++) {
      widths.resize(std::max(widths.size(), j + 1));
      widths[j] = std::max(widths[j], row[j].width);
    }
  Piece table;
  double top = 0;
  for (const auto& row : rows) {
    double above = 0.75 * size, below = 0.25 * size, x = 0;
    for (const Piece& cell : row) above = std::max(above, cell.above), below = std::max(below, cell.below);
    for (std::size_t j = 0; j < row.size(); x += widths[j] + size, j++) put(table, row[j], x, top + above);
    top += above + below + 0.2 * size;
  }
  table.above = 0, table.below = top - 0.2 * size;  // the baseline is the top edge so far
  return centered_on_axis(table, size);
}

}  // namespace viz::equation_box
