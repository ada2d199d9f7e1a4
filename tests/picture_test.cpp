// Pictures as rows of pixels: known colours, proportions and files of every kind, and those that can't be read.
#include <zlib.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "datasets/picture.h"
#include "tests/image_files.h"
#include "tests/support.h"

using data::decode_picture;
using data::picture_row;
using image_files::jpeg;
using image_files::png;
using image_files::png_that_claims;

namespace {

using Bytes = std::vector<unsigned char>;

// width x height pixels of one colour.
Bytes plain(int width, int height, std::array<unsigned char, 4> color) {
  Bytes pixels;
  for (int i = 0; i < width * height; i++) pixels.insert(pixels.end(), color.begin(), color.end());
  return pixels;
}

}  // namespace

TEST_CASE("a pixel of the row is the mean of the area that it covers") {
  Bytes pixels;
  for (int i = 0; i < 16; i++) pixels.insert(pixels.end(), {static_cast<unsigned char>(10 * i), 0, 0, 255});
  const nn::Matrix row = picture_row(pixels.data(), 4, 4, {3, 2, 2});
  // The upper left quarter holds the pixels 0, 1, 4 and 5.
  CHECK(row(0, 0) == Approx(25.0 / 255));
  CHECK(row(0, 1) == Approx(45.0 / 255));
  CHECK(row(0, 2) == Approx(105.0 / 255));
  CHECK(row(0, 3) == Approx(125.0 / 255));
  for (int i = 4; i < 12; i++) CHECK(row(0, i) == 0);
}

TEST_CASE("a size that does not divide shares pixels by their parts") {
  const Bytes pixels{0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255};  // black, white, black
  const nn::Matrix row = picture_row(pixels.data(), 3, 1, {1, 1, 2});
  CHECK(row(0, 0) == Approx(1.0 / 3));
  CHECK(row(0, 1) == Approx(1.0 / 3));
}

TEST_CASE("grey is the luma of the colour, and what is transparent lies on white") {
  const auto grey = [](std::array<unsigned char, 4> color) { return picture_row(color.data(), 1, 1, {1, 1, 1})(0, 0); };
  CHECK(grey({255, 0, 0, 255}) == Approx(0.299));
  CHECK(grey({0, 255, 0, 255}) == Approx(0.587));
  CHECK(grey({0, 0, 255, 255}) == Approx(0.114));
  CHECK(grey({0, 0, 0, 0}) == Approx(1));
  CHECK(grey({0, 0, 0, 51}) == Approx(0.8));
}

TEST_CASE("proportions are kept: what the picture leaves over is 0 on both sides") {
  const Bytes white = plain(8, 4, {255, 255, 255, 255});
  const nn::Matrix row = picture_row(white.data(), 8, 4, {1, 8, 8});
  for (int i = 0; i < 8; i++)
    for (int j = 0; j < 8; j++) CHECK(row(0, 8 * i + j) == Approx(i >= 2 && i < 6 ? 1 : 0));
  const Bytes line = plain(1000, 1, {255, 255, 255, 255});
  CHECK(picture_row(line.data(), 1000, 1, {1, 3, 3}).view().row(0)[4] == Approx(1));
}

TEST_CASE("a picture of one pixel fills every size") {
  const Bytes pixel{51, 102, 153, 255};
  const nn::Matrix row = picture_row(pixel.data(), 1, 1, {3, 5, 5});
  for (int i = 0; i < 25; i++) {
    CHECK(row(0, i) == Approx(0.2));
    CHECK(row(0, 25 + i) == Approx(0.4));
    CHECK(row(0, 50 + i) == Approx(0.6));
  }
}

TEST_CASE("pictures of every kind decode to the same colours") {
  const auto first = [](const std::string& bytes) {
    const data::Pixels pixels = decode_picture(bytes, "x");
    return std::vector<int>(pixels.rgba.begin(), pixels.rgba.begin() + 4);
  };
  CHECK(first(png(2, 1, 1, {70, 90})) == std::vector<int>{70, 70, 70, 255});
  CHECK(first(png(2, 1, 2, {70, 128, 90, 255})) == std::vector<int>{70, 70, 70, 128});
  CHECK(first(png(2, 1, 3, {1, 2, 3, 4, 5, 6})) == std::vector<int>{1, 2, 3, 255});
  CHECK(first(png(1, 1, 4, {1, 2, 3, 4})) == std::vector<int>{1, 2, 3, 4});
  Bytes red;
  for (int i = 0; i < 64; i++) red.insert(red.end(), {200, 30, 40});
  const std::vector<int> decoded = first(jpeg(8, 8, red));
  CHECK(std::abs(decoded[0] - 200) <= 3);
  CHECK(std::abs(decoded[1] - 30) <= 3);
  CHECK(std::abs(decoded[2] - 40) <= 3);
}

