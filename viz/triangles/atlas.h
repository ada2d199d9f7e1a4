// The pixels that triangles are painted with, in one large picture (page 0): letters and discs above, which are kept, and below them
// pictures that are new each time. A picture too large for it is a page of its own. Colours are multiplied by their alpha.
#pragma once
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "viz/scene.h"

namespace viz::triangles {

struct Pixels {
  int width = 0, height = 0;
  std::vector<Color> colors = {};  // rows from the top
  Color* row(int y) { return colors.data() + std::size_t(y) * std::size_t(width); }
  const Color* row(int y) const { return colors.data() + std::size_t(y) * std::size_t(width); }
};

struct Patch {
  int page = 0, x = 0, y = 0, width = 0, height = 0;
};

// A small picture that is painted pixel by pixel; its corner lies at (left, top) from the pixel that it belongs to.
struct Sprite {
  Patch patch;
  int left = 0, top = 0;
};

// Boxes side by side on shelves of one height, from row `top` down to row `bottom`.
class Shelves {
 public:
  Shelves(int width, int top, int bottom) : width_(width), top_(top), bottom_(bottom), end_(top) {}
  std::optional<Patch> patch(int width, int height);
  void clear();
  int top() const { return top_; }
  int end() const { return end_; }  // the first row below all shelves

 private:
  struct Shelf {
    int y, height, x;
  };
  int width_, top_, bottom_, end_;
  std::vector<Shelf> shelves_;
};

struct Rows {
  int from = 0, to = 0;
  bool empty() const { return from >= to; }
};

class Atlas {
 public:
  // Thrown where there is no room: call make_room() and begin the picture anew.
  struct Full {};

  // A square that may double its sides up to `most` pixels.
  explicit Atlas(int size = 1024, int most = 4096);

  // Kept under a number; null where it is not.
  const Sprite* find(std::uint64_t key) const;
  const Sprite& keep(std::uint64_t key, const Pixels& pixels, int left, int top);
  // For the present picture only. Without an edge around it: what lies beside it must not be looked at.
  Patch add(Pixels pixels);

  void begin();  // a new picture: forgets the last one's
  // Forgets all that is kept, and grows when that was done since begin() already. Errors: std::bad_alloc where it may not.
  void make_room();

  static constexpr float white = 1.5;  // at (white, white) lies an opaque white

  const std::vector<Pixels>& pages() const { return pages_; }
  Rows changed();  // rows of page 0 whose pixels are new since the last call

 private:
  void clear();
  void copy(const Pixels& pixels, const Patch& patch);

  int most_;
  std::vector<Pixels> pages_;
  Shelves kept_, passing_;
  std::unordered_map<std::uint64_t, Sprite> sprites_;
  bool cleared_ = false;
  Rows changed_;
};

}  // namespace viz::triangles
