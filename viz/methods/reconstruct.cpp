// Patches of images beside what a unit sends back to them: blocks of nine as in the survey's figure 4.9, or rows of ten as in its figure
// 4.10 (Zeiler and Fergus 2014, Springenberg et al. 2014).
#include <algorithm>
#include <cmath>

#include "engine/relevance.h"
#include "viz/backward.h"
#include "viz/examples.h"
#include "viz/explanation_picture.h"
#include "viz/layout.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/pictures.h"
#include "viz/receptive_field.h"
#include "viz/stages.h"
#include "viz/top_images.h"

namespace viz::reconstruct {

using figure::small;
using nn::Index;
using nn::Real;

namespace {

constexpr Index images_option[] = {100, 500, 2000, 5000};
constexpr std::string_view backs[] = {"gradient", "deconvnet", "guided", "relevance"};

nn::Rules rules_of(int back, const Backward& net) {
  if (back == 3) return nn::relevance_rules(net.program(), net.values(), nn::epsilon_plus());
  return back == 0 ? nn::chain_rule() : back == 1 ? nn::deconvnet() : nn::guided_backpropagation();
}

Stage checked_stage(const Study& study, const std::vector<Stage>& all, std::size_t k, int back, const nn::Network& network) {
  const bool convolutions = std::ranges::any_of(study.model.layers, [](const nn::Layer& l) { return std::holds_alternative<nn::Conv>(l); });
  require_pictures(study, "reconstruct");
  if (back == 1 && !convolutions)
    throw std::invalid_argument("reconstruct: the network has no convolution that could be undone; --back gradient would do");
  if (study.train.count() == 0) throw std::invalid_argument("reconstruct: there are no training images; a run with some would do");
  Stage stage = all[k];
  // A probability falls where any other rises: what speaks for a class alone is its logit.
  if (stage.node == network.output) stage.node = network.logits;
  return stage;
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
  const std::vector<Stage> all = stages(network, tape.program());
  const Chosen first = chosen(all, options);
  const int back = int(options.at("back"));
  const Stage stage = checked_stage(study, all, first.stage, back, network);
  const bool rows = options.at("form") > 0;
  const Index count = rows ? 10 : 9, images = std::min(images_option[std::size_t(options.at("images"))], study.train.count());
  const Index units = std::min(Index(options.at("units")), stage.shape.channels - first.unit);
  const auto top = top_images(study, first.stage, images, std::size_t(count));
  const ReceptiveFields fields(study.model, all);
  const nn::Shape picture = study.set.shape;

  std::vector<Real> maps, pictures, places;
  for (Index u = first.unit; u < first.unit + units; u++) {
    const auto& peaks = top.at(std::size_t(u));
    std::vector<int> chosen_rows;
    for (const Peak& peak : peaks) chosen_rows.push_back(study.split.train[std::size_t(peak.image)]);
    const nn::Matrix raw = inputs_at(study.set, chosen_rows);
    const Backward net(study, study.inputs_of(raw));
    nn::Matrix seed(net[stage.node].rows, raw.rows());
    for (Index n = 0; n < raw.rows(); n++) {
      const Peak& peak = peaks[std::size_t(n)];
      const Index at = (u * stage.shape.height + peak.row) * stage.shape.width + peak.column;
      seed(at, n) = back == 3 ? net[stage.node](at, n) : Real(1);
      Pixels field = fields.field(first.stage, peak.row, peak.column);
      if (field.height >= picture.height) field.top = 0, field.height = picture.height;
      if (field.width >= picture.width) field.left = 0, field.width = picture.width;
      places.insert(places.end(), {Real(field.top), Real(field.left), Real(field.height), Real(field.width), peak.value,
                                   Real(chosen_rows[std::size_t(n)])});
    }
    const nn::Matrix sent = [&] {
      if (stage.node == net.network().x) return seed;
      const nn::Signals signals = net.from(stage.node, seed, rules_of(back, net));
      const nn::ConstView x = signals[net.network().x];
      return x.data ? nn::Matrix(x) : nn::Matrix(picture.size(), raw.rows());
    }();
    for (Index n = 0; n < raw.rows(); n++) {
      pictures.insert(pictures.end(), raw.view().row(n), raw.view().row(n) + picture.size());
      for (Index p = 0; p < picture.height * picture.width; p++) {
        Real sum = 0;
        for (Index c = 0; c < picture.channels; c++) sum += sent(c * picture.height * picture.width + p, n);
        if (!std::isfinite(sum))
          throw std::invalid_argument(
              "reconstruct: there are weights that are not finite; a new start of training with a smaller rate would do");
        maps.push_back(sum);
      }
    }
  }
  const Index each = std::ssize(places) / 6 / units;
  Numbers numbers;
  numbers.tensors.push_back(tensor_of_reals("maps", {units, each, picture.height, picture.width}, std::move(maps)));
  numbers.tensors.push_back(
      tensor_of_reals("pictures", {units, each, picture.channels, picture.height, picture.width}, std::move(pictures)));
  numbers.tensors.push_back(tensor_of_reals("places", {units, each, 6}, std::move(places)));
  for (Index u = 0; u < units; u++) numbers.words["units"].push_back(stage.name + " " + std::to_string(first.unit + u + 1));
  numbers.words["form"] = {rows ? "rows" : "blocks"};
  numbers.words["back"] = {std::string(backs[back]), count_words(images)};
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

namespace {

// One image of a unit: its numbers and where its patch is.
struct Shown {
  nn::ConstView map, picture;
  nn::Shape shape;
  Pixels field;
  double value;
  Index row;
};
Shown shown_of(const Numbers& numbers, Index unit, Index image) {
  const nn::Tensor &pictures = numbers["pictures"], &maps = numbers["maps"];
  const nn::Shape shape{pictures.shape[2], pictures.shape[3], pictures.shape[4]};
  const Index i = unit * maps.shape[1] + image;
  const nn::ConstView all = rows_of(maps), pixels = rows_of(pictures), places = rows_of(numbers["places"]);
  const auto at = [&](Index k) { return Index(places(i, k)); };
  return {{all.row(i * shape.height), shape.height, shape.width, shape.width},
          {pixels.row(i * shape.channels * shape.height), shape.channels * shape.height, shape.width, shape.width},
          shape,
          {at(0), at(1), at(2), at(3)},
          double(places(i, 4)),
          at(5)};
}

void add_back(Scene& scene, const Shown& s, Box box, double range, const Style& style) {
  nn::Matrix part(s.field.height, s.field.width);
  for (Index i = 0; i < part.rows(); i++)
    for (Index j = 0; j < part.columns(); j++) {
      const Index row = s.field.top + i, column = s.field.left + j;
      if (row >= 0 && column >= 0 && row < s.shape.height && column < s.shape.width) part(i, j) = s.map(row, column);
    }
  scene.add(readable(heat(part, box, style.scale, -range, range), part));
  scene.add(Rect{.box = box, .stroke = style.theme->line});
}

void add_patch(Scene& scene, const Shown& s, Box box, const Style& style) {
  scene.add(picture_part(s.picture, s.shape, s.field, box));
  scene.add(Rect{.box = box,
                 .stroke = style.theme->line,
                 .id = on_press({{"example", double(s.row)}}),
                 .tip = "example " + count_words(s.row) + ": " + number_words(s.value)});
}

double range_of(const Numbers& numbers, Index unit) {
  double range = 1e-12;
  for (Index n = 0; n < numbers["maps"].shape[1]; n++) range = std::max(range, extent(shown_of(numbers, unit, n).map));
  return range;
}

// Nine and nine: what is sent back at the left, the patches at the right.
void add_block(Scene& scene, const Numbers& numbers, Index unit, Box box, const Style& style) {
  const double range = range_of(numbers, unit), half = (box.width - 8) / 2, side = half / 3, high = box.height / 3;
  for (Index n = 0; n < std::min<Index>(9, numbers["maps"].shape[1]); n++) {
    const Shown s = shown_of(numbers, unit, n);
    const Box tile = Box{box.x + side * double(n % 3), box.y + high * double(n / 3), side, high}.inset(1);
    const Box place = fitted({1, s.field.height, s.field.width}, tile);
    add_back(scene, s, place, range, style);
    add_patch(scene, s, place.moved({half + 8, 0}), style);
  }
}

// Patches above, what is sent back below.
void add_rows(Scene& scene, const Numbers& numbers, Index unit, Box box, const Style& style) {
  const Index count = numbers["maps"].shape[1];
  const double range = range_of(numbers, unit), side = std::min(box.width / double(count), box.height / 2);
  for (Index n = 0; n < count; n++) {
    const Shown s = shown_of(numbers, unit, n);
    const Box place = fitted({1, s.field.height, s.field.width}, Box{box.x + side * double(n), box.y, side, side}.inset(1));
    add_patch(scene, s, place, style);
    add_back(scene, s, place.moved({0, side}), range, style);
  }
}

}  // namespace

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const auto& units = words_of(numbers, "units");
  const auto& back = words_of(numbers, "back");
  Box room = add_title(scene, "What units answer to: " + back[0], words_of(numbers, "moment")[0], style);
  const bool rows = words_of(numbers, "form")[0] == "rows";
  if (room.height > 130) {
    const Box line = room.cut_top(18);
    const std::string sides = rows ? "Above the patches that a unit says most of, below what it sends back to them;"
                                   : "At the left what a unit sends back, at the right the patches that it says most of;";
    add_words(scene, {line.x, line.y + 11}, sides + " best of " + back[1] + " training images.", line.width, style.theme->muted);
  }
  const double label = 16;
  const double aspect = rows ? 0.2 : 0.5;
  const Tiling tiling =
      tiles(int(units.size()), room, {.aspect = aspect, .gap = 12, .label = label, .smallest = 60, .largest = rows ? 1100.0 : 560.0});
  for (int i = 0; i < tiling.shown; i++) {
    const Box tile = tiling.tile(i);
    const Index unit = i;
    const bool dead = shown_of(numbers, unit, 0).value == 0;
    if (rows)
      add_rows(scene, numbers, unit, tile, style);
    else
      add_block(scene, numbers, unit, tile, style);
    add_words(scene, {tile.x, tile.bottom() + 13}, units[std::size_t(i)] + (dead ? ": dead, 0 on all of them" : ""), tile.width,
              style.theme->muted);
  }
  return scene;
}

}  // namespace viz::reconstruct
