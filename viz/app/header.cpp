// The row at the top: what is trained, play, step and reset, the counters, and the window's own menus.
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

std::vector<Widgets::Entry> file_menu(State& state) {
  std::vector<Widgets::Entry> entries = {
      {"Open...", "Ctrl+O", "An experiment, a run with its weights, a CSV file or a folder of images.",
       [&] { state.dialog = State::Dialog::open; }},
      {"Save...", "Ctrl+S", "The experiment alone, or with weights and history.", [&] { state.dialog = State::Dialog::save; }},
      {"Copy everything as one line", "Ctrl+C", "Data, settings and weights as a line of text, to be pasted into a mail or another window.",
       [&] { state.attempt([&] { copy_line(state); }); }},
      {"Paste a line", "Ctrl+V", "Takes up what was copied as a line.",
       [&] { state.attempt([&] { paste_line(state, state.interaction.paste()); }); }},
      {"-"}};
  const auto recent = recent_files(state);
  if (!recent.empty()) entries.push_back({"Recent", "", "", {}, false});
  for (const auto& path : recent)
    entries.push_back({path.filename().string(), "", path.string(), [&state, path] { open_path(state, path); }});
  entries.push_back({"-"});
  entries.push_back({"Quit", "Ctrl+Q", "", [&] { state.quit = true; }});
  return entries;
}

struct Preset {
  const char *name, *help;
  std::vector<std::string> controls;
};
const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = {
      {"All controls", "Everything is shown.", {}},
      {"First steps", "Data, layers, play: nothing to get lost in.", {"data.source", "model.layers", "play", "step", "reset"}},
      {"Learning rate", "What the learning rate does.", {"data.source", "train.rate", "train.batch", "play", "step", "reset", "seed"}},
      {"Overfitting",
       "Noise, the split and regularization.",
       {"data.source", "data.noise", "data.split", "regularization", "model.layers", "play", "step", "reset", "seed"}},
  };
  return all;
}

std::vector<Widgets::Entry> view_menu(State& state) {
  std::vector<Widgets::Entry> entries = {
      {"Projector mode", "P", "Everything larger, for the last row.", [&] { state.projector = !state.projector; }, true, state.projector},
      {"Dark", "D", "Light letters on dark ground.", [&] { state.style.theme = state.style.theme == &dark ? &light : &dark; }, true,
       state.style.theme == &dark},
      {"-"},
      {"Colours", "", "", {}, false}};
  for (const Scale scale : {Scale::orange_blue, Scale::purple_green, Scale::viridis, Scale::grey})
    entries.push_back({"  " + std::string(name(scale)), scale == Scale::orange_blue ? "C: next" : "", "",
                       [&state, scale] { state.style.scale = scale; }, true, state.style.scale == scale});
  entries.push_back({"-"});
  entries.push_back({"Controls", "", "", {}, false});
  for (const Preset& preset : presets())
    entries.push_back({std::string("  ") + preset.name, "", preset.help,
                       [&state, &preset] {
                         data::Experiment after = state.desk.experiment();
                         after.controls = preset.controls;
                         state.desk.change(after, std::string("show ") + preset.name);
                       },
                       true, state.desk.experiment().controls == preset.controls});
  entries.push_back({"-"});
  entries.push_back({"Moving dots", "", "Dots run along a link while its weight changes: forward where it grows, back where it shrinks.",
                     [&] { state.animated = !state.animated; }, true, state.animated});
  entries.push_back(
      {"Times", "T", "What drawing costs, and what it takes from training.", [&] { state.overlay = !state.overlay; }, true, state.overlay});
  return entries;
}

}  // namespace

