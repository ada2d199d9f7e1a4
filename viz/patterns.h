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
  double threshold = 0.3;  // theta, to the nearest hundredth, 0.01 .. 1.27
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

// The values of all cells at every step of a text, as whole hundredths: a byte each, so that a million characters of 128 cells take 128 MB,
// any threshold can be asked for, and matches are found in some hundredths of a second.
class PatternIndex {
 public:
  explicit PatternIndex(nn::Index cells, nn::Index steps = 0);  // steps: all cells are 0 there until they are set
  void set(nn::Index cell, nn::Index step, nn::Real value);
  void add(nn::ConstView cells);  // more steps. Throws std::invalid_argument for another number of cells
  nn::Index steps() const { return steps_; }
  nn::Index cells() const { return nn::Index(levels_.size()); }

  // As pattern_cells() of all that was added.
  std::vector<PatternCell> pattern(Steps range, const PatternRule& rule) const;

  // The longest ranges where all selected cells are on, ranked: `shared` descending, `all` ascending, length descending, place ascending.
  // At most `most`; none for an empty selection. Throws for a cell that is not there.
  std::vector<Match> matches(std::span<const PatternCell> selection, const PatternRule& rule, std::size_t most = 50) const;

  // How many of the selected cells are on at each step of a range that lies within the text.
  std::vector<int> active(std::span<const PatternCell> selection, Steps range, double threshold) const;

 private:
  using Levels = std::vector<std::int8_t>;
  std::vector<Steps> ranges(std::span<const PatternCell> selection, int threshold) const;
  void check(std::span<const PatternCell> selection) const;
  nn::Index steps_;
  std::vector<Levels> levels_;  // one a cell
};

}  // namespace viz
