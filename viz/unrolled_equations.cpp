// The equations of a cell with the numbers of one unit at one step filled in.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "datasets/text.h"
#include "viz/equation_lines.h"
#include "viz/unrolled_picture.h"

namespace viz::unrolled {

namespace {

using nn::Index;

// The letter of a part in TeX.
std::string tex_of(Inside part, nn::Cell cell) {
  if (cell == nn::Cell::rnn) return "s";
  if (part == Inside::candidate && cell == nn::Cell::lstm) return "\\tilde{C}";
  return std::string(letter_of(part, cell));
}

// Words in TeX, without what would be read as TeX.
std::string text_tex(std::string words) {
  std::erase_if(words, [](char c) { return c == '{' || c == '}' || c == '\\'; });
  return "\\text{" + words + "}";
}

std::string before(const View& view) { return view.layer().backwards ? "t+1" : "t-1"; }

// A gate or candidate: in letters, then its sum, then what it says.
EquationLine gate_line(const View& view, Inside part) {
  const Layer& layer = view.layer();
  const std::string letter = tex_of(part, layer.cell), name = part == Inside::candidate && layer.cell == nn::Cell::lstm ? "C" : letter,
                    then = before(view);
  const std::string squash = part == Inside::candidate ? "\\tanh" : "\\sigma";
  std::string right = squash + "(W_" + name + " [h_{" + then + "}, x_t] + b_" + name + ")";
  if (layer.cell == nn::Cell::gru && part == Inside::candidate) right = "\\tanh(U_n x_t + b_n + r_t (W_n h_{" + then + "} + c))";
  return {{letter + "_t = " + right, "= " + squash + "(" + number_tex(view.sum(part)) + ")", "= " + number_tex(view.value(part))}, ""};
}

std::vector<EquationLine> plain_lines(const View& view) {
  const std::string squash = view.layer().sigma == nn::Function::relu ? "\\relu" : "\\tanh";
  std::vector<EquationLine> lines;
  lines.push_back({{"s_t = " + squash + "(U x_t + W s_{" + before(view) + "} + b)",
                    "= " + squash + "(" + number_tex(view.sum(Inside::state)) + ")", "= " + number_tex(view.value(Inside::state))},
                   "(3.6)"});
  if (words_of(view.numbers, "output").empty()) return lines;
  const std::string& name = words_of(view.numbers, "foreseen")[std::size_t(view.step * view.numbers["shares"].shape[1])];
  lines.push_back({{"o_t = \\softmax(V s_t + b_V)",
                    "\\,, \\text{its largest:} \\: " + number_tex(double(rows_of(view.numbers["shares"])(view.step, 0))) + "_{" +
                        text_tex(data::character_name(name)) + "}"},
                   ""});
  return lines;
}

std::vector<EquationLine> lstm_lines(const View& view) {
  std::vector<EquationLine> lines;
  const auto number = [&](Inside part) { return number_tex(view.value(part)); };
  const auto factor = [&](Inside part) { return factor_tex(view.value(part)); };
  for (const Inside part : {Inside::forget, Inside::input, Inside::candidate}) lines.push_back(gate_line(view, part));
  lines.push_back({{"C_t = f_t C_{" + before(view) + "} + i_t \\tilde{C}_t",
                    "= " + number(Inside::forget) + " \\cdot " + factor_tex(view.cell_before()) + " + " + number(Inside::input) +
                        " \\cdot " + factor(Inside::candidate),
                    "= " + number(Inside::cell)},
                   ""});
  lines.push_back(gate_line(view, Inside::output));
  lines.push_back(
      {{"h_t = o_t \\tanh(C_t)", "= " + number(Inside::output) + " \\tanh(" + number(Inside::cell) + ")", "= " + number(Inside::state)},
       ""});
  lines.front().number = "(3.7)";
  return lines;
}

std::vector<EquationLine> gru_lines(const View& view) {
  std::vector<EquationLine> lines;
  for (const Inside part : sums_of(nn::Cell::gru)) lines.push_back(gate_line(view, part));
  const double u = view.value(Inside::update);
  lines.push_back({{"h_t = (1 - u_t) n_t + u_t h_{" + before(view) + "}",
                    "= " + number_tex(1 - u) + " \\cdot " + factor_tex(view.value(Inside::candidate)) + " + " + number_tex(u) + " \\cdot " +
                        factor_tex(view.state_before()),
                    "= " + number_tex(view.value(Inside::state))},
                   ""});
  return lines;
}

// The terms of the chosen part's sum.
struct Terms {
  const View& view;
  Index row, inputs;  // inputs: how many of them are x
  nn::ConstView all;  // weight and value
  double b, c, delta;
  double let_through;  // r of a GRU's candidate, else 1
  explicit Terms(const View& of) : view(of) {
    const auto parts = sums_of(of.layer().cell);
    row = std::ranges::find(parts, of.part) - parts.begin();
    inputs = std::stoi(words_of(of.numbers, "inputs")[0]);
    const Index count = of.numbers["terms"].shape[1];
    all = {rows_of(of.numbers["terms"]).data + row * count * 2, count, 2, 2};
    b = double(of.sums(row, 0)), c = double(of.sums(row, 1)), delta = double(of.sums(row, 4));
    let_through = recalls() ? of.value(Inside::reset) : 1;
  }
  bool recalls() const { return view.layer().cell == nn::Cell::gru && view.part == Inside::candidate; }
  double product(Index k) const { return double(all(k, 0)) * double(all(k, 1)); }
  // The strongest of the terms from .. to - 1, in order.
  std::vector<Index> strongest(Index from, Index to, Index most) const {
    std::vector<Index> order(std::size_t(to - from));
    std::iota(order.begin(), order.end(), from);
    std::ranges::stable_sort(order, {}, [&](Index k) { return std::isnan(product(k)) ? -INFINITY : -std::abs(product(k)); });
    order.resize(std::min(order.size(), std::size_t(most)));
    std::ranges::sort(order);
    return order;
  }
};

void add_terms(std::vector<std::string>& pieces, const Terms& terms, Index from, Index to, Index most) {
  double all = 0, rest = 0;
  for (Index k = from; k < to; k++) all += std::abs(terms.product(k));
  const auto begins = [&] { return pieces.size() == 1 || pieces.back().ends_with("("); };
  if (all == 0 && to - from > 3) {  // such as of the state before the first step
    const char letter = words_of(terms.view.numbers, "terms")[std::size_t(from)][0];
    pieces.push_back(std::string(begins() ? "" : "+\\: ") + "0_{" + text_tex(std::string(1, letter)) + "}");
    return;
  }
  const std::vector<Index> shown = terms.strongest(from, to, to - from > most ? most - 1 : most);
  for (Index k = from; k < to; k++)
    if (std::ranges::count(shown, k) == 0) rest += terms.product(k);
  for (const Index k : shown) {
    const double w = double(terms.all(k, 0));
    const std::string& name = words_of(terms.view.numbers, "terms")[std::size_t(k)];
    pieces.push_back((w < 0      ? "-\\: "
                      : begins() ? ""
                                 : "+\\: ") +
                     number_tex(std::abs(w)) + " \\cdot " + factor_tex(double(terms.all(k, 1))) + "_{" + text_tex(name) + "}");
  }
  if (rest != 0) pieces.push_back(term_tex(rest) + "_{\\text{others}}");
}

// "z_f = 0.31 · 1_x + 0.2 · 0.5_h3 ... + 1_b = 1.34": what the chosen part's function is given.
EquationLine sum_line(const Terms& terms) {
  const std::string letter = tex_of(terms.view.part, terms.view.layer().cell);
  EquationLine line{{"z_{" + letter + "} ="}, ""};
  add_terms(line.pieces, terms, 0, terms.inputs, 4);
  const auto bias = [&](double value, const char* name) {
    line.pieces.push_back(term_tex(value, line.pieces.size() == 1) + "_{" + text_tex(name) + "}");
  };
  if (terms.recalls()) {
    bias(terms.b, "b");
    line.pieces.push_back("+\\: " + number_tex(terms.let_through) + "_{\\text{r}} \\: (");
  }
  add_terms(line.pieces, terms, terms.inputs, terms.all.rows, 6);
  bias(terms.recalls() ? terms.c : terms.b, terms.recalls() ? "c" : "b");
  if (terms.recalls()) line.pieces.push_back(")");
  line.pieces.push_back("= " + number_tex(double(terms.view.sums(terms.row, 2))));
  return line;
}

// What back-propagation through time says of it.
EquationLine delta_line(const Terms& terms) {
  const std::string letter = tex_of(terms.view.part, terms.view.layer().cell);
  EquationLine line{{"\\delta = \\frac{\\partial L}{\\partial z_{" + letter + "}} = " + number_tex(terms.delta)}, ""};
  const std::vector<Index> strongest = terms.strongest(terms.inputs, terms.all.rows, 1);
  if (strongest.empty()) return line;
  const double value = double(terms.all(strongest[0], 1)) * terms.let_through;
  line.pieces.push_back("\\text{this step's part of } \\frac{\\partial L}{\\partial w_{" +
                        text_tex(words_of(terms.view.numbers, "terms")[std::size_t(strongest[0])]) + "}}");
  line.pieces.push_back("= \\delta \\cdot " + factor_tex(value) + " = " + number_tex(terms.delta * value));
  return line;
}

// The signals that reach the memory itself.
EquationLine memory_line(const View& view) {
  EquationLine line;
  if (view.layer().cell == nn::Cell::lstm)
    line.pieces.push_back("\\frac{\\partial L}{\\partial C_t} = " + number_tex(view.delta(Inside::cell)) + " \\,,");
  line.pieces.push_back("\\frac{\\partial L}{\\partial h_t} = " + number_tex(double(view.memory(0, 3))));
  return line;
}

}  // namespace

void add_equations(Scene& scene, const View& view, Box room) {
  const nn::Cell cell = view.layer().cell;
  std::vector<EquationLine> lines = cell == nn::Cell::rnn ? plain_lines(view) : cell == nn::Cell::lstm ? lstm_lines(view) : gru_lines(view);
  const std::size_t least = lines.size();
  const auto sums = sums_of(cell);
  const bool known = !std::isnan(double(view.memory(0, 3)));
  if (std::ranges::count(sums, view.part) > 0) {
    const Terms terms(view);
    lines.push_back(sum_line(terms));
    if (known) lines.push_back(delta_line(terms));
  } else if (known) {
    lines.push_back(memory_line(view));
  }
  for (std::size_t count = lines.size(); count >= 1; count--) {
    if (count < least && count > 1) continue;  // all equations of the cell, or its first alone
    const Scene words = equation_lines(std::span(lines).first(count), room, view.style);
    if (words.box.height <= 0) continue;
    scene.append(words, {room.x, room.y});
    return;
  }
}

}  // namespace viz::unrolled
