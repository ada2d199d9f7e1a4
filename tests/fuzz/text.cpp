// libFuzzer: any bytes are a text whose symbols give it back, or an error with a message. The first byte chooses characters or words.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "datasets/text.h"
#include "datasets/tracks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  try {
    const std::string text = data::clean_text({reinterpret_cast<const char*>(bytes + 1), size - 1}, "fuzz");
    if (text.find('\r') != std::string::npos) std::abort();
    const bool words = bytes[0] & 1;
    const data::Vocabulary symbols =
        words ? data::Vocabulary::of_words(text, 2 + bytes[0] / 2) : data::Vocabulary::of_characters(text);
    const std::vector<int> ids = symbols.ids(text, "fuzz");
    for (const int id : ids)
      if (id < 0 || id >= symbols.size()) std::abort();
    if (!words && symbols.text(ids) != text) std::abort();
  } catch (const std::exception& error) {
    if (!*error.what()) std::abort();
  }
  return 0;
}
