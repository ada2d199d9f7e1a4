// libFuzzer: any bytes are IDX images or labels, or an error with a message.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "datasets/idx.h"

namespace {

template <class Parse>
void attempt(const Parse& parse) {
  try {
    parse();
  } catch (const std::exception& error) {
    if (!*error.what()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  attempt([&] {
    const data::IdxImages images = data::parse_idx_images(text, "fuzz");
    if (images.count * images.shape.size() != nn::Index(images.pixels.size()) || images.pixels.size() + 16 != size) std::abort();
  });
  attempt([&] {
    if (data::parse_idx_labels(text, "fuzz").size() + 8 != size) std::abort();
  });
  return 0;
}
