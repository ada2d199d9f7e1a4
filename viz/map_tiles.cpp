// Small pictures of maps.
#include "viz/map_tiles.h"

#include <algorithm>
#include <cmath>

namespace viz {

void add_frame(Scene& scene, Box box, bool chosen, const Style& style) {
  scene.add(Rect{.box = box, .stroke = chosen ? style.theme->accent : style.theme->line, .line_width = chosen ? 2.5 : 1});
}

void add_map(Scene& scene, const MapTile& tile, const Style& style) {
  Image image = readable(heat(tile.map, tile.box, style.scale, -tile.range, tile.range), tile.map);
  image.id = tile.id, image.tip = tile.tip;
  const bool zero = std::ranges::all_of(image.numbers, [](float x) { return x == 0; });
  scene.add(std::move(image));
  add_frame(scene, tile.box, tile.chosen, style);
  if (zero && std::min(tile.box.width, tile.box.height) >= 12)
    add_centered(scene, tile.box, "0", with_alpha(ink_on(color_at(style.scale, 0)), 0.6));
}

Statistics statistics(nn::ConstView values) {
  Statistics s{INFINITY, 0, -INFINITY, 0};
  nn::Index finite = 0;
  for (nn::Index i = 0; i < values.rows; i++)
    for (nn::Index j = 0; j < values.columns; j++) {
      const double x = double(values(i, j));
      s.zeros += x == 0;
      if (!std::isfinite(x)) continue;
      finite++;
      s.least = std::min(s.least, x), s.most = std::max(s.most, x), s.mean += x;
    }
  if (finite == 0) return {NAN, NAN, NAN, 0};
  s.mean /= double(finite), s.zeros /= double(values.rows * values.columns);
  return s;
}

std::string span_words(double least, double most) { return number_words(least) + " to " + number_words(most); }

double color_range(nn::ConstView values) { return std::max(extent(values), 1e-12); }

nn::ConstView picture_at(const nn::Tensor& pictures, nn::Index i) {
  const nn::ConstView rows = rows_of(pictures);
  const nn::Index height = pictures.shape[pictures.shape.size() - 2];
  return {rows.row(i * height), height, rows.columns, rows.columns};
}

}  // namespace viz
