// Pieces of pictures.
#include "viz/superpixels.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

using nn::Index;

// The mean place and color of a piece.
struct Middle {
  double row = 0, column = 0, pixels = 0;
  std::vector<double> color;
};

std::vector<Middle> middles(nn::ConstView x, const nn::Shape& picture, const Pieces& pieces) {
  std::vector<Middle> all(std::size_t(count_of(pieces)), Middle{.color = std::vector<double>(std::size_t(picture.channels))});
  const Index pixels = picture.height * picture.width;
  for (Index i = 0; i < pixels; i++) {
    Middle& m = all[std::size_t(pieces[std::size_t(i)])];
    m.row += double(i / picture.width), m.column += double(i % picture.width), m.pixels++;
    for (Index c = 0; c < picture.channels; c++) m.color[std::size_t(c)] += double(x(c * pixels + i, 0));
  }
  for (Middle& m : all) {
    const double n = std::max(m.pixels, 1.0);
    m.row /= n, m.column /= n;
    for (double& c : m.color) c /= n;
  }
  return all;
}

// Counted again, without those that have no pixel.
Pieces without_gaps(Pieces pieces) {
  std::vector<int> number(std::size_t(count_of(pieces)), -1);
  int next = 0;
  for (int& piece : pieces) {
    int& known = number[std::size_t(piece)];
    if (known < 0) known = next++;
    piece = known;
  }
  return pieces;
}

}  // namespace

int count_of(const Pieces& pieces) { return pieces.empty() ? 0 : *std::max_element(pieces.begin(), pieces.end()) + 1; }

Pieces grid_pieces(const nn::Shape& picture, Index rows, Index columns) {
  rows = std::min(rows, picture.height), columns = std::min(columns, picture.width);
  Pieces pieces;
  for (Index i = 0; i < picture.height; i++)
    for (Index j = 0; j < picture.width; j++) pieces.push_back(int(i * rows / picture.height * columns + j * columns / picture.width));
  return pieces;
}

// A pixel joins the piece with the least |color - color'|^2 + (compactness / size)^2 |place - place'|^2, whose middle then moves there.
Pieces superpixels(nn::ConstView x, const nn::Shape& picture, Index rows, Index columns, double compactness) {
  Pieces pieces = grid_pieces(picture, rows, columns);
  const Index pixels = picture.height * picture.width;
  const double size = std::sqrt(double(pixels) / double(count_of(pieces))), weight = compactness / size;
  for (int round = 0; round < 8; round++) {
    const std::vector<Middle> all = middles(x, picture, pieces);
    for (Index i = 0; i < pixels; i++) {
      double least = INFINITY;
      for (std::size_t k = 0; k < all.size(); k++) {
        const Middle& m = all[k];
        const double down = double(i / picture.width) - m.row, right = double(i % picture.width) - m.column;
        if (m.pixels == 0 || std::abs(down) > 2 * size || std::abs(right) > 2 * size) continue;
        double distance = weight * weight * (down * down + right * right);
        for (Index c = 0; c < picture.channels; c++) {
          const double d = double(x(c * pixels + i, 0)) - m.color[std::size_t(c)];
          distance += d * d;
        }
        if (distance < least) least = distance, pieces[std::size_t(i)] = int(k);
      }
    }
  }
  return without_gaps(std::move(pieces));
}

nn::Matrix mixed(nn::ConstView x, nn::ConstView baseline, const Pieces& pieces, nn::ConstView on) {
  nn::Matrix all(x.rows, on.columns);
  const Index pixels = std::ssize(pieces);
  for (Index i = 0; i < x.rows; i++) {
    const nn::Real* is_on = on.row(pieces[std::size_t(i % pixels)]);
    for (Index k = 0; k < on.columns; k++) all(i, k) = is_on[k] != 0 ? x(i, 0) : baseline(i, 0);
  }
  return all;
}

nn::Matrix painted(const std::vector<double>& numbers, const Pieces& pieces, const nn::Shape& picture) {
  nn::Matrix map(picture.height, picture.width);
  for (std::size_t i = 0; i < pieces.size(); i++) map.data()[i] = nn::Real(numbers[std::size_t(pieces[i])]);
  return map;
}

}  // namespace viz
