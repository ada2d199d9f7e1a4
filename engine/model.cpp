// What a recorded network says of its model: its outputs and its parameters.
#include "engine/model.h"

#include <algorithm>

namespace nn {

Index Model::outputs() const {
  Tape tape;
  const int output = record(tape, 1, Mode::evaluation).output;
  return tape.program()[output].size.rows;
}

Parameters parameters_of(const Model& model) {
  Tape tape;
  model.record(tape, 1, Mode::evaluation);
  return Parameters(tape.program());
}

bool same_parameters(const Model& a, const Model& b) {
  const Parameters mine = parameters_of(a), theirs = parameters_of(b);
  return first_difference(mine, theirs) == std::max(mine.list().size(), theirs.list().size());
}

}  // namespace nn
