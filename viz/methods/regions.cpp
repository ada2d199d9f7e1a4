// The regions of training pictures that a unit says most of. Figure 4.7 of the survey.
#include "viz/examples.h"
#include "viz/regions.h"

#include <algorithm>

#include "viz/explanation.h"
#include "viz/figure.h"
#include "viz/layout.h"
#include "viz/link.h"
#include "viz/many_inputs.h"
#include "viz/methods.h"
#include "viz/patches.h"
#include "viz/receptive_field.h"
#include "viz/stages.h"

namespace viz::regions {

namespace {

using nn::Index;
using nn::Real;

enum Crop { whole, letterbox, warp };

// The unit, the network up to it, and its receptive field.
struct Unit {
  nn::Model part;
  ManyInputs network;
  std::vector<Stage> all;
  Chosen chosen;
  ReceptiveFields fields;
  nn::Shape shape;

  Unit(const Study& study, std::size_t stage, const Arguments& options)
      : part(up_to(study.model, stage)),
        network(part, study.parameters),
        all(stages(network.network(), network.program())),
        chosen(viz::chosen(all, options)),
        fields(part, all),
        shape(all.back().shape) {
    if (chosen.row < 0) chosen.row = shape.height / 2, chosen.column = shape.width / 2;
  }
  Index first_row() const { return chosen.unit * shape.height * shape.width; }
};

// Of the picture as it is: the fields of all places of the map.
void add_fields(std::vector<Region>& found, Unit& unit, nn::ConstView x, Index image, const nn::Shape& picture) {
  const nn::Matrix y = unit.network.values(x, unit.all.back().node);
  for (Index i = 0; i < unit.shape.height; i++)
    for (Index j = 0; j < unit.shape.width; j++) {
      Pixels box = unit.fields.inside(unit.all.size() - 1, i, j);
      if (box.height == 0) box = {0, 0, picture.height, picture.width};
      found.push_back({y(unit.first_row() + i * unit.shape.width + j, 0), image, box});
    }
}

nn::Matrix columns_of(const std::vector<nn::Matrix>& pictures, const Study& study) {
  nn::Matrix rows(std::ssize(pictures), pictures[0].rows());
  for (Index k = 0; k < rows.rows(); k++) std::copy_n(pictures[std::size_t(k)].data(), rows.columns(), rows.view().row(k));
  const nn::Matrix read = study.inputs_of(rows);
  nn::Matrix columns(read.columns(), read.rows());
  for (Index k = 0; k < read.rows(); k++)
    for (Index i = 0; i < read.columns(); i++) columns(i, k) = read(k, i);
  return columns;
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  require_pictures(study, "regions");
  const nn::Shape picture = study.set.shape;
  if (options.at("stage") == 0) throw std::invalid_argument("regions: the input is no unit that says anything; a stage from 1 on would do");
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
  Unit unit(study, chosen(stages(network, tape.program()), options).stage, options);
  const Crop crop = Crop(int(options.at("crop")));
  const Index images = std::min(std::ssize(study.split.train), Index(options.at("images")));
  if (images == 0) throw std::invalid_argument("regions: there are no training pictures to look at; a split with some would do");
  const nn::Matrix background = filling_of(study, Space::data, 1).background;
  const auto picture_of = [&](Index image) {
    return column_of(nn::ConstView{study.set.inputs.view().row(study.split.train[std::size_t(image)]), 1, picture.size(), picture.size()});
  };
  const Fitting fitting = crop == warp ? Fitting::warp : Fitting::letterbox;

  std::vector<Region> found;
  for (Index image = 0; image < images; image++) {
    const nn::Matrix x = picture_of(image);
    if (study.goes_on && !study.goes_on(double(image) / double(images))) throw Cancelled();
    if (crop == whole) {
      add_fields(found, unit, columns_of({x}, study), image, picture);
      continue;
    }
    const std::vector<Pixels> boxes = options.at("proposals") == 0 ? window_regions(picture) : merged_regions(x, picture);
    std::vector<nn::Matrix> cut;
    for (const Pixels& box : boxes) cut.push_back(cut_out(x, picture, box, fitting, background));
    const nn::Matrix y = unit.network.values(columns_of(cut, study), unit.all.back().node);
    const Index at = unit.first_row() + unit.chosen.row * unit.shape.width + unit.chosen.column;
    for (std::size_t k = 0; k < boxes.size(); k++) found.push_back({y(at, Index(k)), image, boxes[k]});
  }
  const std::vector<Region> best = best_regions(std::move(found), options.at("overlap"), std::size_t(options.at("count")));

  std::vector<Real> rows, crops;
  const Pixels field = unit.fields.inside(unit.all.size() - 1, unit.chosen.row, unit.chosen.column);
  for (const Region& r : best) {
    const Pixels white = crop == whole ? r.box : field;  // in what is shown
    rows.insert(rows.end(), {r.value, Real(study.split.train[std::size_t(r.image)]), Real(r.box.top), Real(r.box.left), Real(r.box.height),
                             Real(r.box.width), Real(white.top), Real(white.left), Real(white.height), Real(white.width)});
    const nn::Matrix x = picture_of(r.image), shown = crop == whole ? x : cut_out(x, picture, r.box, fitting, background);
    crops.insert(crops.end(), shown.data(), shown.data() + shown.size());
  }
  Numbers numbers;
  const Index count = std::ssize(best);
  numbers.tensors = {tensor_of_reals("regions", {count, 10}, std::move(rows)),
                     tensor_of_reals("crops", {count, picture.channels * picture.height, picture.width}, std::move(crops)),
                     tensor_of_reals("shape", {3}, {Real(picture.channels), Real(picture.height), Real(picture.width)})};
  static constexpr const char* how[] = {"whole pictures, nothing cut", "regions cut out and letterboxed", "regions cut out and warped"};
  numbers.words["title"] = {"What unit " + std::to_string(unit.chosen.unit + 1) + " of " + unit.all.back().name + " says most of"};
  numbers.words["how"] = {std::string(how[crop]) + ", of " + count_words(images) + " training pictures"};
  if (study.set.classification())
    for (const Region& r : best)
      numbers.words["classes"].push_back(
          word_at(study.set.class_names, study.set.labels[std::size_t(study.split.train[std::size_t(r.image)])]));
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "how")[0], style);
  const nn::ConstView regions = rows_of(numbers["regions"]), size = rows_of(numbers["shape"]), crops = rows_of(numbers["crops"]);
  const nn::Shape shape{Index(size(0, 0)), Index(size(0, 1)), Index(size(0, 2))};
  if (room.height > 140 && (!style.titled || room.width < 520)) {
    const Box line = room.cut_bottom(18);
    add_words(scene, {line.x, line.bottom() - 4}, words_of(numbers, "how")[0] + "; white: what it can see", line.width, style.theme->muted);
  }
  const double label = room.height > 120 ? 17 : 0;
  const Tiling tiling =
      tiles(int(regions.rows), room,
            {.aspect = double(shape.height) / double(shape.width), .gap = 8, .label = label, .smallest = 20, .largest = 150});
  const auto& classes = words_of(numbers, "classes");
  for (int k = 0; k < std::min(tiling.shown, int(regions.rows)); k++) {
    const Box tile = tiling.tile(k);
    const Real* r = regions.row(k);
    const Index height = shape.channels * shape.height;
    scene.add(picture_image({crops.row(k * height), height, shape.width, shape.width}, shape, tile));
    const Box white = box_of({Index(r[6]), Index(r[7]), Index(r[8]), Index(r[9])}, shape, tile);
    scene.add(Rect{.box = white.inset(1), .stroke = Color{0, 0, 0, 160}, .line_width = 3});
    scene.add(Rect{.box = white.inset(1), .stroke = Color{255, 255, 255}, .line_width = 1.5});
    const std::string name = classes.empty() ? "" : ", " + classes[std::size_t(k)];
    scene.add(Rect{.box = tile,
                   .stroke = style.theme->line,
                   .id = on_press({{"example", double(r[1])}}),
                   .tip = "example " + count_words(Index(r[1])) + name + ": says " + number_words(double(r[0])) + " of rows " +
                          std::to_string(Index(r[2]) + 1) + " to " + std::to_string(Index(r[2] + r[4])) + ", columns " +
                          std::to_string(Index(r[3]) + 1) + " to " + std::to_string(Index(r[3] + r[5]))});
    if (label > 0) add_words(scene, {tile.x, tile.bottom() + 13}, number_words(double(r[0])) + name, tile.width + 4, style.theme->muted);
  }
  return scene;
}

}  // namespace viz::regions
