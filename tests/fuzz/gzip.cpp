// libFuzzer: any bytes unpack within the limit, or are an error with a message.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "datasets/gzip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::size_t limit = 1 << 20;
  try {
    if (data::gunzip({reinterpret_cast<const char*>(bytes), size}, limit, "fuzz").size() > limit) std::abort();
  } catch (const std::exception& error) {
    if (!*error.what()) std::abort();
  }
  return 0;
}
