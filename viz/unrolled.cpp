// The numbers of the unrolled graph and of one unit at one step.
#include "viz/unrolled.h"

#include <algorithm>
#include <cmath>

namespace viz::unrolled {

namespace {

using nn::Index;
using nn::Real;

nn::Matrix all_states(const SequenceRun& run, const std::vector<RecurrentLayer>& layers, const SequenceRead& read) {
  nn::Matrix all(layers.back().first + layers.back().units, read.steps);
  for (std::size_t l = 0; l < layers.size(); l++)
    nn::copy(run.inside(l, Inside::state, read.before, read.steps),
             {all.view().row(layers[l].first), layers[l].units, read.steps, read.steps});
  return all;
}

Index liveliest(nn::ConstView states) {
  Index best = 0;
  double most = -1;
  for (Index i = 0; i < states.rows; i++) {
    const auto [low, high] = std::minmax_element(states.row(i), states.row(i) + states.columns);
    if (const double range = double(*high - *low); range > most) most = range, best = i;
  }
  return best;
}

// One unit at one step: where everything about it lies in the run.
struct At {
  const Study& study;
  const SequenceRun& run;
  const RecurrentLayer& layer;
  std::size_t number;  // of the layer
  Index unit, step;    // step: of the whole run
  Index before() const { return layer.backwards ? step + 1 : step - 1; }
  bool first() const { return before() < 0 || before() >= run.all(); }
  nn::ConstView parameter(const char* which) const { return study.parameters[study.parameters.find(layer.name + which)]; }
  double then(Inside what, Index i) const { return first() ? 0 : double(run.inside(number, what, before(), 1)(i, 0)); }
  Index row(Inside part) const { return (layer.cell == nn::Cell::rnn ? 0 : block_of(part, layer.cell) * layer.units) + unit; }
};

struct Term {
  std::string name;  // TeX, without its value
  Real weight, value;
};

// What comes from below: the numbers of a step, or of a symbol the single 1.
std::vector<Term> input_terms(const At& at, Inside part, const SequenceRead& read) {
  const nn::Node& below = at.run.program()[at.run.below(at.number)];
  const nn::ConstView U = at.parameter(".weight"), x = at.run[below.inputs[1]];
  std::vector<Term> terms;
  if (at.run.looks_up(at.number)) {
    const Real symbol = x(0, at.step);
    if (symbol >= 0) terms.push_back({"x", U(at.row(part), Index(symbol)), 1});
    return terms;
  }
  const bool raw = at.run.program()[below.inputs[1]].name == "steps" && read.symbols.empty();
  const std::vector<std::string> names = raw ? feature_names(at.study, x.rows) : std::vector<std::string>();
  for (Index k = 0; k < x.rows; k++)
    terms.push_back({raw ? names[std::size_t(k)] : "x" + std::to_string(k + 1), U(at.row(part), k), x(k, at.step)});
  return terms;
}

void add_recurrent_terms(std::vector<Term>& terms, const At& at, Inside part) {
  const nn::ConstView W = at.parameter(".recurrent");
  for (Index k = 0; k < W.columns; k++)
    terms.push_back(
        {(at.layer.cell == nn::Cell::rnn ? "s" : "h") + std::to_string(k + 1), W(at.row(part), k), Real(at.then(Inside::state, k))});
}

// The sum of w v; of the candidate of a GRU the old state's part is let through by r.
double sum_of(const std::vector<Term>& terms, std::size_t inputs, double b, double c, double let_through) {
  double below = b, recalled = c;
  for (std::size_t k = 0; k < terms.size(); k++) (k < inputs ? below : recalled) += double(terms[k].weight) * double(terms[k].value);
  return below + let_through * recalled;
}

void add_sums(Numbers& numbers, const At& at, const SequenceRead& read, const std::optional<nn::Signals>& signals) {
  std::vector<Real> all, sums;
  std::size_t inputs = 0, count = 0;
  const std::vector<Inside> parts = sums_of(at.layer.cell);
  const nn::ConstView delta = signals ? (*signals)[at.run.below(at.number)] : nn::ConstView{};
  for (const Inside part : parts) {
    std::vector<Term> terms = input_terms(at, part, read);
    inputs = terms.size();
    add_recurrent_terms(terms, at, part);
    count = terms.size();
    for (const Term& term : terms) all.insert(all.end(), {term.weight, term.value});
    const bool recalls = at.layer.cell == nn::Cell::gru && part == Inside::candidate;
    const double b = double(at.parameter(".bias")(at.row(part), 0)), c = recalls ? double(at.parameter(".candidate_bias")(at.unit, 0)) : 0,
                 r = recalls ? double(at.run.inside(at.number, Inside::reset, at.step, 1)(at.unit, 0)) : 1;
    sums.insert(sums.end(), {Real(b), Real(c), Real(sum_of(terms, inputs, b, c, r)), at.run.inside(at.number, part, at.step, 1)(at.unit, 0),
                             delta.data ? delta(at.row(part), at.step) : Real(NAN)});
    if (!numbers.words["terms"].empty()) continue;
    for (const Term& term : terms) numbers.words["terms"].push_back(term.name);
  }
  numbers.words["inputs"] = {std::to_string(inputs)};
  numbers.tensors.push_back(tensor_of_reals("terms", {std::ssize(parts), Index(count), 2}, std::move(all)));
  numbers.tensors.push_back(tensor_of_reals("sums", {std::ssize(parts), 5}, std::move(sums)));
}

void add_memory(Numbers& numbers, const At& at, const std::optional<nn::Signals>& signals) {
  const nn::Unrolled& steps = at.run.network().recurrent[at.number];
  const auto signal = [&](const std::vector<int>& nodes) {
    const nn::ConstView d = signals && !nodes.empty() ? (*signals)[nodes[std::size_t(at.step)]] : nn::ConstView{};
    return d.data ? d(at.unit, 0) : Real(NAN);
  };
  const bool lstm = at.layer.cell == nn::Cell::lstm, gru = at.layer.cell == nn::Cell::gru;
  const Real q = gru ? at.run[steps.gates[std::size_t(at.step)]](3 * at.layer.units + at.unit, 0) : Real(0);
  numbers.tensors.push_back(tensor_of_reals("memory", {6},
                                            {Real(lstm ? at.then(Inside::cell, at.unit) : 0), Real(at.then(Inside::state, at.unit)),
                                             signal(steps.cells), signal(steps.states), q, Real(at.run.cost())}));
}

void add_inside(Numbers& numbers, const At& at) {
  const std::vector<Inside> parts = parts_of(at.layer.cell);
  std::vector<Real> rows;
  for (const Inside part : parts) {
    const nn::Matrix column = at.run.inside(at.number, part, at.step, 1);
    rows.insert(rows.end(), column.data(), column.data() + column.rows());
  }
  numbers.tensors.push_back(tensor_of_reals("inside", {std::ssize(parts), at.layer.units}, std::move(rows)));
}

// Numbers of all parameters whose names begin with `name`.
Index numbers_in(const nn::Parameters& parameters, const std::string& name) {
  Index count = 0;
  for (const nn::Parameter& p : parameters.list()) count += p.name.starts_with(name) ? p.rows * p.columns : 0;
  return count;
}

void add_layers(Numbers& numbers, const Study& study, const std::vector<RecurrentLayer>& layers) {
  std::vector<std::int64_t> rows;
  for (const RecurrentLayer& layer : layers) {
    Index count = 0;
    for (const char* which : {".weight", ".bias", ".recurrent", ".candidate_bias"})
      count += numbers_in(study.parameters, layer.name + which);
    rows.insert(rows.end(), {std::int64_t(layer.cell), std::int64_t(layer.sigma), layer.units, layer.first, layer.backwards, count});
    numbers.words["layers"].push_back(layer.name);
  }
  numbers.tensors.push_back({"layers", {std::ssize(layers), 6}, std::move(rows)});
}

// Whether the states of the last recurrent layer go straight into o_t = softmax(V s_t)                         (3.6)
bool ends_with_softmax(const nn::Model& model) {
  const auto& all = model.layers;
  const std::size_t n = all.size();
  return n >= 3 && std::holds_alternative<nn::Softmax>(all[n - 1]) && std::holds_alternative<nn::Dense>(all[n - 2]) &&
         std::holds_alternative<nn::Recurrent>(all[n - 3]);
}

}  // namespace

std::vector<Inside> parts_of(nn::Cell cell) {
  if (cell == nn::Cell::rnn) return {Inside::state};
  if (cell == nn::Cell::gru) return {Inside::reset, Inside::update, Inside::candidate, Inside::state};
  return {Inside::forget, Inside::input, Inside::candidate, Inside::output, Inside::cell, Inside::state};
}

std::vector<Inside> sums_of(nn::Cell cell) {
  if (cell == nn::Cell::rnn) return {Inside::state};
  if (cell == nn::Cell::gru) return {Inside::reset, Inside::update, Inside::candidate};
  return {Inside::forget, Inside::input, Inside::candidate, Inside::output};
}

Numbers numbers_of(const Study& study, const SequenceRead& read, const SequenceRun& run, const Choice& choice) {
  const std::vector<RecurrentLayer> layers = recurrent_layers(study.model, "unrolled");
  const nn::Matrix states = all_states(run, layers, read);
  const Index chosen = choice.unit == 0 || choice.unit > states.rows() ? liveliest(states) : choice.unit - 1;
  std::size_t number = 0;
  while (number + 1 < layers.size() && layers[number + 1].first <= chosen) number++;
  const Index step = std::clamp<Index>(choice.place - 1, 0, read.steps - 1);
  const At at{study, run, layers[number], number, chosen - layers[number].first, read.before + step};
  const std::vector<Inside> parts = parts_of(at.layer.cell);
  const Inside part = std::ranges::count(parts, choice.part) > 0 ? choice.part : parts[0];

  Numbers numbers;
  numbers.tensors.push_back(nn::tensor_of("states", {states.rows(), states.columns()}, states));
  add_layers(numbers, study, layers);
  numbers.tensors.push_back({"chosen",
                             {9},
                             std::vector<std::int64_t>{std::int64_t(number), at.unit, step, std::int64_t(part), read.first, read.length,
                                                       read.text, study.parameters.count(), read.each_step}});
  const std::optional<nn::Signals> signals = run.from_cost();
  add_inside(numbers, at);
  add_sums(numbers, at, read, signals);
  add_memory(numbers, at, signals);
  SequenceAnswers answers = answers_of(study, read, run, 3);
  numbers.tensors.push_back(nn::tensor_of("shares", {answers.shares.rows(), answers.shares.columns()}, answers.shares));
  numbers.words["wanted"] = std::move(answers.wanted), numbers.words["foreseen"] = std::move(answers.foreseen);
  if (read.each_step && number + 1 == layers.size() && ends_with_softmax(study.model)) numbers.words["output"] = {"softmax"};
  numbers.words["symbols"] = read.symbols;
  numbers.words["step"] = {step_words(read, step)};
  if (read.symbols.empty()) {
    const nn::Matrix shown(run[run.program().find("steps")].block(read.before, read.steps));
    numbers.tensors.push_back(nn::tensor_of("numbers", {shown.rows(), shown.columns()}, shown));
    numbers.words["features"] = feature_names(study, shown.rows());
  }
  return numbers;
}

}  // namespace viz::unrolled
