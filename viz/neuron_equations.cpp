// The equations of one neuron, in letters and with its numbers, broken into lines.
#include <cmath>
#include <cstdio>

#include "viz/equation.h"
#include "viz/neuron_picture.h"
#include "viz/text.h"

namespace viz::neuron {

std::string short_number(double value) {
  if (!std::isfinite(value)) return number_words(value);
  if (value == 0) return "0";
  if (std::abs(value) >= 0.0995) {
    char text[340];
    std::snprintf(text, sizeof text, std::abs(value) < 1000 ? "%.2f" : "%.3g", value);
    return text;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  std::string words = text;  // 7e-05 is 7e-5
  if (const std::size_t e = words.find('e'); e != std::string::npos && words[e + 2] == '0') words.erase(e + 2, 1);
  return words;
}

namespace {

// A number in TeX: 1.2e-05 is 1.2 · 10^-5.
std::string tex(double value) {
  if (!std::isfinite(value)) return "\\text{" + number_words(value) + "}";
  const std::string words = short_number(value);
  const std::size_t e = words.find('e');
  if (e == std::string::npos) return words;
  return words.substr(0, e) + " \\cdot 10^{" + std::to_string(std::stoi(words.substr(e + 1))) + "}";
}

std::string factor(double value) { return value < 0 ? "(" + tex(value) + ")" : tex(value); }

std::string function_tex(const std::string& name) {
  if (name == "sigmoid") return "\\sigma";
  if (name == "tanh" || name == "relu" || name == "softmax" || name == "softplus") return "\\" + name;
  return "\\text{" + name + "}";
}

// One line of an equation, or more where it is too long: pieces that are not broken, and the number at the right end.
struct Line {
  std::vector<std::string> pieces;
  std::string number;
};

std::vector<Line> lines_of(const Terms& t) {
  const bool linear = t.function == "linear", softmax = t.function == "softmax";
  std::vector<Line> lines;
  lines.push_back({{"z_j^l = \\sum_k w_{jk}^l a_k^{l-1} + b_j^l \\,,", linear    ? "a_j^l = z_j^l"
                                                                       : softmax ? "a_j^l = \\frac{e^{z_j^l}}{\\sum_i e^{z_i^l}}"
                                                                                 : "a_j^l = \\sigma(z_j^l)"},
                   "(3.1)"});
  Line numbers;
  for (const nn::Index k : t.shown) {
    const double a = t.inputs(k, 0), w = t.inputs(k, 1);
    const std::string sign = numbers.pieces.empty() ? "z = " + std::string(w < 0 ? "-" : "") : w < 0 ? "-\\: " : "+\\: ";
    numbers.pieces.push_back(sign + tex(std::abs(w)) + " \\cdot " + factor(a));
  }
  const auto more = [](double value) { return (value < 0 ? "-\\: " : "+\\: ") + tex(std::abs(value)); };
  if (t.hidden() > 0) numbers.pieces.push_back(more(t.rest));
  numbers.pieces.push_back(more(t.b));
  numbers.pieces.push_back("= " + tex(t.z) + " \\,,");
  numbers.pieces.push_back(linear ? "a = " + tex(t.a)
                                  : "a = " + function_tex(t.function) + (softmax ? "(z)_j" : "(" + tex(t.z) + ")") + " = " + tex(t.a));
  lines.push_back(numbers);
  if (std::isnan(t.delta)) return lines;
  lines.push_back({{"\\delta_j^l = \\frac{\\partial C}{\\partial z_j^l} \\,,", "\\frac{\\partial C}{\\partial b_j^l} = \\delta_j^l \\,,",
                    "\\frac{\\partial C}{\\partial w_{jk}^l} = a_k^{l-1} \\delta_j^l"},
                   "(3.4)"});
  Line back{{"C = " + tex(t.cost) + " \\,,", "\\delta = " + tex(t.delta) + " \\,,"}, ""};
  for (std::size_t i = 0; i < t.shown.size() && i < 3; i++) {
    const nn::Index k = t.shown[i];
    back.pieces.push_back("\\frac{\\partial C}{\\partial w_{" + std::to_string(k + 1) + "}} = " + tex(t.inputs(k, 0)) + " \\cdot " +
                          factor(t.delta) + " = " + tex(t.inputs(k, 3)) + (i + 1 < t.shown.size() && i < 2 ? " \\,," : ""));
  }
  lines.push_back(back);
  return lines;
}

// Sets pieces from the left; a piece that is too long for the rest of its row begins the next. False where one is too long for any row.
bool set(Scene& scene, const Line& line, double width, double size, const Theme& theme) {
  std::vector<Equation> row;
  double x = 0;
  const double number_width = text_width("(3.1)", size * 0.8) + 8;
  const auto finish = [&] {
    double above = 0, below = 0, at = 0;
    for (const Equation& e : row) above = std::max(above, e.baseline), below = std::max(below, e.scene.box.height - e.baseline);
    for (const Equation& e : row) {
      scene.append(e.scene, {at, scene.box.height + above - e.baseline});
      at += e.scene.box.width + 0.45 * size;
    }
    if (!line.number.empty() && width > 340)
      scene.add(Text{
          .at = {width, scene.box.height + above}, .string = line.number, .size = size * 0.8, .color = theme.muted, .anchor = Anchor::end});
    scene.box.height += above + below + 0.45 * size;
    row.clear(), x = 0;
  };
  for (const std::string& piece : line.pieces) {
    Equation e = equation(piece, size, theme.text);
    if (e.scene.box.width > width) return false;
    if (!row.empty() && x + e.scene.box.width > width - (line.number.empty() ? 0 : number_width)) finish();
    x += e.scene.box.width + 0.45 * size;
    row.push_back(std::move(e));
  }
  finish();
  return true;
}

}  // namespace

Scene equations(const Terms& terms, Box room, const Style& style) {
  const std::vector<Line> all = lines_of(terms);
  const std::vector<Line> numbers_alone = {all[1]};
  for (const auto* lines : {&all, &numbers_alone})
    for (const double size : {17.0, 15.0, 13.0, 11.5}) {
      Scene scene{.box = {0, 0, room.width, 0}};
      bool fits = true;
      for (const Line& line : *lines) fits = fits && set(scene, line, room.width, size, *style.theme);
      if (fits && scene.box.height <= room.height) return scene;
    }
  return {};
}

}  // namespace viz::neuron
