// Fuzz: any bytes are a safetensors file or refused with std::runtime_error; what is read can be written and read again.
#include <cstdlib>
#include <stdexcept>

#include "engine/save.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const nn::Tensors tensors = nn::parse_safetensors(bytes, "fuzz");
    const std::string written = nn::safetensors(tensors);
    if (nn::safetensors(nn::parse_safetensors(written, "fuzz")) != written) std::abort();
    nn::snapshot_from(tensors, tensors, "fuzz");
  } catch (const std::runtime_error&) {
  }
  return 0;
}
