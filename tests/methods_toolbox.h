// What tests of the toolbox share: its numbers and its picture for a study, and the stages of the study's network by name.
#pragma once
#include <algorithm>

#include "tests/methods_study.h"
#include "viz/method.h"
#include "viz/stages.h"

namespace toolbox_test {

using namespace viz;
using nn::Index;
using nn::Real;

inline Numbers toolbox(const Study& study, const Arguments& options) {
  return method("toolbox").compute(study, arguments(method("toolbox"), options));
}
inline Scene drawn(const Study& study, const Arguments& options, Box box = {0, 0, 1280, 800}) {
  return method("toolbox").layout(toolbox(study, options), box, {});
}

inline const std::vector<Real>& reals(const Numbers& numbers, const char* name) {
  return std::get<std::vector<Real>>(numbers[name].numbers);
}

inline std::vector<Stage> stages_of(const Study& study) {
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
  return stages(network, tape.program());
}

inline Index stage_named(const Study& study, const std::string& name) {
  const std::vector<Stage> all = stages_of(study);
  return std::find_if(all.begin(), all.end(), [&](const Stage& stage) { return stage.name == name; }) - all.begin();
}

}  // namespace toolbox_test
