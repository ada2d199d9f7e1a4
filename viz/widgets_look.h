// The looks of widgets: sizes, and colours made from the theme so that they can be read in every state.
#pragma once
#include "viz/colors.h"
#include "viz/widgets.h"

namespace viz::look {

inline constexpr double letters = 13, labels = 12, corner = 6;
inline constexpr double row = 26;      // of an open menu
inline constexpr double padding = 10;  // from a frame to its words

// Colours of words on a ground.
struct Ink {
  Color text, muted, disabled, ring;
};
Ink ink_on(const Theme& theme, Color ground);

// A button's frame, surface and words.
struct Face {
  Color fill, frame, ink;
  double line_width = 1;
};
Face face(const Theme& theme, const ButtonLook& look, Color ground, bool hovered, bool held);

// Of buttons and menus at rest.
Color surface(const Theme& theme);
// The track of a slider and of a toggle that is off.
Color groove(const Theme& theme, Color ground);
Color pill(const Theme& theme);
Color thumb(const Theme& theme);

inline double baseline(Box box, double size) { return box.center().y + 0.727 * size / 2; }

}  // namespace viz::look
