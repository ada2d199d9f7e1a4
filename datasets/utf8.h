// UTF-8 as bytes: how long a character is, and a text as its characters (Unicode Standard, table 3-7).
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace data {

// How many bytes the character at the start takes, 0 where these bytes are not UTF-8; of an empty text 1.
std::size_t character_size(std::string_view text);

// The characters of a text that is UTF-8, each as its bytes. Their order as bytes is that of their code points.
std::vector<std::string_view> characters(std::string_view text);

}  // namespace data
