// The layered picture of a network: every neuron as a small map of what it says, links as wide as their weights (Smilkov and Carter 2016).
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/methods.h"
#include "viz/network_picture.h"

namespace viz::network {

namespace {

using nn::Index;
using nn::Real;

// Tensor "ranges" [neurons]: the colours of each span from minus to plus this: of an input its own extent, of other layers the layer's, and
// at least 1, so that a neuron that says little looks pale.
void add_ranges(Numbers& numbers) {
  const nn::ConstView all = rows_of(numbers["neurons"]);
  const Index side = numbers["neurons"].shape[1];
  const auto of = [&](Index first, Index count) { return extent({all.row(first * side), count * side, side, side}); };
  const std::vector<int> sizes = sizes_of(numbers);
  std::vector<Real> ranges;
  Index first = 0;
  for (std::size_t k = 0; k < sizes.size(); first += sizes[k++])
    for (Index i = 0; i < sizes[k]; i++) {
      if (k == 0)
        ranges.push_back(Real(std::max(is_map(numbers) ? of(i, 1) : of(0, sizes[0]), 1e-12)));
      else
        ranges.push_back(i == 0 ? Real(std::max(of(first, sizes[k]), 1.0)) : ranges.back());
    }
  const Index count = Index(ranges.size());
  numbers.tensors.push_back(tensor_of_reals("ranges", {count}, std::move(ranges)));
}

// Tensor "raw" [inputs]: the chosen example as it was measured, where that is not what goes into the network.
void add_raw(Numbers& numbers, const Study& study) {
  const nn::Matrix raw = chosen_example(study);
  const std::vector<Real> measured(raw.data(), raw.data() + raw.columns());
  const Real* x = rows_of(numbers["neurons"]).data;
  if (study.input_names == study.set.input_names && !numbers.has("picture") && !std::equal(measured.begin(), measured.end(), x))
    numbers.tensors.push_back(tensor_of_reals("raw", {raw.columns()}, measured));
}

// Every neuron says yes or no; of values to predict, one of ten steps.
void discretize_neurons(Numbers& numbers) {
  const nn::ConstView ranges = rows_of(numbers["ranges"]);
  const bool classes = !words_of(numbers, "classes").empty();
  const Index side = numbers["neurons"].shape[1];
  const auto step = [&](Real y, Real range) {
    if (classes) return y > 0 ? range : y < 0 ? -range : y;
    return range * (std::round((std::clamp(y / range, Real(-1), Real(1)) + 1) * Real(4.5)) / Real(4.5) - 1);
  };
  for (nn::Tensor& tensor : numbers.tensors) {
    if (tensor.name != "neurons" && tensor.name != "chosen") continue;
    auto& all = std::get<std::vector<Real>>(tensor.numbers);
    for (std::size_t i = 0; i < all.size(); i++)
      all[i] = step(all[i],
                    tensor.name == "chosen" ? ranges(0, Index(rows_of(numbers["neuron"])(0, 0)) - 1) : ranges(0, Index(i) / (side * side)));
  }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const Index chosen = Index(options.at("neuron"));  // counted from 1
  if (has_maps(study.model))
    throw std::invalid_argument("network: the model has maps, whose pixels are too many neurons to link; 'diagram' shows it");
  Numbers numbers;
  add_names(numbers, study);
  add_neurons(numbers, study, int(options.at("resolution")));
  if (const Index neurons = numbers["neurons"].shape[0]; chosen > neurons)
    throw std::invalid_argument("network: neuron " + std::to_string(chosen) + " was asked for, but there are " + std::to_string(neurons) +
                                ", the inputs among them");
  add_ranges(numbers);
  numbers.tensors.push_back(tensor_of_reals("neuron", {1}, {Real(chosen)}));
  for (std::size_t i = 0; i < study.parameters.list().size(); i++)
    numbers.tensors.push_back(nn::tensor_of(study.parameters.list()[i].name, study.parameters.list()[i].tensor, study.parameters[i]));
  if (!study.two_dimensional()) {
    add_raw(numbers, study);
    return numbers;
  }
  add_output(numbers, study, int(options.at("detail")), chosen - 1);
  if (options.at("discretize") == 1) discretize(numbers), discretize_neurons(numbers);
  add_points(numbers, study, options.at("test") == 1);
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Picture p(numbers, box, style);
  const auto& example = words_of(numbers, "example");
  Box room = add_title(p.scene, "Network" + (example.empty() ? "" : ", " + example[0]), words_of(numbers, "moment")[0], style);
  p.nodes.size = 40;  // of the widths in the legend, until they are known
  const Box legend_rows = room.cut_bottom(legend_height(legend(p, room.width), room.width, box.height >= 320 ? 3 : 1));
  Box headings = room.cut_top(20);
  room.cut_bottom(6);
  place(p, room);
  headings.y = p.body.y - headings.height;

  add_areas(p);
  for (std::size_t k = p.image ? 2 : 1; k < p.sizes.size(); k++) add_links(p, k);
  if (p.image) add_picture_links(p), add_input_picture(p);
  for (std::size_t k = 0; k < p.sizes.size(); k++)
    if (!p.nodes.columns[k].nodes.empty()) add_column(p, k);
  if (p.map) add_output(p);
  add_headings(p, headings);
  add_legend(p, legend(p, legend_rows.width), legend_rows);
  return std::move(p.scene);
}

}  // namespace viz::network
