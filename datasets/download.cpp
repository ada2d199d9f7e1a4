// Fetches files and checks them.
#include "datasets/download.h"

#include <algorithm>
#include <stdexcept>

#include "datasets/curl.h"
#include "datasets/sha256.h"
#include "datasets/shipped.h"
#include "engine/file.h"
#include "engine/text.h"

namespace data {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = std::size_t(1) << 34;

std::uintmax_t size_of(const fs::path& file) {
  std::error_code none;
  const std::uintmax_t size = fs::file_size(file, none);
  return none ? 0 : size;
}

bool is_right(const fs::path& file, const Download::File& wanted) {
  return size_of(file) == wanted.bytes && sha256(nn::read_file(file, most_bytes)) == wanted.sha256;
}

bool has_digits(std::string_view text, std::size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// The cells of a line of a table, "| a | b |".
std::vector<std::string> cells(std::string_view line) {
  line = nn::trim(line);
  if (line.size() < 2 || line.front() != '|' || line.back() != '|') return {};
  std::vector<std::string> list;
  for (const std::string& cell : nn::split(line.substr(1, line.size() - 2), '|')) list.emplace_back(nn::trim(cell));
  return list;
}

Download& named(std::vector<Download>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &Download::name);
  return found != all.end() ? *found : all.emplace_back(Download{name, {}, {}});
}

// One file from one address; what is wrong, or nothing.
std::string fetch_from(const std::string& address, const Download::File& file, const fs::path& part, const std::function<void()>& look) {
  const bool resumed = size_of(part) > 0;
  if (size_of(part) < file.bytes) {
    const CurlResult result = curl(address + file.name, part, look);
    // What is there can't be gone on with: from the start, then.
    if (resumed && result.cannot_resume()) {
      fs::remove(part);
      return fetch_from(address, file, part, look);
    }
    if (result.absent) return "there is no program curl, which fetches files";
    if (!result.error.empty()) return address + ": " + result.error;
  }
  if (is_right(part, file)) return "";
  const std::string found = std::to_string(size_of(part)) + " bytes with the sha256 " + sha256(nn::read_file(part, most_bytes));
  fs::remove(part);
  if (resumed) return fetch_from(address, file, part, look);
  return address + " has another file of that name: " + found + " in place of " + std::to_string(file.bytes) + " with " + file.sha256;
}

}  // namespace

std::vector<Download> parse_downloads(std::string_view markdown) {
  std::vector<Download> all;
  for (const std::string& line : nn::split(markdown, '\n')) {
    const std::vector<std::string> row = cells(line);
    if (row.size() == 4 && has_digits(row[3], 64) && row[1].find('/') == row[1].npos)
      named(all, row[0]).files.push_back({row[1], row[3], std::uintmax_t(nn::number(row[2]).value_or(0))});
    if (row.size() == 2 && (row[1].starts_with("https://") || row[1].starts_with("http://")))
      named(all, row[0]).addresses.push_back(row[1] + (row[1].ends_with('/') ? "" : "/"));
  }
  std::erase_if(all, [](const Download& d) { return d.files.empty() || d.addresses.empty(); });
  return all;
}

fs::path download_list() { return files_folder().parent_path() / "README.md"; }

std::uintmax_t bytes_of(const Download& download) {
  std::uintmax_t sum = 0;
  for (const Download::File& file : download.files) sum += file.bytes;
  return sum;
}

void fetch(const Download& download, const fs::path& folder, const std::function<void(std::uintmax_t, const std::string&)>& progress) {
  fs::create_directories(folder);
  std::uintmax_t before = 0;
  for (std::size_t i = 0; i < download.files.size(); i++) {
    const Download::File& file = download.files[i];
    const fs::path part = folder / ("." + file.name + ".part");
    const auto look = [&] { progress(before + size_of(part), file.name); };
    std::vector<std::string> failures;
    bool there = is_right(folder / file.name, file);
    for (std::size_t k = 0; k < download.addresses.size() && !there; k++) {
      const std::string failure = fetch_from(download.addresses[k], file, part, look);
      there = failure.empty();
      if (!there && (failures.empty() || failures.back() != failure)) failures.push_back(failure);
      if (there) fs::rename(part, folder / file.name);
    }
    if (!there) {
      std::vector<std::string> missing;
      for (std::size_t k = i; k < download.files.size(); k++) missing.push_back(download.files[k].name);
      throw std::runtime_error(download.name + ": " + file.name + " could not be fetched (" + nn::join(failures, "; ") +
                               "); try again, or fetch by hand " + nn::join(missing, ", ") + " from " + download.addresses[0] +
                               " and put them into " + folder.string());
    }
    before += file.bytes;
    progress(before, file.name);
  }
}

}  // namespace data
