// The one place that knows SFML 2.5, 2.6 and 3 apart: events, keys, pointers, textures.
#pragma once
#include <SFML/Graphics.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/event.h"
#include "viz/sfml_keys.h"
#include "viz/window.h"

namespace viz::sfml {

#if SFML_VERSION_MAJOR >= 3
inline sf::VideoMode mode(int width, int height) { return sf::VideoMode({unsigned(width), unsigned(height)}); }
inline Box desktop() {
  const sf::Vector2u size = sf::VideoMode::getDesktopMode().size;
  return {0, 0, double(size.x), double(size.y)};
}
inline sf::View view(double width, double height) { return sf::View(sf::FloatRect({0, 0}, {float(width), float(height)})); }
inline bool create(sf::Texture& texture, int width, int height) { return texture.resize({unsigned(width), unsigned(height)}); }
inline bool create(sf::RenderTexture& texture, int width, int height) { return texture.resize({unsigned(width), unsigned(height)}); }
inline void update(sf::Texture& texture, const std::uint8_t* pixels, int width, int height, int y) {
  texture.update(pixels, {unsigned(width), unsigned(height)}, {0, unsigned(y)});
}
inline constexpr auto triangle_list = sf::PrimitiveType::Triangles;
inline std::unique_ptr<sf::Cursor> cursor(sf::Cursor::Type type) {
  auto made = sf::Cursor::createFromSystem(type);
  return made ? std::make_unique<sf::Cursor>(std::move(*made)) : nullptr;
}
#else
inline sf::VideoMode mode(int width, int height) { return sf::VideoMode(unsigned(width), unsigned(height)); }
inline Box desktop() {
  const sf::VideoMode whole = sf::VideoMode::getDesktopMode();
  return {0, 0, double(whole.width), double(whole.height)};
}
inline sf::View view(double width, double height) { return sf::View(sf::FloatRect(0, 0, float(width), float(height))); }
inline bool create(sf::Texture& texture, int width, int height) { return texture.create(unsigned(width), unsigned(height)); }
inline bool create(sf::RenderTexture& texture, int width, int height) { return texture.create(unsigned(width), unsigned(height)); }
inline void update(sf::Texture& texture, const std::uint8_t* pixels, int width, int height, int y) {
  texture.update(pixels, unsigned(width), unsigned(height), 0, unsigned(y));
}
inline constexpr auto triangle_list = sf::Triangles;
inline std::unique_ptr<sf::Cursor> cursor(sf::Cursor::Type type) {
  auto made = std::make_unique<sf::Cursor>();
  return made->loadFromSystem(type) ? std::move(made) : nullptr;
}
#endif

inline sf::String string_of(const std::string& utf8) { return sf::String::fromUtf8(utf8.begin(), utf8.end()); }
inline std::string utf8_of(const sf::String& string) {
  const auto bytes = string.toUtf8();
  return {bytes.begin(), bytes.end()};
}

inline sf::Cursor::Type shape(Pointer pointer) {
  switch (pointer) {
    case Pointer::hand:
      return sf::Cursor::Type::Hand;
    case Pointer::text:
      return sf::Cursor::Type::Text;
    case Pointer::across:
      return sf::Cursor::Type::SizeHorizontal;
    case Pointer::down:
      return sf::Cursor::Type::SizeVertical;
    case Pointer::arrow:
      break;
  }
  return sf::Cursor::Type::Arrow;
}

// Colours that are multiplied by their alpha, laid over others.
inline sf::BlendMode over() { return {sf::BlendMode::Factor::One, sf::BlendMode::Factor::OneMinusSrcAlpha}; }

// Colours that take the place of others.
inline sf::BlendMode instead() { return {sf::BlendMode::Factor::One, sf::BlendMode::Factor::Zero}; }

inline std::optional<Button> button(sf::Mouse::Button button) {
  if (button == sf::Mouse::Button::Left) return Button::left;
  if (button == sf::Mouse::Button::Middle) return Button::middle;
  if (button == sf::Mouse::Button::Right) return Button::right;
  return std::nullopt;
}

// SFML's events to ours. Remembers which modifiers are held, since SFML does not say so for the mouse.
class Translator {
 public:
  // None where nobody cares; two where a character has no key of its own.
  std::vector<Event> events(const sf::Event& event);

