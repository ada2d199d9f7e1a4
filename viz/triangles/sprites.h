// The small pictures that are painted over and over, made when they are first asked for: line profiles, discs, rings and letters.
#pragma once
#include "viz/text.h"
#include "viz/triangles/atlas.h"

namespace viz::triangles {

// Across a line: clear at u = left and right, `reach` pixels from its middle. Along it: nothing at v = clear, the line at v = full.
struct Profile {
  float left, right, clear, full;
  double reach;
};
Profile line_profile(Atlas& atlas, double width);

// The fractions of a pixel at which sprites are made: a place is `steps * whole + step` quarters.
inline constexpr int steps = 4;

// A disc (width 0), or a ring whose line is `width` wide, in pixels; its middle lies step_x, step_y quarters right of and below a corner.
const Sprite& disc(Atlas& atlas, double radius, double width, int step_x, int step_y);
inline constexpr double largest_disc = 12;

// A letter of an em of `size` pixels, turned by quarters; null where it has no ink.
const Sprite* letter(Atlas& atlas, const Glyph& glyph, double size, int turns, int step_x, int step_y);
inline constexpr double largest_letter = 200;

}  // namespace viz::triangles
