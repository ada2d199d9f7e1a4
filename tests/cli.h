// What the tests of the program share: a place to run it in, and how it has to refuse.
#pragma once
#include <catch2/catch.hpp>
#include <fstream>
#include <map>

#include "engine/file.h"
#include "engine/text.h"
#include "tests/program.h"
#include "tests/support.h"

namespace cli {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

inline std::string text_of(const fs::path& file) { return nn::read_file(file, 1 << 30); }
inline void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

inline std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result = nn::split(text, '\n');
  std::erase(result, "");
  return result;
}

inline Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

inline std::string experiment(const std::string& data, const std::string& rest = "[train]\nepochs = 1\n") {
  return "[data]\nsource = \"" + data + "\"\n" + rest;
}

// A folder with the experiment c.toml, in which words are run.
struct Place : TemporaryFolder {
  explicit Place(const std::string& rest = "") {
    std::ofstream(*this / "c.toml") << "[data]\nsource = \"circle\"\nsamples = 200\n[train]\nshuffle = \"each epoch\"\n" << rest;
  }
  Result run(const Words& words, const std::vector<std::string>& environment = {}) const {
    return run_program(words, {.folder = path, .environment = environment});
  }
  // What it printed; it has to succeed without a word of complaint.
  std::string prints(const Words& words) const {
    const Result result = run(words);
    INFO(result.error);
    CHECK(result.error == "");
    REQUIRE(result.code == 0);
    return result.out;
  }
  std::string model(const std::string& folder) const { return text_of(*this / folder / "model.safetensors"); }
};

// Every file below a folder with what is in it.
inline std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    files[entry.path().string()] = entry.is_regular_file() ? text_of(entry.path()) : "";
  return files;
}

// One line on standard error with all these parts, nothing on standard output, the folder as it was.
inline void refuses(const TemporaryFolder& folder, const Words& words, int code, const Words& parts, Conditions conditions = {}) {
  conditions.folder = folder.path;
  const auto before = contents(folder.path);
  const Result result = run_program(words, conditions);
  INFO(result.error << result.out);
  CHECK(result.code == code);
  CHECK(result.out == "");
  CHECK(result.error.starts_with("glassbox: "));
  CHECK(result.error.find('\n') + 1 == result.error.size());
  for (const std::string& part : parts) {
    INFO(part);
    CHECK(result.error.find(part) != result.error.npos);
  }
  CHECK(contents(folder.path) == before);
}

}  // namespace cli
