// What generated pictures are drawn with: anti-aliased ink on the pixels of one channel. Places are in pixels: the middle of the
// upper left one is (0.5, 0.5), x goes right and y down.
#pragma once
#include <span>
#include <vector>

#include "datasets/dataset.h"
#include "engine/random.h"

namespace data {

struct Point {
  double x = 0, y = 0;
};

struct Canvas {
  nn::Real* pixels;  // height x width, of one channel of an example
  nn::Index width, height;
};

// The first channel of an example's picture.
Canvas canvas(Dataset& set, nn::Index example);

// A line with round ends. Ink never darkens: a pixel at distance d of the line becomes
//   max(pixel, brightness clamp(1/2 + thickness/2 - d, 0, 1)).
void draw_line(const Canvas& canvas, Point from, Point to, double thickness, double brightness);

// Points of a smooth curve through the given ones (Catmull and Rom 1974), `steps` from each to the next.
std::vector<Point> curve_through(std::span<const Point> points, int steps);

// Moves every pixel by noise N(0, 1), drawn from `offset`, and keeps it within 0 .. 1. Draws nothing where there is no noise.
void add_noise(Dataset& set, double noise, nn::Generator& offset);

// Deals classes like cards, so that each comes equally often: every so many examples hold every class once, in random order.
class Deck {
 public:
  explicit Deck(const Dataset& set) : classes_(int(set.class_names.size())) {}
  int deal(nn::Generator& random);

 private:
  int classes_;
  std::vector<int> left_;
};

}  // namespace data
