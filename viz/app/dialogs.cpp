// What lies over the window for a while: opening and saving, the page of keys, and the words while something is loaded.
#include <algorithm>
#include <cmath>

#include "datasets/text_set.h"
#include "viz/app/loading.h"
#include "viz/app/parts.h"
#include "viz/app/second.h"
#include "viz/app/text_source.h"
#include "viz/text.h"

namespace viz {

namespace fs = std::filesystem;

namespace {

// A card in the middle with a title; the rest of the window is out of reach.
Box begin(State& state, Widgets& ui, Box screen, const std::string& id, const std::string& title, double width, double height) {
  width = std::min(width, screen.width - 24), height = std::min(height, screen.height - 24);
  Box card{std::round(screen.center().x - width / 2), std::round(screen.center().y - height / 2), width, height};
  ui.scene().add(Rect{.box = screen, .fill = with_alpha({0, 0, 0}, 0.45)});
  ui.dialog(id, card, [&state] { state.dialog = State::Dialog::none; });
  ui.scene().add(Rect{.box = card, .radius = 8, .fill = ui.theme().background, .stroke = ui.theme().line});
  card = card.inset(20, 16);
  Box row = card.cut_top(30);
  ui.button("dialog_close", row.cut_right(28), "", "Close. (Esc)", [&state] { state.dialog = State::Dialog::none; },
            {.icon = Icon::close, .plain = true});
  ui.scene().add(Text{.at = {row.x, row.y + 20}, .string = title, .size = 17, .color = ui.theme().text, .font = Font::bold});
  card.cut_top(6);
  return card;
}

// Pictures or texts where one is asked for.
bool opens(const State& state, const fs::path& path) {
  const std::string name = path.filename().string();
  if (state.dialog == State::Dialog::picture) return name.ends_with(".png") || name.ends_with(".jpg") || name.ends_with(".jpeg");
  if (state.dialog == State::Dialog::text) return data::is_text(name);
  if (state.dialog == State::Dialog::second) return false;
  return name.ends_with(".txt") || name.ends_with(".toml") || name.ends_with(".csv") || name.ends_with(".csv.gz") ||
         name.ends_with(".data");
}

struct Place_ {
  fs::path path;
  bool folder, run;
};

// Folders first, then what can be opened; hidden ones left out.
std::vector<Place_> listing(const State& state, const fs::path& folder) {
  std::vector<Place_> all;
  std::error_code problem;
  for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, problem), end;
       !problem && at != end && all.size() < 2000; at.increment(problem)) {
    const fs::path path = at->path();
    if (path.filename().string().starts_with(".")) continue;
    std::error_code none;
    const bool is_folder = fs::is_directory(path, none);
    const bool run = is_folder && (state.dialog == State::Dialog::open || state.dialog == State::Dialog::second) &&
                     fs::exists(path / "experiment.toml", none);
    if (is_folder || opens(state, path)) all.push_back({path, is_folder, run});
  }
  std::ranges::sort(all, [](const Place_& a, const Place_& b) { return std::pair(!a.folder, a.path) < std::pair(!b.folder, b.path); });
  return all;
}

void open_and_close(State& state, const fs::path& path) {
  const State::Dialog asked = state.dialog;
  state.dialog = State::Dialog::none;
  state.attempt([&] {
    if (asked == State::Dialog::picture) return look_at_file(state, path);
    if (asked == State::Dialog::second) return open_second(state, path);
    asked == State::Dialog::text ? read_text_file(state, path) : open_path(state, path);
  });
}

