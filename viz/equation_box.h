// The boxes of a formula: each is some marks around a baseline, and larger ones are put together from smaller ones.
// The proportions follow TeX (Knuth 1984, appendix G), rounded.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "viz/scene.h"

namespace viz::equation_box {

// What a box is to its neighbours; decides the space between them.
enum class Kind { letter, operation, relation, open, close, comma, large_operator, function };

struct Piece {
  Scene scene = {};                        // the origin is the left end of the baseline
  double width = 0, above = 0, below = 0;  // extent of the ink over and under the baseline, both positive
  Kind kind = Kind::letter;
  bool limits = false;  // scripts go above and below
};

// How high a minus sign lies above the baseline: fractions and large signs are centered there.
double axis(double size);

Piece text(const std::string& string, double size, Font font, Color color, Kind kind = Kind::letter);
void put(Piece& into, const Piece& piece, double x, double down);  // grows the extent
void append(Piece& row, const Piece& piece);                       // to the right

Piece fraction(const Piece& over, const Piece& under, double size, Color color);
Piece root(const Piece& inner, double size, Color color);
Piece accented(const Piece& base, const std::string& accent, double size, Color color);
Piece scripted(const Piece& base, const std::optional<Piece>& lower, const std::optional<Piece>& upper, double size);
Piece centered_on_axis(const Piece& piece, double size);

// One of ( ) [ ] { } | ‖ as high as `inner`, or nothing for ".".
Piece delimiter(const std::string& sign, const Piece& inner, double size, Color color);

// Rows of cells, columns aligned on the left.
Piece grid(const std::vector<std::vector<Piece>>& rows, double size);

}  // namespace viz::equation_box
