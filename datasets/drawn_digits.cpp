// Digits drawn with a pen: the strokes of each as points, moved about a little, and the hand that draws them. Every digit has a few
// ways of being written, as people do.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "datasets/canvas.h"
#include "datasets/generators.h"

namespace data {

namespace {

// A smooth curve through points, x and y from 0 to 1; where a digit has a corner one stroke ends and the next begins.
using Stroke = std::vector<Point>;
using Glyph = std::vector<Stroke>;

// clang-format off
const std::vector<std::vector<Glyph>> glyphs = {
    {// 0: an oval, begun at the top or at the right
     {{{0.52, 0.00}, {0.22, 0.14}, {0.10, 0.50}, {0.22, 0.88}, {0.50, 1.00}, {0.78, 0.88}, {0.90, 0.50}, {0.78, 0.12}, {0.50, 0.00}}},
     {{{0.70, 0.06}, {0.35, 0.02}, {0.14, 0.30}, {0.14, 0.70}, {0.35, 0.97}, {0.66, 0.95}, {0.86, 0.66}, {0.84, 0.28}, {0.60, 0.03}}}},
    {// 1: a line; with an upstroke; with a foot as well
     {{{0.50, 0.00}, {0.50, 0.50}, {0.50, 1.00}}},
     {{{0.50, 0.00}, {0.50, 0.50}, {0.50, 1.00}}},
     {{{0.24, 0.26}, {0.40, 0.14}, {0.54, 0.00}}, {{0.54, 0.00}, {0.54, 0.50}, {0.54, 1.00}}},
     {{{0.26, 0.24}, {0.40, 0.14}, {0.52, 0.00}}, {{0.52, 0.00}, {0.52, 1.00}}, {{0.22, 1.00}, {0.82, 1.00}}}},
    {// 2: with a corner; with a loop
     {{{0.12, 0.25}, {0.28, 0.04}, {0.60, 0.00}, {0.82, 0.20}, {0.74, 0.46}, {0.45, 0.73}, {0.10, 1.00}}, {{0.10, 1.00}, {0.50, 0.98}, {0.90, 0.98}}},
     {{{0.14, 0.20}, {0.38, 0.00}, {0.70, 0.06}, {0.78, 0.34}, {0.56, 0.68}, {0.26, 0.97}, {0.07, 0.92}, {0.16, 0.78}, {0.42, 0.86}, {0.66, 0.99}, {0.94, 0.92}}}},
    {// 3: two bows that meet in a corner; with a flat top
     {{{0.14, 0.14}, {0.42, 0.00}, {0.74, 0.10}, {0.72, 0.36}, {0.38, 0.47}}, {{0.38, 0.47}, {0.76, 0.56}, {0.84, 0.80}, {0.52, 1.00}, {0.10, 0.88}}},
     {{{0.16, 0.02}, {0.48, 0.03}, {0.80, 0.02}}, {{0.80, 0.02}, {0.60, 0.22}, {0.42, 0.42}}, {{0.42, 0.42}, {0.76, 0.50}, {0.84, 0.76}, {0.54, 1.00}, {0.12, 0.90}}}},
    {// 4: open; closed
     {{{0.22, 0.02}, {0.18, 0.32}, {0.12, 0.58}}, {{0.12, 0.58}, {0.50, 0.60}, {0.92, 0.56}}, {{0.72, 0.16}, {0.70, 0.58}, {0.66, 1.00}}},
     {{{0.66, 0.00}, {0.38, 0.34}, {0.08, 0.68}}, {{0.08, 0.68}, {0.50, 0.68}, {0.94, 0.66}}, {{0.66, 0.00}, {0.66, 0.50}, {0.66, 1.00}}},
     {{{0.16, 0.04}, {0.13, 0.34}, {0.30, 0.52}, {0.72, 0.42}}, {{0.76, 0.00}, {0.74, 0.45}, {0.70, 1.00}}}},
    {// 5: with corners; in one go
     {{{0.80, 0.03}, {0.52, 0.03}, {0.26, 0.04}}, {{0.26, 0.04}, {0.23, 0.24}, {0.20, 0.44}}, {{0.20, 0.44}, {0.50, 0.35}, {0.80, 0.50}, {0.82, 0.78}, {0.52, 1.00}, {0.12, 0.90}}},
     {{{0.82, 0.00}, {0.52, 0.04}, {0.28, 0.10}, {0.20, 0.38}, {0.46, 0.42}, {0.76, 0.56}, {0.76, 0.84}, {0.46, 1.00}, {0.12, 0.94}}}},
    {// 6: bent; straight
     {{{0.72, 0.02}, {0.40, 0.16}, {0.18, 0.50}, {0.17, 0.80}, {0.42, 1.00}, {0.72, 0.93}, {0.82, 0.72}, {0.62, 0.54}, {0.36, 0.58}, {0.18, 0.76}}},
     {{{0.58, 0.00}, {0.34, 0.34}, {0.16, 0.70}, {0.26, 0.96}, {0.58, 0.99}, {0.82, 0.80}, {0.70, 0.60}, {0.42, 0.58}, {0.20, 0.72}}}},
    {// 7: plain; with a bar; with a hook
     {{{0.10, 0.04}, {0.46, 0.04}, {0.88, 0.03}}, {{0.88, 0.03}, {0.64, 0.42}, {0.44, 1.00}}},
     {{{0.10, 0.05}, {0.46, 0.04}, {0.86, 0.03}}, {{0.86, 0.03}, {0.62, 0.46}, {0.46, 1.00}}, {{0.30, 0.52}, {0.80, 0.48}}},
     {{{0.12, 0.22}, {0.13, 0.05}}, {{0.13, 0.05}, {0.48, 0.06}, {0.88, 0.02}}, {{0.88, 0.02}, {0.60, 0.48}, {0.50, 1.00}}}},
    {// 8: in one go; two rings
     {{{0.74, 0.14}, {0.48, 0.00}, {0.22, 0.14}, {0.32, 0.38}, {0.60, 0.52}, {0.80, 0.72}, {0.70, 0.94}, {0.44, 1.00}, {0.18, 0.88}, {0.22, 0.66}, {0.48, 0.48}, {0.72, 0.32}, {0.74, 0.12}}},
     {{{0.50, 0.00}, {0.26, 0.10}, {0.26, 0.36}, {0.50, 0.47}, {0.74, 0.36}, {0.74, 0.10}, {0.50, 0.00}}, {{0.50, 0.47}, {0.20, 0.60}, {0.18, 0.88}, {0.50, 1.00}, {0.82, 0.88}, {0.80, 0.60}, {0.50, 0.47}}}},
    {// 9: with a straight stem; with a bent one
     {{{0.78, 0.20}, {0.56, 0.01}, {0.28, 0.06}, {0.16, 0.28}, {0.32, 0.48}, {0.60, 0.44}, {0.78, 0.22}}, {{0.78, 0.12}, {0.76, 0.56}, {0.68, 1.00}}},
     {{{0.80, 0.22}, {0.58, 0.00}, {0.28, 0.06}, {0.18, 0.30}, {0.36, 0.48}, {0.64, 0.42}, {0.80, 0.20}, {0.80, 0.60}, {0.62, 0.94}, {0.24, 0.98}}}},
};
// clang-format on

// How a digit is written this time.
struct Hand {
  double height, aspect, slant, turn;  // height in pixels; slant: right for each up; turn in radians
  Point middle;
  double thickness, brightness, jitter;

