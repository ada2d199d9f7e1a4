// The pane "input" of a network that reads texts: tabs for the sources, a page to type on, and what the network expects next.
#include <algorithm>
#include <cmath>

#include "datasets/utf8.h"
#include "viz/answers.h"
#include "viz/app/parts.h"
#include "viz/app/text_source.h"
#include "viz/examples.h"
#include "viz/text.h"
#include "viz/text_grid.h"

namespace viz {

namespace {

using Kind = TextSource::Kind;
using nn::Index;

constexpr double letters = 14, line = 21, row = 28;

// The symbols from one on that leaves the caret in sight, in their boxes.
struct Page {
  std::vector<std::string> text;
  std::size_t first = 0;
  TextGrid grid;
  Box room;

  Page(const std::string& typed, std::size_t caret, Box within) : room(within) {
    for (const std::string_view character : data::characters(typed)) text.emplace_back(character);
    const std::size_t wanted = data::characters(std::string_view(typed).substr(0, caret)).size();
    first = first_to_show(text, std::min(wanted, std::max<std::size_t>(text.size(), 1) - 1), room, letters, line);
    grid = made();
    while (place_of(wanted).bottom() > room.bottom() && first < wanted && !grid.boxes.empty()) first += in_a_row(), grid = made();
  }
  TextGrid made() const { return text_grid(std::span(text).subspan(first), room, letters, line); }
  std::size_t in_a_row() const {
    return std::size_t(std::ranges::count_if(grid.boxes, [&](const Box& box) { return box.y == grid.boxes[0].y; }));
  }
  // Of a symbol, or behind the last.
  Box place_of(std::size_t symbol) const {
    const std::size_t at = symbol - first;
    if (at < grid.boxes.size()) return grid.boxes[at];
    if (grid.boxes.empty()) return {room.x, room.y, 1, line};
    const Box last = grid.boxes.back();
    const bool next_row = text[symbol - 1] == "\n" || last.right() + last.width > room.right();
    return next_row ? Box{room.x, last.y + line, last.width, line} : Box{last.right(), last.y, last.width, line};
  }
  std::size_t bytes_before(std::size_t symbol) const {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < symbol; i++) bytes += text[i].size();
    return bytes;
  }
  // The place between two symbols nearest to a point, in bytes.
  std::size_t place_at(Point at) const {
    std::size_t nearest = text.size();
    double least = 1e9;
    for (std::size_t i = first; i <= first + grid.boxes.size(); i++) {
      const Box box = place_of(i);
      const double away = 10 * std::abs(box.center().y - at.y) + std::abs(box.x - at.x);
      if (away < least) nearest = i, least = away;
    }
    return bytes_before(nearest);
  }
};

bool page_event(State& state, const Page& page, const Event& event) {
  if (const auto* typed = std::get_if<Typed>(&event)) return type_text(state, utf8(typed->character)), true;
  if (const auto* key = std::get_if<KeyDown>(&event)) return edit_text(state, *key);
  const auto* down = std::get_if<PointerDown>(&event);
  if (!down || down->button != Button::left) return false;
  TextLine& typed = text_source(state).typed;
  typed.caret = page.place_at(down->at);
  if (!down->with.shift) typed.anchor = typed.caret;
  return true;
}

void draw_page(State& state, Widgets& ui, Box box) {
  const TextLine& typed = state.text->typed;
  const Theme& theme = ui.theme();
  const bool active = state.interaction.focused() == "page";
  ui.scene().add(Rect{.box = box,
                      .radius = 4,
                      .fill = theme.background,
                      .stroke = active ? theme.accent : theme.line,
                      .line_width = active ? 1.5 : 1,
                      .id = "page"});
  const Box room = box.inset(8, 6);
  if (typed.text.empty())
    add_words(ui.scene(), {room.x + 4, room.y + line / 2 + 5}, "Type here: every view of texts reads it.", room.width - 4, theme.muted,
              Anchor::start, 12);
  const Page page(typed.text, typed.caret, room);
  std::size_t byte = page.bytes_before(page.first);
  ui.scene().add(ClipStart{box.inset(2)});
  for (std::size_t i = 0; i < page.grid.boxes.size(); i++) {
    const std::string& symbol = page.text[page.first + i];
    const bool selected = byte >= typed.first() && byte < typed.last();
    add_symbol(ui.scene(), symbol, page.grid.boxes[i], letters, selected ? mix(theme.background, theme.accent, 0.28) : theme.background,
               theme.text);
    byte += symbol.size();
  }
  const Box caret = page.place_of(data::characters(std::string_view(typed.text).substr(0, typed.caret)).size());
  if (active) ui.scene().add(Rect{.box = {caret.x - 0.75, caret.y + 3, 1.5, caret.height - 6}, .fill = theme.accent, .id = "caret"});
  ui.scene().add(ClipEnd{});
  ui.area(
      "page", box, "", [&state, page](const Event& event) { return page_event(state, page, event); }, true, Pointer::text);
}

// The likeliest symbols behind the end.
void draw_expected(State& state, Widgets& ui, Box box) {
  const TextSource& source = *state.text;
  if (source.next.empty()) return;
  char took[64];
  std::snprintf(took, sizeof took, "read in %.1f ms", source.milliseconds);
  const Box last = box.cut_bottom(18);
  ui.scene().add(Text{.at = {last.x, last.bottom() - 4},
                      .string = shortened(took, 11, last.width),
                      .size = 11,
                      .color = ui.theme().muted,
                      .id = "latency"});
  const Box heading = box.cut_top(22);
  const std::vector<int> first = best(source.next.data(), std::ssize(source.next), std::max(1, int(box.height / 18)));
  const std::vector<std::string>& names = source.of->set.class_names;
  ui.scene().add(
      Text{.at = {heading.x, heading.y + 15},
           .string = shortened("Next: " + names[std::size_t(first[0])] + ", " + percent_words(double(source.next[std::size_t(first[0])])),
                               14, heading.width, Font::bold),
           .size = 14,
           .color = ui.theme().text,
           .font = Font::bold,
           .id = "said"});
  add_bars(ui.scene(), box, source.next.data(), first, names, -1, 18, ui.style());
}

void draw_file_choice(State& state, Widgets& ui, Box& rest) {
  const auto next_row = [&](double height) {
    const Box box = rest.cut_top(height);
    rest.cut_top(6);
    return box;
  };
  ui.button("choose_text", next_row(row), "Open a text...", "A text file: UTF-8, and no other characters than the network has learned.",
            [&state] { state.dialog = State::Dialog::text; });
  ui.field("text_path", next_row(46), "or its path", "Enter reads it.", "", [&state](const std::string& path) {
    try {
      read_text_file(state, path);
    } catch (const std::runtime_error& error) {
      throw std::invalid_argument(error.what());
    }
  });
}

}  // namespace