TEST_CASE("a picture in cyan, magenta, yellow and black comes as red, green and blue") {
  // 8x8 pixels of the colour 200, 30, 40, written by ImageMagick.
  const std::string digits =
      "ffd8ffee000e41646f626500640000000002ffdb0043001b12141714111b1716171e1c1b2028422b28252528513a3d3042605565645f555d5b6a7899"
      "816a7190735b5d85b586909ea3abadab6780bcc9baa6c799a8aba4ffdb0043011c1e1e2823284e2b2b4ea46e5d6ea4a4a4a4a4a4a4a4a4a4a4a4a4a4"
      "a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4ffc00014080008000804011100021101031101041100ffc4"
      "001500010100000000000000000000000000000305ffc40014100100000000000000000000000000000000ffc4001501010100000000000000000000"
      "000000000405ffc40014110100000000000000000000000000000000ffda000e040100021103110400003f007250155fffd9";
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) bytes += char(std::stoi(digits.substr(i, 2), nullptr, 16));
  const data::Pixels pixels = decode_picture(bytes, "cmyk.jpg");
  REQUIRE(pixels.rgba.size() == 256);
  CHECK(std::abs(pixels.rgba[0] - 200) <= 5);
  CHECK(std::abs(pixels.rgba[1] - 30) <= 5);
  CHECK(std::abs(pixels.rgba[2] - 40) <= 5);
}

TEST_CASE("of a picture with 16 bits the upper 8 are kept") {
  const auto number = [](std::uint32_t x) { return std::string{char(x >> 24), char(x >> 16), char(x >> 8), char(x)}; };
  const auto part = [&](const std::string& name, const std::string& content) {
    const std::string both = name + content;
    return number(std::uint32_t(content.size())) + both +
           number(std::uint32_t(crc32(0, reinterpret_cast<const Bytef*>(both.data()), uInt(both.size()))));
  };
  const std::string row{0, 0x12, 0x34, char(0xab), char(0xcd)};  // no filter, then two pixels of grey
  std::string packed(100, '\0');
  uLongf length = packed.size();
  REQUIRE(compress(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(row.data()), row.size()) == Z_OK);
  const std::string bytes = "\x89PNG\r\n\x1a\n" + part("IHDR", number(2) + number(1) + std::string{16, 0, 0, 0, 0}) +
                            part("IDAT", packed.substr(0, length)) + part("IEND", "");
  const data::Pixels pixels = decode_picture(bytes, "deep.png");
  REQUIRE(pixels.width == 2);
  CHECK(int(pixels.rgba[0]) == 0x12);
  CHECK(int(pixels.rgba[4]) == 0xab);
}

TEST_CASE("pictures that can't be read are named with the reason") {
  const Bytes noise = [] {
    Bytes pixels;
    for (unsigned i = 0; i < 3 * 64 * 64; i++) pixels.push_back(static_cast<unsigned char>(i * 2654435761u >> 24));
    return pixels;
  }();
  const std::string whole_png = png(64, 64, 3, noise), whole_jpeg = jpeg(64, 64, noise);
  for (std::size_t part : {std::size_t(20), std::size_t(40), whole_png.size() / 2, whole_png.size() - 13}) {
    INFO(part);
    CHECK_THROWS_WITH(decode_picture(whole_png.substr(0, part), "cat.png"), Catch::StartsWith("cat.png: ") && Catch::Contains("cut off"));
  }
  for (std::size_t part : {std::size_t(20), whole_jpeg.size() / 2, whole_jpeg.size() - 2}) {
    INFO(part);
    CHECK_THROWS_WITH(decode_picture(whole_jpeg.substr(0, part), "cat.jpg"), Catch::StartsWith("cat.jpg: ") && Catch::Contains("cut off"));
  }
  // A table of codes, FF C4, with 257 codes of one length and another: stb_image would write beyond its end.
  std::string broken = whole_jpeg;
  const std::size_t table = broken.find("\xff\xc4");
  REQUIRE(table != broken.npos);
  broken[table + 5] = char(255), broken[table + 6] = 2;
  CHECK_THROWS_WITH(decode_picture(broken, "cat.jpg"), "cat.jpg: the picture is damaged: a Huffman table of it has more than 256 codes");
  CHECK_THROWS_WITH(decode_picture("", "x.png"), "x.png: the file is empty");
  CHECK_THROWS_WITH(decode_picture("GIF89a", "x.gif"), Catch::Contains("neither a PNG nor a JPEG"));
  CHECK_THROWS_WITH(decode_picture(png_that_claims(20000, 20000), "big.png"),
                    Catch::Contains("20000 x 20000") && Catch::Contains("100 million"));
}

TEST_CASE("a picture needs pixels, and a network with one channel or three") {
  const Bytes pixel{1, 2, 3, 255};
  CHECK_THROWS_WITH(picture_row(pixel.data(), 1, 1, {2, 4, 4}), Catch::Contains("2 input channels"));
  CHECK_THROWS_WITH(picture_row(pixel.data(), 0, 1, {1, 4, 4}), Catch::Contains("0 x 1"));
}

TEST_CASE("a picture file comes as one row in the shape that was asked for") {
  TemporaryFolder folder;
  std::ofstream(folder / "a.png", std::ios::binary) << png(2, 2, 1, {0, 51, 102, 255});
  const nn::Matrix row = data::load_picture(folder / "a.png", {1, 2, 2});
  CHECK(row.rows() == 1);
  CHECK(row(0, 1) == Approx(0.2));
  CHECK(row(0, 3) == Approx(1));
  CHECK_THROWS_WITH(data::load_picture(folder / "b.png", {1, 2, 2}), Catch::Contains("b.png"));
}
