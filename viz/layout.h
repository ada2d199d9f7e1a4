// Where things go: tiles in rows, sections of tiles, and the columns of a layered network. Boxes in, boxes out; units are pixels.
#pragma once
#include <span>
#include <vector>

#include "viz/scene.h"

namespace viz {

// Tiles of one size, filled row by row.
struct Tiling {
  int columns = 1, rows = 1, shown = 0;  // shown: fewer than asked for where not even the smallest fit
  double width = 0, height = 0;          // of a tile
  double gap = 0, label = 0;             // between tiles; of the row of words below each
  Point first;                           // the left upper corner of the first
  Box tile(int i) const;
};

// How tiles may be: `aspect` is height / width, widths are within smallest .. largest.
struct TileRule {
  double aspect = 1, gap = 6, label = 0, smallest = 8, largest = 96;
};
// The largest tiles of which `count` fit into the box; of smallest ones as many as fit.
Tiling tiles(int count, Box box, const TileRule& rule);

// Groups of square tiles below each other, all tiles of one size, each group under its heading.
struct Section {
  Box heading = {};             // empty where there is no room for words
  std::vector<Box> tiles = {};  // as many as are shown
};
std::vector<Section> sections(std::span<const int> counts, Box box, const TileRule& rule, double heading);

// A network drawn in columns from left to right. A column too long shows its first neurons and, in the last place, how many more there are.
struct Column {
  std::vector<Box> nodes = {};
  Box more = {};   // empty where all are shown
  int hidden = 0;  // how many are not shown
};
struct Layered {
  double size = 0, pitch = 0;  // of a node; from one node to the next
  std::vector<Column> columns = {};
};
Layered layered(std::span<const int> counts, Box box, double largest);

// A curve that leaves and arrives horizontally.
Path link(Point from, Point to);

}  // namespace viz
