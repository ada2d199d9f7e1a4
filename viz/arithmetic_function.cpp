// A number that becomes another: by a function with its curve, or by a norm with its statistics.
#include <algorithm>
#include <cmath>

#include "viz/arithmetic_picture.h"
#include "viz/neuron_picture.h"
#include "viz/text.h"

namespace viz::arithmetic {

using figure::small;

namespace {

void add_curve(Scene& scene, const Sum& sum, Box box) {
  neuron::Terms terms{};
  terms.curve = rows_of(sum.numbers["curve"]), terms.function = sum.kind;
  terms.z = sum.origin.slots[0].number, terms.a = sum.value;
  const double side = std::min({box.width, box.height, 260.0});
  neuron::add_graph(scene, terms, {box.center().x - side / 2, box.y, side, side}, sum.style);
}

// Names at the left, numbers at the right.
void add_table(Scene& scene, const std::vector<std::pair<std::string, double>>& rows, Box box, const Style& style) {
  const double pitch = std::clamp(box.height / double(rows.size()), 15.0, 26.0), width = std::min(box.width, 220.0);
  double y = box.y;
  for (const auto& [name, value] : rows) {
    if (y + pitch > box.bottom() + 0.5) return;
    const double base = y + pitch / 2 + cap_height(small) / 2, x = box.center().x - width / 2;
    add_words(scene, {x, base}, name, width - 64, style.theme->muted);
    add_words(scene, {x + width, base}, number_words(value), 60, style.theme->text, Anchor::end);
    scene.add_line({x, y + pitch}, {x + width, y + pitch}, style.theme->grid);
    y += pitch;
  }
}

void add_constants(Scene& scene, const Sum& sum, Box box) {
  const nn::ConstView c = rows_of(sum.numbers["constants"]);
  std::vector<std::pair<std::string, double>> rows = {
      {"number x", sum.origin
                       .slots[std::size_t(sum.origin.made == Made::batch_norm ? 0
                                          : sum.origin.made == Made::layer_norm
                                              ? (sum.unit.channel * sum.from.height + sum.unit.row) * sum.from.width + sum.unit.column
                                              : std::min(sum.unit.channel, (sum.origin.channels - 1) / 2))]
                       .number}};
  if (sum.origin.made == Made::response_norm) {
    for (const Slot& s : sum.origin.slots)
      if (s.channel == sum.unit.channel) rows[0].second = s.number;
    double squares = 0;
    for (const Slot& s : sum.origin.slots) squares += s.number * s.number;
    rows.insert(rows.end(), {{"squares of neighbours", squares}, {"k", c.data[0]}, {"α", c.data[1]}, {"β", c.data[2]}});
  } else {
    rows.insert(rows.end(), {{"mean μ", c.data[0]}, {"variance v", c.data[1]}, {"gain γ", c.data[2]}, {"shift β", c.data[3]}});
  }
  rows.emplace_back("result y", sum.value);
  add_table(scene, rows, box, sum.style);
}

}  // namespace

void add_function(Scene& scene, const Sum& sum, Box room) {
  const bool curve = sum.numbers.has("curve");
  std::vector<Box> boxes = panels(3, room);
  const bool three = std::min(boxes[0].width, boxes[0].height - caption) >= 78;
  if (!three) boxes = panels(2, room), boxes.insert(boxes.begin() + 1, Box{});
  add_input_map(
      scene, sum,
      add_caption(scene, boxes[0], sum.input_name(sum.from.height * sum.from.width > 1 ? sum.unit.channel : sum.channel()), sum.style));
  if (three) {
    const std::string words = curve                                 ? sum.kind
                              : sum.origin.made == Made::batch_norm ? "statistics of map " + std::to_string(sum.unit.channel + 1)
                              : sum.origin.made == Made::layer_norm ? "statistics of all numbers"
                                                                    : "neighbouring maps";
    const Box box = add_caption(scene, boxes[1], words, sum.style);
    curve ? add_curve(scene, sum, box) : add_constants(scene, sum, box);
  }
  add_output_map(scene, sum, add_caption(scene, boxes[2], sum.to_name + ": " + number_words(sum.value), sum.style));
}

}  // namespace viz::arithmetic
