// Every stage of a network as a column of its maps, and the links into the one that is chosen; or single units with theirs (Harley 2015).
#include <algorithm>
#include <cmath>

#include "viz/backward.h"
#include "viz/diagram_picture.h"
#include "viz/methods.h"
#include "viz/network_picture.h"
#include "viz/neurons.h"

namespace viz::diagram {

namespace {

using nn::Index;
using nn::Real;

// Of whole maps: channel, sum and norm of all weights from it, [channels, 3]. Of single units all slots inside: [slots, 5].
nn::Tensor links_of(const Origin& o, bool single) {
  std::vector<Real> all;
  const Index count = o.height * o.width;
  for (Index k = 0; k < o.channels && !single; k++) {
    double sum = 0, squares = 0;
    for (Index i = k * count; i < (k + 1) * count; i++) {
      const double w = o.slots[std::size_t(i)].weight;
      sum += w, squares += w * w;
    }
    for (const double x : {double(o.slots[std::size_t(k * count)].channel), sum, std::sqrt(squares)}) all.push_back(Real(x));
  }
  for (const Slot& s : o.slots)
    if (single && s.inside)
      for (const double x : {double(s.channel), double(s.row), double(s.column), s.weight, s.number}) all.push_back(Real(x));
  const Index width = single ? 5 : 3, rows = Index(all.size()) / width;
  return tensor_of_reals("links", {rows, width}, std::move(all));
}

Index parameters_of(const nn::Parameters& parameters, const std::string& stage) {
  Index count = 0;
  for (const nn::Parameter& p : parameters.list())
    if (p.learned && p.name.starts_with(stage + ".")) count += p.rows * p.columns;
  return count;
}

// Arrows go through the maps and the stages; in a single map, through its places.
void add_keys(Scene& scene, const Diagram& d, bool single) {
  const nn::Shape shape = d.shapes[d.stage];
  const auto unit = [&](Index by) { return double((d.unit.channel + by + shape.channels) % shape.channels + 1); };
  if (shape.channels > 1) {
    scene.add(on_key(single ? "page up" : "up", {{"unit", unit(-1)}})).add(on_key(single ? "page down" : "down", {{"unit", unit(1)}}));
  }
  if (!single) {
    const std::size_t last = d.shapes.size() - 1;
    scene.add(on_key("left", {{"stage", double(std::max<std::size_t>(1, d.stage) - 1)}}));
    scene.add(on_key("right", {{"stage", double(std::min(last, d.stage + 1))}}));
    const bool wraps = d.unit.channel + 1 == shape.channels;
    scene.add(on_key("next", {{"stage", double(wraps ? d.stage % last + 1 : d.stage)}, {"unit", wraps ? 1 : unit(1)}}));
    return;
  }
  const auto place = [&](std::string_view key, Index row, Index column) {
    scene.add(on_key(key, {{"row", double(row + 1)}, {"column", double(column + 1)}}));
  };
  const Index high = shape.height, wide = shape.width, at = d.unit.row * wide + d.unit.column;
  if (high * wide == 1) return void(scene.add(on_key("next", {{"unit", unit(1)}})));
  place("next", (at + 1) % (high * wide) / wide, (at + 1) % (high * wide) % wide);
  place("left", d.unit.row, std::max<Index>(0, d.unit.column - 1)), place("right", d.unit.row, std::min(wide - 1, d.unit.column + 1));
  place("up", std::max<Index>(0, d.unit.row - 1), d.unit.column), place("down", std::min(high - 1, d.unit.row + 1), d.unit.column);
}

}  // namespace

// Tensors "links"; "how": single, stage, unit, row, column, learned; "shapes" [stages, 4]: channels, height, width, parameters; "ranges"
// [stages]; "field": top, left, height, width on the input; "stage 0", ...: the first maps of each; "chosen": the map of the unit.
Numbers compute(const Study& study, const Arguments& options) {
  const bool single = options.at("units") == 1;
  const Backward net(study, study.inputs_of(chosen_example(study)));
  const std::vector<Stage> all = stages(net.network(), net.program());
  if (all.size() < 2) throw std::invalid_argument("diagram: the network has no stages; one with a layer such as 'dense 3' has");
  Arguments asked = options;
  if (single) asked["stage"] = std::max(1.0, options.at("stage"));  // nothing goes into a single pixel of the input
  Chosen at = chosen(all, asked);
  const nn::Matrix own = map(net[all[at.stage].node], all[at.stage].shape, at.unit);
  if (at.row < 0) at.row = largest(own).row, at.column = largest(own).column;
  const Unit unit{at.unit, at.row, at.column};
  const Origin o = at.stage > 0 ? origin(study.model, study.parameters, all, at.stage, unit, net[all[at.stage - 1].node])
                                : Origin{.made = Made::function, .channels = 0};

  Numbers numbers;
  numbers.tensors.push_back(links_of(o, single));
  numbers.tensors.push_back(
      {"how", {6}, std::vector<std::int64_t>{single, Index(at.stage), unit.channel, unit.row, unit.column, o.learned}});
  std::vector<std::int64_t> shapes;
  std::vector<Real> ranges;
  for (std::size_t k = 0; k < all.size(); k++) {
    const nn::Shape shape = all[k].shape;
    for (const Index x : {shape.channels, shape.height, shape.width, parameters_of(study.parameters, all[k].name)}) shapes.push_back(x);
    ranges.push_back(Real(std::max(extent(net[all[k].node]), 1e-12)));
    const nn::Shape first{std::min(shape.channels, most_maps), shape.height, shape.width};
    numbers.tensors.push_back(
        nn::tensor_of("stage " + std::to_string(k), {first.channels * first.height, first.width}, maps(net[all[k].node], first)));
    numbers.words["stages"].push_back(k == 0 ? "input" : all[k].name);
  }
  numbers.tensors.push_back({"shapes", {std::ssize(all), 4}, std::move(shapes)});
  numbers.tensors.push_back(tensor_of_reals("ranges", {std::ssize(all)}, std::move(ranges)));
  const Pixels field = ReceptiveFields(study.model, all).inside(at.stage, unit.row, unit.column);
  numbers.tensors.push_back({"field", {4}, std::vector<std::int64_t>{field.top, field.left, field.height, field.width}});
  numbers.tensors.push_back(nn::tensor_of("chosen", {own.rows(), own.columns()}, own));
  numbers.words["classes"] = study.set.class_names;
  numbers.words["inputs"] = study.input_names;
  numbers.words["example"] = {example_words(study)};
  numbers.words["parameters"] = {count_words(study.parameters.count())};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Diagram d(numbers, style);
  const bool single = whole_numbers(numbers, "how")[0] != 0;
  const std::string place =
      d.vector(d.stage) || !single ? "" : ", row " + std::to_string(d.unit.row + 1) + ", column " + std::to_string(d.unit.column + 1);
  const std::string links = d.links.rows == 1 ? "1 link" : count_words(d.links.rows) + " links";
  const std::string title = d.unit_name(d.stage, d.unit.channel) + place + (d.stage > 0 ? ": " + links : "");
  const Box room =
      add_title(scene, title, words_of(numbers, "example")[0] + ", " + words_of(numbers, "parameters")[0] + " parameters", style);
  single ? add_units(scene, d, room) : add_maps(scene, d, room);
  add_keys(scene, d, single);
  return scene;
}

Diagram::Diagram(const Numbers& all, const Style& looks) : numbers(all), style(looks), names(words_of(all, "stages")) {
  const auto& how = std::get<std::vector<std::int64_t>>(all["how"].numbers);
  const auto& sizes = std::get<std::vector<std::int64_t>>(all["shapes"].numbers);
  const auto& seen = std::get<std::vector<std::int64_t>>(all["field"].numbers);
  for (std::size_t i = 0; i < sizes.size(); i += 4)
    shapes.push_back({sizes[i], sizes[i + 1], sizes[i + 2]}), parameters.push_back(sizes[i + 3]);
  stage = std::size_t(how[1]), unit = {how[2], how[3], how[4]}, learned = how[5] != 0;
  links = rows_of(all["links"]), field = {seen[0], seen[1], seen[2], seen[3]};
}

nn::ConstView Diagram::map(std::size_t k, Index channel) const {
  const nn::ConstView maps = rows_of(numbers["stage " + std::to_string(k)]);
  return {maps.row(channel * shapes[k].height), shapes[k].height, shapes[k].width, shapes[k].width};
}

Shades Diagram::shades(std::size_t k) const {
  const double range = double(rows_of(numbers["ranges"]).data[k]);
  return k == 0 && !vector(0) ? Shades{Scale::grey, 0, range} : Shades{style.scale, -range, range};
}

std::string Diagram::unit_name(std::size_t k, Index channel) const {
  const auto &classes = words_of(numbers, "classes"), &inputs = words_of(numbers, "inputs");
  if (k == 0 && vector(0)) return "input " + word_at(inputs, channel);
  if (k == 0) return shapes[0].channels == 1 ? "the input" : "channel " + std::to_string(channel + 1) + " of the input";
  const bool of_class = k + 1 == shapes.size() && shapes[k].channels == std::ssize(classes);
  return names[k] + (vector(k) ? of_class ? ", class " + classes[std::size_t(channel)] : ", unit " + std::to_string(channel + 1)
                               : ", map " + std::to_string(channel + 1));
}

Color link_color(const Diagram& d, double weight, double range) {
  if (!d.learned) return d.style.theme->muted;
  return network::link_color(d.style, weight / range);
}

}  // namespace viz::diagram
