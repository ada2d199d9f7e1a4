// What pointer and keys do in the picture of a network: look at neurons, edit weights and points.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/text.h"
#include "viz/app/parts.h"
#include "viz/figure.h"

namespace viz {

namespace {

// The words of an id: "link:dense1:3:1".
std::vector<std::string> parts_of(const std::string& id) { return nn::split(id, ':'); }

// 0 is the input, 1 the first layer of neurons; -1 where there is none.
int layer_of(const std::string& parameter) {
  if (parameter == "x") return 0;
  return parameter.starts_with("dense") ? std::atoi(parameter.c_str() + 5) : -1;
}

struct Neuron {
  int layer, unit;  // unit from 1
};
// Of "node:dense1:3"; nothing for other ids.
std::optional<Neuron> neuron_of(const std::string& id) {
  const auto parts = parts_of(id);
  if (parts.size() != 3 || parts[0] != "node" || layer_of(parts[1]) < 0) return std::nullopt;
  return Neuron{layer_of(parts[1]), std::atoi(parts[2].c_str())};
}

std::optional<Parameter> parameter_of(const std::string& id) {
  const auto parts = parts_of(id);
  if (parts.size() == 4 && parts[0] == "link")
    return Parameter{parts[1] + ".weight", std::atoi(parts[2].c_str()) - 1, std::atoi(parts[3].c_str()) - 1};
  if (parts.size() == 3 && parts[0] == "bias") return Parameter{parts[1] + ".bias", std::atoi(parts[2].c_str()) - 1, 0};
  return std::nullopt;
}

// Whether the network has it now: a picture may still be of an earlier one.
bool exists(const State& state, const Parameter& p) {
  for (const nn::Parameter& own : state.subject().snapshot->state.parameters.list())
    if (own.name == p.name) return p.row >= 0 && p.row < own.rows && p.column >= 0 && p.column < own.columns;
  return false;
}

// Rounds to a tidy step, so that wheel and drag give numbers that can be read.
void nudge(State& state, const Parameter& p, double by) {
  const double now = double(state.desk.weight(p.name, p.row, p.column));
  state.attempt([&] { state.desk.set_weight(p.name, p.row, p.column, nn::Real(std::round((now + by) * 1000) / 1000)); });
}

// The point of the plane under the pointer, where it is on the large map.
struct OnMap {
  double x, y, reach;  // reach: of ten pixels
};
std::optional<OnMap> on_map(State& state, const Pane& pane, Point at) {
  const View& view = state.views[pane.id];
  const Mark* mark = find(view.scene(), "map");
  if (!mark || !view.numbers() || !view.numbers()->has("plane")) return std::nullopt;
  const Box box = std::get<Rect>(*mark).box;
  if (!box.contains(at)) return std::nullopt;
  const nn::ConstView plane = rows_of((*view.numbers())["plane"]);
  const double width = plane(0, 1) - plane(0, 0), height = plane(0, 3) - plane(0, 2);
  return OnMap{plane(0, 0) + (at.x - box.x) / box.width * width, plane(0, 3) - (at.y - box.y) / box.height * height,
               10 * width / box.width};
}

bool click_on_map(State& state, const OnMap& at, Modifiers with) {
  state.attempt([&] {
    if (with.control) {
      if (!state.desk.remove_point(at.x, at.y, 2 * at.reach)) state.say("No point is near; Ctrl and a click take the nearest one away");
      return;
    }
    const data::Dataset& set = state.desk.prepared().set;
    const double x = std::round(at.x * 100) / 100, y = std::round(at.y * 100) / 100;
    if (!set.classification()) return state.desk.add_point(x, y, with.shift ? "-1" : "1");
    const int classes = int(set.class_names.size());
    const int chosen = classes == 2 ? (with.shift ? 0 : 1) : (std::min(state.point_class, classes - 1) + (with.shift ? 1 : 0)) % classes;
    state.desk.add_point(x, y, set.class_names[std::size_t(chosen)]);
  });
  return true;
}

void take_input_away(State& state, nn::Index number) {
  const auto& prepared = state.desk.prepared();
  if (prepared.set.inputs.columns() != 2) return;
  std::vector<std::string> names = prepared.input_names;
  if (number < 0 || number >= std::ssize(names)) return;
  if (names.size() == 1) return state.complain("The network needs at least one input");
  names.erase(names.begin() + number);
  state.attempt([&] { state.desk.set("data.features=" + nn::join(names, ", "), "inputs"); });
}

void open_card(State& state, const Parameter& parameter, Point at) {
  if (!exists(state, parameter)) return;
  state.card = parameter;
  state.card_at = at;
  state.card_fresh = true;
}

bool pressed(State& state, const Pane& pane, const PointerDown& down, const std::string& id) {
  if (const auto parameter = parameter_of(id); parameter && exists(state, *parameter)) {
    open_card(state, *parameter, down.at);
    state.weight_drag = {down.at.y, double(state.desk.weight(parameter->name, parameter->row, parameter->column))};
    return true;
  }
  state.card.reset();
  if (const auto at = on_map(state, pane, down.at)) return click_on_map(state, *at, down.with);
  const auto neuron = neuron_of(id);
  if (!neuron) return false;
  if (neuron->layer == 0)
    take_input_away(state, neuron->unit - 1);
  else
    state.neuron_layer = neuron->layer, state.neuron_unit = neuron->unit;
  return true;
}

}  // namespace

double neuron_number(const State& state, const std::string& id) {
  const auto neuron = neuron_of(id);
  if (!neuron) return 0;
  const auto [layer, unit] = *neuron;
  int before = 0, k = 1;
  const nn::Model& model = state.subject().snapshot->problem->model;
  if (layer > 0) before = int(model.input.size());
  for (const nn::Layer& each : model.layers)
    if (const auto* dense = std::get_if<nn::Dense>(&each)) {
      if (k < layer) before += int(dense->units);
      k++;
    }
  return layer < k ? before + unit : 0;
}

namespace {

int dense_layers(const nn::Parameters& all) {
  return int(std::ranges::count_if(all.list(), [](const nn::Parameter& p) { return p.name.starts_with("dense") && p.is_weight(); }));
}

// Arrows go from neuron to neuron; Enter edits the bias, [ and ] the weights that come in.
bool network_key(State& state, const View& view, const KeyDown& key) {
  const nn::Parameters& all = state.subject().snapshot->state.parameters;
  const int layers = dense_layers(all);
  if (layers == 0) return false;
  int layer = std::clamp(state.neuron_layer, 1, layers), unit = state.neuron_unit;
  const auto name = [&] { return "dense" + std::to_string(layer); };
  const auto at = [&]() -> Point {
    const Mark* mark = find(view.scene(), "node:" + name() + ":" + std::to_string(unit));
    return mark ? bounds(*mark)->center() : view.scene().box.center();
  };
  const bool before = key.key == Key::letter && key.letter == '[', after = key.key == Key::letter && key.letter == ']';
  if (key.key == Key::enter) return open_card(state, {name() + ".bias", unit - 1, 0}, at()), true;
  if (before || after) {
    const std::string weight = name() + ".weight";
    const nn::Index inputs = all[all.find(weight)].columns;
    const bool same = state.card && state.card->name == weight && state.card->row == unit - 1;
    const nn::Index next = !same ? 0 : (state.card->column + (after ? 1 : inputs - 1)) % inputs;
    return open_card(state, {weight, unit - 1, next}, at()), true;
  }
  layer += key.key == Key::right ? 1 : key.key == Key::left ? -1 : 0;
  unit += key.key == Key::down ? 1 : key.key == Key::up ? -1 : 0;
  if (key.key != Key::right && key.key != Key::left && key.key != Key::down && key.key != Key::up) return false;
  layer = std::clamp(layer, 1, layers);
  unit = std::clamp(unit, 1, int(all[all.find(name() + ".weight")].rows));
  state.neuron_layer = layer, state.neuron_unit = unit;
  state.hovered = "node:" + name() + ":" + std::to_string(unit);
  return true;
}

}  // namespace

bool network_event(State& state, const Pane& pane, const Event& event) {
  const View& view = state.views[pane.id];
  if (std::holds_alternative<PointerUp>(event)) state.weight_drag.reset();
  if (std::holds_alternative<PointerLeft>(event)) return state.hovered.clear(), false;
  if (const auto* moved = std::get_if<PointerMoved>(&event); moved && state.weight_drag && state.card) {
    constexpr double a_pixel = 0.02, dead = 3;
    const auto [y, value] = *state.weight_drag;
    const double by = y - moved->at.y;
    if (std::abs(by) < dead) return true;
    state.attempt([&] {
      state.desk.set_weight(state.card->name, state.card->row, state.card->column,
                            nn::Real(std::round((value + by * a_pixel) * 1000) / 1000));
    });
    state.card_fresh = true;
    return true;
  }
  if (!view.numbers()) return state.hovered.clear(), false;  // not shown: the network has changed into one that has no such picture
  if (const auto* moved = std::get_if<PointerMoved>(&event)) {
    const std::string id = pick(view.scene(), moved->at);
    const auto neuron = neuron_of(id);
    state.hovered = neuron && !on_map(state, pane, moved->at) ? id : "";
    if (neuron && neuron->layer > 0) state.neuron_layer = neuron->layer, state.neuron_unit = neuron->unit;
    return false;
  }
  if (const auto* down = std::get_if<PointerDown>(&event))
    return down->button == Button::left && pressed(state, pane, *down, pick(view.scene(), down->at));
  if (const auto* key = std::get_if<KeyDown>(&event)) return pane.method == "network" && network_key(state, view, *key);
  if (const auto* wheel = std::get_if<Wheel>(&event)) {
    const auto parameter = parameter_of(pick(view.scene(), wheel->at));
    if (parameter && exists(state, *parameter)) nudge(state, *parameter, wheel->notches * (wheel->with.shift ? 0.01 : 0.1));
    return parameter.has_value();
  }
  return false;
}

}  // namespace viz
