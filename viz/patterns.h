// Cells that are on together, and where else in the text they are: the select view and the match view of LSTMVis (Strobelt, Gehrmann,
// Huber, Pfister and Rush 2016). A cell is on where its value is at least theta. Rows are cells, columns are time.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/matrix.h"

namespace viz {

// Steps from .. to, both included.
struct Steps {
  nn::Index from = 0, to = 0;
  nn::Index length() const { return to - from + 1; }
  bool operator==(const Steps&) const = default;
};

// A cell is in the pattern of a range if it is on at all its steps and, where asked for, off at the step before and the step after.
// Beyond the ends of the text every cell is off.
struct PatternRule {
  double threshold = 0.3;
  bool off_before = true, off_after = false;
  bool both_signs = true;  // a cell may be on low too: its value at most -theta at all steps (our addition)
};

struct PatternCell {
  nn::Index cell = 0;
  bool low = false;
  bool operator==(const PatternCell&) const = default;
};

// The cells in the pattern of a range, in their order. Throws std::invalid_argument where the range is not within the columns.
std::vector<PatternCell> pattern_cells(nn::ConstView cells, Steps range, const PatternRule& rule);

// A range where all cells of a selection S are on, with its own pattern C.
struct Match {
  Steps steps;
  int shared = 0, all = 0;  // cells in both S and C; in S or C
  bool operator==(const Match&) const = default;
};

// Which cells are on at every step of a text, one bit each: a text of a million characters and 128 cells takes 32 MB, and its matches are
// found in some milliseconds. It is filled piece by piece, so that progress can be shown and the states need not be kept.
class PatternIndex {
 public:
  PatternIndex(nn::Index cells, double threshold);
  void add(nn::ConstView cells);  // the next steps. Throws std::invalid_argument for another number of cells
  nn::Index steps() const { return steps_; }
  nn::Index cells() const { return cells_; }
  double threshold() const { return threshold_; }

  // The longest ranges where all selected cells are on, ranked: `shared` descending, `all` ascending, length descending, place ascending.
  // At most `most`; none for an empty selection. The threshold is that of the index, not of the rule. Throws for a cell that is not there.
  std::vector<Match> matches(std::span<const PatternCell> selection, const PatternRule& rule, std::size_t most = 50) const;

  // How many of the selected cells are on at each step of a range that lies within the text.
  std::vector<int> active(std::span<const PatternCell> selection, Steps range) const;

 private:
  using Word = std::uint64_t;
  const Word* at(nn::Index step) const { return bits_.data() + step * words_; }
  std::vector<Word> mask(std::span<const PatternCell> selection) const;
  nn::Index bit(const PatternCell& cell) const { return cell.cell + (cell.low ? cells_ : 0); }
  nn::Index cells_, words_, steps_ = 0;
  double threshold_;
  std::vector<Word> bits_;  // a row a step: the cells that are high, then those that are low
};

}  // namespace viz
