// A look at a TOML text before it is parsed.
#pragma once
#include <string_view>
#include <utility>

namespace data {

// TOML has letters beyond ASCII in quotes and comments alone, and toml++ 3.3 (Debian 12) behaves undefinedly where one stands elsewhere.
// The line and column, from 1, of the first that does; {0, 0} where all is well.
std::pair<int, int> stray_letter(std::string_view toml);

}  // namespace data
