// SHA-256 (FIPS 180-4), by which a downloaded file is known to be the one that was meant.
#pragma once
#include <string>
#include <string_view>

namespace data {

// 64 hexadecimal digits, in small letters.
std::string sha256(std::string_view bytes);

}  // namespace data
