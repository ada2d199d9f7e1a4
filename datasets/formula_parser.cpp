// Recursive descent over the text of a formula.
#include "datasets/formula_parser.h"

#include <algorithm>
#include <charconv>
#include <numbers>
#include <stdexcept>

#include "engine/text.h"

namespace data {

namespace {

using Operation = Formula::Operation;

struct Function {
  std::string_view name;
  Operation operation;
  int arguments;
};
constexpr Function functions[] = {{"sin", Operation::sin, 1}, {"cos", Operation::cos, 1},   {"tan", Operation::tan, 1},
                                  {"exp", Operation::exp, 1}, {"log", Operation::log, 1},   {"sqrt", Operation::sqrt, 1},
                                  {"abs", Operation::abs, 1}, {"tanh", Operation::tanh, 1}, {"min", Operation::min, 2},
                                  {"max", Operation::max, 2}};

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

std::vector<Formula::Step> FormulaParser::steps() {
  sum();
  skip_blanks();
  if (at_ < text_.size()) fail(at_, "an operator was expected before " + found());
  return std::move(steps_);
}

void FormulaParser::sum() {
  product();
  for (;;)
    if (accept('+')) {
      product();
      push({Operation::add});
    } else if (accept('-')) {
      product();
      push({Operation::subtract});
    } else {
      return;
    }
}

void FormulaParser::product() {
  negated();
  for (;;)
    if (accept('*')) {
      negated();
      push({Operation::multiply});
    } else if (accept('/')) {
      negated();
      push({Operation::divide});
    } else {
      return;
    }
}

// Every recursion passes here, so that counting here limits it.
void FormulaParser::negated() {
  if (++depth_ > Formula::deepest)
    fail(at_, "more than " + std::to_string(Formula::deepest) + " operators or parentheses lie within each other");
  if (accept('-')) {
    negated();
    push({Operation::negate});
  } else {
    power();
  }
  depth_--;
}

void FormulaParser::power() {
  const bool product_waits = primary();
  if (accept('^')) {
    negated();
    push({Operation::power});
  }
  if (product_waits) push({Operation::multiply});
}

bool FormulaParser::primary() {
  if (accept('(')) {
    sum();
    expect(')');
    return false;
  }
  if (at_ == text_.size()) fail(at_, "the formula ends where a number, column or function should follow");
  const char c = text_[at_];
  if (is_digit(c) || c == '.') {
    double x = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), x);
    if (error != std::errc()) fail(at_, "no number can be read here");
    at_ = std::size_t(end - text_.data());
    push({Operation::number, x});
    return false;
  }
  if (is_word(c)) return name();
  fail(at_, "a number, column or function was expected, not " + found());
}

bool FormulaParser::name() {
  const std::size_t start = at_;
  while (at_ < text_.size() && is_word(text_[at_])) at_++;
  const std::string_view word = text_.substr(start, at_ - start);

  const auto column = std::find(columns_.begin(), columns_.end(), word);
  const auto called = std::find_if(std::begin(functions), std::end(functions), [&](const Function& f) { return f.name == word; });
  if (column != columns_.end())
    push({Operation::column, 0, std::size_t(column - columns_.begin())});
  else if (called != std::end(functions))
    function(called->operation, called->arguments);
  else if (word == "pi")
    push({Operation::number, std::numbers::pi});
  else if (word == "e")
    push({Operation::number, std::numbers::e});
  else
    return product_of_columns(start, word);
  return false;
}

void FormulaParser::unknown(std::size_t start, std::string_view word) const {
  std::vector<std::string> known{"pi", "e"};
  for (const Function& f : functions) known.emplace_back(f.name);
  for (std::size_t i = 0; i < std::min<std::size_t>(columns_.size(), 100); i++) {
    known.push_back("x" + std::to_string(i + 1));
    if (nn::is_identifier(columns_[i])) known.push_back(columns_[i]);
  }
  fail(start, "there is no column or function '" + std::string(word.substr(0, 60)) + "'; did you mean '" + nn::nearest(word, known) +
                  "'? The columns are x1 to x" + std::to_string(columns_.size()) + ", or go by name");
}

void FormulaParser::function(Operation operation, int arguments) {
  if (accept('(')) {
    sum();
    for (int i = 1; i < arguments; i++) {
      expect(',');
      sum();
    }
    expect(')');
  } else if (arguments == 1) {
    negated();  // sin x1
  } else {
    expect('(');
  }
  push({operation});
}

// "x1", "x1x2", "x2x2x3": columns by number, multiplied.
bool FormulaParser::product_of_columns(std::size_t start, std::string_view word) {
  std::vector<std::size_t> factors;
  for (std::string_view rest = word; !rest.empty();) {
    std::size_t column = 0;
    if (rest[0] != 'x') unknown(start, word);
    const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), column);
    if (error != std::errc() || column < 1 || column > columns_.size()) unknown(start, word);
    factors.push_back(column - 1);
    rest.remove_prefix(std::size_t(end - rest.data()));
  }
  for (std::size_t i = 0; i < factors.size(); i++) {
    push({Operation::column, 0, factors[i]});
    if (i > 0 && i + 1 < factors.size()) push({Operation::multiply});
  }
  return factors.size() > 1;
}

void FormulaParser::push(Formula::Step step) {
  const bool leaf = step.operation == Operation::number || step.operation == Operation::column;
  const bool binary = (step.operation >= Operation::add && step.operation <= Operation::power) || step.operation >= Operation::min;
  height_ += leaf - binary;
  if (height_ > Formula::deepest) fail(at_, "more than " + std::to_string(Formula::deepest) + " numbers wait for their operator");
  steps_.push_back(step);
}

void FormulaParser::skip_blanks() {
  while (at_ < text_.size() && is_blank(text_[at_])) at_++;
}

bool FormulaParser::accept(char c) {
  skip_blanks();
  if (at_ == text_.size() || text_[at_] != c) return false;
  at_++;
  return true;
}

void FormulaParser::expect(char c) {
  if (accept(c)) return;
  fail(at_, "'" + std::string(1, c) + "' was expected" + (at_ < text_.size() ? ", not " + found() : ""));
}

// The character at hand, for messages; a control character would spoil them.
std::string FormulaParser::found() const {
  const char c = text_[at_];
  return c >= 0 && c < ' ' ? "a control character" : "'" + std::string(1, c) + "'";
}

void FormulaParser::fail(std::size_t position, const std::string& what) const {
  std::string shown(text_.substr(0, 80));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return c >= 0 && c < ' '; }, '?');
  throw std::invalid_argument("formula '" + shown + (shown.size() < text_.size() ? "..." : "") + "', column " +
                              std::to_string(position + 1) + ": " + what);
}

}  // namespace data
