// What the parts of the layered picture share, the picture that is the input, and the large map.
#include "viz/network_picture.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "viz/text.h"

namespace viz::network {

using figure::small;
using nn::Index;

Picture::Picture(const Numbers& from, Box box, const Style& with)
    : numbers(from),
      style(with),
      sizes(sizes_of(from)),
      map(is_map(from)),
      image(from.has("picture")),
      chosen(Index(rows_of(from["neuron"])(0, 0)) - 1),
      scene(sheet(box, with)) {
  const auto &inputs = words_of(numbers, "inputs"), &classes = words_of(numbers, "classes");
  Index sum = 0;
  for (std::size_t k = 0; k < sizes.size(); k++) {
    first.push_back(sum), sum += sizes[k];
    std::vector<std::string>& layer = names.emplace_back();
    const bool last = k + 1 == sizes.size();
    for (Index i = 0; i < sizes[k]; i++)
      layer.push_back(k == 0                  ? word_at(inputs, i)
                      : last && sizes[k] == 1 ? "the output"
                      : last                  ? "output " + word_at(classes, i)
                                              : "neuron " + std::to_string(i + 1) + " of layer " + std::to_string(k));
  }
}

nn::ConstView Picture::values(std::size_t layer) const {
  const nn::ConstView all = rows_of(numbers["neurons"]);
  const Index side = numbers["neurons"].shape[1];
  return {all.row(first[layer] * side), sizes[layer] * side, side, side};
}

double Picture::range(std::size_t layer, std::size_t i) const { return rows_of(numbers["ranges"])(0, first[layer] + Index(i)); }

bool Picture::of_classes(std::size_t layer) const {
  return layer + 1 == sizes.size() && sizes[layer] > 1 && sizes[layer] == std::ssize(words_of(numbers, "classes"));
}

void add_bias(Picture& p, std::size_t layer, std::size_t i, Box node) {
  const double b = rows_of(p.numbers[p.parameter(layer) + ".bias"]).data[i], size = std::clamp(p.nodes.size / 5, 3.0, 8.0);
  const double in = p.map ? 0 : node.width * 0.147;  // a circle is that far from the corner of its box
  p.scene.add(Rect{.box = {node.x + in - size * 0.35, node.bottom() - in - size * 0.65, size, size},
                   .fill = color_at(p.style.scale, b),
                   .stroke = p.style.theme->muted,
                   .line_width = 0.8,
                   .id = "bias:" + p.parameter(layer) + ":" + std::to_string(i + 1),
                   .tip = "bias of " + p.names[layer][i] + ": " + number_words(b)});
}

Image picture_of(const Picture& p, nn::ConstView said, std::size_t layer, std::size_t i, Box box) {
  const double range = p.range(layer, i);
  Image image = heat(said, box, p.style.scale, -range, range);
  if (p.of_classes(layer)) {
    constexpr Color neutral{0xe8, 0xea, 0xeb};
    std::array<Color, 256> shades;
    const Color full = class_color(int(i), p.names[layer].size(), p.style.scale);
    for (std::size_t k = 0; k < shades.size(); k++) shades[k] = mix(neutral, full, double(k) / 255);
    for (Index k = 0; k < said.rows * said.columns; k++) {
      const double y = said.data[k];
      const Color c = std::isnan(y) ? not_a_number : shades[std::size_t(std::clamp(y, 0.0, 1.0) * 255 + 0.5)];
      std::uint8_t* pixel = image.rgba.data() + 4 * k;
      pixel[0] = c.r, pixel[1] = c.g, pixel[2] = c.b, pixel[3] = c.a;
    }
  }
  image.smooth = true;
  return image;
}

std::string pretty(const std::string& name) {
  static const char* const subscripts[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
  const auto is_digit = [&](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
  std::string words;
  for (std::size_t i = 0; i < name.size(); i++) {
    const bool begins = i == 0 || !std::isalpha(static_cast<unsigned char>(name[i - 1]));
    if (name[i] == 'x' && begins && is_digit(i + 1) && !is_digit(i + 2))
      words += std::string("x") + subscripts[name[++i] - '0'];
    else if (name[i] == '^' && i + 1 < name.size() && (name[i + 1] == '2' || name[i + 1] == '3') && !is_digit(i + 2))
      words += name[++i] == '2' ? "²" : "³";
    else if (name[i] == '*' && i > 0 && i + 1 < name.size() && name[i + 1] == 'x')
      continue;
    else
      words += name[i];
  }
  return words;
}

namespace {

// The plane's ends and names, below the map and at its right, where there is room.
void add_plane_numbers(Picture& p) {
  const nn::ConstView plane = rows_of(p.numbers["plane"]);
  const auto& names = words_of(p.numbers, "columns");
  const Box map = p.output;
  const Color muted = p.style.theme->muted;
  const double below = map.bottom() + 14, beside = map.right() + 6, third = map.width / 3;
  if (below + 4 > p.lowest || beside + 18 > p.scene.box.right() || map.width < 150) return;
  add_words(p.scene, {map.x, below}, number_words(plane(0, 0)), third, muted, Anchor::start);
  add_words(p.scene, {map.center().x, below}, pretty(word_at(names, 0)), third, muted, Anchor::middle);
  add_words(p.scene, {map.right(), below}, number_words(plane(0, 1)), third, muted, Anchor::end);
  const double room = p.scene.box.right() - beside - 2;
  add_words(p.scene, {beside, map.y + cap_height(small)}, number_words(plane(0, 3)), room, muted);
  add_words(p.scene, {beside, map.center().y + cap_height(small) / 2}, pretty(word_at(names, 1)), room, muted);
  add_words(p.scene, {beside, map.bottom()}, number_words(plane(0, 2)), room, muted);
}

}  // namespace

void add_input_picture(Picture& p) {
  const nn::ConstView picture = rows_of(p.numbers["picture"]);
  const auto& example = words_of(p.numbers, "example");
  p.scene.add(heat(picture, p.input, Scale::grey, 0, std::max(extent(picture), 1e-12)));
  p.scene.add(Rect{.box = p.input, .stroke = p.style.theme->muted, .id = "node:x", .tip = example.empty() ? "" : example[0]});
}

void add_output(Picture& p) {
  const std::size_t last = p.sizes.size() - 1;
  const Theme& theme = *p.style.theme;
  p.scene.add(Rect{.box = p.output,
                   .radius = 3,
                   .fill = p.style.theme->panel,
                   .id = p.is_large(last) ? "node:" + p.parameter(last) + ":1" : "output",
                   .tip = p.replaced() ? "what this neuron says over the plane" : "what the network says over the plane"});
  if (p.replaced()) {
    std::size_t layer = last;
    while (p.first[layer] > p.chosen) layer--;
    const nn::ConstView said = rows_of(p.numbers["chosen"]);
    p.scene.add(picture_of(p, said, layer, std::size_t(p.chosen - p.first[layer]), p.output));
  } else {
    p.scene.add(output_image(p.numbers, p.output, p.style.scale));
  }
  p.scene.add(Rect{.box = p.output, .id = "map"});
  add_data(p.scene, p.numbers, p.output, p.style.scale);
  p.scene.add(Rect{.box = p.output,
                   .radius = 3,
                   .stroke = p.chosen >= 0 && (p.replaced() || p.is_large(last)) ? theme.accent : theme.muted,
                   .line_width = p.replaced() ? 3 : 1.2});
  if (p.is_large(last)) add_bias(p, last, 0, p.output);
  add_plane_numbers(p);
}

}  // namespace viz::network
