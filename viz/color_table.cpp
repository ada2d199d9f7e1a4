// The tables are made once, at the first use.
#include "viz/color_table.h"

#include <array>
#include <cmath>

namespace viz {

namespace {

using Table = std::array<Color, ColorTable::steps + 1>;

std::array<Table, 4> make_tables() {
  std::array<Table, 4> all;
  for (std::size_t s = 0; s < all.size(); s++)
    for (int i = 0; i <= ColorTable::steps; i++) all[s][std::size_t(i)] = color_at(Scale(s), i, 0, ColorTable::steps);
  return all;
}

}  // namespace

ColorTable::ColorTable(Scale scale, double low, double high) : low_(float(low)) {
  static const std::array<Table, 4> tables = make_tables();
  colors_ = tables[std::size_t(scale)].data();
  const double span = high - low;
  const bool usable = span > 0 && std::isfinite(span);
  factor_ = usable ? float(steps / span) : 0;
  if (!usable) offset_ = steps / 2 + 0.5f;  // the middle, as in color_at()
}

}  // namespace viz
