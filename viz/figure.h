// What the pictures of the methods share: titles, words that fit, numbers in words, tensors as rows.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "viz/method.h"
#include "viz/plot.h"

namespace viz {

namespace figure {
inline constexpr double small = 11, normal = 13;  // sizes of letters
inline constexpr double margin = 10, title_row = 26;
}  // namespace figure

// "0.42", "−12.3", "3.1e−5": three significant digits. "not a number" and "infinite" are words.
std::string number_words(double value);
// Two decimals up to 100: "0.42", "−12.30"; for numbers in columns.
std::string decimal_words(double value);
// "1,200"
std::string count_words(nn::Index count);
// "step 1,200, epoch 120"
std::string moment(const Study& study);

// Rows of the last dimension. The tensor must hold nn::Real.
nn::ConstView rows_of(const nn::Tensor& tensor);
// All numbers of a tensor that holds whole ones.
const std::vector<std::int64_t>& whole_numbers(const Numbers& numbers, std::string_view name);
nn::Tensor tensor_of_reals(std::string name, std::vector<nn::Index> shape, std::vector<nn::Real> numbers);
// The words under a name, none where there are none.
const std::vector<std::string>& words_of(const Numbers& numbers, std::string_view name);
// The word at a place, else its number counted from 1.
std::string word_at(const std::vector<std::string>& words, nn::Index i);
// The largest finite |value|, 0 where there is none.
double extent(nn::ConstView values);

// An empty scene for a box, in the theme's colours.
Scene sheet(Box box, const Style& style);
// Gives the scene a title and, where the style says so, writes it and at the right, if it fits, an aside; returns the room that is left,
// inside margins.
Box add_title(Scene& scene, const std::string& title, const std::string& aside, const Style& style);
// One line, shortened to `width`; nothing where not even three letters fit.
void add_words(Scene& scene, Point at, const std::string& words, double width, Color color, Anchor anchor = Anchor::start,
               double size = figure::small, Font font = Font::regular);
// The same, centered in a box.
void add_centered(Scene& scene, Box box, const std::string& words, Color color, double size = figure::small, Font font = Font::regular);
// A colour scale with the numbers at its ends and in its middle, in a row 26 high.
void add_color_bar(Scene& scene, Box row, Range range, const Style& style);
// Black or white, whichever is easier to read there.
Color ink_on(Color fill);
// Ticks with numbers and names at the left of and below an area; `room` around it is axes_left wide and axes_below high.
inline constexpr double axes_left = 46, axes_below = 36;
void add_axes(Scene& scene, Box area, Range x, Range y, const std::string& x_name, const std::string& y_name, const Theme& theme);

}  // namespace viz
