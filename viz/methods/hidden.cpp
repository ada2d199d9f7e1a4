// Every neuron of every layer: a map of what it says over the plane, or its answer to the chosen example.
#include <algorithm>

#include "viz/layout.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/text.h"

namespace viz::hidden {

namespace {

using figure::small;
using nn::Index;

constexpr double heading = 18;

// Tensor "ranges" [neurons]: the colours of each span from minus to plus this. `by` 0: its own, 1: of its layer, 2: of all layers.
void add_ranges(Numbers& numbers, int by) {
  const nn::ConstView all = rows_of(numbers["neurons"]);
  const std::vector<int> sizes = sizes_of(numbers);
  const auto of = [&](Index first, Index count) {
    return std::max(extent({all.row(first * all.columns), count * all.columns, all.columns, all.columns}), 1e-12);
  };
  const Index hidden = numbers["neurons"].shape[0] - sizes[0];  // inputs have other units, so that they never count
  std::vector<nn::Real> ranges;
  Index first = 0;
  for (const int size : sizes) {
    for (Index i = first; i < first + size; i++)
      ranges.push_back(nn::Real(by == 0 ? of(i, 1) : by == 1 || first == 0 ? of(first, size) : of(sizes[0], hidden)));
    first += size;
  }
  const Index count = Index(ranges.size());
  numbers.tensors.push_back(tensor_of_reals("ranges", {count}, std::move(ranges)));
}

std::string tip_of(const Numbers& numbers, const std::string& layer, Index neuron, int place, double range) {
  const std::string who = "neuron " + std::to_string(place + 1) + " of " + layer;
  if (!is_map(numbers)) return who + ": " + number_words(rows_of(numbers["neurons"])(neuron, 0));
  return who + ": colours from " + number_words(-range) + " to " + number_words(range);
}

void add_section(Scene& scene, const Numbers& numbers, const Section& section, std::size_t layer, Index first, int count,
                 const Style& style) {
  const std::string name = words_of(numbers, "layers")[layer], &parameter = words_of(numbers, "parameters")[layer];
  const nn::ConstView ranges = rows_of(numbers["ranges"]);
  std::string words = name + " · " + count_words(count) + (count == 1 ? " neuron" : " neurons");
  if (std::ssize(section.tiles) < count) words += ", the first " + count_words(std::ssize(section.tiles)) + " shown";
  if (words_of(numbers, "range")[0] == "layer") words += " · ±" + number_words(ranges(0, first));
  if (section.heading.height > 0)
    add_words(scene, {section.heading.x, section.heading.y + 12}, words, section.heading.width, style.theme->muted);
  for (int i = 0; i < std::ssize(section.tiles); i++) {
    const Box tile = section.tiles[std::size_t(i)];
    const double range = ranges(0, first + i);
    scene.add(neuron_image(numbers, first + i, tile, style.scale, range));
    if (tile.width >= 6)
      scene.add(Rect{.box = tile,
                     .stroke = style.theme->line,
                     .id = "node:" + parameter + ":" + std::to_string(i + 1),
                     .tip = tip_of(numbers, name, first + i, i, range)});
    if (is_map(numbers) || tile.width < 34) continue;
    const double value = rows_of(numbers["neurons"])(first + i, 0);
    add_centered(scene, tile.inset(2), number_words(value), ink_on(color_at(style.scale, value, -range, range)));
  }
}

void add_picture(Scene& scene, const Numbers& numbers, Box strip, const Style& style) {
  const nn::ConstView picture = rows_of(numbers["picture"]);
  add_words(scene, {strip.x, strip.y + 12}, "input", strip.width, style.theme->muted);
  strip.cut_top(heading);
  const double width = std::min(strip.width, strip.height * double(picture.columns) / double(picture.rows));
  const Box box{strip.x, strip.y, width, width * double(picture.rows) / double(picture.columns)};
  scene.add(heat(picture, box, Scale::grey, 0, std::max(extent(picture), 1e-12)));
  scene.add(Rect{.box = box, .stroke = style.theme->line, .id = "node:x"});
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  if (has_maps(study.model))
    throw std::invalid_argument("hidden: the model has maps, whose pixels are too many neurons; 'activations' shows them as pictures");
  Numbers numbers;
  const int by = int(options.at("range"));
  add_names(numbers, study);
  add_neurons(numbers, study, int(options.at("resolution")));
  add_ranges(numbers, by);
  numbers.words["range"] = {by == 0 ? "neuron" : by == 1 ? "layer" : "all"};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const auto& example = words_of(numbers, "example");
  const std::string title = is_map(numbers) ? "What every neuron says over the plane" : "What every neuron says to " + example[0];
  Box room = add_title(scene, title, words_of(numbers, "moment")[0], style);
  const std::string range = words_of(numbers, "range")[0];
  const std::vector<int> sizes = sizes_of(numbers);
  if (range == "all") {
    const double most = rows_of(numbers["ranges"])(0, sizes.size() > 1 ? sizes[0] : 0);
    add_color_bar(scene, room.cut_bottom(26), {-most, most}, style);
    room.cut_bottom(4);
  }
  const std::size_t from = sizes.size() > 1 ? 1 : 0;  // the input is shown where it is a picture, or where there is nothing else
  if (numbers.has("picture")) {
    add_picture(scene, numbers, room.cut_left(std::min(room.width * 0.25, 200.0)), style);
    room.cut_left(16);
  }
  const TileRule rule{.gap = is_map(numbers) ? 6.0 : 3.0, .smallest = 8, .largest = is_map(numbers) ? 220.0 : 64.0};
  const std::vector<Section> parts = sections(std::span(sizes).subspan(from), room, rule, heading);
  Index first = from ? sizes[0] : 0;
  for (std::size_t k = 0; k < parts.size(); k++) {
    add_section(scene, numbers, parts[k], k + from, first, sizes[k + from], style);
    first += sizes[k + from];
  }
  return scene;
}

}  // namespace viz::hidden
