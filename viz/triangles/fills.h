// Areas with soft edges.
#pragma once
#include <vector>

#include "viz/triangles/canvas.h"

namespace viz::triangles {

// Pixels of a page that lie over a box: at the box's corner (u, v), and so many pixels further for each pixel to the right and down.
struct Cover {
  int page = 0;
  double u = Atlas::white, v = Atlas::white, du = 0, dv = 0;
};

// An upright box, exact at every place: sides that lie between two pixels are shared by both. Colors are multiplied by their alpha.
void fill_box(Canvas& canvas, Box box, Color color, const Cover& cover = {});

// A convex polygon that is at least two pixels wide.
void fill_convex(Canvas& canvas, const std::vector<Point>& polygon, Color color);

// The outlines of a rounded box and of a circle.
std::vector<Point> rounded(Box box, double radius);
std::vector<Point> circle(Point center, double radius);

}  // namespace viz::triangles
