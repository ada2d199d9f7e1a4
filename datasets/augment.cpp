// Augmentation.
#include "datasets/augment.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "engine/text.h"

namespace data {

namespace {

using nn::Index;

void check(nn::ConstView from, nn::ConstView to, nn::Shape shape) {
  if (from.rows != shape.size() || to.rows != from.rows || to.columns != from.columns)
    throw std::invalid_argument("augment: from " + nn::dimensions(from) + " to " + nn::dimensions(to) + ", where pictures have " +
                                std::to_string(shape.size()) + " pixels");
}

// The pixel at a place between pixels, rows downwards; 0 beyond the border.
double sample(nn::ConstView x, Index example, Index first, nn::Shape shape, double i, double j) {
  const double top = std::floor(i), left = std::floor(j), v = i - top, u = j - left;
  double sum = 0;
  for (int k = 0; k < 4; k++) {
    const double row = top + k / 2, column = left + k % 2, weight = (k / 2 ? v : 1 - v) * (k % 2 ? u : 1 - u);
    if (weight == 0 || row < 0 || column < 0 || row >= double(shape.height) || column >= double(shape.width)) continue;
    sum += weight * double(x(first + Index(row) * shape.width + Index(column), example));
  }
  return sum;
}

}  // namespace

Augmentation parse_augmentation(std::string_view text) {
  Augmentation how;
  if (nn::trim(text).empty()) return how;
  for (const std::string& part : nn::split(text, ',')) {
    const std::string_view words = nn::trim(part), name = words.substr(0, words.find(' ')), rest = nn::trim(words.substr(name.size()));
    const double x = nn::number(rest).value_or(-1);
    if (name == "flip" && rest.empty())
      how.flip = true;
    else if (name == "shift" && x >= 0 && x <= 1000 && x == std::floor(x))
      how.shift = nn::Index(x);
    else if (name == "crop" && x > 0 && x <= 1)
      how.crop = x;
    else if (name == "rotate" && x >= 0 && x <= 180)
      how.rotation = x;
    else
      throw std::invalid_argument("'" + std::string(words) +
                                  "' is no augmentation; there are shift PIXELS, flip, crop PART (above 0, at most 1) and rotate "
                                  "DEGREES (0 to 180), such as \"shift 2, flip, crop 0.9, rotate 10\"");
  }
  return how;
}

Move draw(const Augmentation& how, nn::Shape shape, nn::Generator& random) {
  Move move;
  move.right = double(random.below(std::uint64_t(2 * how.shift + 1))) - double(how.shift);
  move.down = double(random.below(std::uint64_t(2 * how.shift + 1))) - double(how.shift);
  move.part = how.crop < 1 ? random.uniform(how.crop, 1) : 1;
  // What is cut away lies anywhere around what is seen.
  const double room = (1 / move.part - 1) / 2;
  if (how.crop < 1) {
    move.right += random.uniform(-room, room) * double(shape.width - 1);
    move.down += random.uniform(-room, room) * double(shape.height - 1);
  }
  move.angle = how.rotation > 0 ? random.uniform(-how.rotation, how.rotation) : 0;
  move.flip = how.flip && random.below(2) == 1;
  return move;
}

void move(nn::ConstView from, nn::View to, Index example, nn::Shape shape, const Move& move) {
  check(from, to, shape);
  const double middle_i = double(shape.height - 1) / 2, middle_j = double(shape.width - 1) / 2;
  const double angle = move.angle * std::numbers::pi / 180, cosine = std::cos(angle), sine = std::sin(angle);
  const Index pixels = shape.height * shape.width;
  for (Index i = 0; i < shape.height; i++)
    for (Index j = 0; j < shape.width; j++) {
      const double y = double(i) - middle_i - move.down, x = (move.flip ? middle_j - double(j) : double(j) - middle_j) - move.right;
      const double row = middle_i + move.part * (cosine * y + sine * x), column = middle_j + move.part * (cosine * x - sine * y);
      for (Index c = 0; c < shape.channels; c++)
        to(c * pixels + i * shape.width + j, example) = nn::Real(sample(from, example, c * pixels, shape, row, column));
    }
}

void augment(nn::ConstView from, nn::View to, nn::Shape shape, const Augmentation& how, nn::Generator& random) {
  check(from, to, shape);
  if (how.shift < 0 || !(how.crop > 0 && how.crop <= 1) || !(how.rotation >= 0 && how.rotation <= 180))
    throw std::invalid_argument("augment: a shift of " + std::to_string(how.shift) + ", a crop of " + std::to_string(how.crop) +
                                " and a rotation of " + std::to_string(how.rotation) +
                                "; a shift is at least 0, a crop in (0, 1], a rotation from 0 to 180");
  for (Index n = 0; n < from.columns; n++) move(from, to, n, shape, draw(how, shape, random));
}

}  // namespace data
