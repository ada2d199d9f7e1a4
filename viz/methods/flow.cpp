// Relevance as it flows (the survey's figure 4.12): what every stage says on the way forward, and below it what it contributed on the way
// back. The sum of the relevance stands under each stage, so that one sees where biases take some of it.
#include <algorithm>
#include <cmath>

#include "viz/examples.h"
#include "viz/explainers.h"
#include "viz/explanation_picture.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/pictures.h"
#include "viz/relevance_options.h"
#include "viz/target_chooser.h"
#include "viz/text.h"

namespace viz::flow {

using figure::small;
using nn::Index;
using nn::Real;

namespace {

constexpr Index most_units = 40;  // of a dense layer that are drawn as cells

// The sum over the channels, one number a pixel; of units the numbers themselves in a column.
nn::Matrix shown(nn::ConstView value, const nn::Shape& shape) {
  const Index pixels = shape.height * shape.width;
  if (pixels == 1) {
    nn::Matrix units(std::min(shape.channels, most_units), 1);
    for (Index k = 0; k < units.rows(); k++) units(k, 0) = value.data ? value(k, 0) : Real(0);
    return units;
  }
  nn::Matrix sum(shape.height, shape.width);
  for (Index i = 0; value.data && i < shape.size(); i++) sum.data()[i % pixels] += value(i, 0);
  return sum;
}

// The parameters that a stage's op reads: its biases are among them.
double taken(const nn::Signals& signals, const Backward& net, int node) { return absorbed_by_biases(signals, net.program(), node); }

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const std::string who = "flow: ";
  require_pictures(study, "flow");
  const nn::Matrix raw = chosen_example(study);
  Numbers numbers;
  try {
    const Backward net(study, study.inputs_of(raw));
    const Target target = target_of(study, net, options);
    const nn::Signals signals = relevance_of(target, net, composite_of(study, net, options));
    std::vector<Real> sums;
    for (const Stage& stage : stages(net.network(), net.program())) {
      if (stage.node > target.node) break;
      const nn::Matrix forward = shown(net[stage.node], stage.shape), back = shown(signals[stage.node], stage.shape);
      // a stage without a signal, such as one that the target does not read, has no relevance
      sums.insert(sums.end(), {Real(total(signals[stage.node])), Real(taken(signals, net, stage.node))});
      const std::string place = std::to_string(numbers.words["stages"].size());
      numbers.tensors.push_back(nn::tensor_of("forward" + place, {forward.rows(), forward.columns()}, forward));
      numbers.tensors.push_back(nn::tensor_of("back" + place, {back.rows(), back.columns()}, back));
      numbers.words["stages"].push_back(stage.name);
      numbers.words["shapes"].push_back(stage.shape.height * stage.shape.width > 1 ? "maps" : "units");
    }
    const Index count = std::ssize(numbers.words["stages"]);
    numbers.tensors.insert(numbers.tensors.begin(), tensor_of_reals("sums", {count, 2}, std::move(sums)));
    for (const nn::Tensor& tensor : numbers.tensors)
      if (std::ranges::any_of(std::get<std::vector<Real>>(tensor.numbers), [](Real x) { return !std::isfinite(x); }))
        throw std::invalid_argument("there are numbers that are not finite; a new start of training with a smaller rate would do");
    add_choice(numbers, study, net, options);
    numbers.words["target"] = {target.words, number_words(scores(target, net)(0, 0))};
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(who + error.what());
  }
  const nn::Shape shape = study.set.shape;
  numbers.tensors.push_back(nn::tensor_of("picture", {shape.channels, shape.height, shape.width}, raw));
  numbers.words["example"] = {example_words(study)};
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

namespace {

// A map, or the units of a layer as a column of cells.
void add_value(Scene& scene, nn::ConstView value, Box box, const Style& style) {
  const double range = std::max(extent(value), 1e-12);
  const bool units = value.columns == 1;
  const Box place = units ? Box{box.center().x - std::min(9.0, box.width / 2), box.y, std::min(18.0, box.width), box.height}
                          : fitted({1, value.rows, value.columns}, box);
  scene.add(readable(heat(value, place, style.scale, -range, range), value));
  scene.add(Rect{.box = place, .stroke = style.theme->line});
}

void add_arrow(Scene& scene, Point from, Point to, const Style& style) {
  scene.add_line(from, to, style.theme->muted, 1.5);
  const double back = to.x > from.x ? -4 : 4;
  scene.add(Path{.stroke = style.theme->muted, .line_width = 1.5}.move({to.x + back, to.y - 3}).line(to).line({to.x + back, to.y + 3}));
}

// How stages are cut into bands below each other, so that their pictures are as large as they can be.
struct Bands {
  Index count = 1, stages = 1;  // bands; stages in each
  double side = 8;
};
Bands bands(Index stages, Box room, double words) {
  Bands best;
  for (Index count = 1; count <= 4; count++) {
    const Index each = (stages + count - 1) / count;
    const double side = std::min({room.width / double(each) - 16, (room.height / double(count) - words) / 2, 220.0});
    if (side > best.side * 1.1) best = {count, each, side};
  }
  if (best.side > 8) return best;
  const Index each = std::clamp<Index>(Index(room.width / 30), 1, stages);
  return {1, each, std::max(8.0, std::min(room.width / double(each) - 12, (room.height - words) / 2))};
}

// One stage: what it says above what it contributed, and the arrows to the next.
void add_stage(Scene& scene, const Numbers& numbers, Index stage, Box column, double side, bool worded, bool followed, const Style& style) {
  const Theme& theme = *style.theme;
  const nn::ConstView sums = rows_of(numbers["sums"]);
  const double label = worded ? 16 : 0, middle = column.y + label + side + label + 6, center = column.center().x;
  const std::string& name = words_of(numbers, "stages")[std::size_t(stage)];
  const Box upper{center - side / 2, column.y + label, side, side}, lower{center - side / 2, middle, side, side};
  const nn::Tensor& picture = numbers["picture"];
  if (stage == 0) {
    const Box place = fitted({1, picture.shape[1], picture.shape[2]}, upper);
    scene.add(picture_image(rows_of(picture), {picture.shape[0], picture.shape[1], picture.shape[2]}, place));
    scene.add(Rect{.box = place, .stroke = theme.line});
  } else {
    add_value(scene, rows_of(numbers["forward" + std::to_string(stage)]), upper, style);
  }
  add_value(scene, rows_of(numbers["back" + std::to_string(stage)]), lower, style);
  scene.add(Rect{.box = lower, .id = on_press({{"stage", double(stage)}}), .tip = name + ": relevance " + number_words(sums(stage, 0))});
  const double gap = column.width - side;
  if (followed && gap >= 12) {
    add_arrow(scene, {upper.right() + 3, upper.center().y}, {upper.right() + gap - 3, upper.center().y}, style);
    add_arrow(scene, {lower.right() + gap - 3, lower.center().y}, {lower.right() + 3, lower.center().y}, style);
  }
  if (!worded) return;
  add_words(scene, {center, upper.y - 4}, stage == 0 ? "input" : name, column.width - 6, theme.muted, Anchor::middle);
  add_words(scene, {center, lower.bottom() + 13}, number_words(sums(stage, 0)), column.width - 4, theme.text, Anchor::middle, small,
            Font::bold);
  if (sums(stage, 1) != 0 && column.width > 56)
    add_words(scene, {center, lower.bottom() + 27}, "bias " + number_words(sums(stage, 1)), column.width - 4, theme.muted, Anchor::middle);
}

}  // namespace

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const auto& target = words_of(numbers, "target");
  Box room = add_title(scene, "Relevance flow: why " + target[0] + "?", "score " + target[1], style);
  if (room.height > 260) add_chooser(scene, room.cut_top(chooser), numbers, style);
  const bool worded = room.height > 150;
  if (worded) {
    const Box note = room.cut_top(18);
    add_words(scene, {note.x, note.y + 11},
              "above what each stage says (maps: summed over channels); below its relevance, the sum, and what its biases took", note.width,
              style.theme->muted);
  }
  const Index all = std::ssize(words_of(numbers, "stages"));
  const Bands b = bands(all, room, worded ? 76 : 10);
  const Index shown = std::min(all, b.count * b.stages), first = all - shown;  // the last stages where there is no room for all
  const double width = room.width / double(b.stages), height = std::min(room.height / double(b.count), 2 * b.side + (worded ? 76 : 10));
  for (Index i = 0; i < shown; i++) {
    const Box column{room.x + width * double(i % b.stages), room.y + height * double(i / b.stages), width, height};
    add_stage(scene, numbers, first + i, column, b.side, worded, i + 1 < shown && (i + 1) % b.stages != 0, style);
  }
  return scene;
}

}  // namespace viz::flow
