// Equations: what is written, where it stands, and what is refused.
#include <catch2/catch.hpp>

#include "viz/equation.h"
#include "viz/text.h"

using namespace viz;

namespace {

const Color ink_color{10, 20, 30};

std::vector<Text> texts(const Equation& equation) {
  std::vector<Text> all;
  for (const Mark& mark : equation.scene.marks)
    if (const auto* text = std::get_if<Text>(&mark)) all.push_back(*text);
  return all;
}

std::string written(std::string_view tex) {
  std::string all;
  for (const Text& text : texts(equation(tex, 20, ink_color))) all += text.string;
  return all;
}

Text one(const Equation& equation, const std::string& string) {
  for (const Text& text : texts(equation))
    if (text.string == string) return text;
  FAIL("no '" << string << "'");
  return {};
}

const char* const seed[] = {
    R"(z_j^l = \sum_k w_{jk}^l a_k^{l-1} + b_j^l,\quad a_j^l = \sigma(z_j^l))",
    R"(z^l = w^l a^{l-1} + b^l,\quad a^l = \sigma(z^l),\quad l = 2,\ldots,L)",
    R"(C = \frac{1}{2} \|y - a^L\|^2)",
    R"(\delta^l = \left((w^{l+1})^T \delta^{l+1}\right) \odot \sigma'(z^l),\quad \frac{\partial C}{\partial w_{jk}^l} = a_k^{l-1}\delta_j^l)",
    R"(w^l \to w^l - \frac{\eta}{m} \sum_x \delta^{x,l} (a^{x,l-1})^T)",
    R"(s_t = f(U x_t + W s_{t-1}),\quad o_t = \softmax(V s_t))",
    R"(\tilde{C}_t = \tanh(W_C [h_{t-1}, x_t] + b_C),\quad C_t = f_t * C_{t-1} + i_t * \tilde C_t)",
    R"(\max_i \prod_{t=1}^T \sqrt{\hat x^2 + \bar y} \leftarrow \begin{cases} x & \text{if } x > 0 \\ 0 & \text{else} \end{cases})"};

}  // namespace

TEST_CASE("the equations of the seed are finite and lie inside their boxes") {
  for (const char* tex : seed) {
    INFO(tex);
    const Equation e = equation(tex, 18, ink_color);
    CHECK(finite(e.scene));
    CHECK(e.baseline > 0);
    CHECK(e.baseline < e.scene.box.height);
    const Box all = *bounds(e.scene);
    CHECK(all.x >= -1e-9);
    CHECK(all.y >= -1e-9);
    CHECK(all.right() <= e.scene.box.width + 1e-9);
    CHECK(all.bottom() <= e.scene.box.height + 1e-9);
  }
}

TEST_CASE("commands become letters") {
  CHECK(written(R"(\sigma'(z) \odot \nabla_a C)") == "σ′(z)⊙∇aC");
  CHECK(written(R"(\alpha\beta\Omega \leftarrow \partial - 3.14)") == "αβΩ←∂−3.14");
  CHECK(written(R"(\text{if } x \le 0, \mathbf{W})") == "if x≤0,W");
  CHECK(one(equation(R"(\tanh x)", 20, ink_color), "tanh").font == Font::regular);
  CHECK(one(equation(R"(\tanh x)", 20, ink_color), "x").font == Font::italic);
  CHECK(one(equation(R"(\mathbf{W})", 20, ink_color), "W").font == Font::bold);
}

TEST_CASE("scripts are smaller, on the right side of the line, and above each other") {
  const Equation e = equation("x_i^2 y", 20, ink_color);
  const Text x = one(e, "x"), below = one(e, "i"), above = one(e, "2"), y = one(e, "y");
  CHECK(x.at.y == Approx(e.baseline));
  CHECK(below.at.y > x.at.y);
  CHECK(above.at.y < x.at.y - 4);
  CHECK(below.size < 20);
  CHECK(above.size == below.size);
  CHECK(above.at.x > x.at.x + text_width("x", 20, Font::italic) - 1);
  CHECK(std::abs(above.at.x - below.at.x) < 2);
  CHECK(y.at.x > above.at.x + text_width("2", above.size) - 0.1);
  CHECK(y.at.y == Approx(e.baseline));
}

