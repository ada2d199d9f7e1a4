// libFuzzer: any text is a table or an error with a message. The first byte chooses among the options.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "datasets/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  data::CsvOptions options;
  if (bytes[0] & 1) options.missing = data::Missing::impute;
  if (bytes[0] & 2) options.header = bytes[0] & 4 ? data::Header::present : data::Header::absent;
  if (bytes[0] & 8) options.target = bytes[0] & 16 ? "1" : "-2";
  if (bytes[0] & 32) options.task = bytes[0] & 64 ? data::Task::regression : data::Task::classification;
  try {
    const data::Dataset set = data::parse_csv({reinterpret_cast<const char*>(bytes + 1), size - 1}, options);
    data::check_finite(set);
    if (std::size_t(set.inputs.columns()) != set.input_names.size() || set.examples() == 0) std::abort();
    for (int label : set.labels)
      if (label < 0 || std::size_t(label) >= set.class_names.size()) std::abort();
  } catch (const std::exception& error) {
    if (!*error.what()) std::abort();
  }
  return 0;
}
