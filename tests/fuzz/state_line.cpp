// Fuzz: any bytes are a state line or refused with std::invalid_argument; what is read survives a round trip.
#include "viz/state_line.h"

#include <cstdlib>
#include <stdexcept>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const std::string line = viz::state_line(viz::parse_state_line(text));
    if (viz::state_line(viz::parse_state_line(line)) != line) std::abort();
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
