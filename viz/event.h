// What a person does with pointer and keyboard, without a word of any window library: tests make these up.
// Places are in pixels of the window.
#pragma once
#include <string>
#include <variant>

#include "viz/scene.h"

namespace viz {

// Keys that write a character come twice: as a KeyDown with their `letter` (for shortcuts) and as Typed (for text fields).
enum class Key {
  other,
  letter,
  enter,
  space,
  tab,
  escape,
  backspace,
  erase,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12
};

struct Modifiers {
  bool control = false, shift = false, alt = false;
  bool operator==(const Modifiers&) const = default;
};

enum class Button { left, middle, right };

struct PointerMoved {
  Point at;
};
struct PointerLeft {};  // the window
struct PointerDown {
  Point at;
  Button button = Button::left;
  Modifiers with = {};
};
struct PointerUp {
  Point at;
  Button button = Button::left;
  Modifiers with = {};
};
struct Wheel {
  Point at;
  double notches;
  Modifiers with = {};
};  // positive: away from the person
struct KeyDown {
  Key key;
  char letter = 0;  // of Key::letter: a..z, 0..9, or one of + - = , . / ? [ ]
  Modifiers with = {};
};
// "left", "page up", "a", "5": of keys that views react to; empty for others.
std::string name_of(const KeyDown& key);

struct Typed {
  char32_t character;
};  // never a control character
struct Resized {
  double width, height;
};
struct FocusLost {};
struct CloseAsked {};

using Event = std::variant<PointerMoved, PointerLeft, PointerDown, PointerUp, Wheel, KeyDown, Typed, Resized, FocusLost, CloseAsked>;

}  // namespace viz
