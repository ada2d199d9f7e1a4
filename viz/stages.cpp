// Stages of a network, and the unit that a person chose.
#include "viz/stages.h"

#include <algorithm>

#include "viz/figure.h"

namespace viz {

std::string Stage::words() const {
  if (shape.height * shape.width == 1) return name + ": " + count_words(shape.channels) + (shape.channels == 1 ? " unit" : " units");
  return name + ": " + count_words(shape.channels) + (shape.channels == 1 ? " map of " : " maps of ") + std::to_string(shape.height) +
         " x " + std::to_string(shape.width);
}

std::vector<Stage> stages(const nn::Network& network, const nn::Program& program) {
  std::vector<Stage> all;
  for (int i = network.x; i < program.size(); i++) {
    const nn::Node& node = program[i];
    const bool part = node.kind == nn::Kind::parameter || node.name.empty() || node.name.ends_with(".switches");
    if (!part && (i == network.x || node.kind == nn::Kind::computed)) all.push_back({node.name, i, node.size.shape});
    if (i == network.output) break;
  }
  return all;
}

bool is_stage(const nn::Layer& layer) { return !std::holds_alternative<nn::Dropout>(layer) && !std::holds_alternative<nn::Flatten>(layer); }

nn::Model up_to(const nn::Model& model, std::size_t stage) {
  nn::Model part{model.text, model.input, {}};
  std::size_t made = 0;
  for (const nn::Layer& layer : model.layers)
    if (made < stage && is_stage(layer)) part.layers.push_back(layer), made++;
  return part;
}

namespace {

// A whole number that all views share.
Option shared_option(std::string_view name, std::string_view help, double initial, double low, double high) {
  return {.name = name, .help = help, .initial = initial, .low = low, .high = high, .step = 1, .words = {}, .shared = true};
}

}  // namespace

Option stage_option(double initial) {
  return shared_option("stage", "which stage: 0 is the input, 1 what the first layer of the model's text makes of it, and so on", initial,
                       0, 100);
}
Option unit_option() { return shared_option("unit", "which map or unit of the stage, counted from 1", 1, 1, 100000); }
Option row_option() { return shared_option("row", "of the place in the map, counted from 1; 0: where the map is largest", 0, 0, 4096); }
Option column_option() {
  return shared_option("column", "of the place in the map, counted from 1; 0: where the map is largest", 0, 0, 4096);
}

Chosen chosen(const std::vector<Stage>& stages, const Arguments& options) {
  const auto asked = [&](const char* name, double otherwise) {
    const auto at = options.find(name);
    return at == options.end() ? otherwise : at->second;
  };
  Chosen chosen{.stage = std::min(std::size_t(asked("stage", 1)), stages.size() - 1), .unit = 0, .row = -1, .column = -1};
  const nn::Shape shape = stages[chosen.stage].shape;
  chosen.unit = std::min(nn::Index(asked("unit", 1)), shape.channels) - 1;
  chosen.row = std::min(nn::Index(asked("row", 0)), shape.height) - 1;
  chosen.column = std::min(nn::Index(asked("column", 0)), shape.width) - 1;
  if (chosen.row < 0 || chosen.column < 0) chosen.row = chosen.column = -1;
  return chosen;
}

nn::Matrix maps(nn::ConstView value, const nn::Shape& shape, nn::Index example) {
  nn::Matrix all(shape.channels * shape.height, shape.width);
  for (nn::Index i = 0; i < all.size(); i++) all.data()[i] = value(i, example);
  return all;
}

nn::Matrix map(nn::ConstView value, const nn::Shape& shape, nn::Index channel, nn::Index example) {
  nn::Matrix one(shape.height, shape.width);
  for (nn::Index i = 0; i < one.size(); i++) one.data()[i] = value(channel * one.size() + i, example);
  return one;
}

PlaceInMap largest(const nn::Matrix& map) {
  const nn::Index at = std::max_element(map.data(), map.data() + map.size()) - map.data();
  return {at / map.columns(), at % map.columns()};
}

}  // namespace viz
