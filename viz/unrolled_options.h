// Options that the views of recurrent networks share.
#pragma once
#include "viz/method.h"

namespace viz {

inline Option from_step_option() {
  return {"from", "the first step that is shown, counted from 1; 0: of a text the first symbol that tests", 0, 0, 1e8, 1};
}
inline Option recurrent_unit_option() {
  return {"unit", "which unit, counted from 1 over all recurrent layers; 0: the one that changes most", 0, 0, 100'000, 1, {}, true};
}

}  // namespace viz
