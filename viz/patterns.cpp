// A row of bytes a cell, made into bits where a threshold is asked for: a range is on where all its bits are.
#include "viz/patterns.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <tuple>

namespace viz {

using nn::Index;

namespace {

constexpr int most = 127;

// The whole hundredths of a value, towards 0: for every threshold of k / 100,  value >= k / 100  where  level >= k.
std::int8_t level(double value) {
  if (std::isnan(value)) return 0;
  const double size = std::min(std::abs(value), most / 100.0);
  int k = int(size * 100);
  k += (k + 1) / 100.0 <= size;  // what rounding took or gave
  k -= k / 100.0 > size;
  return std::int8_t(value < 0 ? -k : k);
}

int hundredths(double threshold) { return std::clamp(int(std::lround(threshold * 100)), 1, most); }

bool on(int level, bool low, int threshold) { return low ? level <= -threshold : level >= threshold; }

using Word = std::uint64_t;

// Where one cell is on: a bit a step. Made for one cell after the other, in the same memory.
class Bits {
 public:
  explicit Bits(Index steps) : steps_(steps), words_(std::size_t((steps + 63) / 64), 0) {}
  void look(const std::int8_t* levels, bool low, int threshold) {
    for (std::size_t i = 0; i < words_.size(); i++) {
      const std::size_t count = std::min<std::size_t>(64, std::size_t(steps_) - 64 * i);
      std::uint8_t on[64] = {};
      if (low)
        for (std::size_t k = 0; k < count; k++) on[k] = levels[64 * i + k] <= -threshold;
      else
        for (std::size_t k = 0; k < count; k++) on[k] = levels[64 * i + k] >= threshold;
      words_[i] = 0;
      for (std::size_t k = 0; k < 64; k += 8) {
        Word eight;  // bytes that are 0 or 1: their product with this has them side by side in its highest byte
        std::memcpy(&eight, on + k, 8);
        words_[i] |= (eight * 0x0102040810204080u >> 56) << k;
      }
    }
  }
  bool at(Index t) const { return t >= 0 && t < steps_ && (words_[std::size_t(t / 64)] >> (t % 64) & 1); }
  bool all(Steps range) const {
    const std::size_t first = std::size_t(range.from / 64), last = std::size_t(range.to / 64);
    for (std::size_t i = first; i <= last; i++) {
      Word asked = ~Word(0);
      if (i == first) asked &= asked << (range.from % 64);
      if (i == last) asked &= ~Word(0) >> (63 - range.to % 64);
      if (asked & ~words_[i]) return false;
    }
    return true;
  }
  bool in_pattern(Steps range, const PatternRule& rule) const {
    return all(range) && !(rule.off_before && at(range.from - 1)) && !(rule.off_after && at(range.to + 1));
  }