void draw_listing(State& state, Widgets& ui, Box box) {
  constexpr double row = 28;
  const auto all = listing(state, state.folder);
  ui.scene().add(Rect{.box = box, .radius = 6, .stroke = ui.theme().line});
  Box rest = ui.scroll_start("files:" + state.folder.string(), box.inset(1), row * double(all.size() + 1) + 8).inset(4);
  const fs::path up = state.folder.parent_path();
  ui.button("up", rest.cut_top(row), "..  (" + up.string() + ")", "The folder above.", [&state, up] { state.folder = up; },
            {.plain = true});
  for (const Place_& place : all) {
    const std::string name = place.path.filename().string() + (place.run ? "  - a saved run" : place.folder ? "/" : "");
    ui.button("file:" + place.path.filename().string(), rest.cut_top(row), name, place.path.string(),
              [&state, place] { place.folder && !place.run ? void(state.folder = place.path) : open_and_close(state, place.path); },
              {.plain = true});
  }
  ui.scroll_end();
}

void draw_open(State& state, Widgets& ui, Box screen) {
  const bool picture = state.dialog == State::Dialog::picture, text_asked = state.dialog == State::Dialog::text,
             second = state.dialog == State::Dialog::second;
  const bool one_kind = picture || text_asked || second;
  Box rest = begin(state, ui, screen, "open_dialog",
                   picture      ? "Look at a picture"
                   : text_asked ? "Read a text"
                   : second     ? "Compare with a saved run"
                                : "Open",
                   760, 560);
  ui.field("path", rest.cut_top(46), "A file or a folder",
           picture      ? "A PNG or JPEG file. Enter looks at it."
           : text_asked ? "A text file. Enter reads it."
           : second     ? "A run folder: experiment, weights and history. Enter sets its network beside this one."
                        : "An experiment (.toml), a saved run, a CSV file, or a folder of IDX images. Enter opens it.",
           state.folder.string() + "/", [&state, one_kind](const std::string& text) {
             const fs::path path = text;
             if (!fs::exists(path)) throw std::invalid_argument(text + " is not there");
             if (fs::is_directory(path) && !fs::exists(path / "experiment.toml") && (one_kind || listing(state, path).size() > 0))
               state.folder = path;
             else
               open_and_close(state, path);
           });
  rest.cut_top(24);
  if (one_kind) return draw_listing(state, ui, rest);
  Box right = rest.cut_right(std::min(240.0, rest.width * 0.36));
  rest.cut_right(16);
  draw_listing(state, ui, rest);
  const auto list = [&](const char* heading, const std::vector<fs::path>& paths) {
    if (paths.empty()) return;
    const Box line = right.cut_top(24);
    ui.words({line.x, line.y + 15}, heading, line.width, "", true);
    for (const fs::path& path : paths)
      if (right.height > 28)
        ui.button("open:" + path.string(), right.cut_top(28), path.filename().string(), path.string(),
                  [&state, path] { open_and_close(state, path); }, {.plain = true});
    right.cut_top(8);
  };
  std::error_code none;
  if (!state.home.empty() && fs::exists(state.home / "last" / "experiment.toml", none)) list("LAST SESSION", {state.home / "last"});
  const std::vector<fs::path> recent = recent_files(state);
  list("RECENT", recent);
  std::vector<fs::path> shipped;
  for (const auto& entry : fs::directory_iterator(data::experiments_folder(), none))
    if (entry.path().extension() == ".toml" && std::ranges::find(recent, entry.path()) == recent.end()) shipped.push_back(entry.path());
  std::ranges::sort(shipped);
  list("EXPERIMENTS THAT SHIP", shipped);
}

void draw_save(State& state, Widgets& ui, Box screen) {
  Box rest = begin(state, ui, screen, "save_dialog", "Save", 560, 220);
  const fs::path usual = fs::path("out") / (state.desk.prepared().set.name + (state.with_weights ? "" : ".toml"));
  ui.toggle("with_weights", rest.cut_top(28), "With weights and history (a folder)",
            "Without them only the settings are saved, as a TOML file.", state.with_weights, [&](bool on) { state.with_weights = on; });
  rest.cut_top(8);
  ui.field("save_path", rest.cut_top(46), state.with_weights ? "Folder" : "File", "Where to save; Enter saves.", usual.string(),
           [&state](const std::string& text) {
             save_path(state, text, state.with_weights);
             state.dialog = State::Dialog::none;
           });
  rest.cut_top(24);
  ui.button("save", rest.cut_top(34).right(120), "Save", "Saves under this name. An earlier run there is replaced as a whole.",
            [&state, usual] {
              const auto& typing = state.interaction.typing();
              const fs::path path = typing && typing->id == "save_path" ? fs::path(typing->text) : usual;
              state.attempt([&] {
                save_path(state, path, state.with_weights);
                state.dialog = State::Dialog::none;
              });
            },
            {.primary = true});
}

