// How one number of a stage is computed, with its numbers: the sum under a kernel, the winner of a window, a function, softmax, a norm.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/kernels.h"
#include "viz/arithmetic_picture.h"
#include "viz/backward.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/neurons.h"

namespace viz::arithmetic {

namespace {

using nn::Index;
using nn::Real;

// "conv2" is of the kind "conv", "leaky relu1" "leaky relu".
std::string kind_of(const nn::Layer& layer, const std::string& stage) {
  if (const auto* activation = std::get_if<nn::Activate>(&layer)) return std::string(nn::name(activation->sigma));
  return stage.substr(0, stage.find_last_not_of("0123456789") + 1);
}

// Tensor "curve" [65, 2]: z and sigma(z), as far as the largest of the numbers that are seen.
void add_curve(Numbers& numbers, nn::Function sigma, double reach) {
  constexpr Index points = 65;
  reach = std::isfinite(reach) ? std::max(2.0, 1.1 * reach) : 4;
  std::vector<Real> all;
  for (Index i = 0; i < points; i++) {
    const Real z = Real(reach * (2.0 * double(i) / (points - 1) - 1));
    Real a = z;
    nn::kernels().apply(sigma, 1, 1, &z, 1, &a, 1);
    all.push_back(z), all.push_back(a);
  }
  numbers.tensors.push_back(tensor_of_reals("curve", {points, 2}, std::move(all)));
}

// Tensor "constants": of batch norm mean, variance, gain, shift; of layer norm the same of this example; of response norm k, alpha, beta.
void add_constants(Numbers& numbers, const Study& study, const Stage& stage, const Origin& o, Index row) {
  const auto parameter = [&](const char* part, Index i) { return study.parameters[study.parameters.find(stage.name + part)](i, 0); };
  std::vector<Real> all;
  if (o.made == Made::batch_norm) {
    const Index c = o.slots[0].channel;
    all = {parameter(".running_mean", c), parameter(".running_variance", c), parameter(".gain", c), parameter(".shift", c)};
  } else if (o.made == Made::layer_norm) {
    double mean = 0, variance = 0;
    for (const Slot& s : o.slots) mean += s.number / double(o.slots.size());
    for (const Slot& s : o.slots) variance += (s.number - mean) * (s.number - mean) / double(o.slots.size());
    all = {Real(mean), Real(variance), parameter(".gain", row), parameter(".shift", row)};
  } else if (o.made == Made::response_norm) {
    const nn::Neighbours how;
    all = {how.k, how.alpha, how.beta};
  }
  if (all.empty()) return;
  const Index count = Index(all.size());
  numbers.tensors.push_back(tensor_of_reals("constants", {count}, std::move(all)));
}

// Tensors "terms" [channels, u, v, 3]: number, weight, product, 0 where nothing lies; "places" [slots, 4]: channel, row, column, inside.
void add_slots(Numbers& numbers, const Origin& o) {
  std::vector<Real> terms, places;
  for (const Slot& s : o.slots) {
    for (const double x : {s.number, s.weight, s.product()}) terms.push_back(Real(x));
    for (const Index x : {s.channel, s.row, s.column, Index(s.inside)}) places.push_back(Real(x));
  }
  numbers.tensors.push_back(tensor_of_reals("terms", {o.channels, o.height, o.width, 3}, std::move(terms)));
  numbers.tensors.push_back(tensor_of_reals("places", {Index(o.slots.size()), 4}, std::move(places)));
}

// Arrows move the window, "next" slides it on, row by row and then from the start; pages go through the units.
void add_keys(Scene& scene, const Sum& sum) {
  const Index high = sum.to.height, wide = sum.to.width, count = high * wide, at = sum.unit.row * wide + sum.unit.column;
  const auto unit = [&](std::string_view key, Index by) {
    const Index to = (sum.unit.channel + by + sum.to.channels) % sum.to.channels;
    if (sum.to.channels > 1) scene.add(on_key(key, {{"unit", double(to + 1)}}));
  };
  unit("page up", -1), unit("page down", 1);
  if (count == 1) return unit("next", 1), unit("up", -1), unit("down", 1);
  const auto key = [&](std::string_view name, Index row, Index column) {
    scene.add(on_key(name, {{"row", double(row + 1)}, {"column", double(column + 1)}}));
  };
  key("next", (at + 1) % count / wide, (at + 1) % count % wide);
  key("left", sum.unit.row, std::max<Index>(0, sum.unit.column - 1)), key("right", sum.unit.row, std::min(wide - 1, sum.unit.column + 1));
  key("up", std::max<Index>(0, sum.unit.row - 1), sum.unit.column), key("down", std::min(high - 1, sum.unit.row + 1), sum.unit.column);
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const Backward net(study, study.inputs_of(chosen_example(study)));
  const std::vector<Stage> all = stages(net.network(), net.program());
  if (all.size() < 2) throw std::invalid_argument("arithmetic: the network computes nothing; one with a layer such as 'dense 3' does");
  Arguments asked = options;
  asked["stage"] = std::max(1.0, options.at("stage"));  // nothing is computed at the input
  Chosen at = chosen(all, asked);
  const Stage &from = all[at.stage - 1], &to = all[at.stage];
  if (at.row < 0) {
    const PlaceInMap top = largest(map(net[to.node], to.shape, at.unit));
    at.row = top.row, at.column = top.column;
  }
  const Origin o = origin(study.model, study.parameters, all, at.stage, {at.unit, at.row, at.column}, net[from.node]);
  const Index shown = std::min(Index(options.at("channel")), o.channels) - 1,
              row = (at.unit * to.shape.height + at.row) * to.shape.width + at.column;

  Numbers numbers;
  add_slots(numbers, o);
  numbers.tensors.push_back(tensor_of_reals("result", {2}, {Real(o.bias), net[to.node](row, 0)}));
  numbers.tensors.push_back(
      nn::tensor_of("input", {from.shape.channels * from.shape.height, from.shape.width}, maps(net[from.node], from.shape)));
  numbers.tensors.push_back(nn::tensor_of("output", {to.shape.channels * to.shape.height, to.shape.width}, maps(net[to.node], to.shape)));
  numbers.tensors.push_back({"how",
                             {12},
                             std::vector<std::int64_t>{Index(at.stage), at.unit, at.row, at.column, shown, from.shape.channels,
                                                       to.shape.channels, Index(o.made), o.stride, o.padding, o.dilation, o.learned}});
  add_constants(numbers, study, to, o, row);
  if (const auto* activation = std::get_if<nn::Activate>(&layer_of(study.model, at.stage)))
    add_curve(numbers, activation->sigma, extent(map(net[from.node], from.shape, at.unit)));
  numbers.words["stages"] = {from.name, to.name};
  numbers.words["kind"] = {kind_of(layer_of(study.model, at.stage), to.name)};
  numbers.words["inputs"] = at.stage == 1 ? study.input_names : std::vector<std::string>();
  if (Index(at.stage) == std::ssize(all) - 1 || o.made == Made::softmax) numbers.words["classes"] = study.set.class_names;
  if (at.stage == 1 && study.model.input.height * study.model.input.width > 1) numbers.words["picture"] = {"pixels"};
  numbers.words["example"] = {example_words(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Sum sum(numbers, style);
  Box room = add_title(scene, sum.place_words(), words_of(numbers, "example")[0], style);
  const std::vector<EquationLine> lines = equations(sum);
  const double most = room.height < 260 ? room.height * 0.34 : std::max(84.0, room.height * 0.3);
  Scene words = equation_lines(lines, {0, 0, room.width, most}, style, 16);
  if (words.box.height == 0) words = equation_lines(std::span(lines).last(1), {0, 0, room.width, most}, style, 15);
  if (words.box.height > 0) {
    scene.append(words, {room.x, room.bottom() - words.box.height});
    room.cut_bottom(words.box.height + 8);
    scene.add_line({room.x, room.bottom()}, {room.right(), room.bottom()}, style.theme->line);
    room.cut_bottom(6);
  }
  if (sum.kind == "dense" || sum.kind == "softmax")
    add_terms(scene, sum, room);
  else if (sum.origin.made == Made::sum || sum.origin.made == Made::largest || sum.origin.made == Made::mean)
    add_window(scene, sum, room);
  else
    add_function(scene, sum, room);
  add_keys(scene, sum);
  return scene;
}

}  // namespace viz::arithmetic
