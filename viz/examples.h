// Examples as a person sees them, pictures in their colours or rows of numbers; and what they are taken for, as bars.
#pragma once
#include <span>
#include <string>

#include "viz/figure.h"

namespace viz {

// Whether a row reads as a picture: it is higher and wider than a pixel and has one channel, or red, green and blue.
bool are_pictures(const data::Dataset& set);
// Whether the network reads such a picture as it is. std::invalid_argument, beginning with `who`, says what would do.
bool reads_pictures(const Study& study);
void require_pictures(const Study& study, std::string_view who);
// The number of a white pixel: 1 where none of the first thousand examples has more, else the largest of them.
nn::Real white_of(const data::Dataset& set);

// Tensor `name` with rows like set.inputs, pictures as [rows, channels * height, width], else [rows, inputs]; with them tensor "white" [2]
// (the number of white, the channels) and the words "input names".
void add_examples(Numbers& numbers, std::string name, const Study& study, const nn::Matrix& rows);
// Some rows of the set.
nn::Matrix inputs_at(const data::Dataset& set, std::span<const int> rows);

// Row i of such a tensor, in the middle of a box as large as fits: a picture with a line around it, else as many of its numbers as fit,
// "petal length 1.4". Returns where it lies.
Box add_example(Scene& scene, const Numbers& numbers, std::string_view name, nn::Index i, Box box, const Style& style);
// height / width of what add_example draws; of rows of numbers 0.6.
double aspect_of(const Numbers& numbers, std::string_view name);
// "a, b, c" of the first numbers, for a tip; empty for pictures.
std::string numbers_words(const Numbers& numbers, std::string_view name, nn::Index i);

// Right and wrong: a colour and a sign, so that neither is needed alone.
Color verdict_color(bool right, const Theme& theme);
void add_verdict(Scene& scene, Point center, double size, bool right, const Theme& theme);

// The largest shares as bars below each other, one a row: class, bar, per cent. `truth` is marked, -1 where it is not known; a wrong best
// one has the colour of mistakes.
void add_bars(Scene& scene, Box box, const nn::Real* shares, std::span<const int> classes, const std::vector<std::string>& names, int truth,
              double row, const Style& style);

}  // namespace viz
