// Weights as pictures: one strip of small pictures for each filter or neuron.
#include <algorithm>
#include <cmath>

#include "viz/layer_weights.h"
#include "viz/layout.h"
#include "viz/link.h"
#include "viz/text.h"
#include "viz/weights_picture.h"

namespace viz::weights {

using nn::Index;

namespace {

constexpr double smallest = 5, largest = 220;  // widths of a picture
constexpr double gap = 3;                      // between the pictures of a strip

// Tiles for strips of so many pictures, `across` of them in a line.
struct Strips {
  Tiling tiling = {};
  int across = 1;
  double size = 0;  // of a picture, less the share of what is not shown
};

Strips strips_of(int units, int pictures, double aspect, Box room) {
  Strips best;
  for (int lines = 1; lines <= pictures; lines++) {
    const int across = (pictures + lines - 1) / lines;
    if (lines > 1 && across == (pictures + lines - 2) / (lines - 1)) continue;
    const TileRule rule{.aspect = lines * aspect / across,
                        .gap = 10,
                        .label = 15,
                        .smallest = smallest * across,
                        .largest = std::min(room.width, largest * across)};
    const Tiling tiling = tiles(units, room, rule);
    const double size = tiling.width / across * tiling.shown / units;
    if (lines == 1 || size > 1.25 * best.size) best = {tiling, across, size};  // one line is the easiest to read
  }
  return best;
}

struct Strip {
  const Numbers& numbers;
  const Style& style;
  Index maps;
  bool colour, chosen;
  int across;
};

Box part_of(const Strip& strip, Box tile, int i, double aspect) {
  const double width = (tile.width + gap) / strip.across - gap;
  return {tile.x + (i % strip.across) * (width + gap), tile.y + (i / strip.across) * (width * aspect + gap), width, width * aspect};
}

void draw_strip(Scene& scene, const Strip& strip, Index unit, Box tile) {
  const Numbers& numbers = strip.numbers;
  const nn::Tensor& W = numbers["weights"];
  const Index height = W.shape[2], width = W.shape[3];
  const double aspect = double(height) / double(width), range = double(rows_of(numbers["ranges"])(0, unit));
  const std::string who = words_of(numbers, "parameter")[0] + ", " + words_of(numbers, "unit")[0] + " " + std::to_string(unit + 1);
  const nn::ConstView stage = rows_of(numbers["stage"]);
  const std::string id = stage(0, 0) > 0 ? on_press({{"stage", double(stage(0, 0))}, {"unit", double(unit + 1)}}) : "";
  const std::string other = words_of(numbers, "unit")[0] == "input map" ? "output map " : "input map ";
  if (strip.colour) {
    Image image = colour_weights({rows_of(W).row(unit * 3 * height), 3 * height, width, width}, part_of(strip, tile, 0, aspect), range);
    image.id = id, image.tip = who + " in the colours of the input: grey is zero";
    scene.add(std::move(image));
    add_frame(scene, part_of(strip, tile, 0, aspect), false, strip.style);
  }
  for (Index c = 0; c < strip.maps; c++) {
    const nn::ConstView picture = picture_at(W, unit * strip.maps + c);
    const Statistics s = statistics(picture);
    const std::string channel = strip.colour ? std::vector{"red", "green", "blue"}[std::size_t(c)] : other + std::to_string(c + 1);
    add_map(scene,
            {.map = picture,
             .box = part_of(strip, tile, int(c) + strip.colour, aspect),
             .range = range,
             .id = id,
             .tip = who + (strip.maps > 1 ? ", " + channel : "") + ": " + span_words(s.least, s.most)},
            strip.style);
  }
  if (strip.chosen)
    add_frame(scene, {tile.x, tile.y, tile.width, part_of(strip, tile, int(strip.maps) - 1 + strip.colour, aspect).bottom() - tile.y}, true,
              strip.style);
}

}  // namespace

void draw_filters(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const nn::Tensor& W = numbers["weights"];
  const nn::ConstView bias = rows_of(numbers["bias"]);
  const Index units = W.shape[0], maps = W.shape[1];
  const bool colour = !words_of(numbers, "colour")[0].empty();
  const double aspect = double(W.shape[2]) / double(W.shape[3]);
  Strips strips = strips_of(int(units), int(maps) + colour, aspect, room);
  if (strips.tiling.shown < units) {
    const Box line = room.cut_bottom(15);
    strips = strips_of(int(units), int(maps) + colour, aspect, room);
    add_words(scene, {line.x, line.y + 11}, "the first " + count_words(strips.tiling.shown) + " of " + count_words(units), line.width,
              style.theme->muted);
  }
  const Tiling& tiling = strips.tiling;
  for (int i = 0; i < tiling.shown; i++) {
    const Box tile = tiling.tile(i);
    draw_strip(scene, {numbers, style, maps, colour, rows_of(numbers["stage"])(0, 1) == i + 1, strips.across}, i, tile);
    const std::string name = words_of(numbers, "rows")[std::size_t(i)], with_bias = name + " · b " + number_words(double(bias(0, i)));
    const bool fits = bias.columns == units && text_width(with_bias, figure::small) <= tile.width + 8;
    add_words(scene, {tile.center().x, tile.bottom() + 13}, fits ? with_bias : name, tile.width + 8, style.theme->muted, Anchor::middle);
  }
}

}  // namespace viz::weights
