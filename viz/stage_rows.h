// Where the maps of a network's stages go: below each other, a row for each stage, all maps as large as they fit.
#pragma once
#include <span>
#include <vector>

#include "viz/scene.h"

namespace viz {

struct RowWish {
  int count;           // of its maps, or of units that are single numbers
  double aspect = 1;   // height / width of a map; 0: single numbers, drawn as cells
  bool named = false;  // cells have room for a name above the number
};
struct StageRow {
  Box label = {};               // at the left
  std::vector<Box> tiles = {};  // as many as are shown
  Box more = {};                // for words about the rest; empty where all are shown
  double right = 0;             // where the room ends
};
// A row may take several lines. Where not even the smallest maps fit, each row shows its first in as many lines as all have room for.
std::vector<StageRow> stage_rows(std::span<const RowWish> wishes, Box room, double label);

}  // namespace viz
