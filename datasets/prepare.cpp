// Data and model, made to fit each other.
#include "datasets/prepare.h"

#include <algorithm>
#include <stdexcept>

#include "datasets/augment.h"
#include "datasets/catalog.h"
#include "datasets/edits.h"
#include "datasets/features.h"
#include "datasets/generators.h"
#include "datasets/split.h"
#include "datasets/symbol_layers.h"
#include "datasets/text_set.h"
#include "engine/text.h"

namespace data {

namespace {

// Of generated points and of the split.
std::uint64_t seed_of(const Experiment& e) { return std::uint64_t(e.data_seed != 0 ? e.data_seed : e.seed); }

Source source_of(const Experiment& e, const std::filesystem::path& data_folder) {
  Source source;
  source.name_or_path = e.source;
  source.noise = e.noise;
  source.samples = int(e.samples);
  source.seed = seed_of(e);
  source.target = e.target;
  source.data_folder = data_folder;
  source.window = int(e.window);
  source.words = int(e.words);
  source.csv.header = e.header == "present" ? Header::present : e.header == "absent" ? Header::absent : Header::guess;
  source.csv.missing = e.missing == "impute" ? Missing::impute : Missing::drop;
  if (!e.input.empty()) source.picture = parse_shape(e.input);
  if (e.task != "auto") source.csv.task = e.task == "regression" ? Task::regression : Task::classification;
  return source;
}

// Tables have inputs of all magnitudes; pixels and generated points do not, and are easier to look at as they are.
bool to_be_standardized(const Experiment& e, const Dataset& set) {
  if (e.standardize != "auto") return e.standardize == "on";
  const bool picture = set.shape.height > 1 || set.shape.width > 1;
  const auto made = generators();
  return !picture && !set.text && std::none_of(made.begin(), made.end(), [&](const GeneratorEntry& g) { return g.name == e.source; });
}

// Whether the layers are a whole model, "..., dense 10, softmax": softmax can only be the last.
bool is_whole(const Experiment& e) {
  const std::vector<std::string> parts = nn::split(e.layers, ',');
  return !parts.empty() && parts.back() == "softmax";
}

// Whether the targets are symbols, one a step: the next one of a text, or the class of each.
bool asks_each_step(const Dataset& set) { return set.tagged || (set.text && set.text->running); }

bool recurrent(const Dataset& set) { return set.text || set.tagged || is_text(set.name); }

std::string output_of(const Experiment& e, const Dataset& set) {
  if (recurrent(set) && set.classification() && e.output == "auto") return "softmax";
  if (e.output == "auto" && is_whole(e)) return "softmax";
  if (e.output != "auto") return e.output;
  if (!set.classification()) return "linear";
  return set.class_names.size() == 2 && e.training.loss != nn::Loss::cross_entropy ? "tanh" : "softmax";
}

nn::Index outputs_of(const std::string& output, const Dataset& set) {
  if (!set.classification()) return set.values.columns();
  return set.class_names.size() == 2 && output != "softmax" ? 1 : nn::Index(set.class_names.size());
}

void check_fit(const Experiment& e, const std::string& output, const Dataset& set) {
  const std::string data =
      "'" + set.name + "' has " + (set.classification() ? std::to_string(set.class_names.size()) + " classes" : "values");
  const nn::Loss loss = e.training.loss;
  if (asks_each_step(set) && (loss != nn::Loss::cross_entropy || output != "softmax"))
    throw std::invalid_argument("data: " + data + ", one to be told at each step; take train.loss cross-entropy and model.output softmax");
  if (set.classification() && set.class_names.size() < 2)
    throw std::invalid_argument("data: " + data + ", so that there is nothing to tell apart; is " + set.target_name + " the right target?");
  if (loss == nn::Loss::cross_entropy && output != "softmax" && output != "sigmoid")
    throw std::invalid_argument("train.loss cross-entropy needs model.output softmax or sigmoid, not " + output);
  if (!set.classification() && (loss == nn::Loss::cross_entropy || loss == nn::Loss::hinge || output == "softmax"))
    throw std::invalid_argument("data: " + data + " to predict, and train.loss " + std::string(nn::loss_names[std::size_t(loss)]) +
                                " with model.output " + output + " is for classes; take quadratic or huber, and linear");
  if (loss == nn::Loss::hinge && (set.class_names.size() != 2 || (output != "tanh" && output != "linear")))
    throw std::invalid_argument("train.loss hinge is for two classes and model.output linear or tanh; " + data + " and the output is " +
                                output);
}

// The targets of all examples, a row each.
nn::Matrix encode(const Dataset& set, const std::string& output, nn::Index outputs) {
  if (!set.classification() || set.tagged) return set.values;
  if (asks_each_step(set)) {
    nn::Matrix next(set.examples(), 1);
    for (nn::Index i = 0; i < set.examples(); i++) next(i, 0) = nn::Real(set.labels[std::size_t(i)]);
    return next;
  }
  nn::Matrix y(set.examples(), outputs);
  for (nn::Index i = 0; i < set.examples(); i++) {
    const int label = set.labels[std::size_t(i)];
    if (outputs > 1)
      y(i, label) = 1;
    else
      y(i, 0) = label == 1 ? nn::Real(1) : output == "sigmoid" ? nn::Real(0) : nn::Real(-1);
  }
  return y;
}

constexpr nn::Index usual_window = 50;  // steps that are unrolled

// A text is learned from its beginning, and tried on its end.
Split split_in_order(const Experiment& e, const Dataset& set) {
  const SplitRule rule = parse_split(e.split);
  if (rule.kind != SplitRule::Kind::random && rule.kind != SplitRule::Kind::first)
    throw std::invalid_argument("data.split " + e.split + " is not for a text, whose beginning trains; take \"90 %\" or \"first 100000\"");
  if (!e.removed.empty() || !e.added.empty()) throw std::invalid_argument("data.added and data.removed are not for a text");
  if (!e.features.empty()) throw std::invalid_argument("data.features are not for a text");
  const double count = double(set.examples());
  return first_split(set.examples(), int(rule.kind == SplitRule::Kind::first ? std::min(rule.amount, count) : count * rule.amount));
}

nn::Matrix chosen_rows(const nn::Matrix& x, const std::vector<int>& rows) {
  nn::Matrix y(nn::Index(rows.size()), x.columns());
  for (std::size_t i = 0; i < rows.size(); i++) std::copy_n(x.view().row(rows[i]), x.columns(), y.view().row(nn::Index(i)));
  return y;
}

nn::Shape input_shape(const Experiment& e, const Dataset& inputs) {
  if (e.input.empty()) return inputs.shape;
  const nn::Shape shape = parse_shape(e.input);
  if (shape.size() != inputs.inputs.columns())
    throw std::invalid_argument("model.input " + e.input + " is " + std::to_string(shape.size()) + " numbers, but '" + inputs.name +
                                "' gives " + std::to_string(inputs.inputs.columns()) + " inputs");
  return shape;
}

// The layers of an experiment on a text or on sequences: symbols before them and, where there is one answer for all steps, the last step.
std::string sequence_layers(const Experiment& e, const Dataset& set) {
  std::vector<std::string> parts;
  const std::string layers = set.text ? with_symbol_count(e.layers, int(set.text->symbols.size())) : e.layers;
  for (const std::string& part : nn::split(layers, ',')) parts.emplace_back(nn::trim(part));
  if (parts.size() == 1 && parts[0].empty()) parts.clear();
  const auto begins = [&](std::string_view word) { return !parts.empty() && parts[0].starts_with(std::string(word) + " "); };
  if (set.text) {
    const std::string count = std::to_string(set.text->symbols.size()), padded = set.text->running ? "" : " padded";
    if (begins("embed") && !parts[0].ends_with(" padded"))
      parts[0] += padded;
    else if (!begins("embed") && !begins("onehot"))
      parts.insert(parts.begin(), "onehot " + count + padded);
  }
  const bool whole = !parts.empty() && parts.back() == "softmax";
  if (!asks_each_step(set) && !whole && std::find(parts.begin(), parts.end(), "last") == parts.end()) parts.push_back("last");
  return nn::join(parts, ", ");
}

// The layers of the experiment, with the last one behind them where they are not a whole model.
nn::Model model_of(const Experiment& e, const Dataset& set, const std::string& output, nn::Index outputs, nn::Shape input) {
  const std::string layers = recurrent(set) ? sequence_layers(e, set) : std::string(nn::trim(e.layers)),
                    last = "dense " + std::to_string(outputs) + ", " + output;
  if (!is_whole(e)) return nn::parse_model(layers + (layers.empty() ? "" : ", ") + last, input);
  if (output != "softmax") throw std::invalid_argument("model.layers ends with softmax, but model.output is " + output);
  const nn::Model model = nn::parse_model(layers, input);
  if (const nn::Index units = model.outputs(); units != outputs)
    throw std::invalid_argument("model.layers ends with softmax over " + std::to_string(units) + " units, but the data have " +
                                std::to_string(outputs) + " classes; end it with '" + last + "', or leave the last layer away");
  return model;
}

decltype(nn::Problem::augment) augmentation(const Experiment& e, const Dataset& set, nn::Shape shape) {
  if (nn::trim(e.augment).empty()) return {};
  if (shape.height == 1 && shape.width == 1)
    throw std::invalid_argument("data.augment moves pictures, and the inputs of '" + set.name +
                                "' are none; leave it empty, or say by model.input how they read as a picture");
  const Augmentation how = parse_augmentation(e.augment);
  return [how, shape](nn::ConstView from, nn::View to, nn::Generator& random) { augment(from, to, shape, how, random); };
}

}  // namespace

Prepared prepare(const Experiment& e, const std::filesystem::path& data_folder) {
  Prepared p;
  p.set = load(source_of(e, data_folder));
  p.features = e.features;
  p.split = p.set.text && p.set.text->running ? split_in_order(e, p.set) : split(p.set, parse_split(e.split), seed_of(e));

  Dataset inputs = with_features(p.set, p.features);
  p.input_names = inputs.input_names;
  if (to_be_standardized(e, p.set)) p.standardization = standardization(inputs, p.split.train);
  Edited edited = edit(std::move(p.set), p.split, e.removed, e.added);
  if (!e.removed.empty() || !e.added.empty()) inputs = with_features(edited.set, p.features);
  if (p.standardization) p.standardization->apply(inputs.inputs);
  p.set = std::move(edited.set);
  p.split = std::move(edited.split);
  p.source_rows = std::move(edited.source_rows);

  const std::string output = output_of(e, p.set);
  check_fit(e, output, p.set);
  const nn::Index outputs = outputs_of(output, p.set);
  nn::Shape shape = input_shape(e, inputs);
  const bool running = p.set.text && p.set.text->running;
  if (running) shape.width = e.window > 0 ? e.window : usual_window;
  const nn::Model model = model_of(e, p.set, output, outputs, shape);

  const nn::Matrix targets = encode(p.set, output, outputs);
  const auto examples = [&](const std::vector<int>& rows) {
    return nn::Examples{chosen_rows(inputs.inputs, rows), chosen_rows(targets, rows)};
  };
  p.problem = std::make_shared<const nn::Problem>(nn::Problem{model, examples(p.split.train), examples(p.split.test), p.classification(),
                                                              augmentation(e, p.set, model.input), asks_each_step(p.set),
                                                              running ? model.input.width : 0});
  return p;
}

nn::Matrix model_inputs(const Prepared& p, const nn::Matrix& raw) {
  if (raw.columns() != p.set.inputs.columns())
    throw std::invalid_argument("data: rows of " + std::to_string(raw.columns()) + " numbers, where '" + p.set.name + "' has " +
                                std::to_string(p.set.inputs.columns()) + " inputs");
  nn::Matrix inputs = raw;
  if (!p.features.empty()) {
    Dataset rows;
    rows.name = p.set.name;
    rows.inputs = raw;
    rows.input_names = p.set.input_names;
    inputs = with_features(rows, p.features).inputs;
  }
  if (p.standardization) p.standardization->apply(inputs);
  return inputs;
}

nn::Trainer trainer(const Prepared& p, const Experiment& e) {
  return nn::Trainer(p.problem, nn::initializer_named(e.init), e.training, std::uint64_t(e.seed));
}

}  // namespace data