 private:
  Index steps_;
  std::vector<Word> words_;
};

std::vector<PatternCell> pattern_of(Index cells, Index steps, Steps range, const PatternRule& rule, const auto& level_at) {
  if (range.from < 0 || range.to < range.from || range.to >= steps)
    throw std::invalid_argument("pattern_cells: steps " + std::to_string(range.from) + " to " + std::to_string(range.to) +
                                " of a text of " + std::to_string(steps));
  const int threshold = hundredths(rule.threshold);
  std::vector<PatternCell> found;
  for (Index cell = 0; cell < cells; cell++)
    for (const bool low : {false, true}) {
      if (low && !rule.both_signs) continue;
      const auto is_on = [&](Index t) { return t >= 0 && t < steps && on(level_at(cell, t), low, threshold); };
      bool all = true;
      for (Index t = range.from; t <= range.to; t++) all = all && is_on(t);
      if (all && !(rule.off_before && is_on(range.from - 1)) && !(rule.off_after && is_on(range.to + 1))) found.push_back({cell, low});
    }
  return found;
}

}  // namespace

std::vector<PatternCell> pattern_cells(nn::ConstView cells, Steps range, const PatternRule& rule) {
  return pattern_of(cells.rows, cells.columns, range, rule, [&](Index cell, Index t) { return level(double(cells(cell, t))); });
}

PatternIndex::PatternIndex(Index cells, Index steps) : steps_(steps), levels_(std::size_t(cells), Levels(std::size_t(steps), 0)) {}

void PatternIndex::set(Index cell, Index step, nn::Real value) { levels_[std::size_t(cell)][std::size_t(step)] = level(double(value)); }

void PatternIndex::add(nn::ConstView cells) {
  if (cells.rows != this->cells())
    throw std::invalid_argument("pattern index: " + std::to_string(cells.rows) + " cells were added to one of " +
                                std::to_string(this->cells()));
  for (Index cell = 0; cell < cells.rows; cell++)
    for (Index t = 0; t < cells.columns; t++) levels_[std::size_t(cell)].push_back(level(double(cells(cell, t))));
  steps_ += cells.columns;
}

void PatternIndex::check(std::span<const PatternCell> selection) const {
  for (const PatternCell& cell : selection)
    if (cell.cell < 0 || cell.cell >= cells())
      throw std::invalid_argument("pattern index: there is no cell " + std::to_string(cell.cell) + " among " + std::to_string(cells()));
}

std::vector<PatternCell> PatternIndex::pattern(Steps range, const PatternRule& rule) const {
  return pattern_of(cells(), steps_, range, rule, [&](Index cell, Index t) { return levels_[std::size_t(cell)][std::size_t(t)]; });
}

// The longest ranges where all selected cells are on.
std::vector<Steps> PatternIndex::ranges(std::span<const PatternCell> selection, int threshold) const {
  std::vector<std::uint8_t> all(std::size_t(steps_), 1);
  for (const PatternCell& cell : selection) {
    const std::int8_t* row = levels_[std::size_t(cell.cell)].data();
    if (cell.low)
      for (Index t = 0; t < steps_; t++) all[std::size_t(t)] &= std::uint8_t(row[t] <= -threshold);
    else
      for (Index t = 0; t < steps_; t++) all[std::size_t(t)] &= std::uint8_t(row[t] >= threshold);
  }
  std::vector<Steps> found;
  for (auto from = all.begin(); (from = std::find(from, all.end(), 1)) != all.end();) {
    const auto end = std::find(from, all.end(), 0);
    found.push_back({from - all.begin(), end - all.begin() - 1});
    from = end;
  }
  return found;
}

std::vector<Match> PatternIndex::matches(std::span<const PatternCell> selection, const PatternRule& rule, std::size_t at_most) const {
  check(selection);
  if (selection.empty()) return {};
  const int threshold = hundredths(rule.threshold);
  std::vector<Match> found;
  for (const Steps& range : ranges(selection, threshold)) found.push_back({range, 0, int(selection.size())});
  Bits bits(steps_);
  for (Index cell = 0; cell < cells(); cell++)
    for (const bool low : {false, true}) {
      if (low && !rule.both_signs) continue;
      bits.look(levels_[std::size_t(cell)].data(), low, threshold);
      const bool selected = std::ranges::find(selection, PatternCell{cell, low}) != selection.end();
      for (Match& match : found) (selected ? match.shared : match.all) += bits.in_pattern(match.steps, rule);
    }

  const auto better = [](const Match& a, const Match& b) {
    return std::tuple(-a.shared, a.all, -a.steps.length(), a.steps.from) < std::tuple(-b.shared, b.all, -b.steps.length(), b.steps.from);
  };
  const auto end = found.begin() + std::ptrdiff_t(std::min(at_most, found.size()));
  std::partial_sort(found.begin(), end, found.end(), better);
  found.erase(end, found.end());
  return found;
}

std::vector<int> PatternIndex::active(std::span<const PatternCell> selection, Steps range, double threshold) const {
  check(selection);
  std::vector<int> counts(std::size_t(range.length()), 0);
  for (const PatternCell& cell : selection)
    for (Index t = range.from; t <= range.to; t++)
      counts[std::size_t(t - range.from)] += on(levels_[std::size_t(cell.cell)][std::size_t(t)], cell.low, hundredths(threshold));
  return counts;
}

}  // namespace viz
