// Turns the text of a formula into steps in postfix order by recursive descent: one function for each rank of operator.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/formula.h"

namespace data {

class FormulaParser {
 public:
  FormulaParser(std::string_view text, std::span<const std::string> columns) : text_(text), columns_(columns) {}
  std::vector<Formula::Step> steps();  // throws std::invalid_argument

 private:
  // Each pushes the steps of what it reads. primary, name and product_of_columns return whether the last two numbers still wait to be
  // multiplied, since ^ comes first: x1x2^2 = x1 (x2^2).
  void sum();      // product { (+|-) product }
  void product();  // signed { (*|/) signed }
  void negated();  // - negated | power
  void power();    // primary [ ^ negated ]
  bool primary();  // number | ( sum ) | name | function ( sum [, sum] ) | function power
  bool name();
  void function(Formula::Operation operation, int arguments);

  void push(Formula::Step step);
  void skip_blanks();
  bool accept(char c);  // steps over c where it comes next
  void expect(char c);
  bool product_of_columns(std::size_t start, std::string_view word);
  [[noreturn]] void unknown(std::size_t start, std::string_view word) const;
  std::string found() const;
  [[noreturn]] void fail(std::size_t position, const std::string& what) const;

  std::string_view text_;
  std::span<const std::string> columns_;
  std::vector<Formula::Step> steps_;
  std::size_t at_ = 0;
  int depth_ = 0, height_ = 0;  // of recursion, and of the stack after the steps so far
};

}  // namespace data
