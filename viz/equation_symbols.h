// What the commands of the TeX subset stand for.
#pragma once
#include <string>
#include <string_view>

#include "viz/equation_box.h"

namespace viz {

struct Symbol {
  std::string string;  // UTF-8
  equation_box::Kind kind = equation_box::Kind::letter;
  Font font = Font::regular;
  double scale = 1;     // of its size
  bool limits = false;  // scripts go above and below
};

// By the name after the backslash, or null.
const Symbol* symbol_named(std::string_view name);

// The sign that \hat, \tilde, \bar, \vec or \dot sets over a letter, or empty.
std::string accent_named(std::string_view name);

}  // namespace viz
