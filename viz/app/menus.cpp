// The menus of the window: files, looks, and which controls are shown.
#include "viz/app/parts.h"
#include "viz/app/second.h"

namespace viz {

namespace {

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

}  // namespace

std::vector<Widgets::Entry> file_menu(State& state) {
  std::vector<Widgets::Entry> entries = {
      {"Open...", "Ctrl+O", "An experiment, a run with its weights, a CSV file or a folder of images.",
       [&] { state.dialog = State::Dialog::open; }},
      {"Save...", "Ctrl+S", "The experiment alone, or with weights and history.", [&] { state.dialog = State::Dialog::save; }},
      {"Copy everything as one line", "Ctrl+C", "Data, settings and weights as a line of text, to be pasted into a mail or another window.",
       [&] { state.attempt([&] { copy_line(state); }); }},
      {"Paste a line", "Ctrl+V", "Takes up what was copied as a line.",
       [&] { state.attempt([&] { paste_line(state, state.interaction.paste()); }); }},
      {"-"},
      {"Keep this network to compare", "",
       "Sets it aside as it is now: the views that compare two networks (gradient against lag, compare, error types) show it as the second "
       "one.",
       [&] { state.attempt([&] { keep_second(state); }); }},
      {"Compare with a saved run...", "", "The same with the network of a run folder that has learned the same data.",
       [&] { state.dialog = State::Dialog::second; }},
  };
  if (state.second)
    entries.push_back({"Forget the network that was kept", "", state.second->study.model.text, [&] { state.second.reset(); }});
  entries.push_back({"-"});
  const auto recent = recent_files(state);
  if (!recent.empty()) entries.push_back({"Recent", "", "", {}, false});
  for (const auto& path : recent)
    entries.push_back({path.filename().string(), "", path.string(), [&state, path] { open_path(state, path); }});
  entries.push_back({"-"});
  entries.push_back({"Quit", "Ctrl+Q", "", [&] { state.quit = true; }});
  return entries;
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

}  // namespace viz