 private:
  std::vector<Event> key(sf::Keyboard::Key key, bool control, bool shift, bool alt, bool down);
  std::vector<Event> typed(char32_t character);
  std::vector<Event> pressed(sf::Mouse::Button which, double x, double y, bool down) const;
  Modifiers held_;
  bool nameless_ = false;  // the last key has no name in SFML
};

// The next event that waits, if any.
inline bool next(sf::RenderWindow& window, Translator& translator, std::vector<Event>& events) {
#if SFML_VERSION_MAJOR >= 3
  const std::optional<sf::Event> event = window.pollEvent();
  if (!event) return false;
  events = translator.events(*event);
#else
  sf::Event event;
  if (!window.pollEvent(event)) return false;
  events = translator.events(event);
#endif
  return true;
}

inline std::vector<Event> Translator::events(const sf::Event& e) {
#if SFML_VERSION_MAJOR >= 3
  using E = sf::Event;
  const auto at = [](sf::Vector2i p) { return Point{double(p.x), double(p.y)}; };
  if (e.is<E::Closed>()) return {CloseAsked{}};
  if (e.is<E::FocusLost>()) return held_ = {}, std::vector<Event>{FocusLost{}};
  if (e.is<E::MouseLeft>()) return {PointerLeft{}};
  if (const auto* r = e.getIf<E::Resized>()) return {Resized{double(r->size.x), double(r->size.y)}};
  if (const auto* m = e.getIf<E::MouseMoved>()) return {PointerMoved{at(m->position)}};
  if (const auto* b = e.getIf<E::MouseButtonPressed>()) return pressed(b->button, b->position.x, b->position.y, true);
  if (const auto* b = e.getIf<E::MouseButtonReleased>()) return pressed(b->button, b->position.x, b->position.y, false);
  if (const auto* w = e.getIf<E::MouseWheelScrolled>()) {
    if (w->wheel == sf::Mouse::Wheel::Vertical) return {Wheel{at(w->position), w->delta, held_}};
    return {};
  }
  if (const auto* k = e.getIf<E::KeyPressed>()) return key(k->code, k->control, k->shift, k->alt, true);
  if (const auto* k = e.getIf<E::KeyReleased>()) return key(k->code, k->control, k->shift, k->alt, false);
  if (const auto* t = e.getIf<E::TextEntered>()) return typed(t->unicode);
#else
  using E = sf::Event;
  switch (e.type) {
    case E::Closed:
      return {CloseAsked{}};
    case E::LostFocus:
      return held_ = {}, std::vector<Event>{FocusLost{}};
    case E::MouseLeft:
      return {PointerLeft{}};
    case E::Resized:
      return {Resized{double(e.size.width), double(e.size.height)}};
    case E::MouseMoved:
      return {PointerMoved{{double(e.mouseMove.x), double(e.mouseMove.y)}}};
    case E::MouseButtonPressed:
      return pressed(e.mouseButton.button, e.mouseButton.x, e.mouseButton.y, true);
    case E::MouseButtonReleased:
      return pressed(e.mouseButton.button, e.mouseButton.x, e.mouseButton.y, false);
    case E::MouseWheelScrolled:
      if (e.mouseWheelScroll.wheel != sf::Mouse::VerticalWheel) return {};
      return {Wheel{{double(e.mouseWheelScroll.x), double(e.mouseWheelScroll.y)}, e.mouseWheelScroll.delta, held_}};
    case E::KeyPressed:
      return key(e.key.code, e.key.control, e.key.shift, e.key.alt, true);
    case E::KeyReleased:
      return key(e.key.code, e.key.control, e.key.shift, e.key.alt, false);
    case E::TextEntered:
      return typed(e.text.unicode);
    default:
      break;
  }
#endif
  return {};
}

inline std::vector<Event> Translator::key(sf::Keyboard::Key code, bool control, bool shift, bool alt, bool down) {
  using K = sf::Keyboard::Key;
  held_ = {control, shift, alt};
  // SFML says what was held before a modifier itself goes down or up.
  if (code == K::LControl || code == K::RControl) held_.control = down;
  if (code == K::LShift || code == K::RShift) held_.shift = down;
  if (code == K::LAlt || code == K::RAlt) held_.alt = down;
  if (!down) return {};
  nameless_ = code == K::Unknown;
  return {key_down(code, held_)};
}

inline std::vector<Event> Translator::typed(char32_t c) {
  std::vector<Event> events;
  // Other keyboards have keys for + or ? that SFML has no name for: such a key comes as Key::other and says here what it was.
  if (nameless_ && c < 128 && std::string("+-=,./?[]").find(char(c)) != std::string::npos)
    events.push_back(KeyDown{Key::letter, char(c), held_});
  nameless_ = false;
  const bool writes = c >= 32 && !(c >= 127 && c < 160) && !(held_.control && !held_.alt);
  if (writes) events.push_back(Typed{c});
  return events;
}

inline std::vector<Event> Translator::pressed(sf::Mouse::Button which, double x, double y, bool down) const {
  const auto known = button(which);
  if (!known) return {};
  if (down) return {PointerDown{{x, y}, *known, held_}};
  return {PointerUp{{x, y}, *known, held_}};
}

}  // namespace viz::sfml
