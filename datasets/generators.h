// Small made-up data sets whose truth is known. Positions and noise are drawn from two streams of the seed:
// more noise moves the same points (or labels) further, it never draws new ones.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "datasets/dataset.h"
#include "engine/random.h"

namespace data {

struct GeneratorEntry {
  std::string_view name, title, help;
  Task task;
  int samples;  // the default
  nn::Shape shape;  // of one example; {inputs, 1, 1} where it is no picture
  int classes;
  // Fills a set whose matrices have their sizes already; noise is 0 .. 1, and the offsets are drawn whatever it is.
  void (*fill)(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
  std::string_view class_names = "";  // with blanks between them; none: -1 and +1, or numbers from 1

  int inputs() const { return int(shape.size()); }
  bool is_picture() const { return shape.height > 1; }
};

// All of them, the playground's six first.
std::span<const GeneratorEntry> generators();

// samples: 0 takes the generator's own; noise: in percent, 0 .. 100 (the playground's slider ends at 50).
// Of two classes, 1 is "+1" and 0 is "-1". Throws std::invalid_argument for an unknown name (naming the nearest), size or noise.
Dataset generate(std::string_view name, int samples, double noise, std::uint64_t seed);

// Puts example i of a set with two inputs at (x, y).
inline void place(Dataset& set, nn::Index i, double x, double y) {
  set.inputs(i, 0) = nn::Real(x);
  set.inputs(i, 1) = nn::Real(y);
}

// The functions of the table. The first six are those of tensorflow/playground (dataset.ts), the formula above each line.
void circle(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void exclusive_or(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void gauss(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void spiral(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void plane(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void bumps(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void moons(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void checkerboard(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void three_spirals(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void wave(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void four_points(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void overfit(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);

// Pictures, pixels 0 .. 1. Noise moves each pixel by a normal number of that deviation.
void drawn_digits(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);  // nearly in the middle, of about one size
void loose_digits(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);  // of all sizes, anywhere
// The others have masks: a bar; an object of scenes and its box; a planted outline, and its box with a pixel around; a coloured shape.
void bars(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void scenes(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void planted(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);
void colored_shapes(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset);

}  // namespace data
