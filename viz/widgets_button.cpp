// Buttons, toggles, tabs.
#include <algorithm>

#include "viz/text.h"
#include "viz/widgets.h"
#include "viz/widgets_look.h"

namespace viz {

using namespace look;

void Widgets::frame(const std::string& id, Box box, const ButtonLook& look, bool open) {
  const bool over = hovered(id) && (interaction_.pressed().empty() || interaction_.pressed() == id);
  const Face face = look::face(theme(), look, ground_, over || open, held(id) || open);
  const double half = face.frame.a ? face.line_width / 2 : 0;
  scene_.add(
      Rect{.box = box.inset(half), .radius = corner, .fill = face.fill, .stroke = face.frame, .line_width = face.line_width, .id = id});
}

// Icon and label in the middle of a frame, the chevron of a menu at its right.
void Widgets::face(const std::string& id, Box box, const std::string& label, const ButtonLook& look, bool chevron) {
  frame(id, box, look, interaction_.open() == id);
  const Color ink = look::face(theme(), look, ground_, hovered(id), held(id)).ink;
  const bool has_icon = look.icon != Icon::none;
  double room = box.width - 16;
  if (chevron && !label.empty()) {
    add_icon(scene_, Icon::chevron_down, {box.right() - 20, box.center().y - 6, 12, 12}, ink);
    box.width -= 14, room -= 14;
  }
  const Font font = look.primary ? Font::bold : Font::regular;
  const double icon = has_icon ? 16 : 0;
  const double width = text_width(label, letters, font);
  const bool alone = has_icon && (label.empty() || room - icon - 6 < std::min(width, 24.0));
  const double used = alone ? icon : std::min(room, icon + (has_icon ? 6 : 0) + width);
  double x = look.plain && !alone ? box.x + 8 : box.center().x - used / 2;
  if (has_icon) add_icon(scene_, look.icon, {x, box.center().y - 8, 16, 16}, ink);
  if (has_icon) x += 22;
  if (!alone) text({x, baseline(box, letters)}, label, used - (has_icon ? 22 : 0) + 0.01, ink, letters, font);
}

void Widgets::button(std::string id, Box box, std::string label, std::string tip, std::function<void()> press, ButtonLook look) {
  face(id, box, label, look, false);
  add({.id = std::move(id),
       .box = box,
       .says = label.empty() ? tip : std::move(label),
       .tip = std::move(tip),
       .pointer = look.enabled ? Pointer::hand : Pointer::arrow,
       .focusable = look.enabled,
       .press = look.enabled ? std::move(press) : nullptr});
}

void Widgets::toggle(std::string id, Box box, std::string label, std::string tip, bool on, std::function<void(bool)> set, bool enabled) {
  const Ink ink = ink_on(theme(), ground_);
  const Box pill{box.x, box.center().y - 9, std::min(34.0, box.width), 18};
  const double strength = !enabled ? 0 : held(id) ? 0.25 : hovered(id) ? 0.12 : 0;
  const Color groove = mix(on ? theme().accent : look::pill(theme()), theme().text, strength);
  scene_.add(Rect{.box = pill, .radius = 9, .fill = enabled ? groove : mix(groove, ground_, 0.6), .id = id});
  const Color thumb = on && enabled ? theme().on_accent : theme().background;
  scene_.add(Circle{.center = {on ? pill.right() - 9 : pill.x + 9, pill.center().y}, .radius = 7, .fill = thumb});
  text({pill.right() + 8, baseline(box, letters)}, label, box.width - 42, enabled ? ink.text : ink.disabled, letters);
  add({.id = std::move(id),
       .box = box,
       .says = label + (on ? " on" : " off"),
       .tip = std::move(tip),
       .pointer = enabled ? Pointer::hand : Pointer::arrow,
       .focusable = enabled,
       .press = enabled ? std::function<void()>([set = std::move(set), on] { set(!on); }) : nullptr});
}

void Widgets::tabs(std::string id, Box box, std::vector<std::string> words, std::size_t chosen, std::function<void(std::size_t)> choose) {
  const Ink ink = ink_on(theme(), ground_);
  scene_.add_line({box.x, box.bottom() - 0.5}, {box.right(), box.bottom() - 0.5}, mix(theme().line, ground_, 0.2));
  double letters_wide = 0;
  for (const std::string& word : words) letters_wide += text_width(word, letters, Font::bold);
  const double margin =
      std::clamp((box.width - letters_wide) / (2.0 * static_cast<double>(std::max<std::size_t>(words.size(), 1))), 4.0, padding);
  const double natural = letters_wide + 2 * margin * static_cast<double>(words.size());
  const double squeeze = natural > box.width ? box.width / natural : 1;
  Box row = box, mark = box;
  std::vector<Widget> parts;
  for (std::size_t i = 0; i < words.size(); i++) {
    const Box tab = row.cut_left(squeeze * (text_width(words[i], letters, Font::bold) + 2 * margin));
    const std::string part = id + "/" + std::to_string(i);
    const bool here = i == chosen;
    if (!here && hovered(part))
      scene_.add(Rect{.box = tab.inset(1, 3), .radius = corner, .fill = mix(ground_, ink.text, held(part) ? 0.14 : 0.07)});
    text({tab.center().x, baseline(tab, letters)}, words[i], tab.width - squeeze * margin, here || hovered(part) ? ink.text : ink.muted,
         letters, here ? Font::bold : Font::regular, Anchor::middle);
    if (here) scene_.add(Rect{.box = Box{tab.bottom(2.5)}.inset(2, 0), .radius = 1.25, .fill = ink.ring});
    if (here) mark = tab;
    parts.push_back({.id = part, .box = tab, .says = words[i], .focusable = false, .press = [choose, i] { choose(i); }, .owner = id});
  }
  const auto go = [choose, chosen, count = static_cast<int>(words.size())](int steps) {
    const int to = std::clamp(static_cast<int>(chosen) + steps, 0, count - 1);
    if (to != static_cast<int>(chosen)) choose(static_cast<std::size_t>(to));
  };
  add({.id = id,
       .box = mark,
       .says = chosen < words.size() ? words[chosen] : "",
       .focusable = !words.empty(),
       .nudge = words.empty() ? nullptr : std::function<void(int)>(go)});
  for (Widget& part : parts) add(std::move(part));
}

}  // namespace viz
