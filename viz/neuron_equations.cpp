// The equations of one neuron, in letters and with its numbers, broken into lines.
#include <cmath>

#include "viz/equation_lines.h"
#include "viz/neuron_picture.h"
#include "viz/text.h"

namespace viz::neuron {

namespace {

std::string function_tex(const std::string& name) {
  if (name == "sigmoid") return "\\sigma";
  if (name == "tanh" || name == "relu" || name == "softmax" || name == "softplus") return "\\" + name;
  return "\\text{" + name + "}";
}

std::vector<EquationLine> lines_of(const Terms& t) {
  const bool linear = t.function == "linear", softmax = t.function == "softmax";
  std::vector<EquationLine> lines;
  lines.push_back({{"z_j^l = \\sum_k w_{jk}^l a_k^{l-1} + b_j^l \\,,", linear    ? "a_j^l = z_j^l"
                                                                       : softmax ? "a_j^l = \\frac{e^{z_j^l}}{\\sum_i e^{z_i^l}}"
                                                                                 : "a_j^l = \\sigma(z_j^l)"},
                   "(3.1)"});
  EquationLine numbers;
  for (const nn::Index k : t.shown) {
    const double a = t.inputs(k, 0), w = t.inputs(k, 1);
    const std::string sign = numbers.pieces.empty() ? "z = " + std::string(w < 0 ? "-" : "") : w < 0 ? "-\\: " : "+\\: ";
    numbers.pieces.push_back(sign + number_tex(std::abs(w)) + " \\cdot " + factor_tex(a));
  }
  if (t.hidden() > 0) numbers.pieces.push_back(term_tex(t.rest));
  numbers.pieces.push_back(term_tex(t.b));
  numbers.pieces.push_back("= " + number_tex(t.z) + " \\,,");
  numbers.pieces.push_back(linear ? "a = " + number_tex(t.a)
                                  : "a = " + function_tex(t.function) + (softmax ? "(z)_j" : "(" + number_tex(t.z) + ")") + " = " +
                                        number_tex(t.a));
  lines.push_back(numbers);
  if (std::isnan(t.delta)) return lines;
  lines.push_back({{"\\delta_j^l = \\frac{\\partial C}{\\partial z_j^l} \\,,", "\\frac{\\partial C}{\\partial b_j^l} = \\delta_j^l \\,,",
                    "\\frac{\\partial C}{\\partial w_{jk}^l} = a_k^{l-1} \\delta_j^l"},
                   "(3.4)"});
  EquationLine back{{"C = " + number_tex(t.cost) + " \\,,", "\\delta = " + number_tex(t.delta) + " \\,,"}, ""};
  for (std::size_t i = 0; i < t.shown.size() && i < 3; i++) {
    const nn::Index k = t.shown[i];
    back.pieces.push_back("\\frac{\\partial C}{\\partial w_{" + std::to_string(k + 1) + "}} = " + number_tex(t.inputs(k, 0)) + " \\cdot " +
                          factor_tex(t.delta) + " = " + number_tex(t.inputs(k, 3)) + (i + 1 < t.shown.size() && i < 2 ? " \\,," : ""));
  }
  lines.push_back(back);
  return lines;
}

}  // namespace

Scene equations(const Terms& terms, Box room, const Style& style) {
  const std::vector<EquationLine> all = lines_of(terms);
  const Scene scene = equation_lines(all, room, style);
  return scene.box.height > 0 ? scene : equation_lines(std::span(all).subspan(1, 1), room, style);
}

}  // namespace viz::neuron
