// The slots of every kind of layer.
#include "viz/origin.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

using nn::Index;

// Fills in the slots of one unit, layer by layer of the model's text.
struct Maker {
  const nn::Parameters& parameters;
  const Stage& stage;
  nn::Shape from;
  Unit unit;
  nn::ConstView before;

  Slot slot(Index channel, Index row, Index column, double weight) const {
    const bool inside = row >= 0 && row < from.height && column >= 0 && column < from.width;
    const Index at = (channel * from.height + row) * from.width + column;
    return {channel, row, column, inside, weight, inside ? double(before(at, 0)) : 0.0};
  }
  nn::ConstView parameter(const char* part) const { return parameters[parameters.find(stage.name + part)]; }

  // All numbers of the stage before, in the order in which they lie.
  template <class Weight>
  Origin everything(Made made, const Weight& weight) const {
    Origin all{.made = made, .channels = from.channels, .height = from.height, .width = from.width};
    for (Index c = 0, i = 0; c < from.channels; c++)
      for (Index y = 0; y < from.height; y++)
        for (Index x = 0; x < from.width; x++) all.slots.push_back(slot(c, y, x, weight(i++)));
    return all;
  }
  Origin itself(Made made) const { return {.made = made, .slots = {slot(unit.channel, unit.row, unit.column, 1)}}; }

  Origin window(Made made, Index size, Index stride, Index padding) const {
    Origin pool{.made = made, .height = size, .width = size, .stride = stride, .padding = padding};
    for (Index u = 0; u < size; u++)
      for (Index v = 0; v < size; v++)
        pool.slots.push_back(slot(unit.channel, unit.row * stride + u - padding, unit.column * stride + v - padding, 1));
    return pool;
  }
  static Origin mean(Origin pool) {
    const auto count = std::ranges::count_if(pool.slots, &Slot::inside);
    for (Slot& s : pool.slots) s.weight = s.inside ? 1.0 / double(count) : 0;
    return pool;
  }

  Origin operator()(const nn::Dense&) const {
    const nn::ConstView W = parameter(".weight");
    Origin all = everything(Made::sum, [&](Index i) { return double(W(unit.channel, i)); });
    all.bias = double(parameter(".bias")(unit.channel, 0)), all.learned = true;
    return all;
  }

  Origin operator()(const nn::Conv& layer) const {
    const nn::Convolution& how = layer.how;
    const Index s = how.stride, d = how.dilation, p = how.padding, high = how.kernel_height, wide = how.kernel_width;
    const nn::ConstView W = parameter(".weight");
    const Index channels = from.channels / how.groups, filters = layer.filters / how.groups, group = unit.channel / filters;
    Origin conv{.made = Made::sum,
                .channels = channels,
                .height = high,
                .width = wide,
                .stride = s,
                .padding = p,
                .dilation = d,
                .bias = double(parameter(".bias")(unit.channel, 0)),
                .learned = true};
    for (Index k = 0; k < channels; k++)
      for (Index u = 0; u < high; u++)
        for (Index v = 0; v < wide; v++) {
          const Index c = group * channels + k;
          if (!layer.transposed) {
            // z_o(i,j) gains w_ocuv a_c(s i + d u - p, s j + d v - p)
            conv.slots.push_back(
                slot(c, s * unit.row + d * u - p, s * unit.column + d * v - p, double(W(unit.channel, (k * high + u) * wide + v))));
            continue;
          }
          // z_c(k,l) gains w_ocuv a_o(i,j) where s i + d u - p = k, s j + d v - p = l
          const Index row = unit.row + p - d * u, column = unit.column + p - d * v;
          const bool meets = row % s == 0 && column % s == 0;
          conv.slots.push_back(
              slot(c, meets ? row / s : -1, meets ? column / s : -1, double(W(c, (unit.channel % filters * high + u) * wide + v))));
        }
    return conv;
  }

