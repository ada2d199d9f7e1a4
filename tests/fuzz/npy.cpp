// Fuzz: any bytes are a .npy file or refused with std::runtime_error; what is read can be written and read again.
#include <cstdlib>
#include <stdexcept>

#include "engine/save.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const std::string written = nn::npy(nn::parse_npy(bytes, "fuzz"));
    if (nn::npy(nn::parse_npy(written, "fuzz")) != written) std::abort();
  } catch (const std::runtime_error&) {
  }
  return 0;
}
