// Decoding by stb_image; areas by ourselves.
#include "datasets/picture.h"

#include <stb/stb_image.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <utility>

#include "engine/file.h"

namespace data {

namespace {

constexpr long long most_pixels = 100'000'000;
constexpr std::size_t most_bytes = std::size_t(1) << 30;

// Where the picture comes to lie in the row: the first pixel that it covers, and how many.
struct Stretch {
  nn::Index first, count;
};

// The longer side fills the shape; the other one has at least a pixel.
std::array<Stretch, 2> fitted(int width, int height, nn::Shape shape) {
  const double scale = std::min(double(shape.width) / width, double(shape.height) / height);
  const auto along = [scale](int from, nn::Index to) {
    const nn::Index count = std::clamp<nn::Index>(nn::Index(std::lround(from * scale)), 1, to);
    return Stretch{(to - count) / 2, count};
  };
  return {along(width, shape.width), along(height, shape.height)};
}

// The parts of source pixels that one pixel of the row covers along one side: from `first` on, weights that add up to 1.
struct Cover {
  int first = 0;
  std::vector<double> weights;
};

std::vector<Cover> covers(int from, nn::Index to) {
  std::vector<Cover> all;
  for (nn::Index i = 0; i < to; i++) {
    const double low = double(i) * from / double(to), high = double(i + 1) * from / double(to);
    Cover cover{int(low), {}};
    for (int k = cover.first; k < from && k < high; k++)
      cover.weights.push_back((std::min<double>(k + 1, high) - std::max<double>(k, low)) / (high - low));
    all.push_back(std::move(cover));
  }
  return all;
}

using Color = std::array<double, 3>;  // 0 .. 1

Color on_white(const unsigned char* pixel) {
  const double cover = pixel[3] / 255.0;
  Color color;
  for (std::size_t c = 0; c < 3; c++) color[c] = pixel[c] / 255.0 * cover + (1 - cover);
  return color;
}

Color mean(const unsigned char* rgba, int width, const Cover& rows, const Cover& columns) {
  Color sum{};
  for (std::size_t i = 0; i < rows.weights.size(); i++)
    for (std::size_t j = 0; j < columns.weights.size(); j++) {
      const std::size_t at = (std::size_t(rows.first) + i) * std::size_t(width) + std::size_t(columns.first) + j;
      const Color color = on_white(rgba + 4 * at);
      for (std::size_t c = 0; c < 3; c++) sum[c] += rows.weights[i] * columns.weights[j] * color[c];
    }
  return sum;
}

unsigned big_endian(std::string_view bytes, std::size_t at) {
  unsigned x = 0;
  for (std::size_t i = 0; i < 4; i++) x = x << 8 | static_cast<unsigned char>(bytes[at + i]);
  return x;
}

// Width and height; nothing where they can't be found. A PNG file has them at byte 16; stb_image keeps silent about very large ones.
std::pair<long long, long long> size_of(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG") && bytes.size() >= 24) return {big_endian(bytes, 16), big_endian(bytes, 20)};
  int width = 0, height = 0, channels = 0;
  stbi_info_from_memory(reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()), &width, &height, &channels);
  return {width, height};
}

// stb_image fills what is missing at the end of a JPEG file with grey. The mark of the end, FF D9, has to follow the last scan, FF DA.
bool is_cut_off_jpeg(std::string_view bytes) {
  const std::size_t scan = bytes.rfind("\xff\xda"), end = bytes.rfind("\xff\xd9");
  return bytes.starts_with("\xff\xd8") && (scan == bytes.npos || end == bytes.npos || end < scan);
}

// Whether a chunk (length, name, data, checksum) goes on behind the end of the file: stb_image takes memory for it before it looks.
bool is_cut_off_png(std::string_view bytes) {
  if (!bytes.starts_with("\x89PNG")) return false;
  for (std::size_t i = 8; i + 12 <= bytes.size(); i += 12 + big_endian(bytes, i)) {
    if (big_endian(bytes, i) > bytes.size() - i - 12) return true;
    if (bytes.substr(i + 4, 4) == "IEND") return false;
  }
  return true;
}

// Whether a table of codes (segment FF C4) has more than 256 of them: stb_image 2.27, as Debian 12 has it, writes beyond its end then.
bool has_broken_tables(std::string_view bytes) {
  if (!bytes.starts_with("\xff\xd8")) return false;
  const auto at = [&](std::size_t i) { return i < bytes.size() ? unsigned(static_cast<unsigned char>(bytes[i])) : 0u; };
  for (std::size_t i = 2; i + 3 < bytes.size();) {
    const bool marker = at(i) == 0xff && at(i + 1) != 0 && at(i + 1) != 0xff && (at(i + 1) < 0xd0 || at(i + 1) > 0xd9);
    if (!marker) {  // between segments, or in the coded pixels
      i++;
      continue;
    }
    const std::size_t end = i + 2 + 256 * at(i + 2) + at(i + 3);
    if (at(i + 1) == 0xc4)
      for (std::size_t table = i + 4; table < end;) {
        std::size_t codes = 0;
        for (std::size_t length = 1; length <= 16; length++) codes += at(table + length);
        if (codes > 256) return true;
        table += 17 + codes;
      }
    i = std::max(end, i + 2);
  }
  return false;
}

}  // namespace

