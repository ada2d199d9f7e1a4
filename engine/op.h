// An op is one numbered equation and its derivative. It is pure: parameters, masks and noise are inputs,
// and nothing is kept between calls, so that one recorded program serves many threads and views.
#pragma once
#include <span>
#include <string_view>

#include "engine/matrix.h"

namespace nn {

// The dimensions of a value, and how one of its columns reads as a picture.
struct Size {
  Index rows = 0, columns = 0;
  Shape shape = {};

  Size() = default;
  Size(Index m, Index n) : rows(m), columns(n), shape{m, 1, 1} {}
  Size(Shape picture, Index n) : rows(picture.size()), columns(n), shape(picture) {}
  bool operator==(const Size&) const = default;
};

using Sizes = std::span<const Size>;
using Inputs = std::span<const ConstView>;
using Outputs = std::span<const View>;

struct Op {
  virtual ~Op() = default;
  virtual std::string_view name() const = 0;

  // Dimensions of y for inputs of these dimensions; std::invalid_argument("op: ...") where they do not fit.
  virtual Size size(Sizes x) const = 0;
  // How many reals of scratch memory forward and backward need.
  virtual Index scratch(Sizes) const { return 0; }

  // Whether small changes of x leave y as it is: then no signal is sent back through it.
  virtual bool constant() const { return false; }

  // A step of a sequence may leave the gradient of its first input, which all steps share, to one call over all of them at once: x and dx
  // are then those of the steps side by side, as backward() wrote them. Overwrites dW.
  virtual bool sums_over_steps() const { return false; }
  virtual void backward_sum(Inputs, Inputs, View, Real*) const {}

  // y = f(x). Overwrites y.
  virtual void forward(Inputs x, View y, Real* scratch) const = 0;
  // dx[i] = dC/dx[i] from dy = dC/dy. Overwrites dx; a dx whose data is null is not wanted.
  virtual void backward(Inputs x, ConstView y, ConstView dy, Outputs dx, Real* scratch) const = 0;
};

}  // namespace nn
