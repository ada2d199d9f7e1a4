// Triangles in the order in which they are painted, cut to the clip that holds. Places are in pixels.
#pragma once
#include <cstddef>
#include <vector>

#include "viz/triangles/atlas.h"

namespace viz::triangles {

struct Vertex {
  float x, y;
  Color color;  // multiplied by its alpha; the page's pixel at (u, v) is multiplied by it
  float u = Atlas::white, v = Atlas::white;
};

// Triangles in a row that are painted with the same page, or with none: these hide what lies below, which is quick to paint.
inline constexpr int no_page = -1;
struct Batch {
  int page;
  std::size_t vertices;
};

struct Triangles {
  std::vector<Vertex> vertices;  // three each
  std::vector<Batch> batches;
};

Color premultiplied(Color color);
Color times(Color premultiplied, double alpha);

class Canvas {
 public:
  Canvas(Triangles& out, Box box);

  void clip(Box box);
  void unclip();
  Box visible() const { return clips_.back(); }

  // Before each mark: false where nothing of it shows or where the box is not finite.
  bool begin(Box bounds);

  void page(int page);
  void triangle(const Vertex& a, const Vertex& b, const Vertex& c);
  // a b c d in a ring.
  void quad(const Vertex& a, const Vertex& b, const Vertex& c, const Vertex& d);
  // An opaque box of whole pixels, cut to what is visible.
  void plain(Box box, Color color);
  // A place of the atlas, pixel by pixel.
  void sprite(const Patch& patch, int x, int y, Color color);

 private:
  void cut(const Vertex& a, const Vertex& b, const Vertex& c);
  Triangles& out_;
  std::vector<Box> clips_;
  bool cut_ = true;
};

}  // namespace viz::triangles
