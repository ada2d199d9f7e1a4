// A pane: a row with the view's name, its options and its corner; below it the view.
#include <algorithm>
#include <cmath>

#include "engine/text.h"
#include "viz/app/parts.h"
#include "viz/figure.h"
#include "viz/link.h"
#include "viz/text.h"

namespace viz {

namespace {

constexpr double title_row = 30, gap = 6, options_room = 30;

std::vector<Widgets::Entry> method_entries(State& state, int id) {
  std::vector<Widgets::Entry> entries;
  const Study study = state.subject().study();
  for (const Place place : {Place::feature, Place::relationship, Place::process}) {
    entries.push_back({std::string(name(place)), "", "", {}, false});
    for (const Method& method : methods())
      if (method.place == place && suits(method, study))
        entries.push_back({"  " + std::string(method.title), "", std::string(method.help),
                           [&state, &method, id] { state.attempt([&] { state.panes.show(id, std::string(method.name)); }); }, true,
                           state.panes.find(id)->method == method.name});
  }
  return entries;
}

std::vector<Widgets::Entry> corner_entries(State& state, int id) {
  std::vector<Widgets::Entry> entries = {
      {"Another view on the right", "", "", [&state, id] { state.panes.split_right(id, state.panes.find(id)->method); }},
      {"Another view below", "", "", [&state, id] { state.panes.split_down(id, state.panes.find(id)->method); }},
      {"-"},
      {"Save the picture or its numbers", "", "", {}, false}};
  static constexpr const char* endings[][2] = {{".png", "  picture (PNG)"},
                                               {".svg", "  drawing (SVG)"},
                                               {".pdf", "  drawing (PDF)"},
                                               {".csv", "  numbers (CSV)"},
                                               {".npy", "  numbers (npy)"}};
  for (const auto& [ending, label] : endings)
    entries.push_back({label, "", "Into the folder out, under the name of the view and the step.",
                       [&state, id, ending = std::string(ending)] { export_pane(state, id, ending); }});
  return entries;
}

void draw_title(State& state, Widgets& ui, Pane& pane, const Method& method, Box row) {
  const std::string id = std::to_string(pane.id);
  row = row.inset(6, 2);
  const auto corner = [&](const std::string& name, Icon icon, const std::string& tip, std::function<void()> press) {
    ui.button(name + ":" + id, row.cut_right(26), "", tip, std::move(press), {.icon = icon, .plain = true});
  };
  if (state.panes.count() > 1) {
    corner("close", Icon::close, "Close this view.", [&state, p = pane.id] { state.panes.close(p); });
    const bool large = state.panes.enlarged() == pane.id;
    corner("enlarge", large ? Icon::shrink : Icon::enlarge, large ? "Show the other views again." : "Show this view alone.",
           [&state, p = pane.id] { state.panes.enlarge(p); });
  }
  ui.commands("corner:" + id, row.cut_right(26), "", "Split this pane, or save the picture.", corner_entries(state, pane.id),
              {.icon = Icon::save, .plain = true});
  row.cut_right(4);
  const std::string& title = state.views[pane.id].scene().title;
  const std::string words = title.empty() ? std::string(method.title) : title;
  ui.commands("method:" + id, row.cut_left(std::min(row.width - options_room, text_width(words, 13) + 44)), words,
              std::string(method.help) + " Click for another view.", method_entries(state, pane.id), {.plain = true});
  draw_options(state, ui, pane, row);
}

// A mark "epoch:57" is a moment that can be read: a line through it, and its words.
void draw_read_out(Widgets& ui, const View& view, Box box, std::optional<Point> pointer) {
  if (!pointer || !box.contains(*pointer)) return;
  const std::string id = pick(view.scene(), *pointer);
  if (!id.starts_with("epoch:")) return;
  const Mark* mark = find(view.scene(), id);
  const auto area = mark ? bounds(*mark) : std::nullopt;
  if (!area) return;
  ui.scene().add_line({area->center().x, area->y}, {area->center().x, area->bottom()}, with_alpha(ui.theme().text, 0.5), 1);
  const std::string words = tip_at(view.scene(), *pointer);
  const double width = std::min(text_width(words, 12) + 16, box.width - 8);
  const double x = std::clamp(pointer->x + 12, box.x + 4, box.right() - width - 4);
  const Box label{x, area->y + 2, width, 22};
  ui.scene().add(Rect{.box = label, .radius = 4, .fill = ui.theme().background, .stroke = ui.theme().line});
  add_words(ui.scene(), {label.x + 8, label.y + 15}, words, width - 12, ui.theme().text, Anchor::start, 12);
}

void draw_problem(Widgets& ui, Box box, const std::string& words) {
  const Scene text = paragraph(words, 13, std::max(80.0, std::min(box.width - 40, 420.0)), ui.theme().muted);
  ui.scene().append(text, {box.center().x - text.box.width / 2, box.center().y - text.box.height / 2});
}

// Numbers and curves that change sixty times a second can't be read: while training runs, networks and maps alone follow every picture.
double refresh_every(State& state, const Pane& pane) {
  const bool follows = pane.method == "network" || pane.method == "boundary" || pane.method == "hidden" || pane.method == "input";
  return follows || !state.desk.playing() ? 0 : 0.1;
}

void draw_view(State& state, Widgets& ui, const Pane& pane, const View& view, double scrolled) {
  const std::size_t first = ui.scene().marks.size();
  ui.scene().append(view.scene(), {0, -scrolled});
  if (view.stale() && view.scene().background.a)  // then the background is the first mark: an old picture lies on yellow
    std::get<Rect>(ui.scene().marks[first]).fill = mix(ui.theme().background, {0xff, 0xd0, 0x20}, 0.35);
  // The chosen example, on a map that shows it.
  if (const Mark* point = find(view.scene(), "point:" + std::to_string(state.subject().example)))
    ui.scene().add(Circle{.center = bounds(*point)->center(), .radius = 8, .stroke = ui.theme().text, .line_width = 2});
  if (pane.method == "network" && state.animated && state.desk.playing()) state.flow.draw(ui.scene(), view.scene(), ui.theme().text);
}

// Of several views of the input one has the controls, the others the picture alone.
void draw_pane(State& state, Widgets& ui, Pane& pane, Box box, bool controls = true) {
  const Theme& theme = ui.theme();
  ui.scene().add(Rect{.box = box, .radius = 6, .fill = theme.background, .stroke = theme.line});
  const Method& chosen = method(pane.method);
  Box room = box.inset(1);
  const Box title = room.cut_top(title_row);
  draw_option_rows(state, ui, pane, room);
  room = room.inset(4, 2);
  if (room.width < 120 || room.height < 100) return draw_title(state, ui, pane, chosen, title);  // no method can be read in less
  if (pane.method == "input" && controls) room = draw_input_controls(state, ui, pane, room);
  View& view = state.views[pane.id];
  Style style = state.style;
  style.titled = false;
  play_on(state, pane);
  view.update(state.subject(), chosen, arguments_of(state, pane), room, style, state.seconds, refresh_every(state, pane));
  draw_title(state, ui, pane, chosen, title);  // says what the picture has just become
  if (room.width < 40 || room.height < 40) return;
  // What is higher than its pane is scrolled.
  const bool scrolls = view.numbers() && view.scene().box.height > room.height;
  const double scrolled = scrolls ? room.y - ui.scroll_start("scroll:" + std::to_string(pane.id), room, view.scene().box.height).y : 0;
  ui.scene().add(ClipStart{room});
  if (view.numbers())
    draw_view(state, ui, pane, view, scrolled);
  else
    draw_problem(ui, room, view.busy() ? "" : view.problem());
  const auto pointer = state.interaction.pointer();
  const std::string tip = pointer && room.contains(*pointer) ? tip_at(view.scene(), {pointer->x, pointer->y + scrolled}) : "";
  if (pane.method == "network" || pane.method == "boundary")
    draw_network_controls(state, ui, pane, room, tip);
  else
    ui.area(
        "picture:" + std::to_string(pane.id), room, tip,
        [&state, id = pane.id, scrolled](const Event& event) { return linked_event(state, id, scrolled, event); }, has_keys(view.scene()));
  draw_read_out(ui, view, room, state.interaction.pointer());
  ui.scene().add(ClipEnd{});
  if (scrolls) ui.scroll_end();
  if (view.stale() || (view.busy() && state.seconds - view.busy_since() > 0.5)) {
    const Box label{room.right() - 130, room.bottom() - 26, 124, 22};
    ui.scene().add(Rect{.box = label, .radius = 4, .fill = theme.panel, .stroke = theme.line});
    const double share = view.progress();
    if (share > 0) ui.scene().add(Rect{.box = label.bottom(3).left(label.width * std::min(share, 1.0)), .fill = theme.accent});
    const std::string words = share > 0        ? std::to_string(int(100 * share)) + " % computed"
                              : view.numbers() ? "an older picture"
                                               : "computing...";
    add_words(ui.scene(), {label.x + 8, label.y + 15}, words, 90, theme.muted);
    if (share > 0)
      ui.button("stop:" + std::to_string(pane.id), {label.right() - 24, label.y + 1, 20, 20}, "", "Stop computing this.",
                [&view] { view.cancel(); }, {.icon = Icon::close, .plain = true});
  }
}

// Where there is no room for all rows, one view is shown at a time, chosen by its tab.
bool needs_tabs(const Panes& panes, Box box) {
  constexpr double first_row = 300, other_rows = 190;
  return panes.count() > 1 && box.height < first_row + other_rows * double(panes.rows().size() - 1);
}

void draw_tabbed(State& state, Widgets& ui, Box box) {
  std::vector<std::string> words;
  std::vector<int> ids;
  for (const PaneRow& row : state.panes.rows())
    for (const Pane& pane : row.panes) words.emplace_back(method(pane.method).title), ids.push_back(pane.id);
  std::size_t chosen = 0;
  for (std::size_t i = 0; i < ids.size(); i++)
    if (ids[i] == state.tabbed) chosen = i;
  ui.tabs("panes", box.cut_top(30).inset(2, 0), words, chosen, [&state, ids](std::size_t i) { state.tabbed = ids[i]; });
  box.cut_top(4);
  draw_pane(state, ui, *state.panes.find(ids[chosen]), box);
}

}  // namespace

void draw_panes(State& state, Widgets& ui, Box box) {
  if (needs_tabs(state.panes, box)) return draw_tabbed(state, ui, box);
  const std::vector<PanePlace> places = state.panes.places(box, gap);
  std::erase_if(state.views, [&](const auto& view) { return !state.panes.find(view.first); });
  std::erase_if(state.options_open, [&](int id) { return !state.panes.find(id); });
  std::erase_if(state.played, [&](const auto& played) { return !state.panes.find(played.first); });
  for (const PaneBorder& border : state.panes.borders(box, gap)) {
    const std::string id = "border:" + std::to_string(border.row) + (border.across ? ":" + std::to_string(border.after) : "");
    ui.area(
        id, border.box, border.across ? "Drag to give one view more room." : "Drag to give one row more room.",
        [&state, border, box](const Event& event) {
          if (std::holds_alternative<PointerDown>(event)) return state.dragged = border, true;
          if (std::holds_alternative<PointerUp>(event)) return state.dragged.reset(), true;
          const auto* moved = std::get_if<PointerMoved>(&event);
          if (moved && state.dragged) state.panes.drag(*state.dragged, box, moved->at);
          return moved && state.dragged;
        },
        false);
  }
  int inputs = 0;
  for (const PanePlace& place : places)
    if (Pane* pane = state.panes.find(place.id)) draw_pane(state, ui, *pane, place.box, pane->method != "input" || inputs++ == 0);
}

}  // namespace viz
