// What tests share.
#pragma once
#include <filesystem>
#include <string>

// Counts the running test as skipped, with its reason.
void skip(const std::string& why);

// A fresh folder that goes when the test ends.
struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder();
  ~TemporaryFolder();
  std::filesystem::path operator/(const std::string& name) const { return path / name; }
};
