// The window: shows what an Application draws and tells it what the person does. With paint_sfml.cpp, sfml.h and sfml_keys.h all that knows SFML.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "viz/event.h"
#include "viz/scene.h"

namespace viz {

enum class Pointer { arrow, hand, text, across, down };  // the shape of the pointer: across and down while a border is dragged

// Of one picture that was shown, in milliseconds.
struct FrameTimes {
  double own;     // making the scene and its triangles
  double shown;   // that, and until the picture was handed to the screen
  double answer;  // to its being shown since the last look for events before the oldest that it answers; 0 where there was none
};

// What runs in a window. All but `handle`, `frame` and `done` may be empty.
struct Application {
  std::function<void(const Event&)> handle;  // one at a time, in their order; of several moves of the pointer in a row only the last
  // The picture for a window of this size in pixels, and the scale at which it is to be painted (the scene is size / scale large).
  // Null: nothing has changed since the last one. `seconds` is a steady clock.
  struct Frame {
    const Scene* scene = nullptr;
    double scale = 1;
    Pointer pointer = Pointer::arrow;
    std::string title = "Glassbox";
  };
  std::function<Frame(double width, double height, double seconds)> frame;
  std::function<bool()> done;                               // asked after every event and every picture
  std::function<std::vector<std::string>()> announcements;  // lines for a program that drives this one: asked after every picture
  std::function<void(const FrameTimes&)> measured;
  // Copy and paste: the window gives these to the application once it is open.
  std::function<void(std::function<std::string()> paste, std::function<void(const std::string&)> copy)> clipboard;
};

struct WindowOptions {
  int width = 1280, height = 800;  // made smaller where the screen is
  double most_frames = 60;         // a second
};

// True where a window can be opened: a display is named and lets us in.
bool has_display();
// Why not, and what to do, in a sentence.
std::string no_display();

// Opens the window and returns when the application is done. Without anything to show it sleeps.
// Errors: std::runtime_error where no display answers. A display that goes away ends the program: one sentence on stderr, exit code 1.
void run_window(Application& application, const WindowOptions& options);

}  // namespace viz
