// Names of keys.
#include "viz/event.h"

namespace viz {

std::string name_of(const KeyDown& key) {
  switch (key.key) {
    case Key::left:
      return "left";
    case Key::right:
      return "right";
    case Key::up:
      return "up";
    case Key::down:
      return "down";
    case Key::page_up:
      return "page up";
    case Key::page_down:
      return "page down";
    case Key::letter:
      return std::string(1, key.letter);
    default:
      return "";
  }
}

}  // namespace viz
