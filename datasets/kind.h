// What data are, as far as networks and views go.
#pragma once
#include "datasets/dataset.h"

namespace data {

enum class Kind {
  plane,     // points with two coordinates
  table,     // rows of numbers
  picture,   // pixels
  text,      // one long text, whose next symbol is asked for
  sequence,  // sequences of numbers or symbols, with one answer each or one a step
};
Kind kind_of(const Dataset& set);

}  // namespace data
