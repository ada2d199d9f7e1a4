// Measuring the data's pictures, and bringing others into their form.
#include "viz/own_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "engine/file.h"
#include "viz/examples.h"

namespace viz {

namespace {

using nn::Index;

constexpr double drawn = 0.1;      // of white: what differs more from the ground is drawn
constexpr double most_larger = 4;  // times that a small drawing is enlarged at most

// Where something is drawn in a picture, and where its weight lies; in pixels.
struct Ink {
  double left = 1e30, top = 1e30, right = -1e30, bottom = -1e30;
  double weight = 0, x = 0, y = 0;
  bool any() const { return weight > 0; }
  double longer() const { return std::max(right - left, bottom - top); }
};

// `ink`(row, column) is how far a pixel differs from the ground, 0 .. 1.
template <class Function>
Ink ink_of(Index height, Index width, Function ink) {
  Ink all;
  for (Index i = 0; i < height; i++)
    for (Index j = 0; j < width; j++) {
      const double w = ink(i, j);
      if (!(w > drawn)) continue;
      all.left = std::min(all.left, double(j)), all.right = std::max(all.right, double(j + 1));
      all.top = std::min(all.top, double(i)), all.bottom = std::max(all.bottom, double(i + 1));
      all.weight += w, all.x += w * (double(j) + 0.5), all.y += w * (double(i) + 0.5);
    }
  if (all.any()) all.x /= all.weight, all.y /= all.weight;
  return all;
}

double lightness(const unsigned char* pixel) { return (0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]) / 255; }

const unsigned char* pixel_at(const data::Pixels& pixels, Index row, Index column) {
  return &pixels.rgba[std::size_t((row * pixels.width + column) * 4)];
}

// The mean lightness of the pixels at the border.
double border(const data::Pixels& pixels) {
  double sum = 0;
  Index count = 0;
  for (Index i = 0; i < pixels.height; i++)
    for (Index j = 0; j < pixels.width; j++) {
      if (i > 0 && j > 0 && i + 1 < pixels.height && j + 1 < pixels.width) continue;
      const unsigned char* pixel = pixel_at(pixels, i, j);
      const double cover = pixel[3] / 255.0;  // what is transparent lies on white
      sum += lightness(pixel) * cover + 1 - cover, count++;
    }
  return count ? sum / double(count) : 0;
}

// The part of a picture that begins there and has this size; what lies beside the picture has the colour of the ground.
data::Pixels part_of(const data::Pixels& pixels, Index left, Index top, Index width, Index height, unsigned char ground) {
  data::Pixels part{int(width), int(height), std::vector<unsigned char>(std::size_t(width * height) * 4, ground)};
  for (Index i = 0; i < height; i++)
    for (Index j = 0; j < width; j++) {
      const Index y = top + i, x = left + j;
      unsigned char* to = &part.rgba[std::size_t((i * width + j) * 4)];
      to[3] = 255;
      if (y >= 0 && x >= 0 && y < pixels.height && x < pixels.width) std::copy_n(pixel_at(pixels, y, x), 4, to);
    }
  return part;
}

// With the proportions of the shape: what is missing on two sides is like the border.
data::Pixels widened(const data::Pixels& pixels, nn::Shape shape) {
  const Index width = std::max<Index>(pixels.width, std::lround(double(pixels.height) * double(shape.width) / double(shape.height))),
              height = std::max<Index>(pixels.height, std::lround(double(pixels.width) * double(shape.height) / double(shape.width)));
  return part_of(pixels, (pixels.width - width) / 2, (pixels.height - height) / 2, width, height, border(pixels) > 0.5 ? 255 : 0);
}

// What is drawn, as large as the data have it and with its centre of mass where they have it, but not beyond the border where it fits.
data::Pixels centred(const data::Pixels& pixels, const PictureHabit& habit) {
  const double ground = border(pixels) > 0.5 ? 1 : 0;
  const Ink ink =
      ink_of(pixels.height, pixels.width, [&](Index i, Index j) { return std::abs(lightness(pixel_at(pixels, i, j)) - ground); });
  if (!ink.any()) return pixels;
  const double ratio = double(habit.shape.height) / double(habit.shape.width);
  const double least = pixels.width / most_larger;
  const double width = std::max(std::max(ink.right - ink.left, (ink.bottom - ink.top) / ratio) / habit.part, least), height = width * ratio;
  const auto begin = [](double mass, double part, double size, double low, double high) {
    const double wanted = mass - part * size;
    return high - low > size ? wanted : std::clamp(wanted, high - size, low);
  };
  return part_of(pixels, std::lround(begin(ink.x, habit.across, width, ink.left, ink.right)),
                 std::lround(begin(ink.y, habit.down, height, ink.top, ink.bottom)), std::max(1L, std::lround(width)),
                 std::max(1L, std::lround(height)), ground > 0.5 ? 255 : 0);
}

}  // namespace

