// All units of a layer at one step, below the one that is enlarged.
#include <algorithm>

#include "viz/link.h"
#include "viz/text.h"
#include "viz/unrolled_picture.h"

namespace viz::unrolled {

using nn::Index;

void add_all_units(Scene& scene, const View& view, Box room) {
  const Theme& theme = *view.style.theme;
  const Layer& layer = view.layer();
  const auto parts = parts_of(layer.cell);
  const Box words = room.cut_top(16);
  add_words(scene, {words.x, words.y + 11}, "all " + count_words(layer.units) + " units of " + layer.name + " at this step", words.width,
            theme.muted, Anchor::start, 10);
  const double label = 18, height = room.height / double(parts.size()), width = (room.width - label) / double(layer.units);
  for (std::size_t row = 0; row < parts.size(); row++) {
    const Box strip = Box{room.x + label, room.y + double(row) * height, room.width - label, height}.inset(0, 0.5);
    const nn::ConstView values{view.inside.row(Index(row)), 1, layer.units, layer.units};
    const double range = std::max(1.0, extent(values));
    Image image = readable(heat(values, strip, view.style.scale, -range, range), values);
    image.tip = part_words(parts[row]) + " of all units";
    scene.add(std::move(image));
    const std::string letter = layer.cell == nn::Cell::rnn ? "s"
                               : parts[row] == Inside::candidate && layer.cell == nn::Cell::lstm
                                   ? "C~"
                                   : std::string(letter_of(parts[row], layer.cell));
    if (height >= 9) add_words(scene, {strip.x - 5, strip.center().y + cap_height(10) / 2}, letter, 40, theme.muted, Anchor::end, 10);
  }
  for (Index unit = 0; unit < layer.units; unit++)
    scene.add(Rect{.box = {room.x + label + double(unit) * width, room.y, width, room.height},
                   .fill = with_alpha(theme.background, 0.01),
                   .stroke = unit == view.unit ? theme.text : nothing,
                   .line_width = 1.6,
                   .id = on_press({{"unit", double(layer.first + unit + 1)}})});
}

}  // namespace viz::unrolled
