// The history of a run, a JSON object a line.
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/save.h"
#include "engine/text.h"

namespace nn {

namespace {

using Json = nlohmann::ordered_json;

Json figure(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
double figure(const Json& json) { return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>(); }

}  // namespace

std::string history_line(const Epoch& e) {
  return Json{{"epoch", e.epoch},
              {"step", e.step},
              {"train_loss", figure(e.train_loss)},
              {"test_loss", figure(e.test_loss)},
              {"train_accuracy", figure(e.train_accuracy)},
              {"test_accuracy", figure(e.test_accuracy)},
              {"seconds", figure(e.seconds)}}
      .dump();
}

Epoch parse_history_line(std::string_view line, const std::string& who) {
  try {
    const Json json = Json::parse(line);
    return {.epoch = json.at("epoch").get<Index>(),
            .step = json.at("step").get<Index>(),
            .train_loss = figure(json.at("train_loss")),
            .test_loss = figure(json.at("test_loss")),
            .train_accuracy = figure(json.at("train_accuracy")),
            .test_accuracy = figure(json.at("test_accuracy")),
            .seconds = figure(json.at("seconds"))};
  } catch (const Json::exception&) {
    throw std::runtime_error(who + ": this is no line of a history: " + std::string(line.substr(0, 60)));
  }
}

std::string history_lines(const std::vector<Epoch>& history) {
  std::string text;
  for (const Epoch& epoch : history) text += history_line(epoch) + "\n";
  return text;
}

std::vector<Epoch> parse_history(std::string_view text, const std::string& who) {
  std::vector<Epoch> history;
  for (const std::string& line : split(text, '\n'))
    if (!line.empty()) history.push_back(parse_history_line(line, who + ": line " + std::to_string(history.size() + 1)));
  return history;
}

}  // namespace nn
