// Colours: scales for numbers, categories for classes, themes for everything else.
#pragma once
#include <span>
#include <string_view>

#include "engine/matrix.h"
#include "viz/scene.h"

namespace viz {

// orange_blue is TensorFlow Playground's; purple_green is ColorBrewer's PRGn (Brewer, Harrower 2003), safe for the colour-blind;
// viridis (van der Walt, Smith 2015) and grey grow in lightness with the value.
enum class Scale { orange_blue, purple_green, viridis, grey };

// "orange-blue", "purple-green", "viridis", "grey". Errors: std::invalid_argument naming them.
Scale scale_named(std::string_view name);
std::string_view name(Scale scale);

// The scale's colour at (value - low) / (high - low), clamped to its ends; halfway is neutral on the first two. NaN has a colour of its
// own.
Color color_at(Scale scale, double value, double low = -1, double high = 1);
inline constexpr Color not_a_number{0xd0, 0x00, 0xb0};

// Ten colours to tell classes apart (Okabe, Ito 2008, and three more); repeats after ten.
Color category(int k);
inline constexpr int categories = 10;

// The colours of the classes mixed by their probabilities.
Color blend(std::span<const double> probabilities);

// From a (t = 0) to b (t = 1), alpha too.
Color mix(Color a, Color b, double t);
Color with_alpha(Color color, double alpha);  // 0..1

// One pixel a number, row by row from the top, coloured by a table (color_table.h).
Image heat(nn::ConstView values, Box box, Scale scale, double low, double high);
// The same for height x width numbers that lie in a row, such as one channel of an image.
Image heat(std::span<const nn::Real> values, int height, int width, Box box, Scale scale, double low, double high);

// The image with the numbers behind its pixels, so that the pointer can read them.
Image readable(Image image, nn::ConstView values);

// WCAG 2.1: 1 (the same) to 21 (black on white).
double contrast(Color a, Color b);

struct Theme {
  Color background, panel, text, muted, line, grid, accent, on_accent, header, on_header, warning;
};
extern const Theme light, dark;

}  // namespace viz
