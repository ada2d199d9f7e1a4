// A row of bits a step: the pattern of a range is the AND of its rows, less the rows around it.
#include "viz/patterns.h"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>
#include <tuple>

namespace viz {

using nn::Index;

std::vector<PatternCell> pattern_cells(nn::ConstView cells, Steps range, const PatternRule& rule) {
  if (range.from < 0 || range.to < range.from || range.to >= cells.columns)
    throw std::invalid_argument("pattern_cells: steps " + std::to_string(range.from) + " to " + std::to_string(range.to) +
                                " of a text of " + std::to_string(cells.columns));
  std::vector<PatternCell> found;
  for (Index cell = 0; cell < cells.rows; cell++)
    for (const bool low : {false, true}) {
      if (low && !rule.both_signs) continue;
      const auto on = [&](Index t) { return t >= 0 && t < cells.columns && (low ? -1 : 1) * double(cells(cell, t)) >= rule.threshold; };
      bool all = true;
      for (Index t = range.from; t <= range.to; t++) all = all && on(t);
      if (all && !(rule.off_before && on(range.from - 1)) && !(rule.off_after && on(range.to + 1))) found.push_back({cell, low});
    }
  return found;
}

PatternIndex::PatternIndex(Index cells, double threshold) : cells_(cells), words_((2 * cells + 63) / 64), threshold_(threshold) {}

void PatternIndex::add(nn::ConstView cells) {
  if (cells.rows != cells_)
    throw std::invalid_argument("pattern index: " + std::to_string(cells.rows) + " cells were added to one of " + std::to_string(cells_));
  bits_.resize(std::size_t((steps_ + cells.columns) * words_), 0);
  for (Index cell = 0; cell < cells_; cell++)
    for (const bool low : {false, true}) {
      const Index place = bit({cell, low});
      const nn::Real sign = low ? -1 : 1, *x = cells.row(cell);
      Word* row = bits_.data() + steps_ * words_ + place / 64;
      for (Index t = 0; t < cells.columns; t++) row[t * words_] |= Word(double(sign * x[t]) >= threshold_) << (place % 64);
    }
  steps_ += cells.columns;
}

std::vector<PatternIndex::Word> PatternIndex::mask(std::span<const PatternCell> selection) const {
  std::vector<Word> bits(std::size_t(words_), 0);
  for (const PatternCell& cell : selection) {
    if (cell.cell < 0 || cell.cell >= cells_)
      throw std::invalid_argument("pattern index: there is no cell " + std::to_string(cell.cell) + " among " + std::to_string(cells_));
    bits[std::size_t(bit(cell) / 64)] |= Word(1) << (bit(cell) % 64);
  }
  return bits;
}

std::vector<Match> PatternIndex::matches(std::span<const PatternCell> selection, const PatternRule& rule, std::size_t most) const {
  const std::vector<Word> S = mask(selection);
  if (selection.empty()) return {};

  // The bits of low cells count only where the rule asks for both signs.
  std::vector<Word> counted(std::size_t(words_), 0);
  for (Index place = 0; place < (rule.both_signs ? 2 : 1) * cells_; place++) counted[std::size_t(place / 64)] |= Word(1) << (place % 64);

  const auto all_on = [&](Index t) {
    for (Index i = 0; i < words_; i++)
      if (S[std::size_t(i)] & ~at(t)[i]) return false;
    return true;
  };
  std::vector<Match> found;
  for (Index from = 0, to; from < steps_; from = to + 1) {
    to = from;
    if (!all_on(from)) continue;
    while (to + 1 < steps_ && all_on(to + 1)) to++;
    Match match{{from, to}, 0, 0};
    for (Index i = 0; i < words_; i++) {
      Word C = counted[std::size_t(i)];
      for (Index t = from; t <= to; t++) C &= at(t)[i];
      if (rule.off_before && from > 0) C &= ~at(from - 1)[i];
      if (rule.off_after && to + 1 < steps_) C &= ~at(to + 1)[i];
      match.shared += std::popcount(S[std::size_t(i)] & C);
      match.all += std::popcount(S[std::size_t(i)] | C);
    }
    found.push_back(match);
  }

  const auto better = [](const Match& a, const Match& b) {
    return std::tuple(-a.shared, a.all, -a.steps.length(), a.steps.from) < std::tuple(-b.shared, b.all, -b.steps.length(), b.steps.from);
  };
  const auto end = found.begin() + std::ptrdiff_t(std::min(most, found.size()));
  std::partial_sort(found.begin(), end, found.end(), better);
  found.erase(end, found.end());
  return found;
}

std::vector<int> PatternIndex::active(std::span<const PatternCell> selection, Steps range) const {
  const std::vector<Word> S = mask(selection);
  std::vector<int> counts;
  for (Index t = range.from; t <= range.to; t++) {
    int count = 0;
    for (Index i = 0; i < words_; i++) count += std::popcount(S[std::size_t(i)] & at(t)[i]);
    counts.push_back(count);
  }
  return counts;
}

}  // namespace viz
