// What the two views of LSTMVis show, in numbers.
#include "viz/lstmvis.h"

#include <algorithm>
#include <cmath>

namespace viz::lstmvis {

namespace {

using nn::Index;
using nn::Real;

nn::Tensor whole_numbers(std::string name, Index columns, std::vector<std::int64_t> numbers) {
  const Index rows = std::ssize(numbers) / columns;
  return {std::move(name), {rows, columns}, std::move(numbers)};
}

bool is_yes_or_no(const TrackPart& track) {
  return std::all_of(track.values.begin(), track.values.end(), [](Real value) { return value == 0 || value == 1; });
}

double share_with(const TrackPart& track, Steps steps) {
  double sum = 0;
  for (Index t = steps.from; t <= steps.to; t++) sum += double(track.values[std::size_t(t)]);
  return sum / double(steps.length());
}

void add_matches(Numbers& numbers, const std::vector<Match>& matches, const std::vector<PatternCell>& selection, double threshold,
                 const Searched& text) {
  std::vector<std::int64_t> places, active, symbols;
  std::vector<Real> track;
  for (const Match& match : matches) {
    places.insert(places.end(), {text.first + match.steps.from, text.first + match.steps.to, match.shared, match.all});
    for (Index t = match.steps.from - before; t < match.steps.from + after; t++) {
      const bool inside = t >= 0 && t < text.index.steps();
      active.push_back(inside ? text.index.active(selection, {t, t}, threshold)[0] : -1);
      symbols.push_back(inside ? text.symbols[std::size_t(t)] : -1);
      track.push_back(inside ? text.track.values[std::size_t(t)] : Real(0));
    }
  }
  numbers.tensors.push_back(whole_numbers("matches", 4, std::move(places)));
  numbers.tensors.push_back(whole_numbers("match active", before + after, std::move(active)));
  numbers.tensors.push_back(whole_numbers("match symbols", before + after, std::move(symbols)));
  numbers.tensors.push_back(tensor_of_reals("match track", {std::ssize(matches), before + after}, std::move(track)));
}

}  // namespace

Numbers numbers_of(const Reading& window, Steps range, const PatternRule& rule, const Searched& text) {
  const Index start = window.first - text.first, steps = window.steps();  // of what is searched
  const std::vector<PatternCell> selection = text.index.pattern({start + range.from, start + range.to}, rule);
  const std::vector<Match> matches = text.index.matches(selection, rule, most_matches);

  Numbers numbers;
  numbers.tensors.push_back(
      tensor_of_reals("lines", {window.cells.rows(), steps}, {window.cells.data(), window.cells.data() + window.cells.size()}));
  numbers.tensors.push_back(whole_numbers("where", 6, {range.from, range.to, window.first, window.length, text.first, text.index.steps()}));
  std::vector<std::int64_t> cells;
  for (const PatternCell& cell : selection) cells.push_back(cell.cell), cells.push_back(cell.low);
  numbers.tensors.push_back(whole_numbers("selection", 2, std::move(cells)));
  const std::vector<int> active = text.index.active(selection, {start, start + steps - 1}, rule.threshold);
  numbers.tensors.push_back({"active", {steps}, std::vector<std::int64_t>(active.begin(), active.end())});
  const auto track = text.track.values.subspan(std::size_t(start), std::size_t(steps));
  numbers.tensors.push_back(tensor_of_reals("track", {steps}, {track.begin(), track.end()}));
  numbers.tensors.push_back({"symbols", {steps}, std::vector<std::int64_t>(window.symbols.begin(), window.symbols.end())});
  add_matches(numbers, matches, selection, rule.threshold, text);

  double precision = 0, base = 0;
  for (const Match& match : matches) precision += share_with(text.track, match.steps) / double(matches.size());
  if (text.index.steps() > 0) base = share_with(text.track, {0, text.index.steps() - 1});
  const bool counts = is_yes_or_no(text.track);
  numbers.tensors.push_back(
      tensor_of_reals("precision", {2}, {Real(counts && !matches.empty() ? precision : NAN), Real(counts ? base : NAN)}));
  numbers.tensors.push_back(tensor_of_reals("threshold", {1}, {Real(rule.threshold)}));
  numbers.words["vocabulary"] = window.vocabulary;
  numbers.words["cells"] = window.cell_names;
  numbers.words["property"] = {text.track.name};
  return numbers;
}

}  // namespace viz::lstmvis
