// Whether there is a display, and what happens when it goes away. SFML ends the program by abort() where it finds none. Xlib is in the
// program already, by SFML; it is asked by name, so that its header, full of macros, stays out.
#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "viz/display.h"
#include "viz/window.h"

namespace viz {
namespace {

template <typename Function>
Function xlib(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

int display_gone(void*) {
  constexpr std::string_view words = "glassbox: the display went away, so the window was closed\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, words.data(), words.size());
  std::_Exit(1);  // Xlib lets nobody return, and its own destructors would ask the display again
}

}  // namespace

bool has_display() {
  const auto open = xlib<void* (*)(const char*)>("XOpenDisplay");
  if (!open) return true;  // a system without X
  // The connection is kept: a server that loses its last one may begin anew and refuse the window's.
  static std::string asked;
  static void* connection = nullptr;
  const char* name = std::getenv("DISPLAY");
  if (!name || !*name) return false;
  if (!connection || asked != name) connection = open(nullptr), asked = name;
  return connection;
}

std::string no_display() {
  const char* name = std::getenv("DISPLAY");
  const std::string why =
      name && *name ? "the display " + std::string(name) + " does not answer" : "there is no display (DISPLAY is not set)";
  return "cannot open a window: " + why + "; `glassbox demo`, `glassbox train` and `glassbox show` need none";
}

void say_when_display_goes() {
  if (const auto set = xlib<void* (*)(int (*)(void*))>("XSetIOErrorHandler")) set(display_gone);
}

}  // namespace viz
