// Sizes shared by the layout and the drawing of plots, in pixels.
#pragma once

namespace viz::plot_style {

inline constexpr double small = 11.5;    // letters of ticks, legend and axis labels
inline constexpr double title = 13;      // letters of the title
inline constexpr double title_row = 26;  // heights of rows
inline constexpr double label_row = 20;
inline constexpr double tick_row = 20;
inline constexpr double legend_row = 18;
inline constexpr double swatch = 16;  // length of the line in the legend

}  // namespace viz::plot_style
