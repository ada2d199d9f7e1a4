// libFuzzer: any bytes are a picture with four bytes a pixel that fits into any shape, or an error with a message.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "datasets/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    const data::Pixels picture = data::decode_picture({reinterpret_cast<const char*>(bytes), size}, "fuzz");
    if (picture.rgba.size() != std::size_t(picture.width) * std::size_t(picture.height) * 4) std::abort();
    if (picture.width > 2000 || picture.height > 2000) return 0;
    for (const nn::Shape shape : {nn::Shape{1, 7, 5}, nn::Shape{3, 4, 4}}) {
      const nn::Matrix row = data::picture_row(picture.rgba.data(), picture.width, picture.height, shape);
      for (nn::Index i = 0; i < row.size(); i++)
        if (!(row.data()[i] >= 0 && row.data()[i] <= nn::Real(1.0001))) std::abort();
    }
  } catch (const std::exception& error) {
    if (!*error.what()) std::abort();
  }
  return 0;
}
