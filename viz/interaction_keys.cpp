// The keyboard: the round of the focus, keys of widgets, menus and scroll areas.
#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/interaction.h"
#include "viz/text.h"

namespace viz {
namespace {

char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }

char32_t first_letter(const std::string& words) {
  const auto all = code_points(words);
  return all.empty() ? 0 : lower(all[0].value);
}

// How many steps a key makes on a slider; 0 for other keys.
int steps_of(Key key) {
  switch (key) {
    case Key::left:
    case Key::down:
      return -1;
    case Key::right:
    case Key::up:
      return 1;
    case Key::page_down:
      return -10;
    case Key::page_up:
      return 10;
    default:
      return 0;
  }
}

}  // namespace

bool Interaction::react(const KeyDown& event) {
  drop_typed_ = false;
  key_writes_ = (event.key == Key::letter || event.key == Key::space) && !event.with.control && !event.with.alt;
  if (event.key == Key::other) return !open_.empty();
  by_pointer_ = false, still_since_ = now_, caret_since_ = now_;
  if (!open_.empty()) return key_in_menu(event);
  if (event.key == Key::tab && !event.with.control && !event.with.alt) return move_focus(event.with.shift ? -1 : 1);
  if (typing_here() && key_in_text(event)) return true;
  if (const Widget* widget = find(focused_)) {
    if (widget->handle && std::function(widget->handle)(event)) return true;
    if (!event.with.control && !event.with.alt && (widget = find(focused_)) && key_on(*widget, event)) return true;
  }
  if (!event.with.control && !event.with.alt && key_scrolls(event)) return true;
  if (const Widget* shown = find(dialog_); shown && event.key == Key::escape) return std::function(shown->dismiss)(), true;
  return false;
}

bool Interaction::key_on(const Widget& widget, const KeyDown& event) {
  const Key key = event.key;
  const bool go = key == Key::enter || key == Key::space;
  if (go && focus_shown_ && press(widget)) return true;
  if (!widget.choices.empty() && (key == Key::down || key == Key::up)) return focus_shown_ = true, open(widget.id), true;
  if (widget.commit && (key == Key::enter || (widget.text_size > 0 && (key == Key::left || key == Key::right || key == Key::backspace)))) {
    type(widget.id, widget.text);
    return key == Key::enter || key_in_text(event);
  }
  if (widget.slide && (key == Key::home || key == Key::end)) {
    focus_shown_ = true;
    return std::function(widget.slide)(key == Key::home ? 0 : 1), true;
  }
  if (widget.nudge && steps_of(key) != 0) return focus_shown_ = true, nudge(widget, steps_of(key));
  return key == Key::letter && widget.commit && (widget.text_size > 0 || std::isdigit(static_cast<unsigned char>(event.letter)));
}

bool Interaction::key_scrolls(const KeyDown& event) {
  const Widget* area = area_around(find(focused_));
  if (!area && pointer_) area = area_around(top(*pointer_));
  if (!area) return false;
  const double page = std::max(20.0, area->whole.height - 40);
  switch (event.key) {
    case Key::up:
      return scroll_by(area, -40);
    case Key::down:
      return scroll_by(area, 40);
    case Key::page_up:
      return scroll_by(area, -page);
    case Key::page_down:
      return scroll_by(area, page);
    case Key::home:
      return scroll_by(area, -area->scrolls);
    case Key::end:
      return scroll_by(area, area->scrolls);
    default:
      return false;
  }
}

bool Interaction::react(const Typed& event) {
  key_writes_ = false;
  if (std::exchange(drop_typed_, false)) return true;
  if (!open_.empty()) return jump(event.character), true;
  caret_since_ = now_;
  if (typing_here()) return insert(*typing_, event.character), true;
  const Widget* widget = find(focused_);
  if (!widget) return false;
  if (widget->handle) return std::function(widget->handle)(event);
  const char32_t c = event.character;
  const bool begins_number = (c >= U'0' && c <= U'9') || c == U'-' || c == U'+' || c == U'.' || c == U',';
  if (!widget->commit || !(widget->text_size > 0 ? c > U' ' : begins_number)) return false;
  focus_shown_ = true;
  type(widget->id, widget->text);
  insert(*typing_, c);
  return true;
}

void Interaction::open(const std::string& id) {
  const Widget* menu = find(id);
  if (!menu || menu->choices.empty()) return;
  if (focused_ != id) give_focus(id, focus_shown_);
  if (!(menu = find(id))) return;
  open_ = id, pressed_.clear();
  highlighted_ = -1, highlight_by_key_ = true;
  if (menu->chosen >= 0)
    highlighted_ = std::min(menu->chosen, static_cast<int>(menu->choices.size()) - 1);
  else if (!by_pointer_)
    highlight(-1, 1);
  hover();
}

void Interaction::close() {
  open_.clear(), highlighted_ = -1, pressed_.clear();
  hover();
}

void Interaction::choose(int choice) {
  const Widget* menu = find(open_);
  if (!menu || choice < 0 || choice >= static_cast<int>(menu->choices.size())) return;
  const auto chosen = menu->choices[static_cast<std::size_t>(choice)].press;
  if (!chosen) return;
  close();
  chosen();
}

// The next choice from there that can be chosen, if there is one.
void Interaction::highlight(int from, int by) {
  const Widget* menu = find(open_);
  if (!menu) return;
  highlight_by_key_ = true;
  for (int i = from + by; i >= 0 && i < static_cast<int>(menu->choices.size()); i += by)
    if (menu->choices[static_cast<std::size_t>(i)].press) return void(highlighted_ = i);
}

bool Interaction::jump(char32_t letter) {
  const Widget* menu = find(open_);
  if (!menu) return false;
  const int count = static_cast<int>(menu->choices.size());
  for (int i = 1; i <= count; i++) {
    const int at = (std::max(highlighted_, -1) + i) % count;
    const Choice& choice = menu->choices[static_cast<std::size_t>(at)];
    if (choice.press && first_letter(choice.words) == lower(letter)) return highlighted_ = at, highlight_by_key_ = true;
  }
  return false;
}

bool Interaction::key_in_menu(const KeyDown& event) {
  const Widget* menu = find(open_);
  const int count = menu ? static_cast<int>(menu->choices.size()) : 0;
  const int at = highlighted_;
  switch (event.key) {
    case Key::escape:
      focus_shown_ = true, close();
      break;
    case Key::tab:
      close(), move_focus(event.with.shift ? -1 : 1);
      break;
    case Key::enter:
    case Key::space:
      choose(at);
      break;
    case Key::down:
      highlight(at, 1);
      break;
    case Key::up:
      at < 0 ? highlight(count, -1) : highlight(at, -1);
      break;
    case Key::home:
      highlight(-1, 1);
      break;
    case Key::end:
      highlight(count, -1);
      break;
    case Key::page_down:
      at + 10 < count ? highlight(at + 9, 1) : highlight(count, -1);
      break;
    case Key::page_up:
      at - 10 >= 0 ? highlight(at - 9, -1) : highlight(-1, 1);
      break;
    default:
      break;
  }
  return true;
}

}  // namespace viz
