// Words and axes of the methods' pictures.
#include "viz/figure.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "viz/text.h"

namespace viz {

using namespace figure;

std::string number_words(double value) {
  if (std::isnan(value)) return "not a number";
  if (std::isinf(value)) return "infinite";
  char text[32] = {};
  if (std::abs(value) >= 100 && std::abs(value) < 1e6)
    std::to_chars(text, text + sizeof text - 1, value, std::chars_format::fixed, 0);
  else
    std::to_chars(text, text + sizeof text - 1, value, std::chars_format::general, 3);  // %.3g, and faster
  std::string words;
  for (const char* c = text; *c; c++) {
    if (*c == '0' && c > text + 1 && (c[-1] == '-' || c[-1] == '+') && c[-2] == 'e') continue;  // e-05 is e−5
    if (*c != '+') words += *c == '-' ? "−" : std::string(1, *c);
  }
  return words;
}

std::string decimal_words(double value) { return std::abs(value) < 100 ? tick_label(value, 0.01) : number_words(value); }

std::string count_words(nn::Index count) {
  std::string words = std::to_string(count);
  for (std::ptrdiff_t at = std::ssize(words) - 3; at > (count < 0 ? 1 : 0); at -= 3) words.insert(static_cast<std::size_t>(at), ",");
  return words;
}

std::string moment(const Study& study) { return "step " + count_words(study.step) + ", epoch " + count_words(study.epoch); }

nn::ConstView rows_of(const nn::Tensor& tensor) {
  const auto& numbers = std::get<std::vector<nn::Real>>(tensor.numbers);
  const nn::Index columns = tensor.shape.empty() ? 1 : tensor.shape.back();
  return {numbers.data(), columns == 0 ? 0 : static_cast<nn::Index>(numbers.size()) / columns, columns, columns};
}

const std::vector<std::int64_t>& whole_numbers(const Numbers& numbers, std::string_view name) {
  return std::get<std::vector<std::int64_t>>(numbers[name].numbers);
}

nn::Tensor tensor_of_reals(std::string name, std::vector<nn::Index> shape, std::vector<nn::Real> numbers) {
  return {std::move(name), std::move(shape), std::move(numbers)};
}

const std::vector<std::string>& words_of(const Numbers& numbers, std::string_view name) {
  static const std::vector<std::string> none;
  const auto at = numbers.words.find(name);
  return at == numbers.words.end() ? none : at->second;
}

std::string word_at(const std::vector<std::string>& words, nn::Index i) {
  return i < std::ssize(words) ? words[static_cast<std::size_t>(i)] : std::to_string(i + 1);
}

double extent(nn::ConstView values) {
  double most = 0;
  for (nn::Index i = 0; i < values.rows; i++)
    for (nn::Index j = 0; j < values.columns; j++)
      if (const double size = std::abs(static_cast<double>(values(i, j))); std::isfinite(size)) most = std::max(most, size);
  return most;
}

Scene sheet(Box box, const Style& style) { return {.box = box, .background = style.theme->background}; }

Box add_title(Scene& scene, const std::string& title, const std::string& aside, const Style& style) {
  scene.title = title;
  Box rest = scene.box.inset(margin, margin / 2);
  if (!style.titled) return rest;
  Box row = rest.cut_top(title_row);
  const double width = text_width(title, normal, Font::bold), aside_width = text_width(aside, small);
  add_words(scene, {row.x, row.y + 17}, title, row.width, style.theme->text, Anchor::start, normal, Font::bold);
  if (width + 20 + aside_width <= row.width) add_words(scene, {row.right(), row.y + 17}, aside, row.width, style.theme->muted, Anchor::end);
  return rest;
}

void add_words(Scene& scene, Point at, const std::string& words, double width, Color color, Anchor anchor, double size, Font font) {
  const std::string fitting = shortened(words, size, width, font);
  if (fitting.empty() || (fitting != words && width < 3 * size)) return;
  scene.add(Text{.at = at, .string = fitting, .size = size, .color = color, .font = font, .anchor = anchor});
}

void add_centered(Scene& scene, Box box, const std::string& words, Color color, double size, Font font) {
  add_words(scene, {box.center().x, box.center().y + cap_height(size) / 2}, words, box.width, color, Anchor::middle, size, font);
}

void add_color_bar(Scene& scene, Box row, Range range, const Style& style) {
  nn::Matrix steps(1, 64);
  for (nn::Index i = 0; i < 64; i++) steps(0, i) = nn::Real(i) / 63;
  const Box bar = row.left(std::min(row.width, 200.0)), strip = bar.top(10);
  Image image = heat(steps, strip, style.scale, 0, 1);
  image.smooth = true;
  scene.add(std::move(image));
  const double third = bar.width / 3 - 4, y = strip.bottom() + 12;
  add_words(scene, {bar.x, y}, number_words(range.low), third, style.theme->muted);
  add_words(scene, {bar.center().x, y}, number_words((range.low + range.high) / 2), third, style.theme->muted, Anchor::middle);
  add_words(scene, {bar.right(), y}, number_words(range.high), third, style.theme->muted, Anchor::end);
}

Color ink_on(Color fill) {
  constexpr Color black{0x12, 0x1a, 0x22}, white{0xff, 0xff, 0xff};
  return contrast(fill, black) > contrast(fill, white) ? black : white;
}

void add_axes(Scene& scene, Box area, Range x, Range y, const std::string& x_name, const std::string& y_name, const Theme& theme) {
  const auto labels = [](const std::vector<double>& at) {
    std::vector<std::string> words;
    for (const double value : at) words.push_back(tick_label(value, at.size() > 1 ? at[1] - at[0] : 0));
    return words;
  };
  const auto x_ticks = ticks(x, std::max(3, static_cast<int>(area.width / 48))),
             y_ticks = ticks(y, std::max(3, static_cast<int>(area.height / 44)));
  const auto x_words = labels(x_ticks), y_words = labels(y_ticks);
  double free = area.x - axes_left;  // where the next number may begin
  for (std::size_t i = 0; i < x_ticks.size(); i++) {
    const double at = area.x + (x_ticks[i] - x.low) / (x.high - x.low) * area.width;
    scene.add_line({at, area.bottom()}, {at, area.bottom() + 4}, theme.line);
    const double half = text_width(x_words[i], small) / 2;
    if (at - half < free) continue;
    add_words(scene, {at, area.bottom() + 16}, x_words[i], 60, theme.muted, Anchor::middle);
    free = at + half + 6;
  }
  for (std::size_t i = 0; i < y_ticks.size(); i++) {
    const double at = area.bottom() - (y_ticks[i] - y.low) / (y.high - y.low) * area.height;
    scene.add_line({area.x - 4, at}, {area.x, at}, theme.line);
    add_words(scene, {area.x - 7, at + cap_height(small) / 2}, y_words[i], 26, theme.muted, Anchor::end);
  }
  add_words(scene, {area.center().x, area.bottom() + 31}, x_name, area.width, theme.text, Anchor::middle);
  scene.add(Text{.at = {area.x - 36, area.center().y},
                 .string = shortened(y_name, small, area.height),
                 .size = small,
                 .color = theme.text,
                 .anchor = Anchor::middle,
                 .turns = -1});
}

}  // namespace viz
