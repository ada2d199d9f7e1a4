// Pictures with one thing in them that decides the class, at a known place: what a network should look at, and what it should not.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

#include "datasets/canvas.h"
#include "datasets/generators.h"

namespace data {

namespace {

using nn::Index;

// A place and a size in whole pixels.
struct Patch {
  Index left, top, width, height;
  bool near(const Patch& o) const {  // touching, at a corner too
    return left <= o.left + o.width && o.left <= left + width && top <= o.top + o.height && o.top <= top + height;
  }
};

void mark(Dataset& set, Index example, const Patch& patch) {
  for (Index i = std::max<Index>(patch.top, 0); i < std::min(patch.top + patch.height, set.shape.height); i++)
    for (Index j = std::max<Index>(patch.left, 0); j < std::min(patch.left + patch.width, set.shape.width); j++)
      set.masks(example, i * set.shape.width + j) = 1;
}

Index from_to(nn::Generator& random, Index low, Index high) { return low + Index(random.below(std::uint64_t(high - low + 1))); }

Patch anywhere(nn::Generator& random, nn::Shape shape, Index width, Index height) {
  return {from_to(random, 0, shape.width - width), from_to(random, 0, shape.height - height), width, height};
}

// The same for a patch that does not touch another one: the places are counted, then one is drawn.
Patch apart_from(const Patch& other, nn::Generator& random, nn::Shape shape, Index side) {
  std::vector<Patch> places;
  for (Index top = 0; top + side <= shape.height; top++)
    for (Index left = 0; left + side <= shape.width; left++)
      if (const Patch place{left, top, side, side}; !place.near(other)) places.push_back(place);
  return places[random.below(places.size())];
}

// A background that is not quite even: N(0.1, 0.05^2).
void rough_ground(Dataset& set, Index example, nn::Generator& random) {
  for (Index j = 0; j < set.inputs.columns(); j++) set.inputs(example, j) = nn::Real(std::clamp(0.1 + 0.05 * random.normal(), 0.0, 1.0));
}

double ink(nn::Generator& random) { return random.uniform(0.8, 1); }

// The objects of scenes16, five pixels wide and high.
constexpr std::array<std::string_view, 4> objects = {
    "#####"
    "#...#"
    "#...#"
    "#...#"
    "#####",
    "..#.."
    "..#.."
    "#####"
    "..#.."
    "..#..",
    "..#.."
    ".#.#."
    "#...#"
    ".#.#."
    "..#..",
    "..#.."
    "..#.."
    ".#.#."
    ".#.#."
    "#####"};
constexpr Index object_side = 5, lit = 11;  // lit: pixels of a distractor, as many as an object has on average

void outline(const Canvas& canvas, const Patch& box, int kind, double brightness) {
  const double left = double(box.left) + 0.5, top = double(box.top) + 0.5, side = double(box.width) - 1, half = side / 2;
  const auto line = [&](double x0, double y0, double x1, double y1) {
    draw_line(canvas, {left + x0, top + y0}, {left + x1, top + y1}, 1, brightness);
  };
  if (kind == 0) line(0, 0, side, 0), line(side, 0, side, side), line(side, side, 0, side), line(0, side, 0, 0);
  // On the middle of pixels, or it would be darker than the others.
  if (kind == 1) line(std::floor(half), 0, std::floor(half), side), line(0, std::floor(half), side, std::floor(half));
  constexpr int corners = 24;
  const auto around = [&](int i) {
    return Point{half + half * std::cos(2 * std::numbers::pi * i / corners), half + half * std::sin(2 * std::numbers::pi * i / corners)};
  };
  for (int i = 0; i < corners && kind == 2; i++) line(around(i).x, around(i).y, around(i + 1).x, around(i + 1).y);
  if (kind == 3) line(half, 0, side, side), line(side, side, 0, side), line(0, side, half, 0);
}

// How far a place is outside a shape of radius r around the origin; negative inside.
double outside(int kind, double x, double y, double r) {
  const auto box = [](double u, double v, double width, double height) { return std::max(std::abs(u) - width, std::abs(v) - height); };
  if (kind == 0) return box(x, y, 0.85 * r, 0.85 * r);
  if (kind == 1) return std::hypot(x, y) - r;
  if (kind == 2) return std::max(y - 0.6 * r, std::abs(x) * 0.866 - y * 0.5 - 0.5 * r);
  return std::min(box(x, y, r, 0.32 * r), box(x, y, 0.32 * r, r));
}

}  // namespace

void bars(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  set.masks = nn::Matrix(set.examples(), set.shape.width * set.shape.height);
  Deck deck(set);
  for (Index n = 0; n < set.examples(); n++) {
    const int label = set.labels[std::size_t(n)] = deck.deal(position);
    const Index length = from_to(position, 8, 14), thickness = from_to(position, 1, 2);
    const Patch bar = anywhere(position, set.shape, label == 0 ? length : thickness, label == 0 ? thickness : length);
    mark(set, n, bar);
    const double brightness = ink(position);
    for (Index j = 0; j < set.inputs.columns(); j++) set.inputs(n, j) = nn::Real(brightness) * set.masks(n, j);
  }
  add_noise(set, noise, offset);
}

void scenes(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  set.masks = nn::Matrix(set.examples(), set.shape.width * set.shape.height);
  Deck deck(set);
  const auto put = [&](Index n, const Patch& at, std::string_view pattern, double brightness) {
    for (Index i = 0; i < Index(pattern.size()); i++)
      if (pattern[std::size_t(i)] == '#')
        set.inputs(n, (at.top + i / object_side) * set.shape.width + at.left + i % object_side) = nn::Real(brightness);
  };
  for (Index n = 0; n < set.examples(); n++) {
    rough_ground(set, n, position);
    const int label = set.labels[std::size_t(n)] = deck.deal(position);
    const Patch object = anywhere(position, set.shape, object_side, object_side);
    const Patch distractor = apart_from(object, position, set.shape, object_side);
    std::vector<char> scattered(std::size_t(object_side * object_side), '.');
    std::fill_n(scattered.begin(), lit, '#');
    nn::shuffle(scattered, position);
    put(n, object, objects[std::size_t(label)], ink(position));
    put(n, distractor, {scattered.data(), scattered.size()}, ink(position));
    mark(set, n, object);
  }
  add_noise(set, noise, offset);
}

void planted(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  set.masks = nn::Matrix(set.examples(), set.shape.width * set.shape.height);
  Deck deck(set);
  for (Index n = 0; n < set.examples(); n++) {
    rough_ground(set, n, position);
    for (int clutter = 0; clutter < 16; clutter++) {
      const double length = double(from_to(position, 2, 5)) - 1, angle = double(position.below(4)) * std::numbers::pi / 4;
      const Patch start = anywhere(position, set.shape, 1, 1);
      const Point from{double(start.left) + 0.5, double(start.top) + 0.5};
      draw_line(canvas(set, n), from, {from.x + length * std::cos(angle), from.y + length * std::sin(angle)}, 1, ink(position));
    }
    const int label = set.labels[std::size_t(n)] = deck.deal(position);
    const Index side = from_to(position, 9, 11);
    const Patch box = anywhere(position, set.shape, side, side);
    outline(canvas(set, n), box, label, ink(position));
    mark(set, n, {box.left - 1, box.top - 1, side + 2, side + 2});
  }
  add_noise(set, noise, offset);
}

void colored_shapes(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  const Index pixels = set.shape.width * set.shape.height;
  set.masks = nn::Matrix(set.examples(), pixels);
  // red, green, blue, yellow, magenta, cyan
  constexpr double colors[6][3] = {{0.9, 0.15, 0.15},  {0.15, 0.75, 0.2}, {0.15, 0.3, 0.95},
                                   {0.95, 0.85, 0.15}, {0.85, 0.2, 0.85}, {0.1, 0.8, 0.85}};
  Deck deck(set);
  for (Index n = 0; n < set.examples(); n++) {
    const int label = set.labels[std::size_t(n)] = deck.deal(position);
    const double* color = colors[position.below(6)];
    const double ground = position.uniform(0.35, 0.65), r = position.uniform(4, 7), turn = position.uniform(-0.25, 0.25);
    const Point middle{position.uniform(r, double(set.shape.width) - r), position.uniform(r, double(set.shape.height) - r)};
    for (Index i = 0; i < pixels; i++) {
      const double x = double(i % set.shape.width) + 0.5 - middle.x, y = double(i / set.shape.width) + 0.5 - middle.y;
      const double u = std::cos(turn) * x + std::sin(turn) * y, v = std::cos(turn) * y - std::sin(turn) * x;
      const double cover = std::clamp(0.5 - outside(label, u, v, r), 0.0, 1.0);
      for (Index c = 0; c < 3; c++) set.inputs(n, c * pixels + i) = nn::Real(ground + cover * (color[c] - ground));
      set.masks(n, i) = cover > 0.5;
    }
  }
  add_noise(set, noise, offset);
}

}  // namespace data
