// A colour scale as a table: for pictures of many numbers.
#pragma once
#include "viz/colors.h"

namespace viz {

// color_at() for one range, to the nearest of 1025 colours: no channel is off by more than one of 255. The ends and the middle are exact.
class ColorTable {
 public:
  static constexpr int steps = 1024;
  ColorTable(Scale scale, double low, double high);
  Color operator()(float value) const {
    const float place = (value - low_) * factor_ + offset_;
    if (!(place > 0.5f)) return value != value ? not_a_number : colors_[0];
    return colors_[place < steps ? int(place) : steps];
  }

 private:
  const Color* colors_;
  float low_, factor_, offset_ = 0.5f;
};

}  // namespace viz
