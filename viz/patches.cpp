// Patches over pictures.
#include "viz/patches.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace viz {

namespace {

using nn::Index;
using nn::Real;

// Beginning and end of the windows in one direction.
struct Stretch {
  Index first, end;
};
std::vector<Stretch> stretches(Index size, Index window, Index stride, Border border) {
  std::vector<Stretch> all;
  if (border == Border::centred) {
    const auto add = [&](Index middle) {
      const Index first = middle - window / 2;
      all.push_back({std::max(first, Index(0)), std::min(first + window, size)});
    };
    for (Index middle = 0; middle < size; middle += stride) add(middle);
    if (all.back().end < size) add(size - 1);
  } else {
    // ceil((size - window) / stride) + 1
    const Index count = (size - window + stride - 1) / stride + 1;
    for (Index k = 0; k < count; k++)
      if (k * stride < size) all.push_back({k * stride, std::min(k * stride + window, size)});
  }
  return all;
}

std::string by(Index height, Index width) { return std::to_string(height) + " x " + std::to_string(width); }

template <class Visit>
void for_each_pixel(const Pixels& window, const nn::Shape& picture, Visit visit) {
  for (Index i = window.top; i < window.bottom(); i++)
    for (Index j = window.left; j < window.right(); j++) visit(i * picture.width + j);
}

}  // namespace

Windows windows(const nn::Shape& picture, Index height, Index width, Index down, Index right, Border border, std::string_view who) {
  const auto complain = [&](const std::string& what) { throw std::invalid_argument(std::string(who) + ": " + what); };
  if (height > picture.height || width > picture.width)
    complain("a patch of " + by(height, width) + " pixels is larger than the picture of " + by(picture.height, picture.width) +
             "; at most its size would do");
  if (height < 1 || width < 1) complain("a patch of " + by(height, width) + " pixels covers nothing; at least 1 x 1 would do");
  if (down < 1 || right < 1)
    complain("with stride " + std::to_string(std::min(down, right)) + " the patch never moves on; 1 or more would do");
  Windows result;
  const auto rows = stretches(picture.height, height, down, border), columns = stretches(picture.width, width, right, border);
  for (const Stretch& i : rows)
    for (const Stretch& j : columns) result.all.push_back({i.first, j.first, i.end - i.first, j.end - j.first});
  result.rows = std::ssize(rows), result.columns = std::ssize(columns);
  return result;
}

// g(d) = exp(-d^2 / 2 s^2) down, then across; beyond the border the last pixel goes on
nn::Matrix blurred(nn::ConstView x, const nn::Shape& picture, double deviation) {
  const Index radius = Index(std::ceil(3 * deviation)), height = picture.height, width = picture.width;
  std::vector<double> weights;
  double sum = 0;
  for (Index d = -radius; d <= radius; d++)
    weights.push_back(std::exp(-double(d * d) / (2 * deviation * deviation))), sum += weights.back();
  const auto along = [&](const nn::Matrix& from, Index size, Index step, auto place_of) {
    nn::Matrix to(from.rows(), 1);
    for (Index i = 0; i < from.rows(); i++) {
      const Index place = place_of(i);
      double mixed = 0;
      for (Index d = -radius; d <= radius; d++)
        mixed += weights[std::size_t(d + radius)] * double(from(i + (std::clamp(place + d, Index(0), size - 1) - place) * step, 0));
      to(i, 0) = Real(mixed / sum);
    }
    return to;
  };
  const nn::Matrix down = along(nn::Matrix(x), height, width, [&](Index i) { return i / width % height; });
  return along(down, width, 1, [&](Index i) { return i % width; });
}

nn::Matrix filled(Fill fill, nn::ConstView x, const nn::Shape& picture, const Filling& filling, nn::Generator& random) {
  switch (fill) {
    case Fill::grey:
      return filling.grey;
    case Fill::mean:
      return filling.mean;
    case Fill::background:
      return filling.background;
    case Fill::blur:
      return blurred(x, picture, filling.deviation);
    case Fill::noise:
      break;
  }
  nn::Matrix noise(x.rows, 1);
  for (Index i = 0; i < x.rows; i++) noise(i, 0) = Real(random.uniform(double(filling.black(i, 0)), double(filling.white(i, 0))));
  return noise;
}

nn::Matrix covered(nn::ConstView x, const nn::Shape& picture, std::span<const Pixels> windows, nn::ConstView fill) {
  const Index count = std::ssize(windows), pixels = picture.height * picture.width;
  nn::Matrix all(x.rows, count);
  for (Index i = 0; i < x.rows; i++) std::fill_n(all.view().row(i), count, x(i, 0));
  for (Index k = 0; k < count; k++)
    for_each_pixel(windows[std::size_t(k)], picture, [&](Index pixel) {
      for (Index i = pixel; i < x.rows; i += pixels) all(i, k) = fill(i, 0);
    });
  return all;
}

nn::Matrix spread(const std::vector<Pixels>& windows, const std::vector<Real>& numbers, const nn::Shape& picture, Spread how) {
  const std::size_t pixels = std::size_t(picture.height * picture.width);
  std::vector<double> sums(pixels), counts(pixels);
  for (std::size_t k = 0; k < windows.size(); k++)
    for_each_pixel(windows[k], picture, [&](Index pixel) { sums[std::size_t(pixel)] += double(numbers[k]), counts[std::size_t(pixel)]++; });
  nn::Matrix map(picture.height, picture.width);
  for (std::size_t i = 0; i < pixels; i++)
    if (counts[i] > 0) map.data()[i] = Real(how == Spread::mean ? sums[i] / counts[i] : sums[i]);
  return map;
}

std::vector<Real> drops(const Score& score, nn::ConstView x, const nn::Shape& picture, const std::vector<Pixels>& windows,
                        nn::ConstView fill, const std::function<void(double)>& done) {
  constexpr std::size_t at_once = 256;  // pictures in memory
  const double whole = score_of_one(score, x);
  std::vector<Real> result;
  for (std::size_t first = 0; first < windows.size(); first += at_once) {
    const std::size_t count = std::min(at_once, windows.size() - first);
    for (const Real y : score(covered(x, picture, std::span(windows).subspan(first, count), fill)))
      result.push_back(Real(whole - double(y)));
    if (done) done(double(first + count) / double(windows.size()));
  }
  return result;
}

Option patch_option(double initial) { return {"patch", "pixels of the patch in each direction", initial, 1, 256, 1}; }
Option stride_option(double initial) { return {"stride", "pixels from one place of the patch to the next", initial, 0, 64, 1}; }
Option fill_option(Fill initial) {
  return {"fill", "what stands in place of what is left out", double(initial), 0, 4, 1, {std::begin(fills), std::end(fills)}};
}

}  // namespace viz
