// Whole files, read and written in one go. A file is either the old one or the new one, never half of it.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace nn {

// Writes beside the target, flushes to the disk and renames over it: on any failure the old file stays and nothing else is left behind.
// A device or a pipe (/dev/stdout, /dev/full) is written straight. Errors: std::runtime_error naming the file and the system's reason.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// All bytes of a file. Errors: std::runtime_error if it cannot be read, is a folder, or holds more than max_bytes.
std::string read_file(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace nn
