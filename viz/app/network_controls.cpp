// The buttons in the picture of a network: neurons of each layer, and layers.
#include <algorithm>

#include "viz/app/layers.h"
#include "viz/app/parts.h"

namespace viz {

namespace {

void set_layers(State& state, const std::vector<HiddenLayer>& layers, const std::string& what) {
  state.attempt([&] { state.desk.set("model.layers=" + layers_text(layers), what); });
}

// From one hidden column to the next.
double pitch_of(const View& view) {
  const Mark *first = find(view.scene(), "column:1"), *second = find(view.scene(), "column:2");
  return first && second ? bounds(*second)->center().x - bounds(*first)->center().x : 100;
}

// From the minus on the left of the heading to the plus on its right; both on the right where the word before it is too near.
Box around_heading(Box words, const Mark* inputs) {
  const double room = 28, y = words.center().y - 11;
  const bool free = !inputs || bounds(*inputs)->right() + 4 <= words.x - room;
  return free ? Box{words.x - room, y, words.width + 2 * room, 22} : Box{words.right() + 6, y, 48, 22};
}

}  // namespace

void draw_network_controls(State& state, Widgets& ui, const Pane& pane, Box box, const std::string& tip) {
  ui.area("picture:" + std::to_string(pane.id), box, tip, [&state, id = pane.id](const Event& event) {
    const Pane* here = state.panes.find(id);
    return here && network_event(state, *here, event);
  });
  if (pane.method != "network" || !state.shows("model.layers")) return;
  const View& view = state.views[pane.id];
  const auto layers = hidden_layers(state.desk.experiment().layers);
  if (!layers || !view.numbers()) return;
  const std::string id = ":" + std::to_string(pane.id);
  for (std::size_t k = 0; k < layers->size(); k++) {
    const Mark* column = find(view.scene(), "column:" + std::to_string(k + 1));
    const auto place = column ? bounds(*column) : std::nullopt;
    if (!place) continue;
    const nn::Index units = (*layers)[k].units;
    const double side = std::clamp((pitch_of(view) - 6) / 3, 13.0, 22.0);
    const Box row{place->center().x - 1.5 * side, place->y + 2, 3 * side, 22};
    const std::string number = std::to_string(k + 1);
    const auto change = [&state, layers, k](int by) {
      auto after = *layers;
      after[k].units += by;
      set_layers(state, after, "neurons");
    };
    ui.button("fewer:" + number + id, {row.x, row.y, side, 22}, "", "One neuron less in layer " + number + ".", [change] { change(-1); },
              {.icon = Icon::minus, .enabled = units > 1});
    ui.words({row.center().x, row.y + 16}, std::to_string(units), 20,
             std::to_string(units) + (units == 1 ? " neuron" : " neurons") + " in layer " + number, true, Anchor::middle);
    ui.button("more:" + number + id, {row.right() - side, row.y, side, 22}, "", "One neuron more in layer " + number + ".",
              [change] { change(1); }, {.icon = Icon::plus, .enabled = units < 64});
  }
  // Without a hidden layer there is no heading: then the buttons stand between inputs and output.
  const Mark *heading = find(view.scene(), "layers"), *all = find(view.scene(), "columns");
  const auto words = heading ? bounds(*heading) : std::nullopt, between = all ? bounds(*all) : std::nullopt;
  if (!words && !between) return;
  const bool said = !words && between->width >= 100;
  const double reach = said ? 50 : 23;
  const Box row =
      words ? around_heading(*words, find(view.scene(), "inputs")) : Box{between->center().x - reach, between->y, 2 * reach, 22};
  ui.button("fewer_layers" + id, {row.x, row.y, 22, 22}, "", "Takes the last hidden layer away.",
            [&state, layers] {
              auto after = *layers;
              after.pop_back();
              set_layers(state, after, "take a layer away");
            },
            {.icon = Icon::minus, .enabled = !layers->empty()});
  if (said) ui.words({row.center().x, row.y + 16}, "no layer", 56, "", true, Anchor::middle);
  ui.button("more_layers" + id, {row.right() - 22, row.y, 22, 22}, "", "Adds a hidden layer of two neurons.",
            [&state, layers] {
              auto after = *layers;
              after.push_back({2, after.empty() ? "tanh" : after.back().activation, 0});
              set_layers(state, after, "add a layer");
            },
            {.icon = Icon::plus, .enabled = layers->size() < 6});
}

}  // namespace viz