  Origin operator()(const nn::Pool& layer) const {
    const nn::Window& w = layer.window;
    return layer.average ? mean(window(Made::mean, w.size, w.stride, w.padding)) : window(Made::largest, w.size, w.stride, w.padding);
  }
  Origin operator()(const nn::GlobalPool&) const {
    Origin all{.made = Made::mean, .height = from.height, .width = from.width};
    for (Index y = 0; y < from.height; y++)
      for (Index x = 0; x < from.width; x++) all.slots.push_back(slot(unit.channel, y, x, 1));
    return mean(std::move(all));
  }

  Origin operator()(const nn::Upsampling& layer) const {
    if (!layer.bilinear) return {.made = Made::sum, .slots = {slot(unit.channel, unit.row / layer.factor, unit.column / layer.factor, 1)}};
    const auto place = [&](Index i, Index count) {
      return std::clamp((double(i) + 0.5) / double(layer.factor) - 0.5, 0.0, double(count - 1));
    };
    const double y = place(unit.row, from.height), x = place(unit.column, from.width);
    Origin four{.made = Made::sum, .height = 2, .width = 2};
    for (Index u = 0; u < 2; u++)
      for (Index v = 0; v < 2; v++) {
        const Index row = std::min(Index(y) + u, from.height - 1), column = std::min(Index(x) + v, from.width - 1);
        const double down = y - std::floor(y), across = x - std::floor(x);
        four.slots.push_back(slot(unit.channel, row, column, (u ? down : 1 - down) * (v ? across : 1 - across)));
      }
    return four;
  }

  Origin operator()(const nn::Normalize& layer) const {
    if (layer.norm == nn::Norm::batch) return itself(Made::batch_norm);
    if (layer.norm == nn::Norm::layer) return everything(Made::layer_norm, [](Index) { return 1.0; });
    const Index first = std::max<Index>(0, unit.channel - layer.channels / 2),
                last = std::min(from.channels - 1, unit.channel + layer.channels / 2);
    Origin neighbours{.made = Made::response_norm, .channels = last - first + 1};
    for (Index c = first; c <= last; c++) neighbours.slots.push_back(slot(c, unit.row, unit.column, 1));
    return neighbours;
  }

  Origin operator()(const nn::Softmax&) const {
    return everything(Made::softmax, [](Index) { return 1.0; });
  }
  Origin operator()(const nn::Activate&) const { return itself(Made::function); }
  Origin operator()(const nn::Dropout&) const { return itself(Made::function); }
  Origin operator()(const nn::Flatten&) const { return itself(Made::function); }
  // Sequences have no stages.
  Origin operator()(const nn::Symbols&) const { return itself(Made::function); }
  Origin operator()(const nn::Recurrent&) const { return itself(Made::function); }
  Origin operator()(const nn::LastStep&) const { return itself(Made::function); }
};

}  // namespace

double Origin::sum() const {
  double all = bias;
  for (const Slot& s : slots) all += s.product();
  return all;
}

nn::Index Origin::winner() const {
  Index best = -1;
  for (Index i = 0; i < std::ssize(slots); i++)
    if (slots[std::size_t(i)].inside && (best < 0 || slots[std::size_t(i)].number > slots[std::size_t(best)].number)) best = i;
  return best;
}

const nn::Layer& layer_of(const nn::Model& model, std::size_t stage) {
  std::size_t at = 0;
  for (const nn::Layer& layer : model.layers)
    if (!std::holds_alternative<nn::Dropout>(layer) && !std::holds_alternative<nn::Flatten>(layer) && ++at == stage) return layer;
  return model.layers.back();
}

Origin origin(const nn::Model& model, const nn::Parameters& parameters, const std::vector<Stage>& stages, std::size_t stage, Unit unit,
              nn::ConstView before) {
  return std::visit(Maker{parameters, stages[stage], stages[stage - 1].shape, unit, before}, layer_of(model, stage));
}

}  // namespace viz
