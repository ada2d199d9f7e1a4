// What lies on top of the picture: bubbles with a shadow, the focus ring, the tooltip.
#include <algorithm>

#include "viz/text.h"
#include "viz/widgets.h"
#include "viz/widgets_look.h"

namespace viz {

using namespace look;

void Widgets::bubble(Box box, Color fill, Color frame) {
  for (const double spread : {9.0, 7.0, 5.0, 3.0, 1.0}) {
    const Box shadow{box.x - spread, box.y - spread + 3, box.width + 2 * spread, box.height + 2 * spread};
    scene_.add(Rect{.box = intersection(shadow, scene_.box), .radius = corner + spread, .fill = {0, 0, 0, 9}});
  }
  scene_.add(Rect{.box = box.inset(0.5), .radius = corner, .fill = fill, .stroke = frame});
}

// Two pixels thick, two pixels off, inside the scene and inside the scroll area.
void Widgets::ring() {
  const Widget* widget = interaction_.focus_shown() && interaction_.open().empty() ? listed(interaction_.focused()) : nullptr;
  if (!widget || widget->behind || widget->box.width <= 0 || widget->box.height <= 0) return;
  if (widget->text_size > 0 && interaction_.typing() && interaction_.typing()->id == widget->id) return;  // the caret says it
  const Box box =
      intersection(Box{widget->whole.x - 3, widget->whole.y - 3, widget->whole.width + 6, widget->whole.height + 6}, scene_.box.inset(1));
  Box seen = scene_.box;
  for (const Widget* area = listed(widget->inside); area; area = listed(area->inside))
    seen = intersection(seen, {area->box.x - 4, area->box.y - 4, area->box.width + 8, area->box.height + 8});
  scene_.add(ClipStart{seen});
  scene_.add(Rect{.box = box, .radius = corner + 3, .stroke = widget->ring, .line_width = 2});
  scene_.add(ClipEnd{});
}

// Below the widget or, of a large one, below the pointer; above where there is no room; never under the pointer.
void Widgets::tooltip() {
  const Widget* due = interaction_.tipped();
  const Widget* widget = due ? listed(due->id) : nullptr;
  if (!widget || widget->tip.empty() || widget->box.width <= 0 || widget->box.height <= 0) return;
  const Box all = scene_.box.inset(4);
  const double room = std::min(280.0, all.width - 20);
  if (room < 40) return;
  const Scene words = paragraph(widget->tip, labels, room, theme().on_header);
  const double width = bounds(words).value_or(Box{}).right() + 20, height = words.box.height + 12;
  if (height > all.height) return;
  const auto pointer = interaction_.tip_by_pointer() ? interaction_.pointer() : std::nullopt;
  const bool large = pointer && widget->box.height > 60;
  const Box near = large ? Box{pointer->x - 8, pointer->y - 8, 16, 28} : widget->box;
  const double x = pointer ? pointer->x - 16 : near.x;
  Box box{std::clamp(x, all.x, std::max(all.x, all.right() - width)), near.bottom() + 6, width, height};
  if (box.bottom() > all.bottom()) box.y = near.y - 6 - height;
  if (box.y < all.y) box.y = near.bottom() + 6;
  box.y = std::clamp(box.y, all.y, std::max(all.y, all.bottom() - height));
  if (pointer && Box{box.x - 4, box.y - 4, box.width + 8, box.height + 8}.contains(*pointer)) {  // beside it then
    const double right = pointer->x + 20;
    box.x = right + width <= all.right() ? right : pointer->x - 20 - width;
    if (box.x < all.x) return;
  }
  bubble(box, theme().header, mix(theme().header, theme().on_header, 0.25));
  scene_.append(words, {box.x + 10, box.y + 6});
}

}  // namespace viz
