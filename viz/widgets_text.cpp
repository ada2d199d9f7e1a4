// Text fields, and the line of text that is being edited in one.
#include <algorithm>

#include "viz/text.h"
#include "viz/widgets.h"
#include "viz/widgets_look.h"

namespace viz {

using namespace look;

void Widgets::field(std::string id, Box box, std::string label, std::string tip, std::string text,
                    std::function<void(const std::string&)> commit) {
  const Box edge = this->label(box, label, true);
  const double start = line(id, edge, text);
  add({.id = id,
       .box = edge,
       .says = label + " " + text,
       .tip = std::move(tip),
       .pointer = Pointer::text,
       .commit = std::move(commit),
       .text = std::move(text),
       .text_x = start,
       .text_size = letters});
  problem(id, edge);
}

double Widgets::line(const std::string& id, Box box, const std::string& text) {
  const auto& typing = interaction_.typing();
  const bool typed = typing && typing->id == id, active = typed && interaction_.focused() == id;
  const bool refused = typed && !typing->problem.empty();
  const Color frame = refused ? theme().warning : active ? theme().accent : mix(theme().line, theme().text, hovered(id) ? 0.25 : 0);
  const double width = active || refused ? 1.5 : 1;
  scene_.add(
      Rect{.box = box.inset(width / 2), .radius = corner, .fill = theme().background, .stroke = frame, .line_width = width, .id = id});
  const Box inner = box.inset(std::min(8.0, box.width / 8), 4);
  if (!typed) {
    this->text({inner.x, baseline(box, letters)}, text, inner.width, theme().text, letters);
    return inner.x;
  }
  // The text moves just so far that the caret is seen.
  const std::string place = id + "/text";
  const double caret = x_of(typing->text, typing->caret, letters);
  const double most = std::max(0.0, text_width(typing->text, letters) + 1 - inner.width);
  const double at =
      std::clamp(std::clamp(interaction_.scroll(place), caret + 1 - inner.width, std::max(caret, caret + 1 - inner.width)), 0.0, most);
  interaction_.scroll(place, at);
  const double x = inner.x - at;
  scene_.add(ClipStart{box.inset(std::min(3.0, box.width / 8), 2)});
  if (active && typing->caret != typing->anchor) {
    const double from = x + x_of(typing->text, typing->first(), letters), to = x + x_of(typing->text, typing->last(), letters);
    scene_.add(Rect{.box = {from, inner.y, to - from, inner.height}, .radius = 2, .fill = mix(theme().background, theme().accent, 0.28)});
  }
  if (!typing->text.empty())
    scene_.add(Text{.at = {x, baseline(box, letters)}, .string = typing->text, .size = letters, .color = theme().text});
  if (active && interaction_.caret_shown()) scene_.add(Rect{.box = {x + caret - 0.5, inner.y, 1.5, inner.height}, .fill = theme().accent});
  scene_.add(ClipEnd{});
  return x;
}

// Why what was typed is refused, in a bubble below (or above) the box.
void Widgets::problem(const std::string& id, Box box) {
  const auto& typing = interaction_.typing();
  if (!typing || typing->id != id || typing->problem.empty()) return;
  Box seen = box;
  for (const Clip& clip : clips_) seen = intersection(seen, clip.box);
  if (seen.width <= 0 || seen.height <= 0) return;
  on_top_.push_back([this, box, why = typing->problem] {
    const Box all = scene_.box.inset(4);
    const double width = std::min(std::max(box.width, 240.0), all.width);
    const Scene words = paragraph(why, labels, std::max(1.0, width - 20), theme().warning);
    const double wide = std::min(width, bounds(words).value_or(Box{}).right() + 20), high = words.box.height + 10;
    const double y = box.bottom() + 4 + high <= all.bottom() ? box.bottom() + 4 : std::max(all.y, box.y - 4 - high);
    const Box around{std::clamp(box.x, all.x, std::max(all.x, all.right() - wide)), y, wide, high};
    bubble(around, theme().background, theme().warning);
    scene_.append(words, {around.x + 10, around.y + 5});
  });
}

}  // namespace viz
