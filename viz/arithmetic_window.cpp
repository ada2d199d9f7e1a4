// A window that slides over a map: the numbers in it, the kernel, their products and what they add up to.
#include <algorithm>
#include <cmath>

#include "viz/arithmetic_picture.h"
#include "viz/link.h"
#include "viz/text.h"

namespace viz::arithmetic {

using figure::small;
using nn::Index;

namespace {

enum class Panel { input, numbers, kernel, products, output, sums };

// The most that can be read: a grid whose numbers are too small is not shown at all, one of many weights as colours.
std::vector<Panel> choose(const Sum& sum, Box room) {
  const Origin& o = sum.origin;
  const Index kernel = std::max(o.height, o.width);
  const bool weighted = o.made == Made::sum && kernel > 1;
  std::vector<Panel> all = {Panel::input};
  if (kernel > 1) all.push_back(Panel::numbers);
  if (weighted) all.push_back(Panel::kernel), all.push_back(Panel::products);
  all.push_back(Panel::output);
  if (o.channels > 1 && o.made == Made::sum) all.push_back(Panel::sums);
  const double needed = kernel <= 7 ? double(kernel) * readable_cell : 110;
  const auto fits = [&] {
    const std::vector<Box> boxes = panels(all.size(), room);
    return std::min(boxes[0].width, boxes[0].height - caption) >= std::max(needed, 80.0);
  };
  if (!fits() && all.back() == Panel::sums) all.pop_back();
  if (!fits() && weighted) all = {Panel::input, Panel::numbers, Panel::output};
  if (!fits()) all = {Panel::input, Panel::output};
  return all;
}

std::vector<bool> outside(const Sum& sum) {
  std::vector<bool> all;
  const Index count = sum.origin.height * sum.origin.width;
  for (Index i = sum.shown * count; i < (sum.shown + 1) * count; i++) all.push_back(!sum.origin.slots[std::size_t(i)].inside);
  return all;
}

void add_slots(Scene& scene, const Sum& sum, Box box, int what, const Shades& shades, const std::string& tip) {
  const Origin& o = sum.origin;
  const Cells cells = cells_in(box, o.height, o.width, std::max(o.height, o.width) <= 3 ? 64 : 52);
  const std::vector<bool> hidden = what == 1 ? std::vector<bool>() : outside(sum);
  add_cells(scene, cells, sum.slots(what), shades, sum.style, tip, hidden);
  if (cells.side >= readable_cell && what != 1 && o.made == Made::sum)  // what a convolution reads in the padding
    for (std::size_t i = 0; i < hidden.size(); i++)
      if (hidden[i]) add_cell_number(scene, cells.cell(Index(i) / o.width, Index(i) % o.width), 0, sum.style.theme->muted);
  add_frame(scene, cells.area, sum.style.theme->accent, what == 0 ? 2.5 : 1);
  if (o.made != Made::largest || what != 0) return;
  if (const Index w = o.winner(); w >= 0) add_frame(scene, cells.cell(w / o.width, w % o.width), sum.style.theme->warning, 3);
}

// The map of the shown channel and, where there are others, a strip of them to choose from.
void add_inputs(Scene& scene, const Sum& sum, Box box) {
  const Index channels = sum.origin.channels, count = sum.origin.height * sum.origin.width;
  constexpr double least = 18, gap = 3;
  if (channels > 1 && box.height > 110 && box.width > 60) {
    const double aspect = double(sum.from.height) / double(sum.from.width);
    const double side = std::clamp((box.width + gap) / double(channels) - gap, least, 34.0), high = std::min(34.0, side * aspect);
    const Index fit = std::max<Index>(1, Index((box.width + gap) / (side + gap))), visible = std::min(channels, fit);
    const Index first = std::clamp<Index>(sum.shown - visible / 2, 0, channels - visible);
    Box strip = box.cut_bottom(high + 4);
    strip.y += 4;
    const double left = strip.center().x - (double(visible) * (side + gap) - gap) / 2;
    for (Index k = first; k < first + visible; k++) {
      const Box tile{left + double(k - first) * (side + gap), strip.y, side, high};
      const Index channel = sum.origin.slots[std::size_t(k * count)].channel;
      const Shades shades = sum.input_shades();
      scene.add(heat(sum.input_map(channel), tile, shades.scale, shades.low, shades.high));
      scene.add(Rect{.box = tile,
                     .stroke = k == sum.shown ? sum.style.theme->accent : sum.style.theme->line,
                     .line_width = k == sum.shown ? 2.0 : 1.0,
                     .id = on_press({{"channel", double(k + 1)}}),
                     .tip = sum.input_name(channel) + "; click to see its numbers"});
    }
  }
  add_input_map(scene, sum, box);
}

// What each channel adds to the sum, strongest as many as fit, in order; then the bias and the sum.
void add_sums(Scene& scene, const Sum& sum, Box box) {
  struct Row {
    std::string name;
    double value;
    Index channel = -1;
  };
  std::vector<Row> rows;
  for (Index k = 0; k < sum.origin.channels; k++)
    rows.push_back({"map " + std::to_string(sum.origin.slots[std::size_t(k * sum.origin.height * sum.origin.width)].channel + 1),
                    sum.channel_sum(k), k});
  const double pitch = std::clamp(box.height / double(rows.size() + 2), 15.0, 24.0);
  const auto fit = std::size_t(std::max(4.0, box.height / pitch)) - 2;
  if (rows.size() > fit) {
    std::vector<Row> kept = rows;
    std::ranges::stable_sort(kept, {}, [](const Row& r) { return -std::abs(r.value); });
    kept.resize(fit - 1);
    std::ranges::sort(kept, {}, &Row::channel);
    double rest = sum.value - sum.origin.bias;
    for (const Row& r : kept) rest -= r.value;
    kept.push_back({std::to_string(rows.size() - kept.size()) + " others", rest});
    rows = kept;
  }
  rows.push_back({"bias b", sum.origin.bias});
  rows.push_back({"z", sum.value});
  double range = 1e-12;
  for (const Row& r : rows) range = std::max(range, std::isfinite(r.value) ? std::abs(r.value) : 0);
  const Theme& theme = *sum.style.theme;
  const double names = 58, numbers = 42, bars = std::max(10.0, box.width - names - numbers);
  double y = box.y;
  for (const Row& r : rows) {
    const bool total = &r == &rows.back();
    if (total) scene.add_line({box.x, y}, {box.right(), y}, theme.muted);
    const double middle = y + pitch / 2, zero = box.x + names + bars / 2;
    const double length = std::isfinite(r.value) ? r.value / range * bars / 2 : 0;
    if (r.channel >= 0)
      scene.add(Rect{.box = {box.x, y, box.width, pitch},
                     .fill = r.channel == sum.shown ? theme.panel : nothing,
                     .id = on_press({{"channel", double(r.channel + 1)}}),
                     .tip = "click to see the numbers of this map"});
    scene.add(Rect{.box = {std::min(zero, zero + length), middle - pitch * 0.28, std::abs(length), pitch * 0.56},
                   .fill = color_at(sum.style.scale, r.value, -range, range)});
    scene.add_line({zero, y + 1}, {zero, y + pitch - 1}, theme.line);
    const Font font = total || r.channel == sum.shown ? Font::bold : Font::regular;
    add_words(scene, {box.x + 3, middle + cap_height(small) / 2}, r.name, names - 4, theme.text, Anchor::start, small, font);
    add_words(scene, {box.right() - 2, middle + cap_height(small) / 2}, decimal_words(r.value), numbers, theme.text, Anchor::end, small,
              font);
    y += pitch;
  }
}

// From the corners of the window on the map to the corners of the numbers below it: what is enlarged.
void add_panel(Scene& scene, const Sum& sum, Panel panel, Box box) {
  const Style& style = sum.style;
  const Origin& o = sum.origin;
  double range = 1e-12, products = 1e-12;
  for (const Slot& s : o.slots)
    if (std::isfinite(s.weight) && std::isfinite(s.product()))
      range = std::max(range, std::abs(s.weight)), products = std::max(products, std::abs(s.product()));
  switch (panel) {
    case Panel::input:
      return add_inputs(scene, sum, add_caption(scene, box, sum.input_name(sum.channel()), style));
    case Panel::numbers:
      return add_slots(scene, sum,
                       add_caption(scene, box, o.made == Made::sum ? "numbers a in the window" : "numbers in the window", style), 0,
                       sum.input_shades(), "in the window");
    case Panel::kernel:
      return add_slots(scene, sum,
                       add_caption(scene, box, o.learned ? "kernel w of map " + std::to_string(sum.unit.channel + 1) : "weights w", style),
                       1, {style.scale, -range, range}, "weights");
    case Panel::products:
      return add_slots(scene, sum, add_caption(scene, box, "products w a, sum " + decimal_words(sum.channel_sum(sum.shown)), style), 2,
                       {style.scale, -products, products}, "products");
    case Panel::output:
      return add_output_map(
          scene, sum,
          add_caption(scene, box, sum.to_name + ", map " + std::to_string(sum.unit.channel + 1) + ": " + decimal_words(sum.value), style));
    case Panel::sums:
      return add_sums(scene, sum, add_caption(scene, box, "sum over the maps", style));
  }
}

}  // namespace

void add_window(Scene& scene, const Sum& sum, Box room) {
  const std::vector<Panel> all = choose(sum, room);
  const std::vector<Box> boxes = panels(all.size(), room);
  for (std::size_t i = 0; i < all.size(); i++) add_panel(scene, sum, all[i], boxes[i]);
}

}  // namespace viz::arithmetic
