// Controls that come from the table of keys.
#include <stdexcept>

#include "engine/text.h"
#include "viz/app/parts.h"
#include "viz/figure.h"

namespace viz {

namespace {

constexpr double low_row = 46;  // a label above a control

std::string value_words(double value) { return value == 0 ? "0" : nn::number_text(value); }

}  // namespace

double key_control(State& state, Widgets& ui, Box at, std::string_view name) {
  const data::Key& key = data::key(name);
  data::Experiment now = state.desk.experiment();
  const data::Place place = key.place(now);
  const std::string id(name), label(key.title), tip(key.help);
  const Box box = at.top(low_row);
  const auto set = [&state, id, label](const std::string& value) { state.desk.set(id + "=" + value, label + " " + value); };
  const auto slider = [&](double value) {
    double low = key.low, high = key.high;
    if (!key.stops.empty()) low = key.stops.front(), high = key.stops.back();
    ui.slider(id, box, label, tip, {low, high, key.stops}, value, value_words(value), [set](double v) { set(nn::number_text(v)); });
  };
  if (auto* number = std::get_if<double*>(&place)) {
    slider(**number);
  } else if (auto* whole = std::get_if<nn::Index*>(&place)) {
    slider(double(**whole));
  } else if (auto* choice = std::get_if<data::Choice>(&place)) {
    const std::vector<std::string> words(choice->words.begin(), choice->words.end());
    ui.menu(id, box, label, tip, words, choice->chosen(), [&state, set, words](std::size_t i) { state.attempt([&] { set(words[i]); }); });
  } else if (auto* text = std::get_if<std::string*>(&place)) {
    ui.field(id, box, label, tip, **text, set);
  } else if (auto* list = std::get_if<std::vector<std::string>*>(&place)) {
    ui.field(id, box, label, tip, nn::join(**list, ", "), set);
  } else {
    throw std::logic_error("the key " + id + " has no control");
  }
  return low_row;
}

}  // namespace viz
