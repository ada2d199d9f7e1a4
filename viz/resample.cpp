// Enlarging images by a whole number.
#include "viz/resample.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace viz {
namespace {

constexpr double pixels_a_unit = 3;
constexpr int longest_side = 2048;

// Pixel (x, y), the border repeated outside.
const uint8_t* pixel(const Image& image, int x, int y) {
  x = std::clamp(x, 0, image.width - 1), y = std::clamp(y, 0, image.height - 1);
  return &image.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x))];
}

// At a place measured in pixels, whose centers lie at 0.5, 1.5, ...
std::array<uint8_t, 4> bilinear(const Image& image, double x, double y) {
  const int left = static_cast<int>(std::floor(x - 0.5)), top = static_cast<int>(std::floor(y - 0.5));
  const double right_share = x - 0.5 - left, bottom_share = y - 0.5 - top;
  double color[3] = {}, alpha = 0;
  for (int i = 0; i < 4; i++) {
    const uint8_t* p = pixel(image, left + i % 2, top + i / 2);
    const double share = (i % 2 ? right_share : 1 - right_share) * (i / 2 ? bottom_share : 1 - bottom_share) * p[3];
    for (int c = 0; c < 3; c++) color[c] += share * p[c];
    alpha += share;
  }
  std::array<uint8_t, 4> mixed = {0, 0, 0, static_cast<uint8_t>(std::lround(alpha))};
  for (std::size_t c = 0; c < 3 && alpha > 0; c++) mixed[c] = static_cast<uint8_t>(std::lround(color[c] / alpha));
  return mixed;
}

}  // namespace

Image enlarged(const Image& image, int times) {
  Image large = image;
  large.width *= times, large.height *= times;
  large.rgba.clear();
  large.rgba.reserve(image.rgba.size() * static_cast<std::size_t>(times) * static_cast<std::size_t>(times));
  for (int y = 0; y < large.height; y++)
    for (int x = 0; x < large.width; x++) {
      if (image.smooth) {
        const auto mixed = bilinear(image, (x + 0.5) / times, (y + 0.5) / times);
        large.rgba.insert(large.rgba.end(), mixed.begin(), mixed.end());
      } else {
        const uint8_t* p = pixel(image, x / times, y / times);
        large.rgba.insert(large.rgba.end(), p, p + 4);
      }
    }
  return large;
}

Scene with_enlarged_images(Scene scene) {
  for (Mark& mark : scene.marks) {
    auto* image = std::get_if<Image>(&mark);
    if (!image || image->width <= 0 || image->height <= 0) continue;
    const double wanted = pixels_a_unit * std::max(image->box.width / image->width, image->box.height / image->height);
    const int most = longest_side / std::max(image->width, image->height);
    const int times = static_cast<int>(std::min<double>(std::ceil(wanted), most));
    if (times > 1) *image = enlarged(*image, times);
  }
  return scene;
}

}  // namespace viz
