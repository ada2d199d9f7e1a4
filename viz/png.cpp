// Pixels to the bytes of a PNG file, by stb_image_write.
#include "viz/png.h"

#include <stb/stb_image_write.h>

#include <stdexcept>

namespace viz {
namespace {

void collect(void* bytes, void* data, int length) {
  static_cast<std::string*>(bytes)->append(static_cast<const char*>(data), static_cast<std::size_t>(length));
}

}  // namespace

std::string png(const Picture& picture) {
  if (picture.width <= 0 || picture.height <= 0 ||
      picture.rgba.size() != static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4)
    throw std::invalid_argument("png: " + std::to_string(picture.width) + " x " + std::to_string(picture.height) +
                                " pixels need 4 bytes each, but there are " + std::to_string(picture.rgba.size()));
  std::string bytes;
  if (!stbi_write_png_to_func(collect, &bytes, picture.width, picture.height, 4, picture.rgba.data(), 4 * picture.width))
    throw std::runtime_error("png: out of memory");
  return bytes;
}

}  // namespace viz
