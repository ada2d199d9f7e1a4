// The common picture of all explainers: the picture, its map, both over each other; what was asked, the score, and whether the map keeps
// its promise.
#pragma once
#include "viz/explanation.h"
#include "viz/figure.h"

namespace viz {

// Asks, and keeps what is to be shown. Tensors "map" [height, width], one number a pixel, "picture" [channels, height, width], "raw", the
// map with all its channels, "facts" [4] (score, whole, residual, signed), "shares"; words "target", "shares", "promise", "note".
Numbers numbers_of(const Explainer& explainer, const Study& study, const Arguments& options);
Scene draw_explanation(const Numbers& numbers, Box box, const Style& style);

// The parts of it, for pictures of several maps.
// A map from -range to range, or from 0 where it is unsigned. A map that is zero everywhere is drawn neutral and says so.
void add_heat(Scene& scene, nn::ConstView map, Box box, double range, bool is_signed, const Style& style);
void add_zero_badge(Scene& scene, Box box, bool is_signed, const Style& style);
// The same laid over the picture, the stronger the less is seen of it.
void add_overlay(Scene& scene, nn::ConstView picture, const nn::Shape& shape, nn::ConstView map, Box box, double range, const Style& style);
// The colours with the numbers at their ends; needs a row 24 high.
void add_heat_bar(Scene& scene, Box row, double range, bool is_signed, const Style& style);
// What should sum to the whole, as parts of one bar, and what is missing, in words; needs 40.
void add_shares(Scene& scene, Box box, const Numbers& numbers, const Style& style);

}  // namespace viz
