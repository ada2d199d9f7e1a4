// Menus of words and of commands.
#include <algorithm>

#include "viz/text.h"
#include "viz/widgets.h"
#include "viz/widgets_look.h"

namespace viz {

using namespace look;

namespace {

constexpr double line_row = 9, key_gap = 28;

double row_height(const Widgets::Entry& entry) { return entry.words == "-" ? line_row : row; }
bool can_choose(const Widgets::Entry& entry) { return entry.enabled && entry.press && entry.words != "-"; }

double height_of(std::span<const Widgets::Entry> entries) {
  double height = 0;
  for (const Widgets::Entry& entry : entries) height += row_height(entry);
  return height;
}

std::vector<Choice> choices_of(const std::vector<Widgets::Entry>& entries) {
  std::vector<Choice> choices;
  for (const auto& entry : entries) choices.push_back({entry.words, can_choose(entry) ? entry.press : nullptr});
  return choices;
}

}  // namespace

void Widgets::menu(std::string id, Box box, std::string label, std::string tip, std::vector<std::string> words, std::size_t chosen,
                   std::function<void(std::size_t)> choose, bool enabled) {
  const Box edge = this->label(box, label, enabled);
  const bool open = interaction_.open() == id;
  const ButtonLook look{.enabled = enabled && !words.empty()};
  frame(id, edge, look, open);
  const Color ink = look::face(theme(), look, ground_, false, false).ink;
  const std::string word = chosen < words.size() ? words[chosen] : "";
  text({edge.x + padding, baseline(edge, letters)}, word, edge.width - 2 * padding - 16, ink, letters);
  add_icon(scene_, Icon::chevron_down, {edge.right() - padding - 12, edge.center().y - 6, 12, 12}, ink);

  std::vector<Entry> entries;
  for (std::size_t i = 0; i < words.size(); i++)
    entries.push_back({.words = words[i], .press = [choose, i] { choose(i); }, .checked = i == chosen});
  add({.id = id,
       .box = edge,
       .says = label.empty() ? word : label + " " + word,
       .tip = std::move(tip),
       .pointer = look.enabled ? Pointer::hand : Pointer::arrow,
       .focusable = look.enabled,
       .choices = look.enabled ? choices_of(entries) : std::vector<Choice>{},
       .chosen = chosen < words.size() ? static_cast<int>(chosen) : -1});
  if (open) list(id, edge, std::move(entries), true);
}

void Widgets::commands(std::string id, Box box, std::string label, std::string tip, std::vector<Entry> entries, ButtonLook look) {
  face(id, box, label, look, true);
  const bool marks = std::ranges::any_of(entries, &Entry::checked);
  add({.id = id,
       .box = box,
       .says = label.empty() ? tip : label,
       .tip = std::move(tip),
       .pointer = look.enabled ? Pointer::hand : Pointer::arrow,
       .focusable = look.enabled,
       .choices = look.enabled ? choices_of(entries) : std::vector<Choice>{}});
  if (interaction_.open() == id) list(id, box, std::move(entries), marks);
}

// The open list: below the box, or above it where there is more room; it scrolls where it is too long.
void Widgets::list(const std::string& id, Box box, std::vector<Entry> entries, bool marks) {
  on_top_.push_back([this, id, box, entries = std::move(entries), marks] {
    const double indent = padding + (marks ? 20 : 0);
    double widest = 0;
    for (const Entry& entry : entries)
      widest = std::max(widest, text_width(entry.words, letters) + (entry.key.empty() ? 0 : key_gap + text_width(entry.key, labels)));
    const Box all = scene_.box.inset(6);
    const double width = std::min(all.width, std::max(box.width, indent + widest + 2 * padding + 4));
    const double below = all.bottom() - box.bottom() - 4, above = box.y - 4 - all.y, needed = height_of(entries) + 10;
    const bool down = needed <= below || below >= above;
    const double height = std::max(0.0, std::min({needed, std::max({below, above, row + 10}), all.height}));
    const Box panel{std::clamp(box.x, all.x, std::max(all.x, all.right() - width)),
                    std::clamp(down ? box.bottom() + 4 : box.y - 4 - height, all.y, std::max(all.y, all.bottom() - height)), width, height};
    bubble(panel, theme().background, theme().line);

    const Box inner = panel.inset(1, std::min(5.0, height / 2));
    const std::string list_id = id + "/list";
    const double most = std::max(0.0, height_of(entries) - inner.height);
    double at = std::clamp(interaction_.scroll(list_id), 0.0, most);
    const int lit = interaction_.highlighted();
    if (interaction_.highlight_by_key() && lit >= 0 && lit < static_cast<int>(entries.size())) {
      const double top = height_of(std::span(entries).first(static_cast<std::size_t>(lit)));
      at = std::clamp(std::clamp(at, top + row - inner.height, std::max(top, top + row - inner.height)), 0.0, most);
    }
    interaction_.scroll(list_id, at);
    add({.id = list_id, .box = panel, .pointer = Pointer::arrow, .focusable = false, .owner = id, .part = -2, .scrolls = most});
    scene_.add(ClipStart{inner});
    clips_.push_back({list_id, inner, height_of(entries)});
    Box rest{inner.x, inner.y - at, inner.width, height_of(entries)};
    for (int i = 0; i < static_cast<int>(entries.size()); i++) {
      const Entry& entry = entries[static_cast<std::size_t>(i)];
      const Box line = rest.cut_top(row_height(entry)), words = line.inset(4, 0);
      if (entry.words == "-") {
        scene_.add_line({line.x + 4, line.center().y}, {line.right() - 4, line.center().y}, mix(theme().line, theme().background, 0.3));
        continue;
      }
      const bool can = can_choose(entry), heading = entry.enabled && !entry.press;
      const std::string part = id + "/" + std::to_string(i);
      if (i == lit && can) scene_.add(Rect{.box = words, .radius = 4, .fill = theme().accent, .id = part});
      const Color ink = i == lit && can ? theme().on_accent
                        : can           ? theme().text
                        : heading       ? theme().muted
                                        : mix(theme().muted, theme().background, 0.2);
      if (entry.checked) add_icon(scene_, Icon::check, {line.x + padding, line.center().y - 7, 14, 14}, ink);
      const double keys = entry.key.empty() ? 0 : text_width(entry.key, labels) + key_gap;
      text({line.x + (heading ? padding : indent), baseline(line, letters)}, entry.words,
           line.width - indent - padding - keys + (heading ? indent - padding : 0), ink, heading ? labels : letters,
           heading ? Font::bold : Font::regular);
      if (!entry.key.empty())
        text({line.right() - padding - 2, baseline(line, labels)}, entry.key, line.width / 2,
             i == lit && can ? theme().on_accent
             : can           ? theme().muted
                             : ink,
             labels, Font::regular, Anchor::end);
      add({.id = part,
           .box = line,
           .says = entry.words,
           .tip = entry.tip,
           .pointer = can ? Pointer::hand : Pointer::arrow,
           .focusable = false,
           .owner = id,
           .part = i});
    }
    clips_.pop_back();
    scene_.add(ClipEnd{});
    if (most > 0) {
      const double length = std::max(std::min(24.0, inner.height), inner.height * inner.height / height_of(entries));
      scene_.add(Rect{.box = {inner.right() - 5, inner.y + at / most * (inner.height - length), 4, length},
                      .radius = 2,
                      .fill = mix(theme().line, theme().muted, 0.4)});
    }
  });
}

}  // namespace viz
