// The card of a weight or bias: its value, to be typed or changed by buttons, wheel and drag.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/text.h"
#include "viz/app/parts.h"
#include "viz/text.h"

namespace viz {

namespace {

std::string title_of(State& state, const Parameter& p) {
  const std::string layer = p.name.substr(0, p.name.find('.'));
  const int number = std::atoi(layer.c_str() + 5);
  const auto& names = state.desk.prepared().input_names;
  const bool last = p.name.starts_with("dense") && number == int(state.subject().snapshot->state.parameters.list().size()) / 2;
  const std::string to = last && state.subject().snapshot->problem->model.outputs() == 1
                             ? "the output"
                             : "neuron " + std::to_string(p.row + 1) + " of layer " + std::to_string(number);
  if (p.name.ends_with(".bias")) return "Bias of " + to;
  const std::string from =
      number == 1 && p.column < std::ssize(names) ? names[std::size_t(p.column)] : "neuron " + std::to_string(p.column + 1);
  return "Weight from " + from + " to " + to;
}

std::string card_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

}  // namespace

void type_in_card(State& state) {
  if (!state.card || !state.card_fresh || !state.interaction.pressed().empty() || !state.interaction.find("card")) return;
  state.card_fresh = false;
  state.interaction.type("card", card_text(double(state.desk.weight(state.card->name, state.card->row, state.card->column))));
}

void draw_card(State& state, Widgets& ui, Box screen) {
  if (!state.card) return;
  const Parameter p = *state.card;
  const double value = double(state.desk.weight(p.name, p.row, p.column));
  const std::string title = title_of(state, p);
  const double width = std::max(236.0, text_width(title, 13, Font::bold) + 50), height = 84;
  Box box{std::clamp(state.card_at.x + 14, screen.x + 4, std::max(screen.x + 4, screen.right() - width - 4)),
          std::clamp(state.card_at.y + 14, screen.y + 4, std::max(screen.y + 4, screen.bottom() - height - 4)), width, height};
  ui.scene().add(Rect{.box = box, .radius = 6, .fill = ui.theme().panel, .stroke = ui.theme().muted});
  ui.area(
      "card_area", box, "", [](const Event&) { return true; }, false);
  box = box.inset(10, 8);
  Box row = box.cut_top(22);
  ui.button("card_close", row.cut_right(22), "", "Close. (Esc)", [&state] { state.card.reset(); }, {.icon = Icon::close, .plain = true});
  ui.words({row.x, row.y + 14}, title, row.width, "", true);
  const auto set = [&state, p](double v) { state.desk.set_weight(p.name, p.row, p.column, nn::Real(v)); };
  row = box.cut_top(28);
  const auto step = [&state, set, value](double by) {
    return [&state, set, value, by] { state.attempt([&] { set(std::round((value + by) * 1000) / 1000); }); };
  };
  ui.button("card_less", row.cut_left(28), "", "0.1 less.", step(-0.1), {.icon = Icon::minus});
  ui.button("card_more", row.cut_right(28), "", "0.1 more.", step(0.1), {.icon = Icon::plus});
  ui.field("card", row.inset(6, 0), "", "Type a number and press Enter. The wheel and dragging up or down on the link change it too.",
           card_text(value), [&state, set](const std::string& text) {
             const auto number = nn::number(text);
             if (!number || !std::isfinite(*number)) throw std::invalid_argument("'" + shortened(text, 13, 120) + "' is not a number");
             set(*number);
           });
  box.cut_top(4);
  ui.words({box.x, box.y + 9}, "type, wheel, or drag up and down", box.width);
}

}  // namespace viz
