// The picture of weighted maps (the survey's figure 4.13): image, maps times their weights, sum, overlay.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/explanation_picture.h"
#include "viz/layout.h"
#include "viz/map_tiles.h"
#include "viz/pictures.h"
#include "viz/target_chooser.h"
#include "viz/text.h"
#include "viz/weighted_maps.h"

namespace viz {

using nn::Index;
using nn::Real;

namespace {

constexpr double heading = 18;

Box headed(Scene& scene, Box& column, const nn::Shape& shape, const std::string& words, const Style& style) {
  const Box row = column.cut_top(heading);
  add_words(scene, {row.x, row.y + 12}, words, row.width, style.theme->muted);
  const double side = std::min(column.width, column.height * double(shape.width) / double(shape.height));
  return column.cut_top(side * double(shape.height) / double(shape.width)).left(side);
}

// The maps, the one with the largest weight first, under each its weight as a bar and a number.
void add_weighted(Scene& scene, const Numbers& numbers, Box box, const Style& style) {
  const nn::Tensor& tensor = numbers["maps"];
  const nn::ConstView weights = rows_of(numbers["weights"]);
  const Box row = box.cut_top(heading);
  add_words(scene, {row.x, row.y + 12}, words_of(numbers, "parts")[0] + ", each times its weight", row.width, style.theme->muted);
  std::vector<Index> order(static_cast<std::size_t>(weights.columns));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return std::abs(weights(0, a)) > std::abs(weights(0, b)); });
  double range = 0;
  std::vector<nn::Matrix> products;
  for (const Index k : order) {
    nn::Matrix product(picture_at(tensor, k));
    for (Index p = 0; p < product.size(); p++) product.data()[p] *= weights(0, k);
    range = std::max(range, extent(product));
    products.push_back(std::move(product));
  }
  const TileRule rule{.aspect = double(tensor.shape[1]) / double(tensor.shape[2]), .gap = 8, .label = 20, .smallest = 20, .largest = 150};
  const Tiling tiling = tiles(int(order.size()), box, rule);
  const double most = std::max(1e-12, std::abs(double(weights(0, order[0]))));
  for (int i = 0; i < tiling.shown; i++) {
    const Box tile = tiling.tile(i);
    const Index k = order[std::size_t(i)];
    const double weight = double(weights(0, k));
    add_map(scene,
            {.map = products[std::size_t(i)],
             .box = tile,
             .range = std::max(range, 1e-12),
             .tip = "map " + std::to_string(k + 1) + " times " + number_words(weight)},
            style);
    scene.add(Rect{.box = {tile.x, tile.bottom() + 2, tile.width * std::abs(weight) / most, 4},
                   .fill = color_at(style.scale, weight < 0 ? -1 : 1)});
    const std::string number = number_words(weight), both = number + " × " + std::to_string(k + 1);
    const bool fits = text_width(both, figure::small) <= tile.width;
    add_words(scene, {tile.x, tile.bottom() + 17}, fits ? both : number, tile.width, style.theme->muted);
  }
}

}  // namespace

Scene draw_weighted_maps(const Numbers& numbers, Box box, const Style& style) {
  if (box.width < 560 || box.height < 280) return draw_explanation(numbers, box, style);
  Scene scene = sheet(box, style);
  const nn::ConstView map = rows_of(numbers["map"]), facts = rows_of(numbers["facts"]);
  const bool is_signed = facts(0, 3) > 0;
  const auto& target = words_of(numbers, "target");
  Box room =
      add_title(scene, words_of(numbers, "title")[0] + ": why " + target[0] + "?", target[1] + " " + number_words(facts(0, 0)), style);
  add_chooser(scene, room.cut_top(chooser), numbers, style);
  if (numbers["shares"].shape[0] > 0) add_shares(scene, room.cut_bottom(48), numbers, style);
  const nn::Tensor& tensor = numbers["picture"];
  const nn::Shape shape{tensor.shape[0], tensor.shape[1], tensor.shape[2]};
  const nn::ConstView sum = rows_of(numbers["sum"]);
  const double wide = std::min(0.27 * room.width, (room.height - 2 * heading - 40) / 2 * double(shape.width) / double(shape.height));
  Box left = room.cut_left(wide), right = room.cut_right(wide);

  const Box picture = headed(scene, left, shape, words_of(numbers, "example")[0], style);
  scene.add(picture_image(rows_of(tensor), shape, picture));
  scene.add(Rect{.box = picture, .stroke = style.theme->line});
  add_weighted(scene, numbers, {room.x + 14, room.y, room.width - 28, room.height}, style);

  const nn::Shape of_sum{1, sum.rows, sum.columns};
  add_heat(scene, sum, headed(scene, right, of_sum, is_signed ? "their sum" : "their sum, where it is positive", style), extent(sum),
           is_signed, style);
  right.cut_top(6);
  add_heat_bar(scene, right.cut_top(28), extent(sum), is_signed, style);
  const Box over = headed(scene, right, shape, "over the picture", style);
  add_overlay(scene, rows_of(tensor), shape, map, over, extent(map), style);
  return scene;
}

}  // namespace viz
