// Picture files for tests, made on the spot.
#pragma once
#include <stb/stb_image_write.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace image_files {

inline void collect(void* to, void* data, int length) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(data), std::size_t(length));
}

inline std::string png(int width, int height, int channels, const std::vector<unsigned char>& pixels) {
  std::string bytes;
  if (!stbi_write_png_to_func(collect, &bytes, width, height, channels, pixels.data(), width * channels)) throw std::runtime_error("no PNG");
  return bytes;
}

inline std::string jpeg(int width, int height, const std::vector<unsigned char>& rgb) {
  std::string bytes;
  if (!stbi_write_jpg_to_func(collect, &bytes, width, height, 3, rgb.data(), 95)) throw std::runtime_error("no JPEG");
  return bytes;
}

// One grey everywhere.
inline std::string grey_png(int width, int height, unsigned char grey) {
  return png(width, height, 1, std::vector<unsigned char>(std::size_t(width * height), grey));
}

// A PNG that says it is of this size and holds one pixel.
inline std::string png_that_claims(unsigned width, unsigned height) {
  std::string bytes = png(1, 1, 3, {1, 2, 3});
  for (std::size_t i = 0; i < 4; i++) bytes[16 + i] = char(width >> (24 - 8 * i)), bytes[20 + i] = char(height >> (24 - 8 * i));
  return bytes;
}

}  // namespace image_files