void draw_keys(State& state, Widgets& ui, Box screen) {
  const double row = 24;
  Box rest = begin(state, ui, screen, "keys_dialog", "Keys and mouse", 980, 90 + row * double(shortcuts().size()));
  static constexpr const char* mouse[][2] = {{"Rest on anything", "Says what it is"},
                                             {"Rest on a neuron", "Shows its map large"},
                                             {"Click a link or the square of a bias", "Type its value"},
                                             {"Wheel on a link or bias", "By 0.1; with Shift by 0.01"},
                                             {"Drag a link or bias up, down", "Its value grows, shrinks"},
                                             {"Click an input", "Takes it away"},
                                             {"Click the map", "Adds a point"},
                                             {"Shift click the map", "Adds one of the other class"},
                                             {"Ctrl click the map", "Takes the nearest point away"},
                                             {"Click a value of a slider", "Type any number"},
                                             {"Drag between views", "Gives one more room"}};
  Box right = rest.cut_right(rest.width * 0.49);
  const auto line = [&](Box& column, const std::string& keys, const std::string& help, double first) {
    if (column.height < row) return;
    const Box box = column.cut_top(row);
    ui.words({box.x, box.y + 16}, keys, first - 8, "", true);
    ui.words({box.x + first, box.y + 16}, help, box.width - first);
  };
  rest.cut_right(16);
  for (const Shortcut& shortcut : shortcuts()) line(rest, shortcut.keys, shortcut.help, 150);
  for (const auto& [keys, help] : mouse) line(right, keys, help, 250);
}

}  // namespace

void draw_dialog(State& state, Widgets& ui, Box screen) {
  if (state.dialog == State::Dialog::open || state.dialog == State::Dialog::picture || state.dialog == State::Dialog::text ||
      state.dialog == State::Dialog::second)
    draw_open(state, ui, screen);
  if (state.dialog == State::Dialog::save) draw_save(state, ui, screen);
  if (state.dialog == State::Dialog::keys) draw_keys(state, ui, screen);
}

void draw_loading(State& state, Widgets& ui, Box screen) {
  if (!state.loading || state.seconds - state.loading->since < 0.25) return;
  const Box card{screen.center().x - 170, screen.center().y - 50, 340, 100};
  ui.scene().add(Rect{.box = screen, .fill = with_alpha({0, 0, 0}, 0.35)});
  ui.dialog("loading", card, [&state] { state.loading->given_up = true; });
  ui.scene().add(Rect{.box = card, .radius = 8, .fill = ui.theme().background, .stroke = ui.theme().line});
  Box rest = card.inset(18, 14);
  const Box line = rest.cut_top(22);
  ui.words({line.x, line.y + 14}, state.loading->given_up ? "Giving up..." : "Loading: " + state.loading->what, line.width, "", true);
  // How long it takes is not known: a bar that goes to and fro says that it goes on.
  const Box track = rest.cut_top(6);
  const double t = std::fmod(state.seconds - state.loading->since, 2.0), at = t < 1 ? t : 2 - t;
  ui.scene().add(Rect{.box = track, .radius = 3, .fill = ui.theme().line});
  ui.scene().add(
      Rect{.box = {track.x + at * track.width * 0.7, track.y, track.width * 0.3, track.height}, .radius = 3, .fill = ui.theme().accent});
  rest.cut_top(10);
  ui.button("give_up", rest.cut_top(28).right(100), "Cancel", "Keeps what is here.", [&state] { state.loading->given_up = true; });
}

}  // namespace viz
