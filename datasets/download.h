// Public files that the program may not ship: where they lie, and how they are known to be the right ones. They are fetched by curl.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace data {

struct Download {
  std::string name;  // "mnist"
  struct File {
    std::string name, sha256;
    std::uintmax_t bytes;
  };
  std::vector<File> files;
  std::vector<std::string> addresses;  // of the folder that the files lie in, tried one after another; they end with '/'
};

// Reads a list as README.md has it, lines of tables:  | mnist | FILE | BYTES | SHA256 |   and   | mnist | ADDRESS |.
std::vector<Download> parse_downloads(std::string_view markdown);
// Of datasets/README.md.
std::filesystem::path download_list();

// Brings what is missing of the files into `folder`. A file appears there when it is whole and has the right sha256, never before; what
// came so far lies beside as .NAME.part, and the next call goes on with it. `progress`: bytes that are there, and of which file.
// Throws std::runtime_error, a sentence that says which files to fetch by hand, from where, and where to put them.
void fetch(const Download& download, const std::filesystem::path& folder,
           const std::function<void(std::uintmax_t bytes, const std::string& file)>& progress);

// Of all files together.
std::uintmax_t bytes_of(const Download& download);

}  // namespace data
