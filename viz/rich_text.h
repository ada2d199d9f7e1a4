// Styled words in lines: bold, italic, code on a ground of its own, formulas as equations, and what is no equation as its TeX.
#pragma once
#include <vector>

#include "viz/colors.h"
#include "viz/markdown.h"
#include "viz/scene.h"

namespace viz::markdown {

// Lines no wider than `width`, broken at spaces; what is longer than a line is cut. The scene is as wide as `width` and as high as its
// lines; `strong`: all words are bold, as in headings. Words of links have their address as tip.
Scene paragraph(const std::vector<Run>& words, double size, double width, const Theme& theme, bool strong = false);
// The same letters in the mono font, line by line, with all their spaces.
Scene listing(const std::vector<Run>& words, double size, double width, const Theme& theme);

// Of the longest line where nothing is broken.
double natural_width(const std::vector<Run>& words, double size, bool strong = false);

// The ground that code lies on.
Color code_ground(const Theme& theme);

}  // namespace viz::markdown
