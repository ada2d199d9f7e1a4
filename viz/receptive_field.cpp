// From a unit backwards, layer by layer: which rows it reads, and which columns. Every layer reads a rectangle of places, rows times
// columns, so that the two directions can be followed one by one.
#include "viz/receptive_field.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace viz {

namespace {

using nn::Index;
using Places = std::set<Index>;  // rows, or columns

// What a layer reads in one direction for its place i, of an input that has `size` places.
struct Reading {
  bool rows;
  Index i, size;
  Places& read;

  void window(Index kernel, Index stride, Index padding, Index dilation) const {
    // z(i) reads s i + d u - p for u = 0 .. k-1
    for (Index u = 0; u < kernel; u++) read.insert(stride * i + dilation * u - padding);
  }

  void operator()(const nn::Conv& layer) const {
    const nn::Convolution& how = layer.how;
    const Index kernel = rows ? how.kernel_height : how.kernel_width;
    if (!layer.transposed) return window(kernel, how.stride, how.padding, how.dilation);
    // z(k) reads those i for which there is a u with s i + d u - p = k
    for (Index u = 0; u < kernel; u++)
      if (const Index from = i + how.padding - how.dilation * u; from % how.stride == 0) read.insert(from / how.stride);
  }

  void operator()(const nn::Pool& layer) const { window(layer.window.size, layer.window.stride, layer.window.padding, 1); }

  void operator()(const nn::Upsampling& layer) const {
    const auto floor_of = [](Index a, Index b) { return (a >= 0 ? a : a - b + 1) / b; };
    const Index f = layer.factor;
    if (!layer.bilinear) return void(read.insert(floor_of(i, f)));
    // between the pixels before and after (i + 1/2)/f - 1/2 = (2 i + 1 - f) / 2 f, or at one of them
    const Index before = floor_of(2 * i + 1 - f, 2 * f);
    read.insert(before);
    if (before * 2 * f != 2 * i + 1 - f) read.insert(before + 1);
  }

  void operator()(const nn::Normalize& layer) const { layer.norm == nn::Norm::layer ? whole() : here(); }
  void operator()(const nn::Dense&) const { whole(); }
  void operator()(const nn::GlobalPool&) const { whole(); }
  void operator()(const nn::Softmax&) const { whole(); }
  void operator()(const nn::Activate&) const { here(); }
  void operator()(const nn::Dropout&) const { here(); }
  void operator()(const nn::Flatten&) const { here(); }
  // Sequences have no stages.
  void operator()(const nn::Symbols&) const { whole(); }
  void operator()(const nn::Recurrent&) const { whole(); }
  void operator()(const nn::LastStep&) const { whole(); }

  void whole() const {
    for (Index place = 0; place < size; place++) read.insert(place);
  }
  void here() const { read.insert(i); }
};

// How many places of its input a layer goes on by for one of its own.
struct Step {
  double operator()(const nn::Conv& layer) const { return layer.transposed ? 1 / double(layer.how.stride) : double(layer.how.stride); }
  double operator()(const nn::Pool& layer) const { return double(layer.window.stride); }
  double operator()(const nn::Upsampling& layer) const { return 1 / double(layer.factor); }
  double operator()(const nn::Normalize& layer) const { return layer.norm == nn::Norm::layer ? 0 : 1; }
  double operator()(const nn::Dense&) const { return 0; }
  double operator()(const nn::GlobalPool&) const { return 0; }
  double operator()(const nn::Softmax&) const { return 0; }
  double operator()(const nn::Activate&) const { return 1; }
  double operator()(const nn::Dropout&) const { return 1; }
  double operator()(const nn::Flatten&) const { return 1; }
  // Sequences have no stages.
  double operator()(const nn::Symbols&) const { return 0; }
  double operator()(const nn::Recurrent&) const { return 0; }
  double operator()(const nn::LastStep&) const { return 0; }
};

}  // namespace

ReceptiveFields::ReceptiveFields(const nn::Model& model, const std::vector<Stage>& stages) : layers_{nullptr} {
  for (const nn::Layer& layer : model.layers)
    if (is_stage(layer)) layers_.push_back(&layer);
  for (const Stage& stage : stages) shapes_.push_back(stage.shape);
  assert(layers_.size() == shapes_.size());
}

Pixels ReceptiveFields::field(std::size_t stage, Index row, Index column, std::size_t on) const {
  return box(stage, row, column, on, Borders::open);
}
Pixels ReceptiveFields::inside(std::size_t stage, Index row, Index column, std::size_t on) const {
  return box(stage, row, column, on, Borders::closed);
}

Pixels ReceptiveFields::box(std::size_t stage, Index row, Index column, std::size_t on, Borders borders) const {
  const auto follow = [&](bool rows, Index from) {
    Places places = {from};
    for (std::size_t k = stage; k > on; k--) {
      const Index size = rows ? shapes_[k - 1].height : shapes_[k - 1].width;
      Places read;
      for (const Index i : places) std::visit(Reading{rows, i, size, read}, *layers_[k]);
      if (borders == Borders::closed) std::erase_if(read, [size](Index i) { return i < 0 || i >= size; });
      places = std::move(read);
    }
    return places;
  };
  const Places rows = follow(true, row), columns = follow(false, column);
  if (rows.empty() || columns.empty()) return {};
  return {*rows.begin(), *columns.begin(), *rows.rbegin() - *rows.begin() + 1, *columns.rbegin() - *columns.begin() + 1};
}

double ReceptiveFields::jump(std::size_t stage) const {
  double jump = 1;
  for (std::size_t k = 1; k <= stage; k++) jump *= std::visit(Step{}, *layers_[k]);
  return jump;
}

}  // namespace viz
