// The program curl, run for one file.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

namespace data {

struct CurlResult {
  std::string error;    // as curl says it; nothing where all went well
  int code = 0;         // of curl
  bool absent = false;  // there is no such program
  bool cannot_resume() const { return code == 33 || code == 36 || error.find("416") != std::string::npos; }
};

// Appends to `file` what it lacks of the address (http and https alone). `look` is called ten times a second while it runs.
CurlResult curl(const std::string& address, const std::filesystem::path& file, const std::function<void()>& look);

}  // namespace data
