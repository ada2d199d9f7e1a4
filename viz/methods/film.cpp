// A film strip of training: a column for each moment, a row for each filter of a layer or for each of its maps of the chosen picture. The
// colours are the same in all moments, so that what changes is what was learned.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/backward.h"
#include "viz/layer_weights.h"
#include "viz/link.h"
#include "viz/map_tiles.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/text.h"

namespace viz::film {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

struct Moment {
  Index step, epoch;
  const nn::Parameters* parameters;
};

// Which of `count` things are shown where there is room for `room` of them: evenly spread, the first and the last among them.
std::vector<std::size_t> evenly(std::size_t count, std::size_t room) {
  std::vector<std::size_t> chosen;
  const std::size_t shown = std::min(count, std::max<std::size_t>(room, 1));
  for (std::size_t i = 0; i < shown; i++) chosen.push_back(shown == 1 ? count - 1 : (i * (count - 1) + (shown - 1) / 2) / (shown - 1));
  return chosen;
}

Study at(const Study& study, const Moment& moment) {
  Study then = with_parameters(study, *moment.parameters);
  then.step = moment.step, then.epoch = moment.epoch;
  return then;
}

// One picture a row: "filter 3", or where a filter has many input maps these of the chosen filter.
struct Rows {
  nn::Shape shape;  // of each
  std::vector<Real> numbers;
};

Rows filters(const LayerWeights& layer, const nn::Parameters& parameters, bool colour, Index unit) {
  const nn::ConstView W = parameters[layer.weight];
  const bool one = layer.pictures() && layer.shape.channels > 1 && !colour;
  const Index first = one ? unit : 0, count = one ? 1 : W.rows;
  const nn::Shape shape =
      !layer.pictures() ? nn::Shape{1, 1, layer.shape.size()} : nn::Shape{colour ? 3 : 1, layer.shape.height, layer.shape.width};
  return {shape, {W.row(first), W.row(first) + count * W.columns}};
}

void add_filters(Numbers& numbers, const Study& study, const std::vector<Moment>& moments, const Arguments& options) {
  const std::vector<LayerWeights> layers = layers_with_weights(study);
  const std::size_t at = layer_of_stage(layers, std::size_t(options.at("stage")));
  const LayerWeights& layer = layers[at];
  const Index unit = std::min(Index(options.at("unit")), layer.units) - 1;
  const bool colour = at == 0 && layer.pictures() && layer.shape.channels == 3;
  std::vector<Real> all;
  nn::Shape shape;
  for (const Moment& moment : moments) {
    const Rows rows = filters(layer, *moment.parameters, colour, unit);
    shape = rows.shape;
    all.insert(all.end(), rows.numbers.begin(), rows.numbers.end());
  }
  const Index count = Index(moments.size()), rows = Index(all.size()) / count / shape.size();
  numbers.tensors.push_back(tensor_of_reals("film", {count, rows, shape.channels, shape.height, shape.width}, std::move(all)));
  const std::string kind = layer.transposed ? "input map" : layer.convolution ? "filter" : "neuron";
  const bool one = layer.pictures() && layer.shape.channels > 1 && !colour;
  const bool of_classes = at + 1 == layers.size() && std::ssize(study.set.class_names) == layer.units && !one;
  for (Index i = 0; i < rows; i++)
    numbers.words["rows"].push_back(of_classes ? study.set.class_names[std::size_t(i)] : std::to_string(i + 1));
  numbers.words["title"] = {one ? layer.name + ", " + kind + " " + std::to_string(unit + 1) + ": its " + count_words(rows) + " input maps"
                                : layer.name + ": " + count_words(rows) + " " + kind + (rows == 1 ? "" : "s")};
  numbers.words["row"] = {one ? "input map" : kind};
  numbers.words["colour"] = {colour ? "yes" : ""};
  numbers.tensors.push_back(tensor_of_reals("chosen", {2}, {Real(one || layer.transposed ? 0 : layer.stage), Real(unit)}));
}

void add_maps(Numbers& numbers, const Study& study, const std::vector<Moment>& moments, const Arguments& options) {
  const nn::Matrix x = study.inputs_of(chosen_example(study));
  std::vector<Real> all;
  for (const Moment& moment : moments) {
    const Backward net(film::at(study, moment), x);
    const std::vector<Stage> stages = viz::stages(net.network(), net.program());
    const Chosen chosen = viz::chosen(stages, options);
    const Stage& stage = stages[chosen.stage];
    const nn::Matrix shown = maps(net[stage.node], stage.shape);
    all.insert(all.end(), shown.data(), shown.data() + shown.size());
    if (&moment != &moments.back()) continue;
    const Index count = Index(moments.size());
    numbers.tensors.push_back(
        tensor_of_reals("film", {count, stage.shape.channels, 1, stage.shape.height, stage.shape.width}, std::move(all)));
    const bool of_classes = stage.node >= net.network().logits && std::ssize(study.set.class_names) == stage.shape.channels;
    for (Index i = 0; i < stage.shape.channels; i++)
      numbers.words["rows"].push_back(of_classes ? study.set.class_names[std::size_t(i)] : std::to_string(i + 1));
    numbers.words["title"] = {stage.words() + ", " + example_words(study)};
    numbers.words["row"] = {stage.shape.height * stage.shape.width > 1 ? "map" : "unit"};
    numbers.words["colour"] = {""};
    numbers.tensors.push_back(tensor_of_reals("chosen", {2}, {Real(chosen.stage), Real(chosen.unit)}));
  }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const auto kept = study.moments ? study.moments() : std::vector<std::shared_ptr<const nn::Snapshot>>{};
  if (kept.empty())
    throw std::invalid_argument("film: no earlier moments of this training are kept; train it here, or open a run folder with snapshots");
  std::vector<Moment> moments;
  for (const auto& snapshot : kept)
    if (snapshot->state.step < study.step) moments.push_back({snapshot->state.step, snapshot->state.epoch, &snapshot->state.parameters});
  moments.push_back({study.step, study.epoch, &study.parameters});
  std::vector<Moment> shown;
  for (const std::size_t i : evenly(moments.size(), std::size_t(options.at("moments")))) shown.push_back(moments[i]);

  Numbers numbers;
  options.at("show") == 0 ? add_filters(numbers, study, shown, options) : add_maps(numbers, study, shown, options);
  std::vector<Real> steps;
  for (const Moment& moment : shown) {
    steps.push_back(Real(moment.step));
    numbers.words["steps"].push_back(count_words(moment.step));
    numbers.words["epochs"].push_back(count_words(moment.epoch));
  }
  const Index count = Index(steps.size());
  numbers.tensors.push_back(tensor_of_reals("steps", {count}, std::move(steps)));
  numbers.words["moment"] = {viz::moment(study)};
  return numbers;
}

namespace {

constexpr double gap = 4, heading = 30, least_pitch = 46, least_cell = 14, largest = 130;

struct Strip {
  double width, height, pitch;  // of a picture; from column to column
  int rows;
  std::vector<std::size_t> columns;
};

bool single_numbers(const nn::Tensor& film) { return film.shape[3] * film.shape[4] == 1; }

Strip strip_of(const nn::Tensor& film, Box room) {
  const auto moments = std::size_t(film.shape[0]);
  const double tallest = std::max(room.height / double(film.shape[1]) - gap, least_cell), share = room.width / double(moments) - gap;
  const double aspect = std::clamp(double(film.shape[3]) / double(film.shape[4]), 0.25, 4.0);
  double width = std::min({tallest / aspect, largest, largest / aspect});
  width = std::max(std::min(width, share), std::min(width, least_pitch - gap));
  Strip strip{width, width * aspect, std::max(width + gap, least_pitch), 0, {}};
  if (single_numbers(film))
    strip.width = std::clamp(share, least_pitch - gap, 80.0), strip.height = std::min(tallest, 28.0), strip.pitch = strip.width + gap;
  strip.rows = std::clamp(int((room.height + gap) / (strip.height + gap)), 1, int(film.shape[1]));
  strip.columns = evenly(moments, std::size_t(std::max(1.0, (room.width + gap) / strip.pitch)));
  return strip;
}

void draw_cell(Scene& scene, const Numbers& numbers, Index moment, Index row, Box cell, double range, const Style& style) {
  const nn::Tensor& film = numbers["film"];
  const nn::ConstView map = picture_at(film, (moment * film.shape[1] + row) * film.shape[2]), chosen = rows_of(numbers["chosen"]);
  const std::string tip = words_of(numbers, "row")[0] + " " + words_of(numbers, "rows")[std::size_t(row)] + " at step " +
                          words_of(numbers, "steps")[std::size_t(moment)] + ", epoch " + words_of(numbers, "epochs")[std::size_t(moment)];
  const bool linked = chosen(0, 0) > 0, framed = linked && Index(chosen(0, 1)) == row;
  const std::string id = linked ? on_press({{"stage", double(chosen(0, 0))}, {"unit", double(row + 1)}}) : "";
  if (!words_of(numbers, "colour")[0].empty()) {
    Image image = colour_weights({map.data, 3 * map.rows, map.columns, map.columns}, cell, range);
    image.id = id, image.tip = tip + ", in the colours of the input: grey is zero";
    scene.add(std::move(image));
    return add_frame(scene, cell, framed, style);
  }
  const double value = double(map(0, 0));
  const bool number = single_numbers(film) && value != 0;  // a zero is written by add_map
  add_map(scene, {.map = map, .box = cell, .range = range, .id = id, .tip = tip, .chosen = framed}, style);
  if (number && text_width(decimal_words(value), small) <= cell.width - 4)
    add_centered(scene, cell, decimal_words(value), ink_on(color_at(style.scale, value, -range, range)));
}

}  // namespace

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const nn::Tensor& film = numbers["film"];
  const std::string title = words_of(numbers, "title")[0];
  Box room = add_title(scene, title, words_of(numbers, "moment")[0], style);
  const double range = color_range(rows_of(film));
  const Box bar = room.cut_bottom(26);
  if (words_of(numbers, "colour")[0].empty())
    add_color_bar(scene, bar, {-range, range}, style);
  else
    add_words(scene, {bar.x, bar.y + 16}, "grey is zero; full and no colour are ±" + number_words(range), 206, style.theme->muted);
  room.cut_bottom(4);
  if (!style.titled) {
    const Box line = room.cut_top(16);
    add_words(scene, {line.x, line.y + 10}, title, line.width, style.theme->text);
  }
  double label = text_width("epoch", small);
  for (const std::string& name : words_of(numbers, "rows")) label = std::max(label, text_width(name, small));
  label = std::min(label, room.width * 0.25);
  const Box heads = room.cut_top(heading), names = room.cut_left(label + 8);
  const Strip strip = strip_of(film, room);
  add_words(scene, {names.x, heads.y + 10}, "epoch", label, style.theme->muted);
  add_words(scene, {names.x, heads.y + 23}, "step", label, style.theme->muted);
  for (int i = 0; i < strip.rows; i++)
    add_words(scene, {names.x, room.y + i * (strip.height + gap) + strip.height / 2 + cap_height(small) / 2},
              words_of(numbers, "rows")[std::size_t(i)], label, style.theme->text);
  if (strip.rows < film.shape[1])
    add_words(scene, {bar.x + 214, bar.y + 10}, "and " + count_words(film.shape[1] - strip.rows) + " more", bar.width - 214,
              style.theme->muted);
  for (std::size_t j = 0; j < strip.columns.size(); j++) {
    const std::size_t moment = strip.columns[j];
    const double x = room.x + double(j) * strip.pitch, width = strip.pitch - 4;
    const std::string &epoch = words_of(numbers, "epochs")[moment], &step = words_of(numbers, "steps")[moment];
    add_words(scene, {x, heads.y + 10}, epoch, width, style.theme->text);
    add_words(scene, {x, heads.y + 23}, step, width, style.theme->muted);
    for (int i = 0; i < strip.rows; i++)
      draw_cell(scene, numbers, Index(moment), i, {x, room.y + i * (strip.height + gap), strip.width, strip.height}, range, style);
  }
  return scene;
}

}  // namespace viz::film
