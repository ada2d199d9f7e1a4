// libFuzzer: any text is a model that can be recorded, or an error with a message. The first byte chooses the shape of the inputs.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "engine/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  constexpr nn::Shape shapes[] = {{2, 1, 1}, {1, 8, 8}, {3, 6, 5}, {1, 1, 6}, {2, 1, 4}};
  try {
    const nn::Model model = nn::parse_model({reinterpret_cast<const char*>(bytes + 1), size - 1}, shapes[bytes[0] % std::size(shapes)]);
    if (nn::parameters_of(model).numbers.size() > 1'000'000) return 0;
    nn::Tape tape;
    const nn::Network network = model.record(tape, 2, nn::Mode::training);
    const nn::Program program = tape.finish();
    if (network.output < 0 || network.output >= program.size()) std::abort();
  } catch (const std::exception& error) {
    if (!*error.what()) std::abort();
  }
  return 0;
}