void draw_header(State& state, Widgets& ui, Box box) {
  const Theme& theme = ui.theme();
  ui.scene().add(Rect{.box = box, .fill = theme.header});
  ui.ground(theme.header);
  Box row = box.inset(14, 10);
  Desk& desk = state.desk;

  const bool wide = row.width > 1080;
  const Box title = row.cut_left(wide ? 168 : 112);
  ui.scene().add(Text{.at = {title.x, title.y + 18}, .string = "Glassbox", .size = 18, .color = theme.on_header, .font = Font::bold});
  ui.scene().add(Text{.at = {title.x, title.y + 37},
                      .string = shortened(state.desk.prepared().set.name, 11.5, title.width - 8),
                      .size = 11.5,
                      .color = with_alpha(theme.on_header, 0.8)});

  const auto right = [&](const char* id, Icon icon, const std::string& tip, std::function<void()> press, bool enabled, bool selected) {
    ui.button(id, row.cut_right(34).inset(1, 5), "", tip, std::move(press), {.icon = icon, .selected = selected, .enabled = enabled});
  };
  right(
      "help", Icon::help, "What the keys do. (F1)", [&] { state.dialog = State::Dialog::keys; }, true, false);
  right(
      "projector", Icon::projector, "Projector mode: everything larger. (P)", [&] { state.projector = !state.projector; }, true,
      state.projector);
  right(
      "dark", Icon::sun, "Light or dark. (D)", [&] { state.style.theme = state.style.theme == &dark ? &light : &dark; }, true, false);
  const std::string undo = desk.undo_words(), redo = desk.redo_words();
  right(
      "redo", Icon::redo, redo.empty() ? "Nothing to do again." : "Do again: " + redo + ". (Ctrl+Y)",
      [&] { state.attempt([&] { desk.redo(); }); }, !redo.empty(), false);
  right(
      "undo", Icon::undo, undo.empty() ? "Nothing to undo." : "Undo: " + undo + ". (Ctrl+Z)", [&] { state.attempt([&] { desk.undo(); }); },
      !undo.empty(), false);
  row.cut_right(6);
  ui.commands("view", row.cut_right(64).inset(2, 5), "View", "Colours, size, and which controls are shown.", view_menu(state));
  ui.commands("file", row.cut_right(60).inset(2, 5), "File", "Open, save, copy.", file_menu(state));
  row.cut_right(10);
  const auto button = [&](const char* id, double width, const std::string& label, const std::string& tip, std::function<void()> press,
                          ButtonLook look) {
    Box place = row.cut_left(width);
    row.cut_left(8);
    if (state.shows(id)) ui.button(id, place.inset(0, 4), label, tip, std::move(press), look);
  };
  button("reset", 88, "Reset", "Back to the same start: the weights are drawn again from the same seed. (R)",
         [&] { state.attempt([&] { desk.reset(); }); }, {.icon = Icon::reset});
  const bool playing = desk.playing();
  button("play", 100, playing ? "Pause" : "Play", playing ? "Stops after the running step. (Space)" : "Trains until you pause. (Space)",
         [&] { desk.playing() ? desk.pause() : state.attempt([&] { desk.play(); }); },
         {.icon = playing ? Icon::pause : Icon::play, .primary = true});
  const char* const grains[] = {"example", "batch", "epoch"};
  button("step", 84, "Step", std::string("Trains one ") + grains[int(state.grain)] + ". (S)",
         [&] { state.attempt([&] { desk.step(state.grain); }); }, {.icon = Icon::step});
  if (state.shows("step")) {
    ui.menu("grain", row.cut_left(92).inset(0, 4), "", "What a step is: one example, one mini-batch with its update, or one epoch.",
            {"example", "batch", "epoch"}, std::size_t(state.grain), [&](std::size_t i) { state.grain = Grain(i); });
    row.cut_left(8);
  }
  if (state.shows("play") && row.width > 400) {
    std::vector<std::string> names;
    for (const Speed speed : speeds) names.push_back(words(speed));
    ui.menu("speed", row.cut_left(136).inset(0, 4), "",
            "How fast Play goes. \"Slow, then full\" shows the first epochs one a picture and then doubles every second.", names,
            std::size_t(desk.speed()), [&](std::size_t i) { desk.set_speed(speeds[i]); });
    row.cut_left(16);
  }
  if (row.width > 90)
    read_out(ui, row, "Epoch", counter(desk.shown()->state.epoch), 94, "How often training went through all training examples.");
  if (row.width > 110)
    read_out(ui, row, "Step " + count_words(desk.shown()->state.step), where(state), 150,
             "How many updates the weights had, and which mini-batch of the epoch is next.");
}

}  // namespace viz
