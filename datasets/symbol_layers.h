// The first layer of an experiment on a text: it need not say how many symbols the text has.
#pragma once
#include <string>

namespace data {

// "embed 16, lstm 32" -> "embed COUNT 16, lstm 32"; other texts as they are.
std::string with_symbol_count(const std::string& layers, int count);

}  // namespace data
