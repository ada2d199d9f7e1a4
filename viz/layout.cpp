// Tiles, sections and layers.
#include "viz/layout.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

int fitting(double room, double size, double gap) { return std::max(0, static_cast<int>((room + gap) / (size + gap) + 1e-9)); }

int rows_of(int count, int columns) { return (count + columns - 1) / columns; }

}  // namespace

Box Tiling::tile(int i) const {
  const int row = i / columns, column = i % columns;
  return {first.x + column * (width + gap), first.y + row * (height + label + gap), width, height};
}

Tiling tiles(int count, Box box, const TileRule& rule) {
  Tiling best{.gap = rule.gap, .label = rule.label, .first = {box.x, box.y}};
  for (int columns = 1; columns <= count; columns++) {
    const int rows = rows_of(count, columns);
    const double across = (box.width - (columns - 1) * rule.gap) / columns;
    const double down = (box.height - (rows - 1) * rule.gap) / rows - rule.label;
    const double width = std::min({across, down / rule.aspect, rule.largest});
    if (width > best.width) best.columns = columns, best.rows = rows, best.width = width;
  }
  if (best.width < rule.smallest) {
    best.width = std::min({rule.smallest, box.width, std::max(1.0, (box.height - rule.label) / rule.aspect)});
    best.columns = std::max(1, fitting(box.width, best.width, rule.gap));
    best.rows = std::max(1, fitting(box.height, best.width * rule.aspect + rule.label, rule.gap));
  }
  best.shown = std::min(count, best.columns * best.rows);
  best.height = best.width * rule.aspect;
  return best;
}

std::vector<Section> sections(std::span<const int> counts, Box box, const TileRule& rule, double heading) {
  const int n = static_cast<int>(counts.size());
  const double between = rule.gap + 2;
  if (box.height / n - between < heading + rule.smallest) heading = 0;
  const auto height = [&](double size) {
    double all = -between;
    for (const int count : counts)
      all += heading + rows_of(count, std::max(1, fitting(box.width, size, rule.gap))) * (size + rule.gap) - rule.gap + between;
    return all;
  };
  double size = std::floor(std::min(rule.largest, box.width));
  while (size > rule.smallest && height(size) > box.height) size--;
  const bool all_fit = height(size) <= box.height;
  const double share = (box.height + between) / n - between - heading;  // of each section, where not all fit
  if (!all_fit) size = std::max(1.0, std::min(size, share));
  const int columns = std::max(1, fitting(box.width, size, rule.gap)), most_rows = std::max(1, fitting(share, size, rule.gap));

  std::vector<Section> all;
  double y = box.y;
  for (const int count : counts) {
    Section section{.heading = {box.x, y, box.width, heading}};
    const int rows = all_fit ? rows_of(count, columns) : std::min(most_rows, rows_of(count, columns));
    y += heading;
    for (int i = 0; i < std::min(count, rows * columns); i++)
      section.tiles.push_back({box.x + (i % columns) * (size + rule.gap), y + (i / columns) * (size + rule.gap), size, size});
    y += rows * (size + rule.gap) - rule.gap + between;
    all.push_back(std::move(section));
  }
  return all;
}

Layered layered(std::span<const int> counts, Box box, double largest) {
  const int n = static_cast<int>(counts.size());
  const int most = std::clamp(static_cast<int>(box.height / 13.5), 2, 16);
  int slots = 1;
  for (const int count : counts) slots = std::max(slots, std::min(count, most));
  Layered all;
  all.size = std::max(4.0, std::min({largest, box.height / slots / 1.3, box.width / (2 * n - 1)}));
  all.pitch = std::min(box.height / slots, all.size * 1.6);
  const double step = n > 1 ? (box.width - all.size) / (n - 1) : 0;
  for (int k = 0; k < n; k++) {
    const int count = counts[static_cast<std::size_t>(k)], shown = count <= most ? count : most - 1;
    const double x = n > 1 ? box.x + k * step : box.center().x - all.size / 2;
    const double top = box.center().y - std::min(count, most) * all.pitch / 2 + (all.pitch - all.size) / 2;
    Column column{.hidden = count - shown};
    for (int i = 0; i < shown; i++) column.nodes.push_back({x, top + i * all.pitch, all.size, all.size});
    if (column.hidden > 0) column.more = {x, top + shown * all.pitch, all.size, all.size};
    all.columns.push_back(std::move(column));
  }
  return all;
}

Path link(Point from, Point to) {
  const double middle = (from.x + to.x) / 2;
  Path path;
  return path.move(from).cubic({middle, from.y}, {middle, to.y}, to);
}

}  // namespace viz
