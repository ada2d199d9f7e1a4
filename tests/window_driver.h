// The program in a real window on a display without a screen, used as a person uses it: pointer and keys by xdotool, what is where and
// what happened from its announcements. No test sleeps: each waits for what it wants to see.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/program.h"
#include "tests/support.h"
#include "viz/scene.h"

// Whether there are the program, Xvfb and xdotool; else the running test is skipped.
bool can_drive_windows();

class OpenWindow {
 public:
  // Runs `glassbox WORDS --announce` with a home of its own and returns when its first picture is shown.
  explicit OpenWindow(std::vector<std::string> words, Conditions conditions = {});

  // What was announced last.
  bool has(const std::string& widget) const { return places_.contains(widget); }
  viz::Point at(const std::string& widget);                 // waits until it is there
  const std::string& operator[](const std::string& field);  // of the STATE line; "" where it has no such field
  double number(const std::string& field);
  const std::string& state() const { return state_; }

  // Reads on until it holds. Fails the test when that takes more than ten seconds or the program ends before.
  void wait(const std::string& what, const std::function<bool()>& holds);
  void wait(const std::string& field, const std::string& value);

  void move(viz::Point to);
  void click(viz::Point to);
  void click(const std::string& widget) { click(at(widget)); }
  void drag(viz::Point from, viz::Point to);
  void key(const std::string& key, const std::string& modifier = "");  // names of X: "Return", "q"
  void type(const std::string& text);                                  // ASCII
  void resize(int width, int height);
  void place(int x, int y);  // of its left upper corner on the screen

  Result quit();          // by Ctrl+Q
  Result wait_for_end();  // killed after ten seconds
  // Where this program keeps what it offers again the next time.
  std::filesystem::path home() const { return home_ / "state" / "glassbox"; }

 private:
  bool read_line();
  void tool(const std::vector<std::string>& words);

  TemporaryFolder home_;
  Process process_;
  std::string window_, state_;
  std::map<std::string, viz::Point> places_;
  std::map<std::string, std::string> fields_;
};
