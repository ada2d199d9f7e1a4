// The commands of the program. Each reads its own words, does its work and returns the exit code.
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace viz {

using Words = std::vector<std::string>;

int demo(const Words& words);   // trains the playground and the digits, and writes their pictures
int window(const Words& words);  // the default: [FILE.toml | DIR | FILE.csv]
bool opens_in_window(const std::string& path);  // a folder, or by its name an experiment or a table
int train(const Words& words);  // FILE.toml | DIR
int show(const Words& words);   // METHOD
int list_methods(const Words& words);
int list_data(const Words& words);        // or get, which goes on to the next
int get_data(const Words& words);         // mnist
int help(const Words& words);             // [COMMAND | keys]
int check_gradients(const Words& words);  // FILE.toml
int bench(const Words& words);

// Wrong usage, exit code 2; every other exception is work that failed, exit code 1.
struct UsageError : std::invalid_argument {
  using invalid_argument::invalid_argument;
};

// What `glassbox help COMMAND` begins with.
std::string usage(const std::string& command);
[[noreturn]] void no_command(const std::string& name);  // UsageError naming the nearest

}  // namespace viz
