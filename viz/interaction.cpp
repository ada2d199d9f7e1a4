// What is hovered, focused, scrolled and due, as pictures and time go by.
#include "viz/interaction.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace viz {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();
constexpr double rest = 0.5;  // seconds until a tooltip appears

}  // namespace

bool Interaction::handle(const Event& event) {
  if (std::holds_alternative<PointerDown>(event) || std::holds_alternative<PointerUp>(event)) key_writes_ = drop_typed_ = false;
  return std::visit([this](const auto& e) { return react(e); }, event);
}

const Widget* Interaction::find(const std::string& id) const {
  const auto at = std::ranges::find(widgets_, id, &Widget::id);
  return id.empty() || at == widgets_.end() ? nullptr : &*at;
}

const Widget* Interaction::owner(const Widget& widget) const { return widget.owner.empty() ? &widget : find(widget.owner); }

bool Interaction::in_reach(const Widget& widget) const {
  return open_.empty() ? !widget.behind : widget.owner == open_ && widget.part != -1;
}

const Widget* Interaction::top(Point at) const {
  for (auto w = widgets_.rbegin(); w != widgets_.rend(); ++w)
    if (w->box.contains(at) && in_reach(*w)) return &*w;
  return nullptr;
}

// While a button is down, only what was pressed is under the pointer.
void Interaction::hover() {
  const std::string was = hovered_;
  const Widget* under = pointer_ ? top(*pointer_) : nullptr;
  hovered_ = under && (pressed_.empty() || pressed_ == under->id) ? under->id : "";
  if (hovered_ != was) still_since_ = now_, turned_ = 0;
}

Pointer Interaction::shape() const {
  const Widget* widget = find(pressed_.empty() ? hovered_ : pressed_);
  return widget ? widget->pointer : Pointer::arrow;
}

const Widget* Interaction::area_around(const Widget* widget) const {
  while (widget && widget->scrolls <= 0) widget = find(widget->inside);
  return widget;
}

bool Interaction::scroll_by(const Widget* area, double by) {
  if (!area || !std::isfinite(by)) return false;
  return scroll(area->id, std::clamp(scroll(area->id) + by, 0.0, area->scrolls)), true;
}

double Interaction::scroll(const std::string& id) const {
  const auto at = scroll_.find(id);
  return at == scroll_.end() ? 0 : at->second;
}

void Interaction::scroll(const std::string& id, double to) { scroll_[id] = to; }

void Interaction::focus(const std::string& id) {
  const Widget* widget = find(id);
  give_focus(widget || widgets_.empty() ? id : "", true);
  if (widget) reveal(*widget);
}

void Interaction::give_focus(const std::string& id, bool shown) {
  focus_shown_ = shown;
  if (id == focused_) return;
  const bool leaving = typing_here();
  focused_ = id;
  if (leaving && typing_->text == typing_->began) typing_.reset();
  if (leaving && typing_) commit();
}

// Every scroll area around the widget moves just so far that it is seen.
void Interaction::reveal(const Widget& widget) {
  Box box = widget.whole;
  for (const Widget* area = find(widget.inside); area; area = find(area->inside)) {
    const double margin = std::min(8.0, std::max(0.0, area->whole.height - box.height) / 2);
    const double above = area->whole.y + margin - box.y, below = box.bottom() - (area->whole.bottom() - margin);
    const double by = above > 0 ? -above : std::max(0.0, std::min(below, -above));
    const double was = scroll(area->id);
    scroll_by(area, by);
    box = box.moved({0, was - scroll(area->id)});
  }
}

bool Interaction::move_focus(int by) {
  std::vector<std::size_t> stops;
  std::size_t at = widgets_.size();
  for (std::size_t i = 0; i < widgets_.size(); i++) {
    if (!widgets_[i].focusable || widgets_[i].behind) continue;
    if (widgets_[i].id == focused_) at = stops.size();
    stops.push_back(i);
  }
  if (stops.empty()) return false;
  const std::size_t count = stops.size();
  const std::size_t next = at >= count ? (by > 0 ? 0 : count - 1) : (at + count + static_cast<std::size_t>(by > 0 ? 1 : count - 1)) % count;
  const std::string id = widgets_[stops[next]].id;
  give_focus(id, true);
  const Widget* widget = find(id);
  if (!widget) return true;
  reveal(*widget);
  if (widget->text_size > 0 && !typing_here()) type(id, widget->text);
  return true;
}

void Interaction::set_widgets(std::vector<Widget> widgets) {
  widgets_ = std::move(widgets);
  const auto usable = [this](const std::string& id) {
    const Widget* widget = find(id);
    return widget && !widget->behind;
  };
  const std::string was_hovered = hovered_, was_focused = focused_, was_dialog = dialog_, was_open = open_;
  dialog_.clear();
  for (const Widget& widget : widgets_)
    if (widget.dismiss && !widget.behind) dialog_ = widget.id;
  if (const Widget* menu = find(open_); !menu || menu->behind || menu->choices.empty())
    open_.clear(), highlighted_ = -1;
  else
    highlighted_ = std::min(highlighted_, static_cast<int>(menu->choices.size()) - 1);
  if (const Widget* held = find(pressed_); !held || !in_reach(*held)) pressed_.clear();
  if (typing_) {
    const Widget* typed = find(typing_->id);
    const bool set_elsewhere = typed && typing_->id != focused_ && typed->text != typing_->began;
    if (!typed || !typed->commit || set_elsewhere) typing_.reset();
  }
  if (dialog_ != was_dialog) {
    if (was_dialog.empty()) focused_before_ = focused_;
    focused_.clear();
    if (dialog_.empty()) focused_ = std::exchange(focused_before_, "");
  }
  if (!usable(focused_)) focused_.clear();
  if (!dialog_.empty() && dialog_ != was_dialog) {
    typing_.reset();
    const bool shown = focus_shown_;
    move_focus(1);
    focus_shown_ = shown;
  }
  hover();
  outdated_ = hovered_ != was_hovered || focused_ != was_focused || open_ != was_open;
}

double Interaction::time(double seconds) {
  now_ = seconds;
  if (std::exchange(outdated_, false)) return now_;
  double due = never;
  const Widget* candidate = tip_candidate();
  if (candidate && now_ < still_since_ + rest) due = still_since_ + rest;
  if (typing_here()) {
    const double blinks = std::floor((now_ - caret_since_) / rest) + 1;
    double next = caret_since_ + blinks * rest;
    if (next <= now_) next += rest;
    due = std::min(due, next);
  }
  return due;
}

bool Interaction::caret_shown() const {
  return typing_here() && std::fmod(std::max(0.0, std::floor((now_ - caret_since_) / rest)), 2) == 0;
}

const Widget* Interaction::tip_candidate() const {
  const Widget* widget = nullptr;
  if (!open_.empty() && !by_pointer_)
    widget = find(open_ + "/" + std::to_string(highlighted_));
  else if (by_pointer_)
    widget = find(hovered_);
  else if (focus_shown_)
    widget = find(focused_);
  return widget && !widget->tip.empty() && pressed_.empty() ? widget : nullptr;
}

const Widget* Interaction::tipped() const {
  const Widget* candidate = tip_candidate();
  return candidate && now_ >= still_since_ + rest ? candidate : nullptr;
}

}  // namespace viz
