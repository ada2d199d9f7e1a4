// Cells that are on together, against the worked table of TC-38 and slow definitions.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "viz/patterns.h"

using nn::Index;
using nn::Matrix;
using nn::Real;
using viz::Match;
using viz::PatternCell;
using viz::PatternIndex;
using viz::PatternRule;
using viz::Steps;

namespace {

// Cells that stay on or off for a while, so that there are ranges to be found.
Matrix slow_cells(Index cells, Index steps, std::uint64_t seed) {
  nn::Generator random(seed);
  Matrix x(cells, steps);
  for (Index cell = 0; cell < cells; cell++)
    for (Index t = 0; t < steps; t++) x(cell, t) = t > 0 && random.uniform() < 0.8 ? x(cell, t - 1) : Real(random.uniform(-1, 1));
  return x;
}

// All ranges, kept if every selected cell is on in them and they can't be made longer; ranked by their definition.
std::vector<Match> slow_matches(const Matrix& x, const std::vector<PatternCell>& selection, const PatternRule& rule) {
  const auto all_on = [&](Index from, Index to) {
    if (from < 0 || to >= x.columns()) return false;
    for (Index t = from; t <= to; t++)
      for (const PatternCell& cell : selection)
        if ((cell.low ? -x(cell.cell, t) : x(cell.cell, t)) < Real(rule.threshold)) return false;
    return true;
  };
  std::vector<Match> found;
  for (Index from = 0; from < x.columns(); from++)
    for (Index to = from; to < x.columns(); to++) {
      if (!all_on(from, to) || all_on(from - 1, to) || all_on(from, to + 1)) continue;
      const auto own = viz::pattern_cells(x, {from, to}, rule);
      int shared = 0;
      for (const PatternCell& cell : own) shared += int(std::count(selection.begin(), selection.end(), cell));
      found.push_back({{from, to}, shared, int(own.size() + selection.size()) - shared});
    }
  std::stable_sort(found.begin(), found.end(), [](const Match& a, const Match& b) {
    if (a.shared != b.shared) return a.shared > b.shared;
    if (a.all != b.all) return a.all < b.all;
    return a.steps.length() > b.steps.length();
  });
  return found;
}

std::vector<Index> numbers(const std::vector<PatternCell>& cells) {
  std::vector<Index> all;
  for (const PatternCell& cell : cells) all.push_back(cell.cell);
  return all;
}

}  // namespace

TEST_CASE("the cells of a pattern are those of the worked table") {  // TC-38
  const auto r = [](double x) { return Real(x); };
  const Matrix c(3, 8, {r(.1),  r(.2), r(.5), r(.6), r(.7), r(.1), r(.4), r(.9),  //
                        r(.5),  r(.4), r(.5), r(.6), r(.7), r(.1), r(.1), r(.1),  //
                        r(-.1), 0,     r(.9), r(.2), r(.8), 0,     0,     0});
  for (const bool both : {false, true}) {
    const auto selected = [&](bool before, bool after) { return numbers(viz::pattern_cells(c, {2, 4}, {0.3, before, after, both})); };
    CHECK(selected(true, false) == std::vector<Index>{0});
    CHECK(selected(false, false) == std::vector<Index>{0, 1});
    CHECK(selected(false, true) == std::vector<Index>{0, 1});
    CHECK(selected(true, true) == std::vector<Index>{0});
  }
  CHECK_THROWS_WITH(viz::pattern_cells(c, {2, 8}, {}), "pattern_cells: steps 2 to 8 of a text of 8");
}

TEST_CASE("a cell may enter a pattern as low, with one sign throughout") {
  const Matrix c(3, 4, {0, -1, -1, 0, 0, 1, -1, 0, 0, 1, 1, 0});
  CHECK(viz::pattern_cells(c, {1, 2}, {0.3, true, true, true}) == std::vector<PatternCell>{{0, true}, {2, false}});
  CHECK(viz::pattern_cells(c, {1, 2}, {0.3, true, true, false}) == std::vector<PatternCell>{{2, false}});
  CHECK(viz::pattern_cells(c, {0, 3}, {0.3, false, false, true}).empty());
}

TEST_CASE("matches are all the longest ranges, ranked as their definition says") {
  for (std::uint64_t seed = 0; seed < 6; seed++)
    for (const PatternRule rule :
         {PatternRule{0.3, true, false, true}, {0.3, false, false, true}, {0.2, true, true, false}, {0.13, true}}) {
      const Matrix x = slow_cells(70, 300, seed);
      const auto selection = std::vector<PatternCell>{{Index(seed), false}, {66, rule.both_signs}};
      PatternIndex index(70);
      index.add(x.view().block(0, 31));
      index.add(x.view().block(31, 269));
      const auto slow = slow_matches(x, selection, rule);
      REQUIRE(slow.size() > 2);
      CHECK(index.matches(selection, rule, 1000) == slow);
      CHECK(index.matches(selection, rule, 2) == std::vector<Match>(slow.begin(), slow.begin() + 2));
      CHECK(index.pattern({40, 45}, rule) == viz::pattern_cells(x, {40, 45}, rule));
      const auto active = index.active(selection, {0, 299}, rule.threshold);
      for (Index t = 0; t < 300; t++) {
        const int first = x(Index(seed), t) >= Real(rule.threshold);
        const int second = (rule.both_signs ? -x(66, t) : x(66, t)) >= Real(rule.threshold);
        CHECK(active[std::size_t(t)] == first + second);
      }
    }
}

TEST_CASE("an index knows to the bit which values reach a threshold, whatever hundredth that is") {
  nn::Generator random(4);
  for (int k = 1; k <= 100; k++) {
    const double threshold = k / 100.0;
    Matrix x(1, 40);
    for (Index t = 0; t < 40; t++) x(0, t) = Real(threshold + (t % 5 - 2) * 1e-7 + (t >= 20 ? random.uniform(-0.02, 0.02) : 0));
    x(0, 7) = Real(threshold), x(0, 8) = std::nextafter(x(0, 7), Real(0)), x(0, 9) = 2, x(0, 10) = NAN, x(0, 11) = -x(0, 7);
    PatternIndex index(1, 40);
    for (Index t = 0; t < 40; t++) index.set(0, t, x(0, t));
    for (const bool low : {false, true}) {
      const auto active = index.active(std::vector<PatternCell>{{0, low}}, {0, 39}, threshold);
      for (Index t = 0; t < 40; t++) CHECK(active[std::size_t(t)] == ((low ? -1 : 1) * double(x(0, t)) >= threshold));
    }
  }
}

TEST_CASE("an index says what it can't answer") {
  PatternIndex index(3);
  CHECK(index.matches(std::vector<PatternCell>{}, {}).empty());
  CHECK(index.matches(std::vector<PatternCell>{{1, false}}, {}).empty());
  CHECK_THROWS_WITH(index.add(Matrix(2, 5)), "pattern index: 2 cells were added to one of 3");
  CHECK_THROWS_WITH(index.matches(std::vector<PatternCell>{{3, false}}, {}), "pattern index: there is no cell 3 among 3");
}

TEST_CASE("a million characters of 128 cells are matched") {
  PatternIndex index(128);
  const Matrix piece = slow_cells(128, 20'000, 3);
  for (int i = 0; i < 50; i++) index.add(piece);
  CHECK(index.steps() == 1'000'000);
  CHECK(index.matches(std::vector<PatternCell>{{5, false}}, {}).size() == 50);
}
