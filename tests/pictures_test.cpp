// Data pictures are drawn as they are, in grey or in colour, whole or in part.
#include <catch2/catch.hpp>
#include <vector>

#include "viz/pictures.h"

using namespace viz;

namespace {

std::vector<int> pixel(const Image& image, int row, int column) {
  const uint8_t* rgba = image.rgba.data() + 4 * (row * image.width + column);
  return {rgba[0], rgba[1], rgba[2], rgba[3]};
}

}  // namespace

TEST_CASE("a grey picture goes from black to its largest number, at least 1, and keeps its numbers") {
  const Image faint = picture_image(nn::Matrix(2, 3, {0, 0.2f, 0.4f, -1, 1, 0.6f}), {1, 2, 3}, {0, 0, 30, 20});
  CHECK((faint.width == 3 && faint.height == 2));
  CHECK(pixel(faint, 0, 1) == std::vector{51, 51, 51, 255});
  CHECK(pixel(faint, 1, 0) == std::vector{0, 0, 0, 255});
  CHECK(faint.numbers == std::vector<float>{0, 0.2f, 0.4f, -1, 1, 0.6f});
  const Image bright = picture_image(nn::Matrix(1, 4, {0, 4, 8, 16}), {1, 2, 2}, {});  // all in one row
  CHECK(pixel(bright, 1, 0) == std::vector{128, 128, 128, 255});
  CHECK(pixel(bright, 1, 1) == std::vector{255, 255, 255, 255});
  CHECK_THROWS_WITH(picture_image(nn::Matrix(1, 5), {1, 2, 2}, {}), Catch::Contains("1x5 numbers are not 1 channels of 2x2"));
}

TEST_CASE("three channels are red, green and blue, another number is grey by its mean") {
  const Image colours = picture_image(nn::Matrix(3, 2, {1, 0, 0, 1, 0, 0.2f}), {3, 1, 2}, {});
  CHECK(pixel(colours, 0, 0) == std::vector{255, 0, 0, 255});
  CHECK(pixel(colours, 0, 1) == std::vector{0, 255, 51, 255});
  CHECK(colours.numbers.empty());
  CHECK(pixel(picture_image(nn::Matrix(2, 1, {1, 0.6f}), {2, 1, 1}, {}), 0, 0) == std::vector{204, 204, 204, 255});
}

TEST_CASE("a part of a picture is as bright as in the whole, and clear where it leaves it") {
  const nn::Matrix picture(3, 3, {0, 1, 2, 3, 4, 5, 6, 7, 10});
  const Image part = picture_part(picture, {1, 3, 3}, {-1, 1, 3, 3}, {});
  CHECK((part.width == 3 && part.height == 3));
  CHECK(pixel(part, 0, 0) == std::vector{0, 0, 0, 0});
  CHECK(pixel(part, 1, 2) == std::vector{0, 0, 0, 0});
  CHECK(pixel(part, 2, 1) == std::vector{128, 128, 128, 255});
  CHECK(part.numbers == std::vector<float>{0, 0, 0, 1, 2, 0, 4, 5, 0});
}

TEST_CASE("pixels and proportions become boxes") {
  CHECK(box_of({1, -1, 2, 3}, {1, 4, 5}, {100, 10, 50, 80}) == Box{90, 30, 30, 40});
  CHECK(fitted({3, 10, 20}, {0, 0, 100, 100}) == Box{0, 25, 100, 50});
}
