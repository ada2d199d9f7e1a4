// What keys do: one table for the keyboard and for the page of help.
#include <algorithm>

#include "viz/app/parts.h"

namespace viz {

namespace {

bool letter(const KeyDown& key, char c) { return key.key == Key::letter && key.letter == c && !key.with.control && !key.with.alt; }
bool control(const KeyDown& key, char c) { return key.key == Key::letter && key.letter == c && key.with.control && !key.with.alt; }

// In tenths, so that going up and down comes back to 1.
bool zoom(State& state, const KeyDown& key) {
  const int by = control(key, '+') || control(key, '=') ? 1 : control(key, '-') ? -1 : 0;
  if (control(key, '0')) return state.scale = 1, true;
  if (by != 0) state.scale = std::clamp(int(state.scale * 10 + 0.5) + by, 5, 40) / 10.0;
  return by != 0;
}

bool move_example(State& state, int by) {
  const nn::Index count = state.examples();
  show_data(state);
  if (count > 0) state.example = (state.example + by + count) % count;
  return true;
}

bool step(State& state, const KeyDown& key) {
  if (letter(key, 's')) return step_once(state, state.grain), true;
  if (letter(key, 'b')) return step_once(state, Grain::batch), true;
  if (letter(key, 'e')) return step_once(state, Grain::example), true;
  return false;
}

bool take_back(State& state, const KeyDown& key) {
  const bool again = control(key, 'y') || (control(key, 'z') && key.with.shift);
  if (!again && !control(key, 'z')) return false;
  return again ? state.desk.redo() : state.desk.undo(), true;
}

bool copy_or_paste(State& state, const KeyDown& key) {
  if (control(key, 'c')) return copy_line(state), true;
  if (control(key, 'v')) return paste_line(state, state.interaction.paste()), true;
  return false;
}

bool open_or_save(State& state, const KeyDown& key) {
  if (control(key, 'o')) return state.dialog = State::Dialog::open, true;
  if (control(key, 's')) return state.dialog = State::Dialog::save, true;
  return false;
}

bool travel(State& state, const KeyDown& key) {
  if (key.key == Key::home) return state.desk.look_at(0), true;
  if (key.key == Key::end) return state.desk.look_at_newest(), true;
  return false;
}

bool close_something(State& state, const KeyDown& key) {
  if (key.key != Key::escape) return false;
  if (state.panes.enlarged() && !state.card) state.panes.enlarge(state.panes.enlarged());
  state.card.reset();
  return true;
}

// clang-format off
constexpr Shortcut all[] = {
    {"Space", "Play or pause", [](State& s, const KeyDown& k) { return k.key == Key::space && (s.desk.playing() ? s.desk.pause() : s.desk.play(), true); }},
    {"S", "A step of the chosen size", step},
    {"B   E", "A step of one batch, of one example", [](State&, const KeyDown&) { return false; }},
    {"R", "Reset: the same start again", [](State& s, const KeyDown& k) { return letter(k, 'r') && (s.desk.reset(), true); }},
    {"N", "A new seed: another start", [](State& s, const KeyDown& k) { return letter(k, 'n') && (s.desk.new_seed(), true); }},
    {"G", "Other points of the same kind", [](State& s, const KeyDown& k) { return letter(k, 'g') && (s.desk.new_points(), true); }},
    {"F", "Full speed, or slow at first", [](State& s, const KeyDown& k) { return letter(k, 'f') && (s.desk.set_speed(s.desk.speed() == Speed::full ? Speed::rising : Speed::full), true); }},
    {",   .", "The example before, the next one", [](State& s, const KeyDown& k) { return (letter(k, ',') && move_example(s, -1)) || (letter(k, '.') && move_example(s, 1)); }},
    {"P", "Projector mode: everything larger", [](State& s, const KeyDown& k) { return letter(k, 'p') && (s.projector = !s.projector, true); }},
    {"D", "Light or dark", [](State& s, const KeyDown& k) { return letter(k, 'd') && (s.style.theme = s.style.theme == &dark ? &light : &dark, true); }},
    {"C", "The next colours", [](State& s, const KeyDown& k) { return letter(k, 'c') && (s.style.scale = Scale((int(s.style.scale) + 1) % 4), true); }},
    {"T", "What drawing and watching cost", [](State& s, const KeyDown& k) { return letter(k, 't') && (s.overlay = !s.overlay, true); }},
    {"Ctrl +   Ctrl \xE2\x88\x92   Ctrl 0", "Larger, smaller, the usual size", zoom},
    {"Ctrl Z   Ctrl Y", "Undo, do again", take_back},
    {"Ctrl O   Ctrl S", "Open, save", open_or_save},
    {"Ctrl C   Ctrl V", "Copy everything as one line of text, paste it", copy_or_paste},
    {"Home   End", "The first moment, the newest", travel},
    {"Tab   Arrows   Enter", "Go through the controls, change them, press them", [](State&, const KeyDown&) { return false; }},
    {"Arrows   Enter   [ ]", "In a network: neurons, the bias, the weights", [](State&, const KeyDown&) { return false; }},
    {"X   U   Del   [ ]", "On the drawing pad: eraser, undo, clear, width", [](State&, const KeyDown&) { return false; }},
    {"Esc", "Close what is open", close_something},
    {"F1", "This page", [](State& s, const KeyDown& k) { return (k.key == Key::f1 || letter(k, '?')) && (s.dialog = State::Dialog::keys, true); }},
    {"Ctrl Q", "Quit; the run is kept and offered again", [](State& s, const KeyDown& k) { return control(k, 'q') && (s.quit = true); }},
};
// clang-format on

}  // namespace

std::span<const Shortcut> shortcuts() { return all; }

void step_once(State& state, Grain grain) {
  const std::vector<nn::Index> batch = grain == Grain::example ? state.desk.batch() : std::vector<nn::Index>{};
  const auto at = std::size_t(state.desk.examples_done());
  state.desk.step(grain);
  if (at < batch.size()) state.example = state.desk.prepared().split.train[std::size_t(batch[at])];
}

bool act_on_key(State& state, const KeyDown& key) {
  bool used = false;
  state.attempt([&] {
    for (const Shortcut& shortcut : all)
      if (used = shortcut.act(state, key); used) return;
  });
  return used;
}

}  // namespace viz
