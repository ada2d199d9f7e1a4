// The screen of the Deep Visualization Toolbox (Yosinski et al. 2015): a picture, what every unit of a stage makes of it, and of one unit
// what it answers to: its picture backwards, and the training images that it says most of.
#include "viz/toolbox_picture.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "viz/backward.h"
#include "viz/examples.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/receptive_field.h"
#include "viz/stages.h"
#include "viz/top_images.h"

namespace viz::toolbox {

namespace {

using nn::Index;
using nn::Real;

nn::Rules rules_of(int back) { return back == 1 ? nn::chain_rule() : back == 2 ? nn::deconvnet() : nn::guided_backpropagation(); }

// What the unit sends back to the input: from one place of its map, or from all of it.
nn::Matrix back_picture(const Backward& net, const Stage& stage, Index unit, const PlaceInMap* from, const nn::Rules& rules) {
  // A probability falls where any other rises: what speaks for a class alone is its logit.
  const int node = stage.node == net.network().output ? net.network().logits : stage.node;
  const nn::Shape& shape = stage.shape;
  const Index pixels = shape.height * shape.width;
  nn::Matrix seed(shape.size(), 1);
  for (Index i = 0; i < pixels; i++) seed(unit * pixels + i, 0) = !from || i == from->row * shape.width + from->column;
  if (node == net.network().x) return seed;
  const nn::Signals signals = net.from(node, seed, rules);
  const nn::ConstView x = signals[net.network().x];
  return x.data ? nn::Matrix(x) : nn::Matrix(net[net.network().x].rows, 1);
}

void add_box(std::vector<Real>& row, const Pixels& p) { row.insert(row.end(), {Real(p.top), Real(p.left), Real(p.height), Real(p.width)}); }

// Larger than the picture it is the picture.
Pixels crop_of(Pixels field, const nn::Shape& picture) {
  if (field.height >= picture.height) field.top = 0, field.height = picture.height;
  if (field.width >= picture.width) field.left = 0, field.width = picture.width;
  return field;
}

// Tensors "top" [images, 7] of the chosen unit, "best" [units, 7], the first of each unit: value, row of the data, which of "pictures", and
// the receptive field of the place where the value is. "pictures" holds them once each.
void add_top(Numbers& numbers, const Study& study, const ReceptiveFields& fields, const Chosen& chosen, Index images, bool pattern) {
  const auto top = top_images(study, chosen.stage, images);
  std::map<Index, Index> places;  // of rows of the data among the pictures
  std::vector<Real> pictures;
  const auto row_of = [&](std::vector<Real>& rows, const Peak& peak, bool shown) {
    const Index row = study.split.train[std::size_t(peak.image)];
    Index place = -1;
    if (shown) {
      const auto [at, is_new] = places.try_emplace(row, Index(places.size()));
      place = at->second;
      if (is_new)
        pictures.insert(pictures.end(), study.set.inputs.view().row(row), study.set.inputs.view().row(row) + study.set.shape.size());
    }
    rows.insert(rows.end(), {peak.value, Real(row), Real(place)});
    add_box(rows, crop_of(fields.field(chosen.stage, peak.row, peak.column), study.set.shape));
  };
  std::vector<Real> of_unit, best;
  std::vector<std::string> words;
  for (const Peak& peak : top.at(std::size_t(chosen.unit))) {
    row_of(of_unit, peak, true);
    const Index row = study.split.train[std::size_t(peak.image)];
    words.push_back(study.set.classification() ? word_at(study.set.class_names, study.set.labels[std::size_t(row)]) : "");
  }
  for (const auto& peaks : top) row_of(best, peaks.front(), pattern);
  const auto add = [&](const char* name, Index columns, std::vector<Real> rows) {
    const Index count = Index(rows.size()) / columns;
    numbers.tensors.push_back(tensor_of_reals(name, {count, columns}, std::move(rows)));
  };
  add("top", 7, std::move(of_unit));
  add("best", 7, std::move(best));
  add("pictures", study.set.shape.size(), std::move(pictures));
  numbers.words["top"] = std::move(words);
}

// "7 (98 %), 9 (2 %)"
std::string answer_words(const Study& study, nn::ConstView output) {
  if (!study.set.classification() || output.rows != std::ssize(study.set.class_names) || output.rows < 2) return "";
  std::vector<Index> order;
  for (Index k = 0; k < output.rows; k++) order.push_back(k);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return output(a, 0) > output(b, 0); });
  const bool probabilities = std::holds_alternative<nn::Softmax>(study.model.last());
  std::string words = "says ";
  for (const Index k : {order[0], order[1]}) {
    const double said = double(output(k, 0));
    words += (k == order[0] ? "" : ", ") + word_at(study.set.class_names, k) + " (" +
             (probabilities ? std::to_string(std::lround(100 * said)) + " %" : number_words(said)) + ")";
  }
  return words;
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  require_pictures(study, "toolbox");
  const nn::Matrix raw = chosen_example(study);
  const Backward net(study, study.inputs_of(raw));
  const std::vector<Stage> all = stages(net.network(), net.program());
  const Chosen unit = chosen(all, options);
  const Stage& stage = all[unit.stage];
  const nn::Shape shape = stage.shape, picture = study.set.shape;
  const nn::ConstView values = net[stage.node];
  const bool placed = unit.row >= 0;
  const PlaceInMap place = placed ? PlaceInMap{unit.row, unit.column} : largest(map(values, shape, unit.unit));

