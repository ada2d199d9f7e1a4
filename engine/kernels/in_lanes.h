// How a row of numbers is walked: whole registers, then one with the lanes that are left.
#pragma once

namespace nn {
namespace {

// use(j, part) for j = 0, width, 2 width ...: part is All{}, and tail(n - j) at the end where n is no multiple of width.
void in_lanes(Index n, auto use) {
  Index j = 0;
  for (; j + width <= n; j += width) use(j, All{});
  if (j < n) use(j, tail(n - j));
}

}  // namespace
}  // namespace nn
