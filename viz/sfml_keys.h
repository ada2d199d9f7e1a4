// SFML's keys and ours. Their names are the same in SFML 2 and 3.
#pragma once
#include <SFML/Window/Keyboard.hpp>

#include "viz/event.h"

namespace viz::sfml {

// What a key is. With shift, = is + and / is ?.
inline KeyDown key_down(sf::Keyboard::Key key, Modifiers with) {
  using K = sf::Keyboard::Key;
  const auto letter = [&](int c) { return KeyDown{Key::letter, char(c), with}; };
  const auto from = [&](K first) { return int(key) - int(first); };
  if (key >= K::A && key <= K::Z) return letter('a' + from(K::A));
  if (key >= K::Num0 && key <= K::Num9) return letter('0' + from(K::Num0));
  if (key >= K::Numpad0 && key <= K::Numpad9) return letter('0' + from(K::Numpad0));
  if (key >= K::F1 && key <= K::F12) return {Key(int(Key::f1) + from(K::F1)), 0, with};
  switch (key) {
    case K::Enter:
      return {Key::enter, 0, with};
    case K::Space:
      return {Key::space, 0, with};
    case K::Tab:
      return {Key::tab, 0, with};
    case K::Escape:
      return {Key::escape, 0, with};
    case K::Backspace:
      return {Key::backspace, 0, with};
    case K::Delete:
      return {Key::erase, 0, with};
    case K::Left:
      return {Key::left, 0, with};
    case K::Right:
      return {Key::right, 0, with};
    case K::Up:
      return {Key::up, 0, with};
    case K::Down:
      return {Key::down, 0, with};
    case K::Home:
      return {Key::home, 0, with};
    case K::End:
      return {Key::end, 0, with};
    case K::PageUp:
      return {Key::page_up, 0, with};
    case K::PageDown:
      return {Key::page_down, 0, with};
    case K::Add:
      return letter('+');
    case K::Subtract:
    case K::Hyphen:
      return letter('-');
    case K::Equal:
      return letter(with.shift ? '+' : '=');
    case K::Comma:
      return letter(',');
    case K::Period:
      return letter('.');
    case K::Divide:
      return letter('/');
    case K::Slash:
      return letter(with.shift ? '?' : '/');
    case K::LBracket:
      return letter('[');
    case K::RBracket:
      return letter(']');
    default:
      return {Key::other, 0, with};
  }
}

}  // namespace viz::sfml