nn::Matrix picture_row(const unsigned char* rgba, int width, int height, nn::Shape shape) {
  if (width < 1 || height < 1)
    throw std::invalid_argument("picture: " + std::to_string(width) + " x " + std::to_string(height) + " pixels hold nothing to look at");
  if (shape.channels != 1 && shape.channels != 3)
    throw std::invalid_argument("picture: a network with " + std::to_string(shape.channels) +
                                " input channels can't look at a picture; grey ones have 1, coloured ones 3");
  const auto [across, down] = fitted(width, height, shape);
  const std::vector<Cover> columns = covers(width, across.count), rows = covers(height, down.count);
  const nn::Index pixels = shape.height * shape.width;
  nn::Matrix row(1, shape.size());
  for (nn::Index i = 0; i < down.count; i++)
    for (nn::Index j = 0; j < across.count; j++) {
      const Color color = mean(rgba, width, rows[std::size_t(i)], columns[std::size_t(j)]);
      const nn::Index at = (down.first + i) * shape.width + across.first + j;
      if (shape.channels == 1)
        row(0, at) = nn::Real(0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]);
      else
        for (std::size_t c = 0; c < 3; c++) row(0, nn::Index(c) * pixels + at) = nn::Real(color[c]);
    }
  return row;
}

bool begins_as_picture(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1a\n") || bytes.starts_with("\xff\xd8\xff"); }

Pixels decode_picture(std::string_view bytes, const std::string& who) {
  const auto fail = [&](const std::string& why) { throw std::runtime_error(who + ": " + why); };
  if (!begins_as_picture(bytes)) fail(bytes.empty() ? "the file is empty" : "neither a PNG nor a JPEG picture");
  if (bytes.size() > most_bytes) fail("a picture file of more than 1 GiB");
  if (has_broken_tables(bytes)) fail("the picture is damaged: a Huffman table of it has more than 256 codes");
  const auto [wide, high] = size_of(bytes);
  if (wide > most_pixels || high > most_pixels || wide * high > most_pixels)
    fail("the picture has " + std::to_string(wide) + " x " + std::to_string(high) + " pixels; at most 100 million are read");
  if (is_cut_off_png(bytes)) fail("the picture is cut off (its last chunk ends behind the end of the file)");
  if (is_cut_off_jpeg(bytes)) fail("the picture is cut off (a JPEG file ends with the bytes FF D9)");
  int width = 0, height = 0, channels = 0;
  const std::unique_ptr<unsigned char, decltype(&stbi_image_free)> pixels(
      stbi_load_from_memory(reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()), &width, &height, &channels, 4),
      stbi_image_free);
  if (!pixels) fail("the picture is cut off or damaged (" + std::string(stbi_failure_reason()) + ")");
  return {width, height, {pixels.get(), pixels.get() + 4LL * width * height}};
}

nn::Matrix load_picture(const std::filesystem::path& file, nn::Shape shape) {
  const Pixels pixels = decode_picture(nn::read_file(file, most_bytes), file.string());
  return picture_row(pixels.rgba.data(), pixels.width, pixels.height, shape);
}

}  // namespace data
