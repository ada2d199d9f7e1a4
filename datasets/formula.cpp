// A stack machine: numbers are pushed, operators replace what lies on top.
#include "datasets/formula.h"

#include <array>
#include <cassert>
#include <cmath>

#include "datasets/formula_parser.h"
#include "engine/text.h"

namespace data {

Formula::Formula(std::string_view text, std::span<const std::string> columns)
    : text_(nn::trim(text)), steps_(FormulaParser(text_, columns).steps()), columns_(columns.size()) {}

double Formula::operator()(std::span<const nn::Real> row) const {
  assert(row.size() == columns_);
  std::array<double, deepest + 1> stack;
  double* top = stack.data();  // the last number pushed; stack[0] lies below the first
  for (const Step& step : steps_) {
    switch (step.operation) {
      case Operation::number:
        *++top = step.number;
        break;
      case Operation::column:
        *++top = row[step.column];
        break;
      case Operation::add:
        top--;
        top[0] += top[1];
        break;
      case Operation::subtract:
        top--;
        top[0] -= top[1];
        break;
      case Operation::multiply:
        top--;
        top[0] *= top[1];
        break;
      case Operation::divide:
        top--;
        top[0] /= top[1];
        break;
      case Operation::power:
        top--;
        top[0] = top[1] == 2 ? top[0] * top[0] : std::pow(top[0], top[1]);
        break;
      case Operation::min:
        top--;
        top[0] = std::fmin(top[0], top[1]);
        break;
      case Operation::max:
        top--;
        top[0] = std::fmax(top[0], top[1]);
        break;
      case Operation::negate:
        *top = -*top;
        break;
      case Operation::sin:
        *top = std::sin(*top);
        break;
      case Operation::cos:
        *top = std::cos(*top);
        break;
      case Operation::tan:
        *top = std::tan(*top);
        break;
      case Operation::exp:
        *top = std::exp(*top);
        break;
      case Operation::log:
        *top = std::log(*top);
        break;
      case Operation::sqrt:
        *top = std::sqrt(*top);
        break;
      case Operation::abs:
        *top = std::abs(*top);
        break;
      case Operation::tanh:
        *top = std::tanh(*top);
        break;
    }
  }
  return *top;
}

}  // namespace data
