// A formula over the inputs of an example, such as x1^2, sin(x1), x1x2 or log(1 + abs(age)): read once, then evaluated row by row.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/matrix.h"

namespace data {

// Numbers, pi, e, columns (x1, x2, ... counted from 1, or by name where that is an identifier), + - * / ^ ( ) and unary minus;
// sin cos tan exp log sqrt abs tanh of one and min max of two. ^ binds tighter than the minus before it: -x1^2 = -(x1^2).
// As the playground spells them, x1x2 is x1*x2 and sin x1 is sin(x1). A column's name wins over a constant of the same name.
class Formula {
 public:
  // Throws std::invalid_argument naming the character's column (from 1) where the text is no formula over these columns.
  Formula(std::string_view text, std::span<const std::string> columns);

  // row: one number for each of the columns. May return an infinity or no number, as in log(0).
  double operator()(std::span<const nn::Real> row) const;
  const std::string& text() const { return text_; }

  enum class Operation {
    number,
    column,
    add,
    subtract,
    multiply,
    divide,
    power,
    negate,
    sin,
    cos,
    tan,
    exp,
    log,
    sqrt,
    abs,
    tanh,
    min,
    max
  };
  // One step of the stack machine that evaluates it: push a number or a column, or replace the top of the stack.
  struct Step {
    Operation operation;
    double number = 0;
    std::size_t column = 0;
  };
  static constexpr int deepest = 64;  // numbers on the stack, and parentheses within each other

 private:
  std::string text_;
  std::vector<Step> steps_;
  std::size_t columns_ = 0;
};

}  // namespace data
