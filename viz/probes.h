// How well the cells of a recurrent network follow a property of the text. Rows are cells, columns are time; a track has one number
// for each column (datasets/tracks.h). A random network follows many properties too: every score wants the untrained one beside it.
#pragma once
#include <span>
#include <vector>

#include "engine/matrix.h"

namespace viz {

using Values = std::span<const nn::Real>;

// Of one cell over time.
inline Values values_of(nn::ConstView cells, nn::Index cell) { return {cells.row(cell), std::size_t(cells.columns)}; }

// The columns where `where` is not 0: such as the letters alone of a text. Throws std::invalid_argument where the lengths differ.
nn::Matrix columns_where(nn::ConstView cells, Values where);
std::vector<nn::Real> values_where(Values values, Values where);

// Pearson's r, -1 .. 1; 0 where one of the two never changes or is not a number.
double correlation(Values a, Values b);

// The probability that a step with the property (track > 0) has a greater value than one without, equals counted half: 1 and 0 part them
// perfectly, 0.5 is chance. 0.5 where all steps have the property, or none, or where a value is not a number.
double area_under_curve(Values values, Values track);

// What a cell says of a track, and how it is ordered in a list.
struct CellScore {
  nn::Index cell;
  double correlation, area;  // area: 0.5 where the track is no yes or no
};
// All cells, the greatest |correlation| first, equals by their number.
std::vector<CellScore> cells_by_correlation(nn::ConstView cells, Values track);

// The best linear reading of a track from all cells together: w and b that make sum (w^T h_t + b - y_t)^2 + ridge n |w|^2 least
// over the first steps. Its worth is R^2 = 1 - sum (w^T h_t + b - y_t)^2 / sum (y_t - mean y)^2 over the steps after these.
struct LinearProbe {
  std::vector<double> w;  // one a cell
  double b = 0;
  double fitted = 0, measured = 0;  // R^2 over the steps that it was fitted to, and over the others; 0 where the track never changes there
  double read(nn::ConstView cells, nn::Index step) const;
};
// share: of the steps that it is fitted to, 0 .. 1; at 1 both figures are of all steps. Throws std::invalid_argument for wrong sizes.
LinearProbe linear_probe(nn::ConstView cells, Values track, double share = 0.7, double ridge = 1e-4);

// How much of the time a gate is nearly shut (left, below 0.1) and nearly open (right, above 0.9) (Karpathy, Johnson and Fei-Fei 2015).
struct Saturation {
  double left = 0, right = 0;
};
std::vector<Saturation> saturations(nn::ConstView gates, double shut = 0.1, double open = 0.9);  // one a gate

// The value that this share of all |values| does not exceed: a threshold for cells that are not held within -1 and 1.
double quantile_of_magnitudes(nn::ConstView cells, double share);

}  // namespace viz
