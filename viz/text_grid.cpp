// Sets symbols one after the other.
#include "viz/text_grid.h"

#include <algorithm>
#include <cmath>

#include "datasets/utf8.h"
#include "viz/text.h"

namespace viz {

std::string shown_symbol(const std::string& symbol) { return symbol == "\n" ? "↵" : symbol == "\t" ? "→" : symbol == " " ? "" : symbol; }

TextGrid text_grid(std::span<const std::string> symbols, Box room, double size, double row) {
  double widest = 0.6 * size;
  bool characters = true;
  for (const std::string& symbol : symbols) {
    if (data::character_size(symbol) != symbol.size()) characters = false;
    widest = std::max(widest, text_width(shown_symbol(symbol), size) + 1.5);
  }
  TextGrid grid{{}, size};
  double x = room.x, y = room.y;
  for (const std::string& symbol : symbols) {
    const double width = characters ? widest : text_width(shown_symbol(symbol), size) + 6;
    if (x + width > room.right() && x > room.x) x = room.x, y += row;
    if (y + row > room.bottom() + 0.01 || width > room.width) break;
    grid.boxes.push_back({x, y, width, row});
    x += width;
    if (symbol == "\n") x = room.x, y += row;
  }
  return grid;
}

std::size_t first_to_show(std::span<const std::string> symbols, std::size_t wanted, Box room, double size, double row) {
  const TextGrid all = text_grid(symbols, {room.x, 0, room.width, 1e9}, size, row);
  if (wanted >= all.boxes.size()) return 0;
  const double top = all.boxes[wanted].y + row - std::max(row, std::floor((room.height + 0.01) / row) * row);
  return std::size_t(std::ranges::find_if(all.boxes, [&](const Box& box) { return box.y >= top - 0.01; }) - all.boxes.begin());
}

void add_symbol(Scene& scene, const std::string& symbol, Box box, double size, Color ground, Color ink, const std::string& tip,
                const std::string& id) {
  scene.add(Rect{.box = box, .fill = ground, .id = id, .tip = tip});
  std::string shown = shown_symbol(symbol);
  if (shown.empty()) return;
  if (data::character_size(shown) != shown.size()) shown = shortened(shown, size, box.width - 1);  // a word
  scene.add(Text{.at = {box.center().x, box.center().y + cap_height(size) / 2},
                 .string = shown,
                 .size = size,
                 .color = symbol == "\n" || symbol == "\t" ? with_alpha(ink, 0.5) : ink,
                 .anchor = Anchor::middle});
}

}  // namespace viz
