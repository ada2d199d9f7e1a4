// Data pictures as images.
#include "viz/pictures.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace viz {

namespace {

uint8_t brightness(double value, double white) {
  return std::isnan(value) ? uint8_t(0) : uint8_t(std::lround(255 * std::clamp(value / white, 0.0, 1.0)));
}

}  // namespace

double white_of(nn::ConstView picture) {
  double white = 1;
  for (nn::Index i = 0; i < picture.rows; i++)
    for (nn::Index j = 0; j < picture.columns; j++)
      if (const double value = double(picture(i, j)); std::isfinite(value)) white = std::max(white, value);
  return white;
}

Image picture_image(nn::ConstView picture, const nn::Shape& shape, Box box) {
  return picture_part(picture, shape, {0, 0, shape.height, shape.width}, box);
}

Image picture_part(nn::ConstView picture, const nn::Shape& shape, const Pixels& part, Box box) {
  if (picture.rows * picture.columns != shape.size())
    throw std::invalid_argument("picture: " + nn::dimensions(picture) + " numbers are not " + std::to_string(shape.channels) +
                                " channels of " + nn::dimensions(shape.height, shape.width) + " pixels");
  Image image{.box = box, .width = int(part.width), .height = int(part.height)};
  image.rgba.resize(std::size_t(part.width * part.height) * 4);
  const bool colour = shape.channels == 3;
  if (!colour) image.numbers.resize(std::size_t(part.width * part.height));
  const double white = white_of(picture);
  const auto at = [&](nn::Index channel, nn::Index row, nn::Index column) {
    const nn::Index i = (channel * shape.height + row) * shape.width + column;
    return double(picture(i / picture.columns, i % picture.columns));
  };
  std::size_t pixel = 0;
  for (nn::Index i = part.top; i < part.bottom(); i++)
    for (nn::Index j = part.left; j < part.right(); j++, pixel++) {
      if (i < 0 || j < 0 || i >= shape.height || j >= shape.width) continue;
      uint8_t* rgba = image.rgba.data() + 4 * pixel;
      double mean = 0;
      for (nn::Index c = 0; c < shape.channels; c++) mean += at(c, i, j) / double(shape.channels);
      for (nn::Index c = 0; c < 3; c++) rgba[c] = brightness(colour ? at(c, i, j) : mean, white);
      rgba[3] = 255;
      if (!colour) image.numbers[pixel] = float(mean);
    }
  return image;
}

Box box_of(const Pixels& pixels, const nn::Shape& shape, Box box) {
  const double width = box.width / double(shape.width), height = box.height / double(shape.height);
  return {box.x + double(pixels.left) * width, box.y + double(pixels.top) * height, double(pixels.width) * width,
          double(pixels.height) * height};
}

Box fitted(const nn::Shape& shape, Box room) {
  const double pixel = std::max(0.0, std::min(room.width / double(shape.width), room.height / double(shape.height)));
  const double width = pixel * double(shape.width), height = pixel * double(shape.height);
  return {room.x + (room.width - width) / 2, room.y + (room.height - height) / 2, width, height};
}

}  // namespace viz
