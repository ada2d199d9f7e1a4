// Palettes and themes.
#include "viz/colors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "viz/color_table.h"

namespace viz {
namespace {

constexpr Color hex(uint32_t rgb) { return {uint8_t(rgb >> 16), uint8_t(rgb >> 8), uint8_t(rgb)}; }

struct Stops {
  Scale scale;
  std::string_view name;
  std::vector<Color> colors;  // evenly spaced, mixed in between
};

const std::array<Stops, 4>& tables() {
  static const std::array<Stops, 4> all = {{
      {Scale::orange_blue, "orange-blue", {hex(0xf59322), hex(0xe8eaeb), hex(0x0877bd)}},
      {Scale::purple_green,
       "purple-green",
       {hex(0x40004b), hex(0x762a83), hex(0x9970ab), hex(0xc2a5cf), hex(0xe7d4e8), hex(0xf7f7f7), hex(0xd9f0d3), hex(0xa6dba0),
        hex(0x5aae61), hex(0x1b7837), hex(0x00441b)}},
      {Scale::viridis,
       "viridis",
       {hex(0x440154), hex(0x472d7b), hex(0x3b528b), hex(0x2c728e), hex(0x21918c), hex(0x28ae80), hex(0x5ec962), hex(0xaddc30),
        hex(0xfde725)}},
      {Scale::grey, "grey", {hex(0x000000), hex(0xffffff)}},
  }};
  return all;
}

// Okabe and Ito's seven without black; then indigo, wine and grey of Paul Tol's schemes.
constexpr std::array<Color, categories> classes = {hex(0x0072b2), hex(0xe69f00), hex(0x009e73), hex(0xd55e00), hex(0xcc79a7),
                                                   hex(0x56b4e9), hex(0xf0e442), hex(0x332288), hex(0x882255), hex(0x999999)};

uint8_t byte(double x) { return static_cast<uint8_t>(std::lround(std::clamp(x, 0.0, 255.0))); }

// Of a byte of a channel, made linear.
double linear(uint8_t channel) {
  static const std::array<double, 256> table = [] {
    std::array<double, 256> all;
    for (std::size_t c = 0; c < 256; c++) {
      const double share = static_cast<double>(c) / 255;
      all[c] = c <= 10 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    }
    return all;
  }();
  return table[channel];
}

double luminance(Color color) { return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b); }

}  // namespace

Scale scale_named(std::string_view name) {
  for (const Stops& table : tables())
    if (table.name == name) return table.scale;
  throw std::invalid_argument("no color scale '" + std::string(name) + "': choose orange-blue, purple-green, viridis or grey");
}

std::string_view name(Scale scale) { return tables()[static_cast<std::size_t>(scale)].name; }

Color color_at(Scale scale, double value, double low, double high) {
  if (std::isnan(value)) return not_a_number;
  const double span = high - low;
  const double t = span > 0 && std::isfinite(span) ? std::clamp((value - low) / span, 0.0, 1.0) : 0.5;
  const std::vector<Color>& stops = tables()[static_cast<std::size_t>(scale)].colors;
  const double place = t * static_cast<double>(stops.size() - 1);
  const std::size_t before = std::min(static_cast<std::size_t>(place), stops.size() - 2);
  return mix(stops[before], stops[before + 1], place - static_cast<double>(before));
}

Color category(int k) { return classes[static_cast<std::size_t>(((k % categories) + categories) % categories)]; }

Color blend(std::span<const double> probabilities) {
  double r = 0, g = 0, b = 0, sum = 0;
  for (int k = 0; const double p : probabilities) {
    const Color color = category(k++);
    if (!(p > 0) || std::isinf(p)) continue;
    r += p * color.r, g += p * color.g, b += p * color.b, sum += p;
  }
  return sum > 0 ? Color{byte(r / sum), byte(g / sum), byte(b / sum)} : not_a_number;
}

Color mix(Color a, Color b, double t) {
  const auto between = [t](double from, double to) { return byte(from + (to - from) * t); };
  return {between(a.r, b.r), between(a.g, b.g), between(a.b, b.b), between(a.a, b.a)};
}

Color with_alpha(Color color, double alpha) { return {color.r, color.g, color.b, byte(255 * alpha)}; }

Image heat(nn::ConstView values, Box box, Scale scale, double low, double high) {
  Image image{.box = box, .width = static_cast<int>(values.columns), .height = static_cast<int>(values.rows)};
  image.rgba.resize(static_cast<std::size_t>(values.rows * values.columns) * 4);
  const ColorTable color(scale, low, high);
  uint8_t* pixel = image.rgba.data();
  for (nn::Index i = 0; i < values.rows; i++)
    for (nn::Index j = 0; j < values.columns; j++, pixel += 4) {
      const Color c = color(static_cast<float>(values(i, j)));
      pixel[0] = c.r, pixel[1] = c.g, pixel[2] = c.b, pixel[3] = c.a;
    }
  return image;
}

Image heat(std::span<const nn::Real> values, int height, int width, Box box, Scale scale, double low, double high) {
  if (height < 0 || width < 0 || values.size() != static_cast<std::size_t>(height) * static_cast<std::size_t>(width))
    throw std::invalid_argument("heat: " + std::to_string(values.size()) + " numbers do not fill " + std::to_string(height) + " rows of " +
                                std::to_string(width));
  return heat(nn::ConstView{values.data(), height, width, width}, box, scale, low, high);
}

Image readable(Image image, nn::ConstView values) {
  image.numbers.reserve(std::size_t(values.rows * values.columns));
  for (nn::Index i = 0; i < values.rows; i++) image.numbers.insert(image.numbers.end(), values.row(i), values.row(i) + values.columns);
  return image;
}

double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

const Theme light = {.background = hex(0xffffff),
                     .panel = hex(0xf7f9fb),
                     .text = hex(0x1f2933),
                     .muted = hex(0x5b6875),
                     .line = hex(0xc5ccd3),
                     .grid = hex(0xe6eaee),
                     .accent = hex(0x0877bd),
                     .on_accent = hex(0xffffff),
                     .header = hex(0x183d4e),
                     .on_header = hex(0xffffff),
                     .warning = hex(0xb42318)};

const Theme dark = {.background = hex(0x14181d),
                    .panel = hex(0x1d232a),
                    .text = hex(0xe6eaee),
                    .muted = hex(0x9aa7b4),
                    .line = hex(0x46525e),
                    .grid = hex(0x2a323b),
                    .accent = hex(0x4fa8e0),
                    .on_accent = hex(0x0b1116),
                    .header = hex(0x0e2530),
                    .on_header = hex(0xf2f6f8),
                    .warning = hex(0xff8a7a)};

}  // namespace viz
