// Scenes to triangles, without a window or a display: what WindowPainter paints and what tests look into.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "viz/scene.h"
#include "viz/text.h"
#include "viz/triangles/atlas.h"
#include "viz/triangles/canvas.h"

namespace viz::triangles {

// The glyphs of lines that were asked for lately, for an em of one pixel.
class Lines {
 public:
  struct Line {
    std::vector<Glyph> glyphs;
    double width;
  };
  const Line& line(const std::string& string, Font font);

 private:
  std::unordered_map<std::string, Line> lines_[fonts];
};

class Triangulator {
 public:
  explicit Triangulator(int atlas_size = 1024, int most = 4096) : atlas_(atlas_size, most) {}

  // The scene at `scale` pixels a unit, the corner of its box at (0, 0). Nothing lies outside the box. The background
  // is the painter's: it costs nothing to clear a window. Marks that are not finite are left out. The result lives until the next call.
  const Triangles& triangles(const Scene& scene, double scale);
  Atlas& atlas() { return atlas_; }

 private:
  Atlas atlas_;
  Lines lines_;
  Triangles triangles_;
};

}  // namespace viz::triangles