Box draw_text_controls(State& state, Widgets& ui, const Pane& pane, Box box) {
  TextSource& source = text_source(state);
  bring_expected_up_to_date(state);
  const bool narrow = box.width < 400;
  const std::vector<std::string> words =
      narrow ? std::vector<std::string>{"Data", "Typed", "File"} : std::vector<std::string>{"The data's text", "Your text", "Text file"};
  ui.tabs("source:" + std::to_string(pane.id), box.cut_top(28), words, std::size_t(source.kind),
          [&state](std::size_t i) { state.attempt([&] { choose_text(state, Kind(i)); }); });
  box.cut_top(4);
  if (source.kind == Kind::data) return box;
  const bool beside = box.width >= 340;
  Box side = beside ? box.cut_right(std::clamp(box.width * 0.36, 150.0, 240.0)) : box.cut_bottom(std::min(box.height * 0.5, 170.0));
  if (beside) box.cut_right(10);
  side = side.inset(2, 2);
  if (source.kind == Kind::file) {
    draw_file_choice(state, ui, side);
    draw_expected(state, ui, side);
    return source.file ? box : Box{box.x, box.y, 0, 0};
  }
  ui.button("text_clear", side.cut_top(row), "Clear", "An empty page.", [&state] { state.text->typed = {}, text_changed(state); },
            {.icon = Icon::close, .enabled = !source.typed.text.empty()});
  side.cut_top(6);
  draw_expected(state, ui, side);
  draw_page(state, ui, box.inset(2));
  return {box.x, box.y, 0, 0};
}

}  // namespace viz
