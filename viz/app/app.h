// The window's content: a State, drawn as one Scene, changed by events. No window is needed for it: tests hand it events and look at the
// list.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "viz/app/state.h"

namespace viz {

class App {
 public:
  // `home`: where recent files and the last session are kept; empty for nowhere.
  App(std::shared_ptr<Workbench> bench, std::filesystem::path data_folder, std::filesystem::path home);

  void handle(const Event& event);  // places in pixels of the window
  // The picture for a window of this size in pixels at a time in seconds. Null scene: nothing has changed since the last one.
  Application::Frame frame(double width, double height, double seconds);
  bool done() const { return state_.quit; }

  // "READY", "WIDGET play 240 36" (pixels), "STATE epoch=57 ...": what has changed since the last call, for a program that drives this one.
  std::vector<std::string> announcements();

  State& state() { return state_; }
  const Scene& scene() const { return scene_; }
  double scale() const;  // pixels a unit

 private:
  void draw(Box box);
  bool changes_by_itself();

  State state_;
  Scene scene_;
  double width_ = 0, height_ = 0, due_ = 0;
  bool touched_ = true;  // by an event since the last picture
  std::string announced_;
  std::map<std::string, std::string> announced_widgets_;
};

// $XDG_STATE_HOME/glassbox or ~/.local/state/glassbox; empty where neither is known.
std::filesystem::path state_home();

}  // namespace viz
