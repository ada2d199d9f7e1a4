// The equations of one number, in letters and with its numbers; long sums show their strongest terms and what the others add.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "viz/arithmetic_picture.h"

namespace viz::arithmetic {

using nn::Index;

namespace {

constexpr std::size_t most_terms = 4;

struct Term {
  std::string tex;  // without its sign
  double value;
  bool negative;
};

// "0.3 \cdot 0.5 + 0.2 \cdot (-0.1) + 0.4 \text{ (21 others)}": all terms where they are few, else the strongest, in their order.
std::vector<std::string> sum_pieces(const std::vector<Term>& terms, const std::string& others) {
  std::vector<std::size_t> order(terms.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  double rest = 0;
  if (terms.size() > most_terms + 1) {
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::isnan(terms[i].value) ? -INFINITY : -std::abs(terms[i].value); });
    for (std::size_t i = most_terms; i < order.size(); i++) rest += terms[order[i]].value;
    order.resize(most_terms);
    std::ranges::sort(order);
  }
  std::vector<std::string> pieces;
  for (const std::size_t i : order) pieces.push_back((terms[i].negative ? "-\\, " : pieces.empty() ? "" : "+\\, ") + terms[i].tex);
  if (order.size() < terms.size())
    pieces.push_back(term_tex(rest) + "\\,\\text{(" + std::to_string(terms.size() - order.size()) + " " + others + ")}");
  return pieces;
}

Term product(const Slot& s) { return {number_tex(std::abs(s.weight)) + " \\cdot " + factor_tex(s.number), s.product(), s.weight < 0}; }
Term number(double value) { return {number_tex(std::abs(value)), value, value < 0}; }

void append(EquationLine& line, std::vector<std::string> pieces) { line.pieces.insert(line.pieces.end(), pieces.begin(), pieces.end()); }

EquationLine products_line(const Sum& sum, const std::string& name, bool bias) {
  const Index count = sum.origin.height * sum.origin.width;
  std::vector<Term> terms;
  const bool all = sum.kind == "dense";
  for (Index i = all ? 0 : sum.shown * count; i < (all ? std::ssize(sum.origin.slots) : (sum.shown + 1) * count); i++)
    if (sum.origin.slots[std::size_t(i)].inside) terms.push_back(product(sum.origin.slots[std::size_t(i)]));
  EquationLine line{{name + " ="}};
  append(line, terms.empty() ? std::vector<std::string>{"0"} : sum_pieces(terms, "others"));
  if (bias) line.pieces.push_back(term_tex(sum.origin.bias));
  line.pieces.push_back("= " + number_tex(bias || sum.origin.channels == 1 ? sum.value : sum.channel_sum(sum.shown)));
  return line;
}

std::vector<EquationLine> of_sum(const Sum& sum) {
  const Origin& o = sum.origin;
  const std::string o_name = std::to_string(sum.unit.channel + 1), s = o.stride > 1 ? std::to_string(o.stride) : "",
                    d = o.dilation > 1 ? std::to_string(o.dilation) : "", p = o.padding > 0 ? "-" + std::to_string(o.padding) : "";
  const bool conv = sum.kind == "conv", learned = o.learned;
  std::vector<EquationLine> lines;
  if (sum.kind == "dense")
    lines.push_back({{"z_j = \\sum_k w_{jk} a_k + b_j"}, "(3.1)"});
  else if (conv)
    lines.push_back({{"z_o(i,j) = \\sum_{c,u,v} w_{ocuv}\\, a_c(" + s + "i+" + d + "u" + p + ",\\, " + s + "j+" + d + "v" + p + ") + b_o"},
                     "(LeCun 1989)"});
  else if (learned)
    lines.push_back({{"z_c(k,l) = \\sum w_{ocuv}\\, a_o(i,j) + b_c,", "\\text{over } " + s + "i+" + d + "u" + p + " = k,",
                      s + "j+" + d + "v" + p + " = l"},
                     "(Zeiler 2010)"});
  else
    lines.push_back({{"y = \\sum_{u,v} w_{uv}\\, x_{uv}"}});
  if (sum.kind == "dense" || o.channels == 1) {
    lines.push_back(products_line(sum, learned ? "z" : "y", learned));
    return lines;
  }
  const std::string c = std::to_string(sum.channel() + 1);
  lines.push_back(products_line(sum, "\\text{map " + c + ":}\\quad s_{" + c + "}", false));
  std::vector<Term> channels;
  for (Index k = 0; k < o.channels; k++) channels.push_back(number(sum.channel_sum(k)));
  EquationLine line{{"z_{" + o_name + "} = \\sum_c s_c + b_{" + o_name + "} ="}};
  append(line, sum_pieces(channels, "other maps"));
  line.pieces.push_back(term_tex(o.bias) + "\\,\\text{(b)}");
  line.pieces.push_back("= " + number_tex(sum.value));
  lines.push_back(line);
  return lines;
}

std::vector<EquationLine> of_pool(const Sum& sum) {
  const bool mean = sum.origin.made == Made::mean;
  std::vector<double> inside;
  for (const Slot& s : sum.origin.slots)
    if (s.inside) inside.push_back(s.number);
  std::vector<EquationLine> lines = {
      {{mean ? "y_c(i,j) = \\frac{1}{n} \\sum_{u,v} x_c(u,v)" : "y_c(i,j) = \\max_{u,v} x_c(u,v)"}, mean ? "(LeCun 1989)" : "(Weng 1992)"}};
  if (mean) {
    std::vector<Term> terms;
    for (const double x : inside) terms.push_back(number(x));
    EquationLine line{{"y = \\frac{1}{" + std::to_string(inside.size()) + "}\\,("}};
    append(line, sum_pieces(terms, "others"));
    line.pieces.back() += ")";
    line.pieces.push_back("= " + number_tex(sum.value));
    lines.push_back(line);
    return lines;
  }
  EquationLine line{{"y = \\max("}};
  const std::size_t shown = inside.size() > 9 ? 8 : inside.size();
  for (std::size_t i = 0; i < shown; i++) line.pieces.push_back(number_tex(inside[i]) + (i + 1 < inside.size() ? "," : ")"));
  if (shown < inside.size()) line.pieces.push_back("\\text{" + std::to_string(inside.size() - shown) + " others})");
  line.pieces.push_back("= " + number_tex(sum.value));
  lines.push_back(line);
  return lines;
}

std::vector<EquationLine> of_function(const Sum& sum) {
  const std::string z = number_tex(sum.origin.slots[0].number), in = factor_tex(sum.origin.slots[0].number),
                    a = "= " + number_tex(sum.value);
  if (sum.kind == "relu") return {{{"a = \\max(0, z)"}}, {{"a = \\max(0,\\, " + z + ")", a}}};
  if (sum.kind == "sigmoid") return {{{"a = \\frac{1}{1 + e^{-z}}"}}, {{"a = \\frac{1}{1 + e^{-" + in + "}}", a}}};
  if (sum.kind == "tanh") return {{{"a = \\tanh z = \\frac{e^z - e^{-z}}{e^z + e^{-z}}"}}, {{"a = \\tanh(" + z + ")", a}}};
  if (sum.kind == "leaky relu") return {{{"a = \\max(0.01\\, z,\\, z)"}}, {{"a = \\max(0.01 \\cdot " + in + ",\\, " + z + ")", a}}};
  if (sum.kind == "softplus") return {{{"a = \\log(1 + e^z)"}}, {{"a = \\log(1 + e^{" + z + "})", a}}};
  return {{{"a = \\sigma(z)"}}, {{"a = \\text{" + sum.kind + "}(" + z + ")", a}}};
}

std::vector<EquationLine> of_norm(const Sum& sum) {
  const nn::ConstView c = rows_of(sum.numbers["constants"]);
  const auto constant = [&](int i) { return double(c.data[i]); };
  double x = sum.origin.slots[0].number, squares = 0;
  for (const Slot& s : sum.origin.slots) {
    squares += s.number * s.number;
    if (s.channel == sum.unit.channel && s.row == sum.unit.row && s.column == sum.unit.column) x = s.number;
  }
  if (sum.origin.made == Made::response_norm)
    return {{{"y_c = x_c \\left(k + \\alpha \\sum_{c'} x_{c'}^2\\right)^{-\\beta}"}, "(Krizhevsky 2012)"},
            {{"y = " + number_tex(x) + " \\cdot (" + number_tex(constant(0)) + " + " + number_tex(constant(1)) + " \\cdot " +
                  number_tex(squares) + ")^{-" + number_tex(constant(2)) + "}",
              "= " + number_tex(sum.value)}}};
  return {{{"y = \\gamma\\, \\frac{x - \\mu}{\\sqrt{v + \\epsilon}} + \\beta"},
           sum.origin.made == Made::batch_norm ? "(Ioffe & Szegedy 2015)" : "(Ba 2016)"},
          {{"y = " + number_tex(constant(2)) + " \\cdot \\frac{" + number_tex(x) + " - " + factor_tex(constant(0)) + "}{\\sqrt{" +
                number_tex(constant(1)) + " + 10^{-5}}}",
            term_tex(constant(3)), "= " + number_tex(sum.value)}}};
}

std::vector<EquationLine> of_softmax(const Sum& sum) {
  std::vector<Term> terms;
  for (const Slot& s : sum.origin.slots) terms.push_back({"e^{" + number_tex(s.number) + "}", std::exp(s.number), false});
  std::string below;
  for (const std::string& piece : sum_pieces(terms, "others")) {
    // What the others add may be too large to be written.
    below += piece.find("\\text") == std::string::npos ? piece : std::string("+ \\ldots");
  }
  const double z = sum.origin.slots[std::size_t(sum.unit.channel)].number;
  return {{{"p_k = \\frac{e^{z_k}}{\\sum_i e^{z_i}}"}, "(3.6)"},
          {{"p = \\frac{e^{" + number_tex(z) + "}}{" + below + "}", "= " + number_tex(sum.value)}}};
}

}  // namespace

std::vector<EquationLine> equations(const Sum& sum) {
  switch (sum.origin.made) {
    case Made::sum:
      return of_sum(sum);
    case Made::largest:
    case Made::mean:
      return of_pool(sum);
    case Made::function:
      return of_function(sum);
    case Made::softmax:
      return of_softmax(sum);
    default:
      return of_norm(sum);
  }
}

}  // namespace viz::arithmetic
