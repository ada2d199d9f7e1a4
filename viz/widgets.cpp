// The list of widgets, clips and dialogs; words.
#include "viz/widgets.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/text.h"
#include "viz/widgets_look.h"

namespace viz {

using namespace look;

Widgets::Widgets(Scene& scene, const Style& style, Interaction& interaction)
    : scene_(scene), style_(style), interaction_(interaction), ground_(style.theme->panel) {}

void Widgets::add(Widget widget) {
  widget.whole = widget.box;
  for (const Clip& clip : clips_) widget.box = intersection(widget.box, clip.box);
  if (!clips_.empty()) widget.inside = clips_.back().id;
  widget.ring = ink_on(theme(), ground_).ring;
  list_.push_back(std::move(widget));
}

const Widget* Widgets::listed(const std::string& id) const {
  const auto at = std::ranges::find(list_, id, &Widget::id);
  return id.empty() || at == list_.end() ? nullptr : &*at;
}

void Widgets::text(Point at, const std::string& string, double width, Color color, double size, Font font, Anchor anchor) {
  std::string fitting = shortened(string, size, width, font);
  if (!fitting.empty())
    scene_.add(Text{.at = at, .string = std::move(fitting), .size = size, .color = color, .font = font, .anchor = anchor});
}

Box Widgets::label(Box box, const std::string& label, bool enabled) {
  if (label.empty()) return box;
  const Ink ink = ink_on(theme(), ground_);
  const Color color = enabled ? ink.muted : ink.disabled;
  if (box.height >= 40) {
    const Box above = box.cut_top(18);
    text({above.x, above.y + 12}, label, above.width, color, labels);
    return box;
  }
  const Box before = box.cut_left(std::min(box.width * 0.45, text_width(label, labels) + 10));
  text({before.x, baseline(before, labels)}, label, before.width - 8, color, labels);
  return box;
}

void Widgets::words(Point at, const std::string& string, double width, std::string tip, bool strong, Anchor anchor) {
  const Ink ink = ink_on(theme(), ground_);
  const Font font = strong ? Font::bold : Font::regular;
  text(at, string, width, strong ? ink.text : ink.muted, letters, font, anchor);
  if (tip.empty()) return;
  const double wide = std::min(width, text_width(string, letters, font));
  const double x = at.x - (anchor == Anchor::start ? 0 : anchor == Anchor::middle ? wide / 2 : wide);
  const Box box{x, at.y - ascent(letters), wide, ascent(letters) + descent(letters)};
  add({.id = "words." + std::to_string(list_.size()),
       .box = box,
       .says = string,
       .tip = std::move(tip),
       .pointer = Pointer::arrow,
       .focusable = false});
}

Box Widgets::scroll_start(std::string id, Box box, double height) {
  const double most = std::max(0.0, height - box.height);
  const double at = std::clamp(interaction_.scroll(id), 0.0, most);
  interaction_.scroll(id, at);
  add({.id = id, .box = box, .says = "scroll area", .pointer = Pointer::arrow, .focusable = most > 0, .scrolls = most});
  clips_.push_back({id, box, height});
  scene_.add(ClipStart{box});
  return {box.x, box.y - at, std::max(0.0, box.width - 12), height};
}

void Widgets::scroll_end() {
  if (clips_.empty()) throw std::logic_error("scroll_end: no scroll area has been started");
  const Clip clip = clips_.back();
  clips_.pop_back();
  const double most = clip.height - clip.box.height;
  if (most > 0) {
    const Box lane = clip.box.right(10);
    const double length = std::clamp(lane.height * lane.height / clip.height, std::min(24.0, lane.height), lane.height);
    const double travel = lane.height - length;
    const Box bar{lane.x, lane.y + interaction_.scroll(clip.id) / most * travel, lane.width, length};
    const std::string id = clip.id + ".bar";
    const bool strong = hovered(id) || interaction_.pressed() == id;
    scene_.add(
        Rect{.box = bar.inset(strong ? 2 : 3, 2), .radius = 3, .fill = mix(theme().line, theme().muted, strong ? 0.8 : 0.3), .id = id});
    Interaction& interaction = interaction_;
    add({.id = id,
         .box = lane,
         .says = "scroll bar",
         .pointer = Pointer::arrow,
         .focusable = false,
         .slide = [&interaction, area = clip.id, most](double share) { interaction.scroll(area, share * most); },
         .owner = clip.id,
         .track = {lane.center().x, lane.y + length / 2, 0, travel},
         .thumb = bar});
  }
  scene_.add(ClipEnd{});
}

void Widgets::area(std::string id, Box box, std::string tip, std::function<bool(const Event&)> handle, bool focusable, Pointer pointer) {
  add({.id = std::move(id),
       .box = box,
       .says = tip,
       .tip = std::move(tip),
       .pointer = pointer,
       .focusable = focusable,
       .handle = std::move(handle)});
}

void Widgets::dialog(std::string id, Box box, std::function<void()> close) {
  if (!clips_.empty()) throw std::logic_error("dialog: scroll area '" + clips_.back().id + "' has not ended");
  for (Widget& widget : list_) widget.behind = true;
  on_top_.clear();
  scene_.add(Rect{.box = scene_.box, .fill = {0, 0, 0, 110}});
  ground_ = theme().panel;
  bubble(box, ground_, theme().line);
  add({.id = std::move(id), .box = box, .says = "dialog", .pointer = Pointer::arrow, .focusable = false, .dismiss = std::move(close)});
}

void Widgets::finish() {
  if (!clips_.empty()) throw std::logic_error("finish: scroll area '" + clips_.back().id + "' has not ended");
  ring();
  for (const auto& draw : on_top_) draw();
  tooltip();
  interaction_.set_widgets(std::move(list_));
}

}  // namespace viz
