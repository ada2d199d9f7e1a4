// Lines as strips of triangles. Across a strip lies a picture of the line's profile, from clear over full to clear, so that its edges are
// soft without a triangle more; neighbouring pieces share their corners, so that nothing is painted twice.
#pragma once
#include <vector>

#include "viz/triangles/canvas.h"

namespace viz::triangles {

// `color` is multiplied by its alpha. Joins are round, ends are cut off straight, as in paint_cairo.cpp.
void stroke(Canvas& canvas, Atlas& atlas, const std::vector<Point>& line, bool closed, double width, Color color);

// The pieces of a line that a dash pattern leaves; the whole line where the pattern has no length, or over ten thousand pieces.
std::vector<std::vector<Point>> dashed(const std::vector<Point>& line, const std::vector<double>& pattern);

}  // namespace viz::triangles
