// libFuzzer: any text is a formula that evaluates to some number, or an error with a message.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "datasets/formula.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const std::array<std::string, 3> columns{"x1", "age", "not an identifier"};
  const std::array<nn::Real, 3> row{0.5, -2, 3};
  try {
    const data::Formula formula({reinterpret_cast<const char*>(bytes), size}, columns);
    volatile double value = formula(row);
    static_cast<void>(value);
  } catch (const std::exception& error) {
    if (!*error.what()) std::abort();
  }
  return 0;
}
