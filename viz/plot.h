// Axes and curves: numbers in, a Scene out.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "viz/colors.h"
#include "viz/scene.h"

namespace viz {

struct Range {
  double low = 0, high = 0;
};

struct Series {
  enum class Kind { line, points, bars } kind = Kind::line;
  std::string name = {};                    // in the legend; empty: not there
  std::vector<double> x = {}, y = {};       // empty x counts 0, 1, 2, ...; a value that is not finite leaves a gap
  Color color = nothing;                    // `nothing`: category() of its place
  std::vector<double> low = {}, high = {};  // a band behind the line, or empty
  double width = 1.5;                       // of the line, or the radius of a point, in pixels
  std::vector<double> dash = {};
};

struct Plot {
  std::string title = {}, x_label = {}, y_label = {};
  std::vector<Series> series = {};
  bool log_y = false;                               // values <= 0 leave gaps
  bool whole_x = false;                             // ticks at whole numbers alone
  std::optional<Range> x_range = {}, y_range = {};  // else what the series cover
  std::string note = "nothing to show yet";         // written in the middle while there is no finite point
};

// The plot, filling `box`; marks have the box's coordinates. Errors: std::invalid_argument when x, low or high is not as long as y.
Scene draw(const Plot& plot, Box box, const Theme& theme = light);

// Where the axes lie: for marks of one's own on top.
struct LegendEntry {
  int series;
  Point at;  // its left end, on the baseline
  std::string name = {};
};
struct Axes {
  Box area;  // inside the axes
  Range x, y;
  bool log_y = false;
  std::vector<double> x_ticks, y_ticks;
  std::vector<std::string> x_tick_labels, y_tick_labels;
  std::vector<LegendEntry> legend;
  bool empty = true;  // no finite point
  Point at(double x_value, double y_value) const;
};
Axes axes(const Plot& plot, Box box);

// Round numbers (1, 2 or 5 times a power of ten) within the range, about `count` of them.
std::vector<double> ticks(Range range, int count);
// Powers of ten, and 2 and 5 times them where there is room; range.low > 0.
std::vector<double> log_ticks(Range range, int count);
// As few digits as tell the ticks apart: "0.05", "2e-6", "12k".
std::string tick_label(double value, double step);

// At most four points a pixel column (first, least, greatest, last), so that a long curve looks the same and costs little.
std::vector<Point> thinned(const std::vector<Point>& points);

}  // namespace viz