TEST_CASE("a fraction's parts are centered over each other with a line between") {
  const Equation e = equation(R"(\frac{abc}{d})", 20, ink_color);
  const Text b = one(e, "b"), d = one(e, "d");
  CHECK(b.at.x + text_width("b", b.size, Font::italic) / 2 == Approx(d.at.x + text_width("d", d.size, Font::italic) / 2).margin(1.5));
  double line = 0;
  for (const Mark& mark : e.scene.marks)
    if (const auto* path = std::get_if<Path>(&mark)) line = path->segments[0].to.y;
  CHECK(b.at.y < line);
  CHECK(line < d.at.y - ink("d", d.size, Font::italic).height);
  CHECK(line < e.baseline);
}

TEST_CASE("limits of a sum stand above and below it, centered") {
  const Equation e = equation(R"(\sum_{k}^{n} a)", 20, ink_color);
  const Text sum = one(e, "∑"), k = one(e, "k"), n = one(e, "n"), a = one(e, "a");
  CHECK(k.at.y > sum.at.y);
  CHECK(n.at.y < sum.at.y - 15);
  CHECK(k.at.x < a.at.x);
  CHECK(k.at.x + text_width("k", k.size, Font::italic) / 2 == Approx(sum.at.x + text_width("∑", sum.size) / 2).margin(1));
}

TEST_CASE("a minus with a left operand has room around it, a sign has none") {
  const Equation difference = equation("a-b", 20, ink_color), sign = equation("-b", 20, ink_color);
  const double wide = one(difference, "b").at.x - one(difference, "−").at.x, narrow = one(sign, "b").at.x - one(sign, "−").at.x;
  CHECK(wide > narrow + 3);
}

TEST_CASE("parentheses of \\left and \\right grow with what they hold") {
  CHECK(written(R"(\left(x\right))") == "(x)");  // small: letters
  CHECK(written(R"(\left(\frac{\frac a b}{c}\right))").find('(') == std::string::npos);
  const Equation e = equation(R"(\left[\frac{\frac a b}{\frac c d}\right])", 20, ink_color);
  double tallest = 0;
  for (const Mark& mark : e.scene.marks)
    if (std::holds_alternative<Path>(mark)) tallest = std::max(tallest, bounds(mark)->height);
  CHECK(tallest > 40);
}

TEST_CASE("the rows of cases are aligned in columns") {
  const Equation e = equation(R"(\begin{cases} xx & p \\ y & q \end{cases})", 20, ink_color);
  CHECK(one(e, "x").at.x == Approx(one(e, "y").at.x));
  CHECK(one(e, "p").at.x == Approx(one(e, "q").at.x));
  CHECK(one(e, "q").at.y > one(e, "p").at.y + 15);
}

TEST_CASE("a hat stands over its letter") {
  const Equation e = equation(R"(\hat{x})", 20, ink_color);
  const Text hat = one(e, "ˆ"), x = one(e, "x");
  CHECK(hat.at.y + ink("ˆ", 20).bottom() < x.at.y + ink("x", 20, Font::italic).y);
}

TEST_CASE("size scales everything") {
  const Equation small = equation(seed[0], 10, ink_color), large = equation(seed[0], 20, ink_color);
  CHECK(large.scene.box.width == Approx(2 * small.scene.box.width).epsilon(1e-6));
  CHECK(large.baseline == Approx(2 * small.baseline).epsilon(1e-6));
}

TEST_CASE("what is not understood is refused by name") {
  const auto refused = [](const std::string& tex, const std::string& why) {
    INFO(tex);
    CHECK_THROWS_WITH(equation(tex, 20, ink_color), Catch::StartsWith("equation: ") && Catch::Contains(why));
  };
  refused(R"(a + \foo b)", "\\foo");
  refused("x_{i", "} is missing");
  refused("x}", "unexpected '}'");
  refused("x_", "missing at the end");
  refused("x^^2", "missing before '^'");
  refused("x_i_j", "two subscripts");
  refused("^2", "missing before '^'");
  refused(R"(\left( x)", "\\left without \\right");
  refused(R"(\left x \right))", "after \\left");
  refused(R"(x \right))", "unexpected");
  refused(R"(\frac{a})", "missing at the end");
  refused(R"(\begin{matrix} a \end{matrix})", "matrix");
  refused(R"(\begin{cases} a & b)", "\\end{cases}");
  refused(R"(\text{open)", "} is missing");
  refused("\\", "unknown command");
  refused(std::string(1000, '{'), "nested");
}
