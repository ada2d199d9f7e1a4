// Rows of maps.
#include "viz/stage_rows.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

constexpr double gap = 3, between = 7;  // tiles; rows
constexpr double smallest = 13, largest = 160, least_row = 13;
constexpr double least_cell = 16, widest_cell = 96;  // of cells that stand in one line
constexpr double more_words = 82;

// The tiles of one row.
struct Tiles {
  double width, height;
  int across, lines;
  double all() const { return std::max(least_row, lines * (height + gap) - gap); }
};

// Maps are at most `size` at their longer side. They stand in as few lines as keep them larger than half of that, and fill these evenly.
Tiles maps_of(const RowWish& wish, double size, double room) {
  const double across = wish.aspect > 1 ? 1 / wish.aspect : 1, down = wish.aspect < 1 ? wish.aspect : 1;  // of the longer side
  for (int lines = 1;; lines++) {
    const int in_line = (wish.count + lines - 1) / lines;
    const double longer = std::min(size, ((room + gap) / in_line - gap) / across);
    if (longer >= std::min(size, std::max(smallest, 0.55 * size)) || in_line == 1)
      return {std::max(2.0, longer * across), std::max(2.0, longer * down), in_line, lines};
  }
}

Tiles cells_of(const RowWish& wish, double size, double room) {
  const double height = std::clamp(size, least_row, wish.named ? 32.0 : 24.0);
  if (wish.count * (least_cell + gap) - gap <= room) return {std::min((room + gap) / wish.count - gap, widest_cell), height, wish.count, 1};
  const double side = std::clamp(size / 3, 6.0, 14.0);
  const int across = std::max(1, int((room + gap) / (side + gap) + 1e-9));
  return {side, side, across, (wish.count + across - 1) / across};
}

Tiles tiles_of(const RowWish& wish, double size, double room) {
  return wish.aspect > 0 ? maps_of(wish, size, room) : cells_of(wish, size, room);
}

// Smaller, and of several lines as many as fit, with room at the right for words about the rest.
Tiles cut(Tiles tiles, const RowWish& wish, double size, double room, double height) {
  const double longer = std::max(tiles.width, tiles.height), shrunk = std::min({1.0, size / longer, height / tiles.height});
  if (wish.aspect > 0) tiles.width *= shrunk;
  tiles.height = wish.aspect > 0 ? tiles.height * shrunk : std::min(tiles.height, height);
  if (tiles.lines == 1) return tiles;
  tiles.lines = std::max(1, int((height + gap) / (tiles.height + gap) + 1e-9));
  tiles.across = std::max(1, int((room - more_words + gap) / (tiles.width + gap) + 1e-9));
  return tiles;
}

double height_of(std::span<const RowWish> wishes, double size, double room) {
  double all = -between;
  for (const RowWish& wish : wishes) all += tiles_of(wish, size, room).all() + between;
  return all;
}

}  // namespace

std::vector<StageRow> stage_rows(std::span<const RowWish> wishes, Box room, double label) {
  const double width = room.width - label, share = (room.height + between) / double(wishes.size()) - between;
  double size = std::floor(std::min(largest, width));
  while (size > smallest && height_of(wishes, size, width) > room.height) size--;
  const bool all_fit = height_of(wishes, size, width) <= room.height;
  if (!all_fit) size = std::clamp(share, 4.0, 1.5 * smallest);

  std::vector<StageRow> rows;
  double y = room.y;
  for (const RowWish& wish : wishes) {
    Tiles tiles = tiles_of(wish, size, width);
    if (!all_fit && tiles.all() > share) tiles = cut(tiles, wish, size, width, share);
    const int shown = std::min(wish.count, tiles.across * tiles.lines);
    StageRow row{.label = {room.x, y, label - 10, all_fit ? tiles.all() : share}, .right = room.right()};
    for (int i = 0; i < shown; i++)
      row.tiles.push_back({room.x + label + (i % tiles.across) * (tiles.width + gap), y + (i / tiles.across) * (tiles.height + gap),
                           tiles.width, tiles.height});
    const double end = room.x + label + tiles.across * (tiles.width + gap);
    if (shown < wish.count) row.more = {end, y, std::max(0.0, room.right() - end), row.label.height};
    y += row.label.height + between;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace viz
