// The program `glassbox`: finds the command and catches once.
#include <csignal>
#include <cstdio>
#include <iostream>
#include <map>

#include "viz/commands.h"

namespace {

using Command = int (*)(const viz::Words&);

const std::map<std::string, Command> commands = {
    {"window", viz::window},  {"demo", viz::demo}, {"train", viz::train}, {"show", viz::show}, {"methods", viz::list_methods},
    {"data", viz::list_data}, {"help", viz::help}, {"--help", viz::help}, {"-h", viz::help},   {"check-gradients", viz::check_gradients},
    {"bench", viz::bench}};

int run(viz::Words words) {
  // The window, where an option comes first or something that it can open.
  const bool bare = words.empty() || (!commands.contains(words[0]) && (words[0].starts_with("--") || viz::opens_in_window(words[0])));
  const std::string name = bare ? "window" : words.front();
  const auto command = commands.find(name);
  if (command == commands.end()) viz::no_command(name);
  if (!bare) words.erase(words.begin());
  const int code = command->second(words);
  // What was printed earlier may have failed as well.
  if (!std::cout.flush() || std::ferror(stdout)) throw std::runtime_error("standard output cannot be written");
  return code;
}

int failed(const std::string& what, int code) {
  std::cerr << "glassbox: " + what + "\n";
  return code;
}

}  // namespace

int main(int count, char** given) {
  // A full disk or a closed pipe is an error to report, not a reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run(viz::Words(given + 1, given + count));
  } catch (const viz::UsageError& error) {
    return failed(error.what(), 2);
  } catch (const std::bad_alloc&) {
    return failed("there is not enough memory for this", 1);
  } catch (const std::filesystem::filesystem_error& error) {
    return failed("cannot use " + error.path1().string() + ": " + error.code().message(), 1);
  } catch (const std::exception& error) {
    return failed(error.what(), 1);
  }
}
