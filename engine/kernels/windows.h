// How the windows of a pooling are walked.
#pragma once
#include "engine/kernels/table.h"

namespace nn {
namespace {

// Calls use(y, first, rows, columns): the row of an output pixel, that of the first pixel in its window, and how many rows and columns of
// pixels lie there, the padding left out.
void each_window(const Windows& w, Index channel, auto use) {
  for (Index i = 0; i < w.out_height; i++) {
    const Index top = i * w.stride - w.padding, k = top < 0 ? 0 : top, bottom = top + w.size < w.height ? top + w.size : w.height;
    for (Index j = 0; j < w.out_width; j++) {
      const Index left = j * w.stride - w.padding, l = left < 0 ? 0 : left, right = left + w.size < w.width ? left + w.size : w.width;
      use((channel * w.out_height + i) * w.out_width + j, (channel * w.height + k) * w.width + l, bottom - k, right - l);
    }
  }
}

// Whether a switch names a row, nearly: it is a real number, and a small change of it means nothing.
auto names(auto q, auto row) {
  const auto away = q - row;
  return away * away < 0.25;
}

}  // namespace
}  // namespace nn
