// Equations that are too long for a line: pieces that are not broken, set one after another and wrapped like words.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "viz/figure.h"

namespace viz {

struct EquationLine {
  std::vector<std::string> pieces;  // TeX
  std::string number = {};          // at the right end: "(3.1)"
};

// In the largest letters in which they fit into the room, as high as they need; where they fit in none, an empty scene.
Scene equation_lines(std::span<const EquationLine> lines, Box room, const Style& style, double largest = 17);

// "0.42", "-1.3", "0.0012": two decimals, or two digits of a smaller number.
std::string short_number(double value);
// The same in TeX: 1.2e-05 is 1.2 · 10^-5; and in brackets where it is negative.
std::string number_tex(double value);
std::string factor_tex(double value);
// "+ 0.4", "- 0.4"; the first of a sum has no plus.
std::string term_tex(double value, bool first = false);

}  // namespace viz
