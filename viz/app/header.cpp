// The row at the top: what is trained; reset, play and step; the counters; undo, looks and help.
#include <cstdio>

#include "viz/app/parts.h"
#include "viz/figure.h"
#include "viz/text.h"

namespace viz {

namespace {

// 57 is "000,057": a counter that does not jump about.
std::string counter(nn::Index n) {
  char text[24];
  std::snprintf(text, sizeof text, "%06lld", static_cast<long long>(n));
  std::string words = text;
  for (std::ptrdiff_t at = std::ssize(words) - 3; at > 0; at -= 3) words.insert(std::size_t(at), ",");
  return words;
}

void read_out(Widgets& ui, Box& row, const std::string& label, const std::string& value, double width, const std::string& tip) {
  const Box box = row.cut_left(width);
  const Theme& theme = ui.theme();
  ui.scene().add(Text{.at = {box.x, box.y + 15}, .string = label, .size = 11, .color = with_alpha(theme.on_header, 0.75), .tip = tip});
  ui.scene().add(Text{.at = {box.x, box.y + 36}, .string = value, .size = 18, .color = theme.on_header, .font = Font::bold, .tip = tip});
}

std::string where(State& state) {
  const auto now = state.desk.shown();
  const nn::Index size = state.desk.experiment().training.batch;
  std::string words = "batch " + count_words(now->state.position / size + 1);
  if (state.desk.examples_done() > 0) words += ", example " + count_words(state.desk.examples_done());
  return words;
}

void draw_name(State& state, Widgets& ui, Box box) {
  const Theme& theme = ui.theme();
  ui.scene().add(Text{.at = {box.x, box.y + 18}, .string = "Glassbox", .size = 18, .color = theme.on_header, .font = Font::bold});
  ui.scene().add(Text{.at = {box.x, box.y + 37},
                      .string = shortened(state.desk.prepared().set.name, 11.5, box.width - 8),
                      .size = 11.5,
                      .color = with_alpha(theme.on_header, 0.8)});
}

// From the right: help, looks, undo, and the menus.
void draw_corner(State& state, Widgets& ui, Box& row) {
  Desk& desk = state.desk;
  const auto button = [&](const char* id, const std::string& tip, ButtonLook look, std::function<void()> press) {
    ui.button(id, row.cut_right(34).inset(1, 5), "", tip, std::move(press), look);
  };
  const std::string undo = desk.undo_words(), redo = desk.redo_words();
  button("help", "What the keys do. (F1)", {.icon = Icon::help}, [&] { state.dialog = State::Dialog::keys; });
  button("projector", "Projector mode: everything larger. (P)", {.icon = Icon::projector, .selected = state.projector},
         [&] { state.projector = !state.projector; });
  button("dark", "Light or dark. (D)", {.icon = Icon::sun}, [&] { state.style.theme = state.style.theme == &dark ? &light : &dark; });
  button("redo", redo.empty() ? "Nothing to do again." : "Do again: " + redo + ". (Ctrl+Y)", {.icon = Icon::redo, .enabled = !redo.empty()},
         [&] { state.attempt([&] { desk.redo(); }); });
  button("undo", undo.empty() ? "Nothing to undo." : "Undo: " + undo + ". (Ctrl+Z)", {.icon = Icon::undo, .enabled = !undo.empty()},
         [&] { state.attempt([&] { desk.undo(); }); });
  row.cut_right(6);
  ui.commands("view", row.cut_right(64).inset(2, 5), "View", "Colours, size, and which controls are shown.", view_menu(state));
  ui.commands("file", row.cut_right(60).inset(2, 5), "File", "Open, save, copy.", file_menu(state));
  row.cut_right(10);
}

// `narrow`: there is room for icons alone.
void draw_play(State& state, Widgets& ui, Box& row, bool narrow) {
  Desk& desk = state.desk;
  const auto button = [&](const char* id, double width, const std::string& label, const std::string& tip, ButtonLook look,
                          std::function<void()> press) {
    const Box place = row.cut_left(narrow ? 38 : width);
    row.cut_left(narrow ? 4 : 8);
    if (state.shows(id)) ui.button(id, place.inset(0, 4), narrow ? "" : label, tip, std::move(press), look);
  };
  button("reset", 88, "Reset", "Back to the same start: the weights are drawn again from the same seed. (R)", {.icon = Icon::reset},
         [&] { state.attempt([&] { desk.reset(); }); });
  const bool playing = desk.playing();
  button("play", 100, playing ? "Pause" : "Play", playing ? "Stops after the running step. (Space)" : "Trains until you pause. (Space)",
         {.icon = playing ? Icon::pause : Icon::play, .primary = true},
         [&] { desk.playing() ? desk.pause() : state.attempt([&] { desk.play(); }); });
  static const std::vector<std::string> grains = {"example", "batch", "epoch"};
  button("step", 84, "Step", "Trains one " + grains[std::size_t(state.grain)] + ". (S)", {.icon = Icon::step},
         [&] { state.attempt([&] { step_once(state, state.grain); }); });
  if (state.shows("step")) {
    ui.menu("grain", row.cut_left(92).inset(0, 4), "", "What a step is: one example, one mini-batch with its update, or one epoch.", grains,
            std::size_t(state.grain), [&](std::size_t i) { state.grain = Grain(i); });
    row.cut_left(8);
  }
  if (!state.shows("play") || row.width < 350) return;
  std::vector<std::string> names;
  for (const Speed speed : speeds) names.push_back(words(speed));
  ui.menu("speed", row.cut_left(130).inset(0, 4), "",
          "How fast Play goes. \"Slow, then full\" shows the first epochs one a picture and then doubles every second.", names,
          std::size_t(desk.speed()), [&](std::size_t i) { desk.set_speed(speeds[i]); });
  row.cut_left(10);
}

void draw_counters(State& state, Widgets& ui, Box& row) {
  const auto now = state.desk.shown();
  if (row.width > 90) read_out(ui, row, "Epoch", counter(now->state.epoch), 92, "How often training went through all training examples.");
  if (row.width > 110)
    read_out(ui, row, "Step " + count_words(now->state.step), where(state), 150,
             "How many updates the weights had, and which mini-batch of the epoch is next.");
}

}  // namespace

void draw_header(State& state, Widgets& ui, Box box) {
  constexpr double room_for_labels = 800, room_for_more = 1080;
  ui.scene().add(Rect{.box = box, .fill = ui.theme().header});
  ui.ground(ui.theme().header);
  Box row = box.inset(14, 10);
  const bool narrow = row.width < room_for_labels;
  if (!narrow || row.width > 650) draw_name(state, ui, row.cut_left(row.width > room_for_more ? 168 : 112));
  draw_corner(state, ui, row);
  draw_play(state, ui, row, narrow);
  draw_counters(state, ui, row);
}

}  // namespace viz
