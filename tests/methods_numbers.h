// What tests of methods' numbers share.
#pragma once
#include "tests/methods_study.h"
#include "viz/backward.h"
#include "viz/method.h"

using namespace viz;

inline const std::vector<nn::Real>& reals(const nn::Tensor& tensor) { return std::get<std::vector<nn::Real>>(tensor.numbers); }

inline Numbers run(const std::string& name, const Study& study, const Arguments& given = {}) {
  return method(name).compute(study, arguments(method(name), given));
}

inline Scene drawn(const std::string& name, const Numbers& numbers, Box box = {0, 0, 900, 640}) {
  return method(name).layout(numbers, box, {});
}

// The mean cost of rows that go into the network, after a parameter has been moved a little.
inline double cost_after(const MadeStudy& made, const nn::Matrix& x, const nn::Matrix& y, const std::string& parameter, nn::Index row,
                         nn::Index column, double by) {
  nn::Parameters moved = made.trainer->state().parameters;
  moved[moved.find(parameter)](row, column) += nn::Real(by);
  const Study study = made.study();
  const Study changed = with_parameters(study, moved);
  return Backward(changed, x, &y).cost();
}
