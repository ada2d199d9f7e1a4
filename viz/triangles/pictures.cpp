// Sampling of images.
#include "viz/triangles/pictures.h"

#include <algorithm>
#include <cmath>

#include "viz/triangles/canvas.h"

namespace viz::triangles {
namespace {

constexpr int most = 4096;  // pixels a side that every graphics card takes

Color color_of(const Image& image, int x, int y) {
  const uint8_t* p = &image.rgba[4 * (std::size_t(y) * std::size_t(image.width) + std::size_t(x))];
  return p[3] == 255 ? Color{p[0], p[1], p[2], 255} : premultiplied({p[0], p[1], p[2], p[3]});
}

// The mean of each pixel's share of the image.
Pixels averaged(const Image& image, int width, int height) {
  Pixels pixels{width, height, std::vector<Color>(std::size_t(width) * std::size_t(height))};
  const double across = double(image.width) / width, down = double(image.height) / height;
  const auto share = [](int k, double low, double high) { return std::min(k + 1.0, high) - std::max(double(k), low); };
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      const double left = x * across, right = left + across, top = y * down, bottom = top + down;
      double sum[4] = {}, area = 0;
      for (int j = int(top); j < std::min(image.height, int(std::ceil(bottom))); j++)
        for (int i = int(left); i < std::min(image.width, int(std::ceil(right))); i++) {
          const double weight = share(i, left, right) * share(j, top, bottom);
          const Color c = color_of(image, i, j);
          sum[0] += weight * c.r, sum[1] += weight * c.g, sum[2] += weight * c.b, sum[3] += weight * c.a, area += weight;
        }
      const auto mean = [&](int k) { return uint8_t(std::min(255.0, sum[k] / area + 0.5)); };
      pixels.row(y)[x] = {mean(0), mean(1), mean(2), mean(3)};
    }
  return pixels;
}

Pixels copied(const Image& image) {
  Pixels pixels{image.width, image.height, std::vector<Color>(image.rgba.size() / 4)};
  for (int y = 0; y < image.height; y++)
    for (int x = 0; x < image.width; x++) pixels.row(y)[x] = color_of(image, x, y);
  return pixels;
}

Pixels framed(const Pixels& from) {
  Pixels to{from.width + 2, from.height + 2, std::vector<Color>(std::size_t(from.width + 2) * std::size_t(from.height + 2))};
  for (int y = 0; y < to.height; y++) {
    const Color* row = from.row(std::clamp(y - 1, 0, from.height - 1));
    Color* out = to.row(y);
    std::copy_n(row, from.width, out + 1);
    out[0] = row[0], out[to.width - 1] = row[from.width - 1];
  }
  return to;
}

// For each whole pixel from `first` on: the image's pixel at its middle and how much of it lies in the image.
struct Sample {
  int from;
  double covered;
};

std::vector<Sample> samples(double low, double size, int pixels, double first, int count) {
  std::vector<Sample> all;
  for (int i = 0; i < count; i++) {
    const double left = std::max(low, first + i), right = std::min(low + size, first + i + 1);
    const int from = int(std::floor((first + i + 0.5 - low) / size * pixels));
    all.push_back({std::clamp(from, 0, pixels - 1), std::max(0.0, right - left)});
  }
  return all;
}

}  // namespace

Pixels smooth_pixels(const Image& image, double width, double height) {
  const auto reduced = [](int pixels, double size) { return std::clamp(size < 0.75 * pixels ? int(std::ceil(size)) : pixels, 1, most); };
  const int across = reduced(image.width, width), down = reduced(image.height, height);
  return framed(across < image.width || down < image.height ? averaged(image, across, down) : copied(image));
}

Pixels sharp_pixels(const Image& image, Box box, Box visible) {
  Pixels pixels{int(visible.width), int(visible.height), {}};
  pixels.colors.resize(std::size_t(pixels.width) * std::size_t(pixels.height));
  const auto across = samples(box.x, box.width, image.width, visible.x, pixels.width);
  const auto down = samples(box.y, box.height, image.height, visible.y, pixels.height);
  int last = -1;  // the image's row that the row above shows in full
  for (int y = 0; y < pixels.height; y++) {
    const Sample j = down[std::size_t(y)];
    Color* row = pixels.row(y);
    if (j.covered == 1 && j.from == last) {
      std::copy_n(pixels.row(y - 1), pixels.width, row);
      continue;
    }
    last = j.covered == 1 ? j.from : -1;
    for (int x = 0; x < pixels.width; x++) {
      const Sample i = across[std::size_t(x)];
      const Color color = color_of(image, i.from, j.from);
      row[x] = i.covered * j.covered < 1 ? times(color, i.covered * j.covered) : color;
    }
  }
  return pixels;
}

}  // namespace viz::triangles
