// xdotool moves the pointer and presses keys; the program's own lines say when it has seen it.
#include "tests/window_driver.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <sstream>
#include <thread>

#include "tests/xvfb.h"

namespace {

constexpr std::chrono::seconds patience(10);

// Kills a program that takes too long: what is read from it then ends.
class Watchdog {
 public:
  explicit Watchdog(pid_t id)
      : thread_([this, id](std::stop_token stop) {
          std::unique_lock lock(mutex_);
          if (!changed_.wait_for(lock, stop, patience, [&] { return stop.stop_requested(); }) && !stop.stop_requested()) kill(id, SIGKILL);
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread thread_;
};

std::vector<std::string> announcing(std::vector<std::string> words) {
  words.push_back("--announce");
  return words;
}

Conditions at_home(Conditions conditions, const TemporaryFolder& home) {
  conditions.environment.push_back("XDG_STATE_HOME=" + (home / "state").string());
  return conditions;
}

std::string number(double n) { return std::to_string(std::lround(n)); }

// The number that X gave to the window.
std::string window_number() {
  std::string words;
  FILE* pipe = popen("xdotool search --sync --onlyvisible --name Glassbox", "r");
  REQUIRE(pipe);
  for (int c; (c = fgetc(pipe)) != EOF && c != '\n';) words += char(c);
  pclose(pipe);
  return words;
}

}  // namespace

bool can_drive_windows() {
  if (!has_program() || !has_xvfb()) return false;
  if (std::system("xdotool version >/dev/null 2>&1") == 0) return true;
  skip("xdotool is not installed");
  return false;
}

OpenWindow::OpenWindow(std::vector<std::string> words, Conditions conditions)
    : process_(announcing(std::move(words)), at_home(std::move(conditions), home_)) {
  wait("the first picture", [this] { return !state_.empty(); });
}

bool OpenWindow::read_line() {
  const std::string line = process_.line();
  std::istringstream words(line);
  std::string kind, id;
  if (!(words >> kind)) return false;
  if (kind == "WIDGET") {
    words >> id;
    words >> places_[id].x >> places_[id].y;
  } else if (kind == "GONE") {
    words >> id;
    places_.erase(id);
  } else if (kind == "STATE") {
    state_ = line;
    fields_.clear();
    for (std::string word; words >> word;) fields_[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
  }
  return true;
}

void OpenWindow::wait(const std::string& what, const std::function<bool()>& holds) {
  const Watchdog watchdog(process_.id());
  while (!holds())
    if (!read_line()) {
      const Result result = process_.wait();
      FAIL("waited for " << what << ", but the program ended or had to be ended (" << result.code << ") " << result.error
                         << "; its last line: " << state_);
    }
}

void OpenWindow::wait(const std::string& field, const std::string& value) {
  wait(field + "=" + value, [&] { return fields_[field] == value; });
}

viz::Point OpenWindow::at(const std::string& widget) {
  wait(widget, [&] { return has(widget); });
  return places_[widget];
}

const std::string& OpenWindow::operator[](const std::string& field) { return fields_[field]; }

double OpenWindow::number(const std::string& field) { return std::atof(fields_[field].c_str()); }

void OpenWindow::tool(const std::vector<std::string>& words) {
  if (window_.empty()) window_ = window_number();
  std::vector<char*> list{const_cast<char*>("xdotool")};
  for (const std::string& word : words) list.push_back(const_cast<char*>(word == "WINDOW" ? window_.c_str() : word.c_str()));
  list.push_back(nullptr);
  pid_t id = -1;
  REQUIRE(posix_spawnp(&id, "xdotool", nullptr, nullptr, list.data(), environ) == 0);
  int status = 0;
  waitpid(id, &status, 0);
  CHECK(status == 0);
}

void OpenWindow::move(viz::Point to) { tool({"mousemove", "--window", "WINDOW", ::number(to.x), ::number(to.y)}); }

void OpenWindow::click(viz::Point to) { tool({"mousemove", "--window", "WINDOW", ::number(to.x), ::number(to.y), "click", "1"}); }

void OpenWindow::drag(viz::Point from, viz::Point to) {
  std::vector<std::string> words = {"mousemove", "--window", "WINDOW", ::number(from.x), ::number(from.y), "mousedown", "1"};
  for (const double share : {0.25, 0.5, 0.75, 1.0})
    for (const std::string& word : {std::string("mousemove"), std::string("--window"), std::string("WINDOW"),
                                    ::number(from.x + share * (to.x - from.x)), ::number(from.y + share * (to.y - from.y))})
      words.push_back(word);
  words.insert(words.end(), {"mouseup", "1"});
  tool(words);
}

// Without --window, which would send made-up events, and which a closing window would cut off with the modifier still down.
void OpenWindow::key(const std::string& key, const std::string& modifier) {
  if (modifier.empty()) return tool({"key", key});
  tool({"keydown", modifier, "key", key, "keyup", modifier});
}

void OpenWindow::type(const std::string& text) { tool({"type", "--delay", "2", "--", text}); }

void OpenWindow::resize(int width, int height) { tool({"windowsize", "WINDOW", std::to_string(width), std::to_string(height)}); }

void OpenWindow::place(int x, int y) { tool({"windowmove", "WINDOW", std::to_string(x), std::to_string(y)}); }

Result OpenWindow::quit() {
  key("q", "ctrl");
  return wait_for_end();
}

Result OpenWindow::wait_for_end() {
  const Watchdog watchdog(process_.id());
  return process_.wait();
}
