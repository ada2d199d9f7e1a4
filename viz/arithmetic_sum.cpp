// The numbers of 'arithmetic' read back, and the maps with the window on them.
#include <algorithm>
#include <cmath>

#include "viz/arithmetic_picture.h"
#include "viz/link.h"
#include "viz/text.h"

namespace viz::arithmetic {

using figure::small;
using nn::Index;

Sum::Sum(const Numbers& all, const Style& looks) : numbers(all), style(looks) {
  const auto& how = std::get<std::vector<std::int64_t>>(all["how"].numbers);
  kind = words_of(all, "kind")[0], from_name = words_of(all, "stages")[0], to_name = words_of(all, "stages")[1];
  input = rows_of(all["input"]), output = rows_of(all["output"]);
  from = {how[5], input.rows / how[5], input.columns}, to = {how[6], output.rows / how[6], output.columns};
  stage = how[0], unit = {how[1], how[2], how[3]}, shown = how[4];
  const nn::Tensor& terms = all["terms"];
  origin = {.made = Made(how[7]),
            .channels = terms.shape[0],
            .height = terms.shape[1],
            .width = terms.shape[2],
            .stride = how[8],
            .padding = how[9],
            .dilation = how[10],
            .bias = rows_of(all["result"])(0, 0),
            .learned = how[11] != 0};
  value = rows_of(all["result"])(0, 1);
  const nn::ConstView t = rows_of(terms), p = rows_of(all["places"]);
  for (Index i = 0; i < t.rows; i++)
    origin.slots.push_back({Index(p(i, 0)), Index(p(i, 1)), Index(p(i, 2)), p(i, 3) != 0, t(i, 1), t(i, 0)});
}

nn::Matrix Sum::slots(int what) const {
  nn::Matrix all(origin.height, origin.width);
  for (Index i = 0; i < all.size(); i++) {
    const Slot& s = origin.slots[std::size_t(shown * all.size() + i)];
    all.data()[i] = nn::Real(what == 0 ? s.number : what == 1 ? s.weight : s.product());
  }
  return all;
}

double Sum::channel_sum(Index channel) const {
  const Index count = origin.height * origin.width;
  double all = 0;
  for (Index i = channel * count; i < (channel + 1) * count; i++) all += origin.slots[std::size_t(i)].product();
  return all;
}

Index Sum::channel() const { return origin.slots[std::size_t(shown * origin.height * origin.width)].channel; }

Shades Sum::input_shades() const {
  const double range = std::max(extent(input), 1e-12);
  return words_of(numbers, "picture").empty() ? Shades{style.scale, -range, range} : Shades{Scale::grey, 0, range};
}
Shades Sum::output_shades() const {
  const double range = std::max(extent(output), 1e-12);
  return {style.scale, -range, range};
}

std::string Sum::input_name(Index channel) const {
  const std::string name = from_name == "x" ? "input" : from_name;
  if (from.channels == 1) return name;
  return name + (from.height * from.width > 1 ? ", map " : ", unit ") + std::to_string(channel + 1);
}

std::string Sum::place_words() const {
  if (to.height * to.width == 1) {
    const auto& classes = words_of(numbers, "classes");
    const std::string who = to.channels == std::ssize(classes) ? word_at(classes, unit.channel) : std::to_string(unit.channel + 1);
    return to.channels == 1 ? to_name : to_name + (to.channels == std::ssize(classes) ? ", class " : ", unit ") + who;
  }
  return to_name + ", map " + std::to_string(unit.channel + 1) + ", row " + std::to_string(unit.row + 1) + ", column " +
         std::to_string(unit.column + 1);
}

Box add_caption(Scene& scene, Box panel, const std::string& words, const Style& style) {
  const Box row = panel.cut_top(caption);
  add_words(scene, {panel.center().x, row.y + 12}, words, panel.width, style.theme->muted, Anchor::middle);
  return panel;
}

std::vector<Box> panels(std::size_t count, Box room) {
  constexpr double gap = 16;
  double best = 0;
  std::size_t rows = 1;
  for (std::size_t r = 1; r <= count; r++) {
    const double columns = double((count + r - 1) / r);
    const double side = std::min((room.width - gap * (columns - 1)) / columns, (room.height - gap * double(r - 1)) / double(r) - caption);
    if (side > best + 1) best = side, rows = r;
  }
  const std::size_t columns = (count + rows - 1) / rows;
  double height = (room.height - gap * double(rows - 1)) / double(rows);
  const double width = std::min((room.width - gap * double(columns - 1)) / double(columns), height * 1.6);
  if (height > width + caption) {  // what is left over stays free above and below
    const double spare = (height - width - caption) * double(rows);
    height = width + caption;
    room.y += spare * 0.4;
  }
  const double left = room.center().x - (width * double(columns) + gap * double(columns - 1)) / 2;
  std::vector<Box> all;
  for (std::size_t i = 0; i < count; i++)
    all.push_back({left + double(i / rows) * (width + gap), room.y + double(i % rows) * (height + gap), width, height});
  return all;
}

namespace {

// Unseen marks over all cells, few enough to be searched: of large maps, several cells have one.
template <class Settings_of>
void add_targets(Scene& scene, const Cells& cells, const Settings_of& settings_of) {
  constexpr double most = 1200;
  const Index step = Index(std::ceil(std::sqrt(std::max(1.0, double(cells.rows * cells.columns) / most))));
  for (Index i = 0; i < cells.rows; i += step)
    for (Index j = 0; j < cells.columns; j += step) {
      const Box box = cells.block(i, j, std::min(step, cells.rows - i), std::min(step, cells.columns - j));
      const Settings settings = settings_of(std::min(i + step / 2, cells.rows - 1), std::min(j + step / 2, cells.columns - 1));
      if (!settings.empty()) scene.add(Rect{.box = box, .id = on_hover(settings)});
    }
}

// The units of a vector as cells, row by row.
void add_vector(Scene& scene, const Sum& sum, nn::ConstView values, const Shades& shades, Box box, Index chosen, const std::string& name) {
  const Index count = values.rows, columns = Index(std::ceil(std::sqrt(double(count)))), rows = (count + columns - 1) / columns;
  const Cells cells = cells_in(box, rows, columns, 60);
  nn::Matrix laid(rows, columns);
  std::vector<bool> hidden(std::size_t(rows * columns));
  for (Index i = 0; i < laid.size(); i++) laid.data()[i] = i < count ? values(i, 0) : nn::Real(0), hidden[std::size_t(i)] = i >= count;
  add_cells(scene, cells, laid, shades, sum.style, name, hidden);
  add_frame(scene, cells.cell(chosen / columns, chosen % columns), sum.style.theme->accent);
  add_targets(scene, cells, [&](Index i, Index j) {
    const Index k = i * columns + j;
    return k < count && k < sum.to.channels ? Settings{{"unit", double(k + 1)}} : Settings{};
  });
}

}  // namespace

void add_output_map(Scene& scene, const Sum& sum, Box box) {
  const std::string name = sum.to_name + (sum.to.channels > 1 ? ", map " + std::to_string(sum.unit.channel + 1) : "");
  if (sum.to.height * sum.to.width == 1) return add_vector(scene, sum, sum.output, sum.output_shades(), box, sum.unit.channel, sum.to_name);
  const Cells cells = cells_in(box, sum.to.height, sum.to.width, 60);
  add_cells(scene, cells, sum.output_map(), sum.output_shades(), sum.style, name);
  add_frame(scene, cells.cell(sum.unit.row, sum.unit.column), sum.style.theme->accent, cells.side < 6 ? 1.5 : 2.5);
  add_targets(scene, cells, [](Index i, Index j) { return Settings{{"row", double(i + 1)}, {"column", double(j + 1)}}; });
}

void add_input_map(Scene& scene, const Sum& sum, Box box) {
  const Origin& o = sum.origin;
  const std::string name = sum.input_name(sum.channel());
  if (sum.from.height * sum.from.width == 1)
    return add_vector(scene, sum, sum.input, sum.input_shades(), box, std::min(sum.channel(), sum.input.rows - 1), sum.input_name(0));
  const Index p = sum.slides() ? o.padding : 0;
  const Cells all = cells_in(box, sum.from.height + 2 * p, sum.from.width + 2 * p, 60);
  const Cells inner{all.block(p, p, sum.from.height, sum.from.width), sum.from.height, sum.from.width, all.side};
  if (p > 0) scene.add(Rect{.box = all.area, .fill = sum.style.theme->panel, .stroke = sum.style.theme->line, .tip = "padding"});
  add_cells(scene, inner, sum.input_map(sum.channel()), sum.input_shades(), sum.style, name);

  // The window reaches from the first of its slots to the last, padding included.
  const Index first = sum.shown * o.height * o.width;
  Index top = 1 << 20, left = top, bottom = -top, right = -top;
  for (Index i = first; i < first + o.height * o.width; i++) {
    const Slot& s = o.slots[std::size_t(i)];
    if (!s.inside && !sum.slides()) continue;
    top = std::min(top, s.row), bottom = std::max(bottom, s.row), left = std::min(left, s.column), right = std::max(right, s.column);
    if (o.dilation > 1) add_frame(scene, all.cell(s.row + p, s.column + p), with_alpha(sum.style.theme->accent, 0.7), 1);
  }
  if (bottom >= top)
    add_frame(scene, intersection(all.block(top + p, left + p, bottom - top + 1, right - left + 1), all.area), sum.style.theme->accent,
              2.5);
  if (o.made == Made::largest)
    if (const Index w = o.winner(); w >= 0) {
      const Slot& s = o.slots[std::size_t(w)];
      add_frame(scene, inner.cell(s.row, s.column), sum.style.theme->warning, 2);
    }
  // The pointer is in the middle of the window that it asks for.
  const auto output = [&](Index at, Index kernel, Index count, Index input) {
    const double middle = double(o.dilation * (kernel - 1)) / 2;
    const double place = sum.kind == "deconv" ? double(at * o.stride - o.padding) + middle
                         : sum.slides()       ? (double(at) - middle) / double(o.stride)
                                              : double(at) * double(count) / double(input);
    return double(std::clamp<Index>(Index(std::lround(place)), 0, count - 1) + 1);
  };
  add_targets(scene, all, [&](Index i, Index j) {
    return Settings{{"row", output(i, o.height, sum.to.height, sum.from.height)},
                    {"column", output(j, o.width, sum.to.width, sum.from.width)}};
  });
}

}  // namespace viz::arithmetic
