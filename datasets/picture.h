// Pictures from files, from a drawing pad or from a camera, as the rows of pixels that a network takes.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/matrix.h"

namespace data {

// As it lies in a file or on the screen: rows from the top, each pixel red, green, blue and how far it covers, 0 .. 255.
struct Pixels {
  int width = 0, height = 0;
  std::vector<unsigned char> rgba;
};

// One row of numbers 0 .. 1 in the order channel, row, column of `shape`. The whole picture is brought into it without changing its
// proportions: every pixel of the row is the mean of the area that it covers, and what the picture leaves over on two sides is 0.
//   3 channels  red, green, blue        1 channel  0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601)
// What is transparent lies on white. Throws std::invalid_argument where `shape` has another number of channels or the picture no pixel.
nn::Matrix picture_row(const unsigned char* rgba, int width, int height, nn::Shape shape);

// PNG and JPEG: grey, colour, palette, with transparency, 16 bits (the upper 8 are kept), CMYK. At most 100 million pixels, asked before
// anything is decoded. Throws std::runtime_error beginning with `who` for anything else, and for files that are cut off.
Pixels decode_picture(std::string_view bytes, const std::string& who);

// The same from a file, as picture_row makes it.
nn::Matrix load_picture(const std::filesystem::path& file, nn::Shape shape);

// Whether bytes begin as those of a PNG or JPEG file do.
bool begins_as_picture(std::string_view bytes);

}  // namespace data
