// A picture in pieces that can be left out, for explainers that ask coalitions of pieces.
#pragma once
#include "viz/coalitions.h"
#include "viz/explanation.h"
#include "viz/superpixels.h"

namespace viz {

struct Cut {
  Pieces pieces;
  nn::Matrix x, baseline;  // inputs x 1
};

// Options "cut" (grid, superpixels), "pieces", in each direction, "samples" and "fill".
std::vector<Option> piece_options(double pieces, double samples);

Cut cut_picture(const Question& question, std::string_view who);
// Of each coalition the score of the picture with the other pieces left out.
Scores scores_of(const Cut& cut, nn::ConstView on, const Question& question, const Progress& progress);
// A number a piece as a map: each pixel has its share of its piece, so that the map sums to what the pieces do.
Explanation painted_explanation(const Cut& cut, std::vector<double> numbers, const Question& question);

}  // namespace viz