PictureHabit habit_of(const data::Dataset& set, const std::string& who) {
  if (!are_pictures(set))
    throw std::invalid_argument(who + ": the examples of " + set.name + " are rows of " + std::to_string(set.inputs.columns()) +
                                (set.inputs.columns() == 1 ? " number" : " numbers") +
                                " and not pictures, so that no picture can stand in for one");
  PictureHabit habit{.shape = set.shape, .white = white_of(set)};
  const Index rows = std::min<Index>(set.examples(), 1000), height = set.shape.height, width = set.shape.width;
  const auto lightness_at = [&](Index example, Index i, Index j) {
    double sum = 0;
    for (Index c = 0; c < set.shape.channels; c++) sum += set.inputs(example, (c * height + i) * width + j);
    return sum / double(set.shape.channels) / double(habit.white);
  };
  double corners = 0;
  for (Index k = 0; k < rows; k++)
    corners +=
        lightness_at(k, 0, 0) + lightness_at(k, 0, width - 1) + lightness_at(k, height - 1, 0) + lightness_at(k, height - 1, width - 1);
  habit.dark_ground = corners < 2 * double(rows);
  std::vector<double> parts;
  double across = 0, down = 0;
  for (Index k = 0; k < rows; k++) {
    const Ink ink = ink_of(height, width, [&](Index i, Index j) {
      const double white = lightness_at(k, i, j);
      return habit.dark_ground ? white : 1 - white;
    });
    if (!ink.any()) continue;
    parts.push_back(std::max((ink.right - ink.left) / double(width), (ink.bottom - ink.top) / double(height)));
    across += ink.x / double(width), down += ink.y / double(height);
  }
  if (parts.empty()) return habit;
  std::ranges::nth_element(parts, parts.begin() + std::ssize(parts) / 2);
  habit.part = parts[parts.size() / 2];
  habit.across = across / double(parts.size()), habit.down = down / double(parts.size());
  return habit;
}

nn::Matrix brought(const data::Pixels& pixels, const PictureHabit& habit, const Bringing& how) {
  const data::Pixels from = how.centre ? centred(pixels, habit) : how.swap ? widened(pixels, habit.shape) : pixels;
  nn::Matrix row = data::picture_row(from.rgba.data(), from.width, from.height, habit.shape);
  for (Index i = 0; i < row.size(); i++) row.data()[i] = (how.swap ? 1 - row.data()[i] : row.data()[i]) * habit.white;
  return row;
}

bool is_swapped(const data::Pixels& pixels, const PictureHabit& habit) {
  return habit.shape.channels == 1 && (border(pixels) > 0.5) == habit.dark_ground;
}

Given picture_given(const std::filesystem::path& file, const data::Dataset& set, const std::string& who) {
  const PictureHabit habit = habit_of(set, who);
  const data::Pixels pixels = data::decode_picture(nn::read_file(file, std::size_t(1) << 30), file.string());
  const bool swap = is_swapped(pixels, habit);
  return {brought(pixels, habit, {.swap = swap}), file.filename().string() + (swap ? ", light and dark swapped" : "")};
}

}  // namespace viz
