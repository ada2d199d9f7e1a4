// Fuzz: any bytes are an experiment or refused with std::invalid_argument, as a file and as an assignment; what is read survives a round
// trip.
#include <cstdlib>
#include <stdexcept>

#include "datasets/experiment.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const data::Experiment e = data::parse_experiment(text, "fuzz");
    if (!(data::parse_experiment(data::to_toml(e), "fuzz") == e)) std::abort();
  } catch (const std::invalid_argument&) {
  }
  try {
    data::Experiment e;
    data::set(e, text);
    if (!(data::parse_experiment(data::to_toml(e), "fuzz") == e)) std::abort();
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
