// The receptive fields of all stages around one place of the input, from the geometry of the layers: how sight grows from layer to layer.
#include "viz/examples.h"
#include "viz/receptive_field.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/figure.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/stages.h"
#include "viz/text.h"

namespace viz::field {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

// The middle of some pixels, a place of the picture.
PlaceInMap middle(const Pixels& p, const nn::Shape& shape) {
  return {std::clamp((2 * p.top + p.height - 1) / 2, Index(0), shape.height - 1),
          std::clamp((2 * p.left + p.width - 1) / 2, Index(0), shape.width - 1)};
}

// A row of "fields".
struct Row {
  Pixels open, inside;  // on the input
  double jump;
  Index row, column;  // of the unit
};
Row row_of(const Numbers& numbers, Index i) {
  const nn::ConstView all = rows_of(numbers["fields"]);
  const auto at = [&](Index k) { return Index(all(i, k)); };
  return {{at(0), at(1), at(2), at(3)}, {at(4), at(5), at(6), at(7)}, double(all(i, 8)), at(9), at(10)};
}

std::string size_words(const Row& row) {
  return row.open.height == 0 ? "nothing" : std::to_string(row.open.height) + " x " + std::to_string(row.open.width);
}

// One colour for stages that see the same.
Color color_of(const Numbers& numbers, Index stage) {
  int colour = 0;
  for (Index k = 2; k <= stage; k++) colour += !(row_of(numbers, k).open == row_of(numbers, k - 1).open);
  return category(colour);
}

void add_boxes(Scene& scene, const Numbers& numbers, const nn::Shape& shape, Index chosen, Box room, const Style& style) {
  const double around = std::min(room.width, room.height) > 200 ? 0.1 : 0.04;  // fields may leave the picture
  const Box place = fitted(shape, room.inset(room.width * around, room.height * around));
  scene.add(picture_image(rows_of(numbers["picture"]), shape, place));
  scene.add(Rect{.box = place, .stroke = style.theme->line});
  scene.add(ClipStart{room});
  for (Index k = chosen; k > 0; k--) {  // the largest first
    const Row row = row_of(numbers, k);
    if (row.open.height == 0) continue;
    const Box box = box_of(row.open, shape, place).inset(k == chosen ? 0.0 : 1.0);
    const double width = k == chosen ? 3 : 2;
    Path dashed{.closed = true, .stroke = color_of(numbers, k), .line_width = width, .dash = {5, 4}};
    scene.add(dashed.move({box.x, box.y}).line({box.right(), box.y}).line({box.right(), box.bottom()}).line({box.x, box.bottom()}));
    scene.add(ClipStart{place}).add(Rect{.box = box, .stroke = color_of(numbers, k), .line_width = width}).add(ClipEnd{});
  }
  scene.add(ClipEnd{});
  const Box pixel = box_of({0, 0, 1, 1}, shape, place);
  if (pixel.width < 3 || shape.height * shape.width > 4096) return;
  const nn::ConstView rows = rows_of(numbers["unit rows"]), columns = rows_of(numbers["unit columns"]);
  for (Index i = 0; i < shape.height * shape.width; i++)
    scene.add(Rect{.box = box_of({i / shape.width, i % shape.width, 1, 1}, shape, place),
                   .id = on_press({{"row", double(rows(0, i / shape.width)) + 1}, {"column", double(columns(0, i % shape.width)) + 1}})});
}

void add_table(Scene& scene, const Numbers& numbers, Index chosen, Box room, const Style& style) {
  const Theme& theme = *style.theme;
  const auto& names = words_of(numbers, "stage words");
  // In a narrow table the name of a stage and what it sees are all.
  const bool wide = room.width >= 260;
  const double columns[] = {24, room.width * (wide ? 0.46 : 0.62), room.width * 0.64, room.width * 0.8};
  const double ends[] = {columns[1], wide ? columns[2] : room.width, columns[3], room.width};
  const auto write = [&](Box line, std::size_t column, const std::string& words, Color color) {
    if (!wide && column > 1) return;
    add_words(scene, {line.x + columns[column], line.center().y + cap_height(small) / 2}, words, ends[column] - columns[column] - 4, color);
  };
  Box line = room.cut_top(20);
  const char* titles[] = {"stage", wide ? "sees pixels" : "sees", "apart", "begins at"};
  for (std::size_t i = 0; i < 4; i++) write(line, i, titles[i], theme.muted);
  const Index count = std::ssize(names), shown = std::min(count, Index(room.height / 22)),
              first = std::clamp(chosen - shown / 2, Index(0), count - shown);
  for (Index k = first; k < first + shown; k++) {
    line = room.cut_top(22);
    const Row row = row_of(numbers, k);
    scene.add(Rect{.box = line.inset(0, 1),
                   .radius = 3,
                   .fill = k == chosen ? theme.grid : theme.panel,
                   .id = on_press({{"stage", double(k)}, {"row", 0}, {"column", 0}}),
                   .tip = names[std::size_t(k)] + ": the unit at row " + std::to_string(row.row + 1) + ", column " +
                          std::to_string(row.column + 1) + " sees " + size_words(row) + " pixels"});
    if (k > 0) scene.add(Rect{.box = {line.x + 6, line.center().y - 5, 10, 10}, .radius = 2, .fill = color_of(numbers, k)});
    write(line, 0, wide ? names[std::size_t(k)] : names[std::size_t(k)].substr(0, names[std::size_t(k)].find(':')), theme.text);
    write(line, 1, size_words(row), theme.text);
    write(line, 2, row.jump > 0 ? number_words(row.jump) : "–", theme.text);
    write(line, 3, row.open.height > 0 ? number_words(double(row.open.top + 1)) + ", " + number_words(double(row.open.left + 1)) : "–",
          theme.text);
  }
  const Scene note = paragraph(
      "Apart: from the field of one unit to that of its neighbour. Where a field leaves the picture, dashed, there are the zeros of "
      "padding. "
      "Click a stage, or a pixel to look there.",
      small, room.width, theme.muted);
  if (room.height >= note.box.height + 8) scene.append(note, {room.x, room.y + 8});
}

// Arrows move to the unit beside, u and o (page up, page down) to the stage before or after.
void add_keys(Scene& scene, const Numbers& numbers, Index chosen) {
  const Row at = row_of(numbers, chosen);
  const nn::ConstView size = rows_of(numbers["chosen"]);  // stage, height, width
  const auto key = [&](std::string_view name, const Settings& settings) {
    Mark mark = on_key(name, settings);
    std::get<Rect>(mark).box = {scene.box.x, scene.box.y, 0, 0};
    scene.add(std::move(mark));
  };
  const auto move = [&](Index down, Index right) {
    return Settings{{"row", std::clamp(double(at.row + down), 0.0, double(size(0, 1)) - 1) + 1},
                    {"column", std::clamp(double(at.column + right), 0.0, double(size(0, 2)) - 1) + 1}};
  };
  key("up", move(-1, 0)), key("down", move(1, 0)), key("left", move(0, -1)), key("right", move(0, 1));
  const Index last = std::ssize(words_of(numbers, "stage words")) - 1;
  const Settings before = {{"stage", double(std::max(chosen - 1, Index(0)))}, {"row", 0}, {"column", 0}},
                 after = {{"stage", double(std::min(chosen + 1, last))}, {"row", 0}, {"column", 0}};
  key("u", before), key("page up", before), key("o", after), key("page down", after);
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const nn::Shape picture = study.set.shape;
  require_pictures(study, "field");
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
  const std::vector<Stage> all = stages(network, tape.program());
  const ReceptiveFields fields(study.model, all);
  const Chosen unit = chosen(all, options);
  const nn::Shape& shape = all[unit.stage].shape;
  const PlaceInMap place = unit.row >= 0 ? PlaceInMap{unit.row, unit.column} : PlaceInMap{shape.height / 2, shape.width / 2};

  Numbers numbers;
  std::vector<Real> rows;
  for (std::size_t k = 0; k < all.size(); k++) {
    // In earlier stages the unit in the middle of what the chosen one reads there; later ones look at the middle of their maps.
    const PlaceInMap at = k == unit.stage  ? place
                          : k < unit.stage ? middle(fields.field(unit.stage, place.row, place.column, k), all[k].shape)
                                           : PlaceInMap{all[k].shape.height / 2, all[k].shape.width / 2};
    for (const Pixels& p : {fields.field(k, at.row, at.column), fields.inside(k, at.row, at.column)})
      rows.insert(rows.end(), {Real(p.top), Real(p.left), Real(p.height), Real(p.width)});
    rows.insert(rows.end(), {Real(fields.jump(k)), Real(at.row), Real(at.column)});
    numbers.words["stage words"].push_back(all[k].words());
  }
  numbers.tensors.push_back(tensor_of_reals("fields", {std::ssize(all), 11}, std::move(rows)));
  numbers.tensors.push_back(nn::tensor_of("picture", {picture.channels, picture.height, picture.width}, chosen_example(study)));
  numbers.tensors.push_back(tensor_of_reals("chosen", {3}, {Real(unit.stage), Real(shape.height), Real(shape.width)}));
  // Of each row and column of pixels the unit whose field has its middle nearest.
  const auto nearest = [&](bool of_rows, Index pixel) {
    Index best = 0;
    double least = INFINITY;
    for (Index i = 0; i < (of_rows ? shape.height : shape.width); i++) {
      const Pixels p = of_rows ? fields.field(unit.stage, i, place.column) : fields.field(unit.stage, place.row, i);
      const double from = of_rows ? double(p.top) + double(p.height - 1) / 2 : double(p.left) + double(p.width - 1) / 2;
      if (p.height > 0 && std::abs(from - double(pixel)) < least) least = std::abs(from - double(pixel)), best = i;
    }
    return Real(best);
  };
  std::vector<Real> unit_rows, unit_columns;
  for (Index i = 0; i < picture.height; i++) unit_rows.push_back(nearest(true, i));
  for (Index j = 0; j < picture.width; j++) unit_columns.push_back(nearest(false, j));
  numbers.tensors.push_back(tensor_of_reals("unit rows", {picture.height}, std::move(unit_rows)));
  numbers.tensors.push_back(tensor_of_reals("unit columns", {picture.width}, std::move(unit_columns)));
  numbers.words["title"] = {"What " + all[unit.stage].name + " at row " + std::to_string(place.row + 1) + ", column " +
                            std::to_string(place.column + 1) + " can see"};
  numbers.words["example"] = {example_words(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "example")[0], style);
  const nn::Tensor& picture = numbers["picture"];
  const Index stage = Index(rows_of(numbers["chosen"])(0, 0));
  const nn::Shape shape{picture.shape[0], picture.shape[1], picture.shape[2]};
  const bool side_by_side = room.width > room.height;
  const Box boxes = side_by_side ? room.cut_left(room.width * 0.5) : room.cut_top(room.height * 0.5);
  side_by_side ? room.cut_left(20) : room.cut_top(10);
  add_boxes(scene, numbers, shape, stage, boxes, style);
  if (room.width >= 100 && room.height >= 60) add_table(scene, numbers, stage, room, style);
  add_keys(scene, numbers, stage);
  return scene;
}

}  // namespace viz::field
