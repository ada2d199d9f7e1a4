// Unpacks gzip (RFC 1952) in memory.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace data {

constexpr std::size_t largest_file = std::size_t(2) << 30;  // what any loader here takes, packed or not

bool is_gzip(std::string_view bytes);  // begins with 1f 8b

// All members one after the other. Throws std::runtime_error where the bytes are not gzip, end early, are damaged,
// are followed by something else, or give more than `limit` bytes. `who` begins the message: a file's name.
std::string gunzip(std::string_view bytes, std::size_t limit, const std::string& who);

// The bytes of a file, unpacked where they are gzip. Errors as above, or that the file can't be read.
std::string read_bytes(const std::filesystem::path& path);

}  // namespace data
