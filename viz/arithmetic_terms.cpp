// Sums of many terms as rows of numbers and bars: the strongest terms of a dense unit, and the classes of softmax.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/arithmetic_picture.h"
#include "viz/link.h"
#include "viz/text.h"

namespace viz::arithmetic {

using figure::small;
using nn::Index;

namespace {

struct Column {
  std::string heading;
  double range;    // of its bars
  bool both_ways;  // from the middle, else from the left
  bool bars = true;
};
struct Row {
  std::string name;
  std::vector<double> numbers;  // one a column; NaN with `missing` leaves it empty
  std::vector<bool> missing = {};
  bool chosen = false;
  std::string id = {}, tip = {};
};

// Three digits, or where they need too much room fewer.
std::string fitting_number(double value, double width, Font font) {
  const std::string words = number_words(value);
  if (text_width(words, small, font) <= width) return words;
  if (std::isfinite(value) && value != 0 && std::abs(value) < 0.01) {
    int power = int(std::floor(std::log10(std::abs(value))));
    long digit = std::lround(std::abs(value) / std::pow(10, power));
    if (digit == 10) digit = 1, power++;
    return (value < 0 ? "−" : "") + std::to_string(digit) + "e−" + std::to_string(-power);
  }
  return cell_words(value, width, small);
}

// Names, then each column with its number and its bar.
void add_rows(Scene& scene, const std::vector<Column>& columns, const std::vector<Row>& rows, Box box, double pitch, const Style& style) {
  const Theme& theme = *style.theme;
  double names = 0;
  for (const Row& row : rows) names = std::max(names, text_width(row.name, small, row.chosen ? Font::bold : Font::regular));
  names = std::min(names + 12, std::max(box.width * 0.3, box.width - 60 * double(columns.size())));
  const double width = std::min((box.width - names) / double(columns.size()), 240.0);
  const double left = box.center().x - (names + width * double(columns.size())) / 2;
  const auto column_x = [&](std::size_t k) { return left + names + width * double(k); };
  const double digits = std::min(58.0, width - 2);
  const bool bars = width > digits + 24;
  for (std::size_t k = 0; k < columns.size(); k++)
    add_words(scene, {column_x(k) + digits - 6, box.y + 11}, columns[k].heading, digits + 10, theme.muted, Anchor::end);
  double y = box.y + caption;
  for (const Row& row : rows) {
    const double middle = y + pitch / 2, base = middle + cap_height(small) / 2;
    scene.add(Rect{.box = {left, y, names + width * double(columns.size()), pitch},
                   .radius = 3,
                   .fill = row.chosen ? mix(theme.background, theme.accent, 0.14) : nothing,
                   .id = row.id,
                   .tip = row.tip});
    const Font font = row.chosen ? Font::bold : Font::regular;
    add_words(scene, {left + 4, base}, row.name, names - 8, theme.text, Anchor::start, small, font);
    for (std::size_t k = 0; k < columns.size(); k++) {
      if (!row.missing.empty() && row.missing[k]) continue;
      const double value = row.numbers[k], x = column_x(k);
      add_words(scene, {x + digits - 6, base}, fitting_number(value, digits - 6, font), digits - 6, theme.text, Anchor::end, small, font);
      if (!bars || !columns[k].bars) continue;
      const double room = width - digits - 12, zero = x + digits + (columns[k].both_ways ? room / 2 : 0);
      const double length =
          std::isfinite(value) ? std::clamp(value / columns[k].range, -1.0, 1.0) * (columns[k].both_ways ? room / 2 : room) : 0;
      if (!columns[k].both_ways)
        scene.add(Rect{.box = {zero, middle - pitch * 0.22, room, pitch * 0.44}, .radius = 2, .fill = theme.panel});
      scene.add(Rect{.box = {std::min(zero, zero + length), middle - pitch * 0.26, std::abs(length), pitch * 0.52},
                     .radius = 2,
                     .fill = color_at(style.scale, value, -columns[k].range, columns[k].range)});
      if (columns[k].both_ways) scene.add_line({zero, y + 2}, {zero, y + pitch - 2}, theme.line);
    }
    y += pitch;
  }
}

double finite_extent(const std::vector<double>& values) {
  double most = 1e-12;
  for (const double v : values)
    if (std::isfinite(v)) most = std::max(most, std::abs(v));
  return most;
}

// The places of the strongest, in order.
std::vector<std::size_t> strongest(const std::vector<double>& strength, std::size_t count) {
  std::vector<std::size_t> order(strength.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::isnan(strength[i]) ? -INFINITY : -strength[i]; });
  order.resize(std::min(count, order.size()));
  return order;
}

std::string slot_name(const Sum& sum, const Slot& s) {
  const auto& names = words_of(sum.numbers, "inputs");
  if (sum.from.height * sum.from.width == 1 && s.channel < std::ssize(names)) return names[std::size_t(s.channel)];
  if (sum.from.height * sum.from.width == 1) return "unit " + std::to_string(s.channel + 1);
  const std::string at = "(" + std::to_string(s.row + 1) + ", " + std::to_string(s.column + 1) + ")";
  return sum.from.channels > 1 ? "map " + std::to_string(s.channel + 1) + " " + at : "pixel " + at;
}

void add_dense(Scene& scene, const Sum& sum, Box box) {
  const std::vector<Slot>& slots = sum.origin.slots;
  std::vector<double> strength, a, w;
  for (const Slot& s : slots) strength.push_back(std::abs(s.product())), a.push_back(s.number), w.push_back(s.weight);
  const double pitch = std::clamp((box.height - caption) / double(std::min<std::size_t>(slots.size(), 12) + 3), 15.0, 26.0);
  const auto room = std::size_t(std::max(3.0, (box.height - caption) / pitch));  // for terms, others, bias, sum
  const std::size_t kept = slots.size() + 2 <= room ? slots.size() : std::max<std::size_t>(1, room - 3) - (room <= 3 ? 1 : 0);
  std::vector<Row> rows;
  double rest = sum.value - sum.origin.bias, most = std::max(std::abs(sum.value), std::abs(sum.origin.bias));
  for (const std::size_t i : strongest(strength, kept)) {
    const Slot& s = slots[i];
    rows.push_back({.name = slot_name(sum, s), .numbers = {s.number, s.weight, s.product()}, .tip = slot_name(sum, s)});
    rest -= s.product(), most = std::max(most, std::isfinite(s.product()) ? std::abs(s.product()) : 0);
  }
  const std::vector<bool> alone = {true, true, false};
  if (kept < slots.size() && rows.size() + 2 < room)
    rows.push_back({.name = count_words(std::ssize(slots) - Index(kept)) + " others", .numbers = {0, 0, rest}, .missing = alone});
  rows.push_back({.name = "bias b", .numbers = {0, 0, sum.origin.bias}, .missing = alone});
  rows.push_back({.name = "z", .numbers = {0, 0, sum.value}, .missing = alone, .chosen = true});
  const double finite = std::isfinite(most) ? std::max(most, 1e-12) : 1;
  add_rows(scene, {{"a", finite_extent(a), true}, {"w", finite_extent(w), true}, {"w a", finite, true}}, rows, box, pitch, sum.style);
}

// Numbers of the exponentials that can be written: none is larger than e^30, else all are divided by that of the largest.
double softmax_shift(const Sum& sum) {
  double most = -INFINITY;
  for (const Slot& s : sum.origin.slots) most = std::max(most, std::isfinite(s.number) ? s.number : -INFINITY);
  return most > 30 ? most : 0;
}

void add_softmax(Scene& scene, const Sum& sum, Box box) {
  const std::vector<Slot>& slots = sum.origin.slots;
  const auto& classes = words_of(sum.numbers, "classes");
  const double shift = softmax_shift(sum);
  std::vector<double> z, e;
  double all = 0;
  for (const Slot& s : slots) z.push_back(s.number), e.push_back(std::exp(s.number - shift)), all += e.back();
  const double pitch = std::clamp((box.height - caption) / double(slots.size() + 1), 15.0, 28.0);
  const auto room = std::size_t(std::max(2.0, (box.height - caption) / pitch)) - 1;
  std::vector<std::size_t> kept = strongest(z, room);
  if (kept.size() < slots.size() && std::ranges::find(kept, std::size_t(sum.unit.channel)) == kept.end())
    kept.back() = std::size_t(sum.unit.channel);
  std::ranges::sort(kept);
  std::vector<Row> rows;
  for (const std::size_t k : kept) {
    const bool chosen = Index(k) == sum.unit.channel;
    const double p = double(sum.output.data[k]);
    rows.push_back({.name = word_at(classes, Index(k)),
                    .numbers = {z[k], e[k], p},
                    .chosen = chosen,
                    .id = on_hover({{"unit", double(k + 1)}}),
                    .tip = "e to the " + number_words(z[k]) + ", divided by the sum, is " + number_words(p)});
  }
  const std::string others = kept.size() < slots.size() ? "sum, " + count_words(std::ssize(slots) - std::ssize(kept)) + " more" : "sum";
  rows.push_back({.name = others, .numbers = {0, all, 1}, .missing = {true, false, false}});
  add_rows(scene, {{"z", finite_extent(z), true}, {shift > 0 ? "e^(z − largest)" : "e^z", finite_extent({all}), false}, {"p", 1, false}},
           rows, box, pitch, sum.style);
}

}  // namespace

void add_terms(Scene& scene, const Sum& sum, Box room) {
  sum.kind == "softmax" ? add_softmax(scene, sum, room) : add_dense(scene, sum, room);
}

}  // namespace viz::arithmetic
