// How much of each pixel an outline covers: letters, discs and filled paths become pictures by it.
#pragma once
#include <cstdint>
#include <vector>

#include "viz/scene.h"
#include "viz/triangles/atlas.h"

namespace viz::triangles {

// The area of closed contours in each of width x height pixels, 0..255, from their signed areas: contours in one direction add up, those
// in the other are holes. Exact but for rounding where edges do not cross within a pixel.
std::vector<uint8_t> coverage(const std::vector<std::vector<Point>>& contours, int width, int height);

// White, as opaque as the outline covers.
Pixels mask(const std::vector<std::vector<Point>>& contours, int width, int height);

// Straight lines for the segments, moved and scaled: the error stays below `tolerance` pixels.
std::vector<std::vector<Point>> flattened(const std::vector<Segment>& segments, double scale, Point origin, double tolerance);

}  // namespace viz::triangles
