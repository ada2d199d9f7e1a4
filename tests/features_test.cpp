// Formulas over the inputs, and the words of engine/text.h that help with them.
#include <catch2/catch.hpp>
#include <cmath>

#include "datasets/features.h"
#include "datasets/formula.h"
#include "datasets/generators.h"
#include "engine/text.h"

using data::Formula;

namespace {

const std::vector<std::string> columns{"age", "sepal length (cm)", "b_2"};
const std::vector<nn::Real> row{2, -3, 0.5};

double value(const std::string& text) { return Formula(text, columns)(row); }
std::string error(const std::string& text) {
  try {
    Formula(text, columns);
  } catch (const std::invalid_argument& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a formula follows the usual ranks of its operators") {
  CHECK(value("1 + 2 * 3") == 7);
  CHECK(value("(1 + 2) * 3") == 9);
  CHECK(value("8 - 3 - 2") == 3);
  CHECK(value("8 / 4 / 2") == 1);
  CHECK(value("2 ^ 3 ^ 2") == 512);
  CHECK(value("-2 ^ 2") == -4);
  CHECK(value("2 ^ -1") == 0.5);
  CHECK(value("- -3") == 3);
  CHECK(value("2 * -3") == -6);
  CHECK(value("1.5e2 + .5") == 150.5);
  CHECK(value("\t7 ") == 7);
}

TEST_CASE("columns go by name or by number, products may be written together") {
  CHECK(value("age") == 2);
  CHECK(value("x1 + x2 + x3") == -0.5);
  CHECK(value("b_2 * 4") == 2);
  CHECK(value("x1x2") == -6);
  CHECK(value("x1x2x2") == 18);
  CHECK(value("x1^2") == 4);
  CHECK(value("x1x3^2") == 0.5);  // x1 (x3^2), as it is read in print
}

TEST_CASE("every function is the one of its name") {
  CHECK(value("sin(x1)") == Approx(std::sin(2.0)));
  CHECK(value("sin x1") == Approx(std::sin(2.0)));
  CHECK(value("sin x1 * 2") == Approx(2 * std::sin(2.0)));
  CHECK(value("cos(x2)") == Approx(std::cos(-3.0)));
  CHECK(value("tan(x3)") == Approx(std::tan(0.5)));
  CHECK(value("exp(x3)") == Approx(std::exp(0.5)));
  CHECK(value("log(x1)") == Approx(std::log(2.0)));
  CHECK(value("sqrt(x1)") == Approx(std::sqrt(2.0)));
  CHECK(value("abs(x2)") == 3);
  CHECK(value("tanh(x3)") == Approx(std::tanh(0.5)));
  CHECK(value("min(x1, x2)") == -3);
  CHECK(value("max(x1, x2)") == 2);
  CHECK(value("cos(pi)") == Approx(-1));
  CHECK(value("log(e)") == Approx(1));
}

TEST_CASE("a text that is no formula is told where it fails") {
  CHECK(error("x1 + * 2").find("column 6: a number, column or function was expected, not '*'") != std::string::npos);
  CHECK(error("").find("column 1: the formula ends") != std::string::npos);
  CHECK(error("x1 +").find("column 5: the formula ends") != std::string::npos);
  CHECK(error("(x1").find("column 4: ')' was expected") != std::string::npos);
  CHECK(error("x1)").find("column 3: an operator was expected before ')'") != std::string::npos);
  CHECK(error("x1 x2").find("column 4: an operator") != std::string::npos);
  CHECK(error("2 + cosh(x1)").find("column 5: there is no column or function 'cosh'; did you mean 'cos'?") != std::string::npos);
  CHECK(error("x4").find("column 1: there is no column") != std::string::npos);
  CHECK(error("x0").find("column 1: there is no column") != std::string::npos);
  CHECK(error("min(x1)").find("column 7: ',' was expected") != std::string::npos);
  CHECK(error("min x1").find("column 5: '(' was expected") != std::string::npos);
  CHECK(error("1 + .").find("column 5: no number") != std::string::npos);
  CHECK(error(std::string("x1\0", 3)).find("column 3") != std::string::npos);
}

TEST_CASE("depth is limited, so that no text can exhaust the stack") {
  CHECK(error(std::string(100000, '(') + "1").find("within each other") != std::string::npos);
  CHECK(error(std::string(100000, '-') + "1").find("within each other") != std::string::npos);
  std::string tower = "1";
  for (int i = 0; i < 100000; i++) tower += "^1";
  CHECK(error(tower).find("within each other") != std::string::npos);
  std::string sum = "1";
  for (int i = 0; i < 1000; i++) sum += "+1";
  CHECK(value(sum) == 1001);
  CHECK(value(std::string(60, '(') + "5" + std::string(60, ')')) == 5);
}

TEST_CASE("features replace the inputs and take their own text as names") {
  const data::Dataset set = data::generate("circle", 50, 0, 1);
  const std::vector<std::string> features{"x1", "x2", "x1^2", "x2^2", "x1x2", "sin x1", "sin(x2)"};
  const data::Dataset result = data::with_features(set, features);
  CHECK(result.input_names == features);
  CHECK(result.shape == nn::Shape{7, 1, 1});
  CHECK(result.labels == set.labels);
  for (int i = 0; i < 50; i++) {
    const double a = set.inputs(i, 0), b = set.inputs(i, 1);
    const double expected[] = {a, b, a * a, b * b, a * b, std::sin(a), std::sin(b)};
    for (int j = 0; j < 7; j++) CHECK(result.inputs(i, j) == Approx(expected[j]).margin(1e-5));
  }
  CHECK(data::with_features(set, {}).inputs == set.inputs);
}

TEST_CASE("a feature that is not finite names itself and the row") {
  data::Dataset set = data::generate("xor4", 4, 0, 1);
  const std::vector<std::string> features{"x1", "log(x2)"};
  CHECK_THROWS_WITH(data::with_features(set, features), Catch::Contains("'log(x2)' is -inf in row 1"));
  const std::vector<std::string> large{"exp(100 + 0 * x1)"};  // finite as a double alone
  if (sizeof(nn::Real) == 4) CHECK_THROWS_WITH(data::with_features(set, large), Catch::Contains("inf in row 1"));
}

TEST_CASE("words are trimmed, split and compared") {
  CHECK(nn::trim(" \ta b\r\n") == "a b");
  CHECK(nn::trim("  ").empty());
  CHECK(nn::split("a, b,,c", ',') == std::vector<std::string>{"a", "b", "", "c"});
  CHECK(nn::split(" ", ',').empty());
  CHECK(nn::join(nn::split("a,b", ','), " + ") == "a + b");
  CHECK(nn::is_identifier("a_1"));
  CHECK_FALSE(nn::is_identifier("1a"));
  CHECK_FALSE(nn::is_identifier("a b"));
  CHECK(nn::edit_distance("kitten", "sitting") == 3);
  CHECK(nn::edit_distance("", "abc") == 3);
  CHECK(nn::edit_distance("same", "same") == 0);
  const std::vector<std::string> keys{"rate", "batch", "epochs"};
  CHECK(nn::nearest("epoch", keys) == "epochs");
  CHECK(nn::nearest("rat", keys) == "rate");
  CHECK(nn::nearest("x", {}).empty());
}

TEST_CASE("a number is the whole text or nothing") {
  CHECK(nn::number("-1.5e3") == -1500.0);
  CHECK(nn::number("+2") == 2.0);
  CHECK(nn::number("1e999") == INFINITY);
  CHECK(nn::number("-1e999") == -INFINITY);
  CHECK(nn::number("-1e-999") == 0.0);
  CHECK(nn::number("inf") == INFINITY);
  for (const char* text : {"", "+", "-", "+-1", "1,5", "1 ", " 1", "1x", "0x10", "e", "--1"}) {
    INFO(text);
    CHECK_FALSE(nn::number(text).has_value());
  }
  CHECK(nn::number_text(0.1) == "0.1");
  CHECK(nn::number_text(3) == "3");
}
