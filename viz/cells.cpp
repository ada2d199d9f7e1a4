// Grids of cells.
#include "viz/cells.h"

#include <algorithm>
#include <cmath>

#include "viz/text.h"

namespace viz {

using nn::Index;

Cells cells_in(Box room, Index rows, Index columns, double largest) {
  const double side = std::max(0.0, std::min({room.width / double(columns), room.height / double(rows), largest}));
  const double width = side * double(columns), height = side * double(rows);
  return {{room.center().x - width / 2, room.y, width, height}, rows, columns, side};
}

std::string cell_words(double value, double width, double size) {
  if (!std::isfinite(value)) return std::isnan(value) ? "?" : "∞";
  std::string words;
  for (const double step : {0.01, 0.1, 1.0}) {
    words = value == 0 ? "0" : tick_label(value, step);
    if (text_width(words, size) <= width) return words;
  }
  return "…";
}

void add_cell_number(Scene& scene, Box cell, double value, Color ink) {
  const double size = std::clamp(cell.width * 0.31, 10.0, 18.0);
  add_centered(scene, cell.inset(1, 0), cell_words(value, cell.width - 2, size), ink, size);
}

void add_cells(Scene& scene, const Cells& cells, nn::ConstView values, const Shades& shades, const Style& style, const std::string& tip,
               const std::vector<bool>& hidden) {
  if (cells.side <= 0) return;
  Image image = readable(heat(values, cells.area, shades.scale, shades.low, shades.high), values);
  image.tip = tip;
  const auto is_hidden = [&](Index i) { return !hidden.empty() && hidden[std::size_t(i)]; };
  for (Index i = 0; i < cells.rows * cells.columns; i++) {
    if (!is_hidden(i)) continue;
    const Color c = style.theme->panel;
    std::uint8_t* pixel = image.rgba.data() + 4 * i;
    pixel[0] = c.r, pixel[1] = c.g, pixel[2] = c.b, pixel[3] = c.a;
  }
  scene.add(std::move(image));
  scene.add(Rect{.box = cells.area, .stroke = style.theme->line});
  if (cells.side < readable_cell) return;
  for (Index i = 1; i < cells.rows; i++)
    scene.add_line({cells.area.x, cells.cell(i, 0).y}, {cells.area.right(), cells.cell(i, 0).y}, with_alpha(style.theme->muted, 0.35), 0.5);
  for (Index j = 1; j < cells.columns; j++)
    scene.add_line({cells.cell(0, j).x, cells.area.y}, {cells.cell(0, j).x, cells.area.bottom()}, with_alpha(style.theme->muted, 0.35),
                   0.5);
  for (Index i = 0; i < cells.rows; i++)
    for (Index j = 0; j < cells.columns; j++) {
      const double value = double(values(i, j));
      if (!is_hidden(i * cells.columns + j))
        add_cell_number(scene, cells.cell(i, j), value, ink_on(color_at(shades.scale, value, shades.low, shades.high)));
    }
}

void add_frame(Scene& scene, Box box, Color color, double width) {
  constexpr Color white{0xff, 0xff, 0xff, 0xd0};  // around it, so that it shows on cells of its own colour
  if (width > 1) scene.add(Rect{.box = box, .stroke = white, .line_width = width + 1.6});
  scene.add(Rect{.box = box, .stroke = color, .line_width = width});
}

}  // namespace viz
