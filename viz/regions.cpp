// Proposals, crops and the best of them.
#include "viz/regions.h"

#include <algorithm>
#include <cmath>

#include "viz/superpixels.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

void add_once(std::vector<Pixels>& all, const Pixels& box) {
  if (std::ranges::find(all, box) == all.end()) all.push_back(box);
}

// A piece on its way to the whole picture.
struct Piece {
  Pixels box = {};
  double pixels = 0;
  std::vector<double> color;  // sums over its pixels
  bool gone = false;
};

std::vector<Piece> pieces_of(nn::ConstView x, const nn::Shape& picture, const Pieces& pieces) {
  std::vector<Piece> all(std::size_t(count_of(pieces)), Piece{.color = std::vector<double>(std::size_t(picture.channels))});
  const Index pixels = picture.height * picture.width;
  for (Index i = 0; i < pixels; i++) {
    Piece& p = all[std::size_t(pieces[std::size_t(i)])];
    const Index row = i / picture.width, column = i % picture.width;
    if (p.pixels == 0) p.box = {row, column, 1, 1};
    const Index top = std::min(p.box.top, row), left = std::min(p.box.left, column);
    p.box = {top, left, std::max(p.box.bottom(), row + 1) - top, std::max(p.box.right(), column + 1) - left};
    p.pixels++;
    for (Index c = 0; c < picture.channels; c++) p.color[std::size_t(c)] += double(x(c * pixels + i, 0));
  }
  return all;
}

double difference(const Piece& a, const Piece& b) {
  double sum = 0;
  for (std::size_t c = 0; c < a.color.size(); c++) sum += std::pow(a.color[c] / a.pixels - b.color[c] / b.pixels, 2);
  return sum;
}

}  // namespace

double overlap(const Pixels& a, const Pixels& b) {
  const Index height = std::min(a.bottom(), b.bottom()) - std::max(a.top, b.top),
              width = std::min(a.right(), b.right()) - std::max(a.left, b.left);
  if (height <= 0 || width <= 0) return 0;
  const double both = double(height * width);
  return both / (double(a.height * a.width + b.height * b.width) - both);
}

std::vector<Pixels> window_regions(const nn::Shape& picture) {
  std::vector<Pixels> all = {{0, 0, picture.height, picture.width}};
  const double side = double(std::min(picture.height, picture.width));
  for (const double scale : {0.5, 2.0 / 3, 1.0})
    for (const auto& [tall, wide] : {std::pair{1.0, 1.0}, {1.0, 0.5}, {0.5, 1.0}}) {
      const Index height = std::max<Index>(2, std::lround(side * scale * tall)),
                  width = std::max<Index>(2, std::lround(side * scale * wide));
      if (height > picture.height || width > picture.width) continue;
      for (Index top = 0; top + height <= picture.height; top += std::max<Index>(1, height / 2))
        for (Index left = 0; left + width <= picture.width; left += std::max<Index>(1, width / 2))
          add_once(all, {top, left, height, width});
    }
  return all;
}

std::vector<Pixels> merged_regions(nn::ConstView x, const nn::Shape& picture) {
  Pieces pieces = superpixels(x, picture, 4, 4);
  std::vector<Piece> parts = pieces_of(x, picture, pieces);
  std::vector<Pixels> all = {{0, 0, picture.height, picture.width}};
  for (const Piece& p : parts) add_once(all, p.box);
  const auto neighbours = [&](std::size_t a, std::size_t b) {
    for (Index i = 0; i < std::ssize(pieces); i++) {
      if (pieces[std::size_t(i)] != int(a)) continue;
      const Index row = i / picture.width, column = i % picture.width;
      const auto is_b = [&](Index r, Index c) {
        return r >= 0 && c >= 0 && r < picture.height && c < picture.width && pieces[std::size_t(r * picture.width + c)] == int(b);
      };
      if (is_b(row - 1, column) || is_b(row + 1, column) || is_b(row, column - 1) || is_b(row, column + 1)) return true;
    }
    return false;
  };
  for (std::size_t left = parts.size(); left > 1; left--) {
    std::size_t first = 0, second = 0;
    double least = INFINITY;
    for (std::size_t a = 0; a < parts.size(); a++)
      for (std::size_t b = a + 1; b < parts.size(); b++)
        if (!parts[a].gone && !parts[b].gone && difference(parts[a], parts[b]) < least && neighbours(a, b))
          least = difference(parts[a], parts[b]), first = a, second = b;
    if (std::isinf(least)) break;
    for (int& piece : pieces)
      if (piece == int(second)) piece = int(first);
    std::vector<Piece> again = pieces_of(x, picture, pieces);
    again.resize(parts.size());
    parts[first] = again[first], parts[second].gone = true;
    add_once(all, parts[first].box);
  }
  return all;
}

// Pixel (i, j) of the new picture lies at ((i + 1/2) / tall - 1/2, (j + 1/2) / wide - 1/2) of the region, which goes on at its border.
nn::Matrix cut_out(nn::ConstView x, const nn::Shape& picture, const Pixels& region, Fitting how, nn::ConstView background) {
  double tall = double(picture.height) / double(region.height), wide = double(picture.width) / double(region.width);
  if (how == Fitting::letterbox) tall = wide = std::min(tall, wide);
  const Index pixels = picture.height * picture.width, height = std::lround(tall * double(region.height)),
              width = std::lround(wide * double(region.width));
  const Index top = (picture.height - height) / 2, left = (picture.width - width) / 2;
  nn::Matrix made(background);
  for (Index i = 0; i < height; i++)
    for (Index j = 0; j < width; j++) {
      const double row = std::clamp((double(i) + 0.5) / tall - 0.5, 0.0, double(region.height - 1)),
                   column = std::clamp((double(j) + 0.5) / wide - 0.5, 0.0, double(region.width - 1));
      const Index r = std::min(Index(row), std::max<Index>(region.height - 2, 0)),
                  c = std::min(Index(column), std::max<Index>(region.width - 2, 0));
      const Index r2 = std::min(r + 1, region.height - 1), c2 = std::min(c + 1, region.width - 1);
      const double u = row - double(r), v = column - double(c);
      for (Index channel = 0; channel < picture.channels; channel++) {
        const auto at = [&](Index a, Index b) {
          return double(x(channel * pixels + (region.top + a) * picture.width + region.left + b, 0));
        };
        made(channel * pixels + (top + i) * picture.width + left + j, 0) =
            Real((1 - u) * ((1 - v) * at(r, c) + v * at(r, c2)) + u * ((1 - v) * at(r2, c) + v * at(r2, c2)));
      }
    }
  return made;
}

std::vector<Region> best_regions(std::vector<Region> all, double most, std::size_t count) {
  std::ranges::stable_sort(all, std::greater(), &Region::value);
  std::vector<Region> best;
  for (const Region& region : all) {
    if (best.size() == count) break;
    const bool covered = std::ranges::any_of(
        best, [&](const Region& larger) { return larger.image == region.image && overlap(larger.box, region.box) > most; });
    if (!covered) best.push_back(region);
  }
  return best;
}

}  // namespace viz
