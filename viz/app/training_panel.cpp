// The panel on the right: how the network is trained, and which views there are.
#include <algorithm>

#include "datasets/kind.h"
#include "engine/text.h"
#include "viz/app/layers.h"
#include "viz/app/parts.h"
#include "viz/app/suggestions.h"
#include "viz/text.h"

namespace viz {

namespace {

const std::vector<std::string> penalties = {"None", "L1", "L2"};

// Networks to begin with.
std::span<const NetworkSuggestion> networks(State& state) { return networks_for(data::kind_of(state.desk.prepared().set)); }

void draw_networks(State& state, Widgets& ui, Box box) {
  std::vector<std::string> words;
  const auto all = networks(state);
  const std::string now = state.desk.experiment().layers;
  std::size_t chosen = all.size();
  for (std::size_t i = 0; i < all.size(); i++) {
    words.emplace_back(all[i].title);
    if (now == all[i].layers) chosen = i;
  }
  if (chosen == all.size()) words.emplace_back("one of your own");
  ui.menu("networks", box, "Network",
          chosen < all.size() ? all[chosen].help : "Networks to begin with; the field Hidden layers takes any other.", words, chosen,
          [&state, all](std::size_t i) {
            if (i < all.size())
              state.attempt([&] { state.desk.set(std::string("model.layers=") + all[i].layers, std::string("network ") + all[i].title); });
          });
}

// One activation for all hidden layers; layers that differ are shown as such.
void draw_activation(State& state, Widgets& ui, Box box) {
  const std::string layers = state.desk.experiment().layers;
  const std::vector<std::string> now = activations_in(layers);
  std::vector<std::string> names = activation_names();
  const bool same = std::ranges::all_of(now, [&](const std::string& each) { return each == now.front(); });
  std::size_t chosen = std::size_t(std::ranges::find(names, now.front()) - names.begin());
  if (!same) names.push_back("different ones"), chosen = names.size() - 1;
  ui.menu("activation", box, "Activation", "What every hidden neuron does with its sum z. It changes at once; the weights stay.", names,
          chosen, [&state, layers, names](std::size_t i) {
            if (names[i] == "different ones") return;
            state.attempt([&] { state.desk.set("model.layers=" + with_activation(layers, names[i]), "activation " + names[i]); });
          });
}

void set_penalty(State& state, int kind, double rate) {
  data::Experiment after = state.desk.experiment();
  after.training.l1 = kind == 1 ? rate : 0;
  after.training.l2 = kind == 2 ? rate : 0;
  state.desk.change(after, kind == 0 ? "no regularization" : penalties[std::size_t(kind)] + " " + nn::number_text(rate), "regularization");
  state.penalty = kind;
}

void draw_penalty(State& state, Widgets& ui, Box& rest) {
  const nn::Training& t = state.desk.experiment().training;
  const int kind = t.l1 > 0 ? 1 : t.l2 > 0 ? 2 : state.penalty;
  const double rate = kind == 1 ? t.l1 : t.l2;
  ui.menu("regularization", rest.cut_top(46), "Regularization",
          "What pulls weights towards 0: L1 by a fixed step, until they are 0; L2 in proportion. Not part of the shown loss.", penalties,
          std::size_t(kind), [&state, rate](std::size_t i) {
            state.attempt([&] { set_penalty(state, int(i), i == 0 ? 0 : rate > 0 ? rate : 0.001); });
          });
  rest.cut_top(8);
  const data::Key& key = data::key("train.l2");
  ui.slider("penalty", rest.cut_top(46), "Regularization rate", "How strongly.", {0, 10, key.stops}, rate, nn::number_text(rate),
            [&state, kind](double v) { set_penalty(state, kind == 0 && v > 0 ? 2 : kind, v); });
  rest.cut_top(8);
}

bool uses(const nn::Training& t, std::string_view key) {
  using enum nn::Update;
  if (key == "train.momentum") return t.optimizer == momentum || t.optimizer == nesterov;
  if (key == "train.beta1") return t.optimizer == adam || t.optimizer == adamw;
  if (key == "train.beta2") return t.optimizer == adam || t.optimizer == adamw || t.optimizer == rmsprop || t.optimizer == adadelta;
  if (key == "train.decay") return t.optimizer == adamw;
  if (key == "train.schedule_epochs") return t.schedule != nn::Schedule::constant;
  if (key == "train.schedule_factor") return t.schedule == nn::Schedule::step;
  return true;
}

}  // namespace

void draw_training_panel(State& state, Widgets& ui, Box box) {
  static constexpr std::string_view keys[] = {"-networks",
                                              "train.rate",
                                              "-activation",
                                              "-penalty",
                                              "train.loss",
                                              "train.optimizer",
                                              "train.momentum",
                                              "train.beta1",
                                              "train.beta2",
                                              "train.decay",
                                              "train.schedule",
                                              "train.schedule_epochs",
                                              "train.schedule_factor",
                                              "train.shuffle",
                                              "train.clip",
                                              "model.output",
                                              "model.init",
                                              "model.layers",
                                              "train.epochs",
                                              "train.target_loss",
                                              "train.patience",
                                              "train.seconds"};
  const nn::Training training = state.desk.experiment().training;
  const auto shown = [&](std::string_view key) {
    return key == "-activation" ? state.shows("activation") && !activations_in(state.desk.experiment().layers).empty()
           : key == "-penalty"  ? state.shows("regularization")
           : key == "-networks" ? !networks(state).empty() && state.shows("model.layers")
                                : state.shows(key) && uses(training, key);
  };
  double height = 20;
  for (const auto key : keys) height += shown(key) ? (key == "-penalty" ? 108 : 54) : 0;
  Box rest = ui.scroll_start("training", box, height).inset(14, 10);
  for (const auto key : keys) {
    if (!shown(key)) continue;
    if (key == "-penalty")
      draw_penalty(state, ui, rest);
    else if (key == "-networks")
      draw_networks(state, ui, rest.cut_top(46)), rest.cut_top(8);
    else if (key == "-activation")
      draw_activation(state, ui, rest.cut_top(46)), rest.cut_top(8);
    else
      rest.cut_top(key_control(state, ui, rest, key) + 8);
  }
  ui.scroll_end();
}

void draw_views_panel(State& state, Widgets& ui, Box box) {
  constexpr double row = 44, heading = 26;
  const Study study = state.subject().study();
  const auto shown = [&](const Method& method) { return suits(method, study); };
  const double height = double(std::ranges::count_if(methods(), shown)) * (row + 6) + 3 * heading + 20;
  Box rest = ui.scroll_start("views", box, height).inset(14, 10);
  for (const Place place : {Place::feature, Place::relationship, Place::process}) {
    static constexpr const char* tips[] = {"Which features does the network compute?",
                                           "How do inputs, neurons and outputs belong together?", "What happens in training?"};
    const Box line = rest.cut_top(heading);
    std::string title(name(place));
    std::ranges::transform(title, title.begin(), [](unsigned char c) { return char(std::toupper(c)); });
    ui.words({line.x, line.y + 16}, title, line.width, tips[int(place)], true);
    for (const Method& method : methods()) {
      if (method.place != place || !shown(method)) continue;
      const Box button = rest.cut_top(row);
      rest.cut_top(6);
      ui.button("view:" + std::string(method.name), button, std::string(method.title),
                std::string(method.help) + " (" + std::string(method.paper) + ") Opens beside the other views.",
                [&state, &method] {
                  const auto& rows = state.panes.rows();
                  const int beside = rows.back().panes.back().id;
                  state.attempt([&] {
                    rows.back().panes.size() < 3 ? state.panes.split_right(beside, std::string(method.name))
                                                 : state.panes.split_down(beside, std::string(method.name));
                  });
                },
                {.icon = Icon::plus});
    }
  }
  ui.scroll_end();
}

void draw_side_panel(State& state, Widgets& ui, Box box) {
  ui.scene().add(Rect{.box = box, .fill = ui.theme().panel});
  const std::size_t chosen = state.tab == 2 ? 1 : 0;
  ui.tabs("tabs", box.cut_top(40).inset(10, 4), {"Training", "Views"}, chosen, [&](std::size_t i) { state.tab = i + 1; });
  chosen == 0 ? draw_training_panel(state, ui, box) : draw_views_panel(state, ui, box);
}

void draw_only_panel(State& state, Widgets& ui, Box box) {
  ui.scene().add(Rect{.box = box, .fill = ui.theme().panel});
  ui.tabs("tabs", box.cut_top(40).inset(6, 4), {"Data", "Training", "Views"}, state.tab, [&](std::size_t i) { state.tab = i; });
  state.tab == 0   ? draw_data_panel(state, ui, box)
  : state.tab == 1 ? draw_training_panel(state, ui, box)
                   : draw_views_panel(state, ui, box);
}

}  // namespace viz