  Numbers numbers;
  numbers.tensors.push_back(nn::tensor_of("maps", {shape.channels, shape.height, shape.width}, maps(values, shape)));
  numbers.tensors.push_back(nn::tensor_of("picture", {picture.channels, picture.height, picture.width}, raw));
  numbers.tensors.push_back(
      tensor_of_reals("chosen", {5}, {Real(unit.stage), Real(unit.unit), Real(place.row), Real(place.column), Real(placed)}));
  const ReceptiveFields fields(study.model, all);
  std::vector<Real> boxes;
  add_box(boxes, fields.field(unit.stage, place.row, place.column));
  add_box(boxes, fields.inside(unit.stage, place.row, place.column));
  numbers.tensors.push_back(tensor_of_reals("field", {2, 4}, std::move(boxes)));
  const int back = int(options.at("back"));
  const bool from_map = options.at("from") > 0;
  if (back > 0)
    numbers.tensors.push_back(nn::tensor_of("back", {picture.channels, picture.height, picture.width},
                                            back_picture(net, stage, unit.unit, from_map ? nullptr : &place, rules_of(back))));
  const bool pattern = options.at("pattern") > 0;
  const Index images = std::min(Index(images_option[std::size_t(options.at("images"))]), study.train.count());
  add_top(numbers, study, fields, unit, images, pattern);

  numbers.words["back"] = {std::string(back_words[std::size_t(back)]), stage.node == net.network().output && shape.height * shape.width == 1
                                                                           ? "logit"
                                                                       : from_map ? "map"
                                                                                  : "place"};
  numbers.words["range"] = {options.at("range") > 0 ? "layer" : "each"};
  numbers.words["pattern"] = {pattern ? "on" : "off"};
  numbers.words["images"] = {count_words(images)};
  for (const Stage& each : all) numbers.words["stages"].push_back(each.name), numbers.words["stage words"].push_back(each.words());
  if (stage.node == net.network().output && study.set.classification() && shape.channels == std::ssize(study.set.class_names))
    numbers.words["units"] = study.set.class_names;
  numbers.words["example"] = {example_words(study), answer_words(study, net[net.network().output])};
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Toolbox t = toolbox_of(numbers);
  const Box room = add_title(scene, t.title(), words_of(numbers, "moment")[0], style);
  const Places places = places_of(t, room);
  add_input(scene, t, places.input, style);
  add_stages(scene, t, places.stages, style);
  const int columns = add_grid(scene, t, places.grid, style);
  add_unit(scene, t, places.unit, style);
  add_numbers(scene, t, places.numbers, style);
  add_back(scene, t, places.back, style);
  add_top(scene, t, places.top, style);
  add_keys(scene, t, columns);
  return scene;
}

}  // namespace viz::toolbox
