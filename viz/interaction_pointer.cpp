// The pointer: what is under it, what it holds until the button is up, the wheel.
#include <algorithm>
#include <cmath>

#include "viz/interaction.h"

namespace viz {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();
constexpr double notch = 60;          // pixels of a scroll area
constexpr double double_click = 0.4;  // seconds

}  // namespace

bool Interaction::react(const PointerMoved& event) {
  pointer_ = event.at, by_pointer_ = true;
  const std::string was = hovered_;
  hover();
  if (!tip_due() && std::isfinite(still_since_)) still_since_ = now_;
  if (const Widget* held = find(pressed_)) {
    if (held->handle) return std::function(held->handle)(event);
    if (held->slide) return slide(*held), true;
    if (held->text_size > 0 && typing_) return place_caret(*held, true), true;
    return true;
  }
  if (const Widget* left = find(was); left && hovered_ != was && left->handle) std::function(left->handle)(PointerLeft{});
  const Widget* under = find(hovered_);
  if (!open_.empty()) {
    if (under && hovered_ != was) {
      const Widget* menu = find(open_);
      const bool can = menu && under->part >= 0 && menu->choices[static_cast<std::size_t>(under->part)].press;
      highlighted_ = can ? under->part : -1;
      highlight_by_key_ = false;
    }
    return true;
  }
  if (under && under->handle) return std::function(under->handle)(event);
  return hovered_ != was;
}

bool Interaction::react(const PointerLeft& event) {
  pointer_.reset();
  const std::string was = hovered_;
  hover();
  if (const Widget* left = find(was); left && left->handle && pressed_.empty()) std::function(left->handle)(event);
  return hovered_ != was;
}

bool Interaction::react(const PointerDown& event) {
  pointer_ = event.at, by_pointer_ = true;
  still_since_ = never;
  if (const Widget* held = find(pressed_)) return !held->handle || std::function(held->handle)(event);
  hover();
  still_since_ = never;
  const Widget* under = top(event.at);
  if (!open_.empty()) {
    if (!under) return close(), true;
    if (event.button == Button::left) pressed_ = under->id, pressed_button_ = event.button;
    return true;
  }
  if (const Widget* shown = find(dialog_); shown && !under && !shown->box.contains(event.at)) {
    if (event.button == Button::left) std::function(shown->dismiss)();
    return true;
  }
  if (event.button != Button::left && !(under && under->handle)) return !dialog_.empty();

  const std::string id = under ? under->id : "";
  const Widget* focus = under ? owner(*under) : nullptr;
  const bool was_typing = typing_here() && focus && focus->id == focused_;
  give_focus(focus && focus->focusable ? focus->id : "", false);
  under = find(id);  // what was typed may have been committed, and whoever heard of it may have drawn anew
  if (!under) return !dialog_.empty();
  pressed_ = id, pressed_button_ = event.button;
  if (under->handle) return std::function(under->handle)(event);
  if (under->text_size > 0) {
    if (!typing_here()) type(under->id, under->text);
    const bool twice = was_typing && now_ - clicked_ < double_click;
    clicked_ = twice ? -never : now_;
    if (!twice) return place_caret(*under, event.with.shift), true;
    typing_->anchor = 0, typing_->caret = typing_->text.size();
    pressed_.clear();         // moving on must not select less
  } else if (under->slide) {  // a thumb that is only grasped keeps its value
    const bool across = under->track.width >= under->track.height;
    const Point centre = under->thumb.center();
    const bool grasped = under->thumb.contains(event.at);
    grip_ = !grasped ? 0 : across ? event.at.x - centre.x : event.at.y - centre.y;
    if (!grasped) slide(*under);
  }
  return true;
}

bool Interaction::react(const PointerUp& event) {
  pointer_ = event.at;
  const Widget* held = find(pressed_);
  if (!held) return pressed_.clear(), hover(), false;
  if (event.button != pressed_button_) return !held->handle || std::function(held->handle)(event);
  const Widget* under = top(event.at);
  pressed_.clear();
  hover();
  if (held->handle) return std::function(held->handle)(event);
  if (held != under) return true;
  if (held->part >= 0 && !open_.empty()) return choose(held->part), true;
  press(*held);
  return true;
}

bool Interaction::react(const FocusLost& event) {
  const Widget* held = find(pressed_);
  pressed_.clear();
  close();
  return held && held->handle && std::function(held->handle)(event);
}

bool Interaction::press(const Widget& widget) {
  if (!widget.choices.empty()) return open(widget.id), true;
  if (!widget.press) return false;
  return std::function(widget.press)(), true;
}

void Interaction::slide(const Widget& widget) {
  const Box track = widget.track.width > 0 || widget.track.height > 0 ? widget.track : widget.box;
  const bool across = track.width >= track.height;
  const double length = across ? track.width : track.height;
  const double at = (across ? pointer_->x - track.x : pointer_->y - track.y) - grip_;
  if (typing_ && typing_->id == widget.id) typing_.reset();
  if (length > 0) std::function(widget.slide)(std::clamp(at / length, 0.0, 1.0));
}

bool Interaction::nudge(const Widget& widget, int steps) {
  if (typing_ && typing_->id == widget.id) typing_.reset();
  if (steps != 0) std::function(widget.nudge)(steps);
  return true;
}

// The wheel turns a slider that has the focus or lies in no scroll area; else it scrolls, so that no value changes by the way.
bool Interaction::react(const Wheel& event) {
  pointer_ = event.at, by_pointer_ = true;
  if (const Widget* held = find(pressed_)) return !held->handle || std::function(held->handle)(event);
  hover();
  const Widget* under = top(event.at);
  if (!open_.empty()) {
    highlight_by_key_ = false;
    return scroll_by(find(open_ + "/list"), -notch * event.notches), true;
  }
  if (!under) return !dialog_.empty();
  if (under->handle && std::function(under->handle)(event)) return true;
  if (event.with.control) return false;
  if (!(under = top(event.at))) return true;
  const Widget* of = owner(*under);
  if (of && of->nudge && of->slide && (of->id == focused_ || of->inside.empty())) {
    turned_ += event.notches;
    const int steps = static_cast<int>(std::clamp(turned_, -100.0, 100.0));
    turned_ -= steps;
    return nudge(*of, steps);
  }
  return scroll_by(area_around(under), -notch * event.notches);
}

}  // namespace viz