  // From the unit square of the strokes to pixels.
  Point operator()(Point p) const {
    const double y = (p.y - 0.5) * height, x = (p.x - 0.5) * height * aspect - slant * y;
    return {middle.x + std::cos(turn) * x - std::sin(turn) * y, middle.y + std::sin(turn) * x + std::cos(turn) * y};
  }
};

// How much hands differ: the height in parts of the picture's, and how much of the room that is left the digit may move by.
struct Variety {
  double smallest, largest, move;
};

Hand hand(const Variety& variety, double side, nn::Generator& random) {
  Hand hand;
  hand.height = side * random.uniform(variety.smallest, variety.largest);
  hand.aspect = random.uniform(0.55, 1.05);
  hand.slant = random.uniform(-0.15, 0.4);
  hand.turn = random.uniform(-12, 12) * std::numbers::pi / 180;
  const double room = variety.move * (side - hand.height) / 2;
  hand.middle = {side / 2 + random.uniform(-room, room), side / 2 + random.uniform(-room, room)};
  hand.thickness = std::max(1.0, side * random.uniform(0.05, 0.13));
  hand.brightness = random.uniform(0.8, 1);
  hand.jitter = 0.04;
  return hand;
}

void draw(const Canvas& canvas, const Glyph& glyph, const Hand& hand, nn::Generator& random) {
  Point end;  // of the stroke before, so that a corner stays one
  const Stroke* before = nullptr;
  for (const Stroke& stroke : glyph) {
    Stroke moved;
    for (const Point p : stroke) moved.push_back({p.x + hand.jitter * random.normal(), p.y + hand.jitter * random.normal()});
    if (before && before->back().x == stroke.front().x && before->back().y == stroke.front().y) moved.front() = end;
    end = moved.back();
    before = &stroke;
    const std::vector<Point> curve = curve_through(moved, 6);
    for (std::size_t i = 0; i + 1 < curve.size(); i++)
      draw_line(canvas, hand(curve[i]), hand(curve[i + 1]), hand.thickness, hand.brightness);
  }
}

void digits(Dataset& set, const Variety& variety, double noise, nn::Generator& position, nn::Generator& offset) {
  Deck deck(set);
  for (nn::Index i = 0; i < set.examples(); i++) {
    const int label = set.labels[std::size_t(i)] = deck.deal(position);
    const auto& ways = glyphs[std::size_t(label)];
    const Glyph& glyph = ways[position.below(ways.size())];
    draw(canvas(set, i), glyph, hand(variety, double(set.shape.height), position), position);
  }
  add_noise(set, noise, offset);
}

}  // namespace

void drawn_digits(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  digits(set, {0.62, 0.78, 0.3}, noise, position, offset);
}

void loose_digits(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  digits(set, {0.5, 0.85, 0.7}, noise, position, offset);
}

}  // namespace data
