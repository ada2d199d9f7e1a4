// Sampling of images.
#include "viz/triangles/pictures.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/triangles/canvas.h"

namespace viz::triangles {
namespace {

constexpr int most = 4096;  // pixels a side that every graphics card takes

Color color_of(const Image& image, int x, int y) {
  const uint8_t* p = &image.rgba[4 * (std::size_t(y) * std::size_t(image.width) + std::size_t(x))];
  return p[3] == 255 ? Color{p[0], p[1], p[2], 255} : premultiplied({p[0], p[1], p[2], p[3]});
}

// Which pixels of the image, from `first` on, one pixel is the mean of, and how much each counts; the weights sum to 1.
struct Mean {
  int first;
  std::vector<float> weights;
};

std::vector<Mean> means(int from, int to) {
  const double size = double(from) / to;
  std::vector<Mean> all;
  for (int k = 0; k < to; k++) {
    const double low = k * size, high = low + size;
    Mean mean{int(low), {}};
    for (int i = mean.first; i < std::min(from, int(std::ceil(high))); i++)
      mean.weights.push_back(float((std::min(i + 1.0, high) - std::max(double(i), low)) / size));
    all.push_back(std::move(mean));
  }
  return all;
}

// The mean of each pixel's share of the image: along the rows first, then down the columns.
Pixels averaged(const Image& image, int width, int height) {
  const std::vector<Mean> across = means(image.width, width), down = means(image.height, height);
  using Sum = std::array<float, 4>;
  std::vector<Sum> rows(std::size_t(width) * std::size_t(image.height));
  Sum* row = rows.data();
  for (int j = 0; j < image.height; j++, row += width)
    for (int x = 0; x < width; x++) {
      const Mean& mean = across[std::size_t(x)];
      Sum sum{};
      for (std::size_t i = 0; i < mean.weights.size(); i++) {
        const Color c = color_of(image, mean.first + int(i), j);
        const float w = mean.weights[i];
        sum[0] += w * c.r, sum[1] += w * c.g, sum[2] += w * c.b, sum[3] += w * c.a;
      }
      row[x] = sum;
    }
  Pixels pixels{width, height, std::vector<Color>(std::size_t(width) * std::size_t(height))};
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      const Mean& mean = down[std::size_t(y)];
      Sum sum{};
      for (std::size_t j = 0; j < mean.weights.size(); j++) {
        const Sum& part = rows[(std::size_t(mean.first) + j) * std::size_t(width) + std::size_t(x)];
        for (std::size_t k = 0; k < 4; k++) sum[k] += mean.weights[j] * part[k];
      }
      const auto rounded = [&](std::size_t k) { return uint8_t(std::min(255.0F, sum[k] + 0.5F)); };
      pixels.row(y)[x] = {rounded(0), rounded(1), rounded(2), rounded(3)};
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
