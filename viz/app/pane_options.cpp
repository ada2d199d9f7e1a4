// The options of a view: what it is computed with, and the controls for them in its title.
#include <algorithm>

#include "engine/text.h"
#include "viz/app/parts.h"
#include "viz/link.h"
#include "viz/text.h"

namespace viz {

namespace {

constexpr double a_stepper = 118, least_title = 112, between = 8, row_height = 30;

// Options that the window sets by itself have no control.
bool set_by_window(const Pane& pane, const Option& option) {
  return pane.method == "network" || (pane.method == "confusion" && (option.name == "truth" || option.name == "said")) ||
         (pane.method == "neuron" && (option.name == "layer" || option.name == "unit")) ||
         (pane.method == "boundary" && (option.name == "test" || option.name == "discretize"));
}

bool is_switch(const Option& option) { return option.words.empty() && option.step == 1 && option.low == 0 && option.high == 1; }

double width_of(const Option& option) {
  if (option.words.empty()) return is_switch(option) ? text_width(option.name, 12) + 50 : a_stepper;
  double widest = 0;
  for (const std::string_view word : option.words) widest = std::max(widest, text_width(word, 13));
  return widest + 44 + (option.words.empty() ? 0 : text_width(option.name, 12) + 8);
}

void draw_stepper(State& state, Widgets& ui, Pane& pane, const Option& option, const std::string& id, Box box, double value) {
  const double step = option.step > 0 ? option.step : (option.high - option.low) / 20;
  const std::string help(option.help), words = std::string(option.name) + " " + nn::number_text(value);
  ui.words({box.x, box.center().y + 4}, words, box.width - 44, help);
  const auto by = [&](double steps) {
    return [&state, pane = pane.id, name = std::string(option.name), to = std::clamp(value + steps * step, option.low, option.high)] {
      set_options(state, pane, {{name, to}});
    };
  };
  ui.button(id + ":less", {box.right() - 44, box.y + 4, 21, box.height - 8}, "", "Less: " + help, by(-1),
            {.icon = Icon::minus, .enabled = value > option.low});
  ui.button(id + ":more", {box.right() - 21, box.y + 4, 21, box.height - 8}, "", "More: " + help, by(1),
            {.icon = Icon::plus, .enabled = value < option.high});
}

void draw_option(State& state, Widgets& ui, Pane& pane, const Option& option, Box box) {
  const std::string name(option.name), id = "option:" + std::to_string(pane.id) + ":" + name, help(option.help);
  const double value = arguments_of(state, pane).at(name);
  const auto set = [&state, pane = pane.id, name](double to) { set_options(state, pane, {{name, to}}); };
  if (is_switch(option)) return ui.toggle(id, box, name, help, value > 0.5, [set](bool on) { set(on); });
  if (option.words.empty()) return draw_stepper(state, ui, pane, option, id, box, value);
  const double label = text_width(name, 12) + 8;
  ui.words({box.x, box.center().y + 4}, name, label, help);
  ui.menu(id, {box.x + label, box.y + 2, box.width - label, box.height - 4}, "", help, {option.words.begin(), option.words.end()},
          std::size_t(value), [set](std::size_t i) { set(double(i)); });
}

// The shared options are chosen in the pictures.
std::vector<const Option*> shown_options(const Pane& pane) {
  std::vector<const Option*> all;
  for (const Option& option : method(pane.method).options)
    if (!set_by_window(pane, option) && !option.shared) all.push_back(&option);
  return all;
}

}  // namespace

Arguments arguments_of(const State& state, const Pane& pane) {
  Arguments given = pane.options;
  const auto set = [&](const std::string& name, double value) {
    if (const auto at = given.find(name); at != given.end()) at->second = value;
  };
  for (const Option& option : method(pane.method).options)
    if (const auto at = state.shared.find(option.name); option.shared && at != state.shared.end()) set(at->first, at->second);
  if (pane.method == "network" || pane.method == "boundary") set("test", state.show_test), set("discretize", state.discretize);
  // Small maps of a large network need fewer points.
  if (pane.method == "network" && state.subject().snapshot->state.parameters.numbers.size() > 150) set("resolution", 30);
  if (pane.method == "network") set("neuron", neuron_number(state, state.hovered));
  if (pane.method == "neuron") set("layer", state.neuron_layer), set("unit", state.neuron_unit);
  return given;
}

void set_options(State& state, int pane_id, const Settings& settings) {
  Pane* pane = state.panes.find(pane_id);
  if (!pane) return;
  for (const auto& [name, value] : settings) {
    if (name == "example") {
      state.example = nn::Index(value);
      show_data(state);
    }
    for (const Option& option : method(pane->method).options) {
      if (option.name != name) continue;
      const double within = std::clamp(value, option.low, option.high);
      (option.shared ? state.shared[name] : pane->options[name]) = within;
    }
  }
}

void draw_options(State& state, Widgets& ui, Pane& pane, Box& row) {
  const std::string id = std::to_string(pane.id);
  if (keyed(state.views[pane.id].scene(), "next") && row.width >= 26) {
    const bool plays = state.played.contains(pane.id);
    ui.button("animate:" + id, row.cut_right(26), "", plays ? "Stop." : "Go on step by step.",
              [&state, id = pane.id, plays] { plays ? void(state.played.erase(id)) : void(state.played[id] = state.seconds); },
              {.icon = plays ? Icon::pause : Icon::play, .plain = true});
  }
  const std::vector<const Option*> all = shown_options(pane);
  if (all.empty()) return;
  double wanted = 0;
  for (const Option* option : all) wanted += width_of(*option) + between;
  const bool open = state.options_open.contains(pane.id);
  if (!open && row.width - wanted >= least_title) {
    for (const Option* option : all) row.cut_right(between), draw_option(state, ui, pane, *option, row.cut_right(width_of(*option)));
  } else if (row.width >= 26) {
    ui.button("options:" + id, row.cut_right(26), "", open ? "Put the options away." : "Options of this view.",
              [&state, id = pane.id, open] { open ? void(state.options_open.erase(id)) : void(state.options_open.insert(id)); },
              {.icon = Icon::menu, .selected = open, .plain = true});
  }
}

void draw_option_rows(State& state, Widgets& ui, Pane& pane, Box& room) {
  if (!state.options_open.contains(pane.id)) return;
  Box row{};
  for (const Option* option : shown_options(pane)) {
    const double width = std::min(width_of(*option), room.width - 2 * between);
    if (row.width < width + between && room.height > 2 * row_height) row = room.cut_top(row_height).inset(between, 1);
    if (row.width < width) return;
    draw_option(state, ui, pane, *option, row.cut_left(width));
    row.cut_left(between);
  }
}

void play_on(State& state, const Pane& pane) {
  constexpr double every = 0.35;  // seconds a step: slow enough to read a sum
  const auto at = state.played.find(pane.id);
  if (at == state.played.end() || state.seconds - at->second < every) return;
  at->second = state.seconds;
  const auto next = keyed(state.views[pane.id].scene(), "next");
  if (!next) return void(state.played.erase(at));
  set_options(state, pane.id, *next);
}

bool linked_event(State& state, int pane, double scrolled, const Event& event) {
  const Scene& scene = state.views[pane].scene();
  const auto under = [&](Point at) { return pick(scene, {at.x, at.y + scrolled}); };
  std::optional<Settings> settings;
  if (const auto* moved = std::get_if<PointerMoved>(&event)) settings = hovered(under(moved->at));
  if (const auto* down = std::get_if<PointerDown>(&event); down && down->button == Button::left) settings = pressed(under(down->at));
  if (const auto* key = std::get_if<KeyDown>(&event); key && !key->with.control && !key->with.alt) settings = keyed(scene, name_of(*key));
  if (!settings) return false;
  if (!std::holds_alternative<PointerMoved>(event)) state.played.erase(pane);
  set_options(state, pane, *settings);
  return !std::holds_alternative<PointerMoved>(event);
}

}  // namespace viz
