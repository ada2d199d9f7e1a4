// Pixels to and from the bytes of image files, by the stb libraries.
#include "viz/png.h"

#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

#include <memory>
#include <stdexcept>

namespace viz {
namespace {

constexpr long long most_pixels = 100'000'000;

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

Picture decode_image(std::string_view bytes, const std::string& name) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto fail = [&](const std::string& why) { throw std::runtime_error("cannot read the image " + name + ": " + why); };
  int width = 0, height = 0, channels = 0;
  if (bytes.size() > 0x7fffffff) fail("it is larger than 2 GiB");
  const int length = static_cast<int>(bytes.size());
  if (!stbi_info_from_memory(data, length, &width, &height, &channels)) fail(stbi_failure_reason());
  if (1LL * width * height > most_pixels) fail("it has more than 100 million pixels");

  const std::unique_ptr<unsigned char, decltype(&stbi_image_free)> pixels(
      stbi_load_from_memory(data, length, &width, &height, &channels, 4), stbi_image_free);
  if (!pixels) fail(stbi_failure_reason());
  return {width, height, {pixels.get(), pixels.get() + 4LL * width * height}};
}

}  // namespace viz
