// What all costs share: outputs and targets y of the same dimensions go in, one number comes out.
#pragma once
#include <stdexcept>

#include "engine/op.h"

namespace nn {

struct Cost : Op {
  Size size(Sizes x) const override {
    if (x[0].rows != x[1].rows || x[0].columns != x[1].columns)
      throw std::invalid_argument(std::string(name()) + ": the outputs are " + dimensions(x[0].rows, x[0].columns) +
                                  " but the targets are " + dimensions(x[1].rows, x[1].columns));
    return {1, 1};
  }
};

}  // namespace nn
