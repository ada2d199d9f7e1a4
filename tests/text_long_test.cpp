// Can the cells of a network that has learned a text be read? T-3 to T-7 of spec/features.md 7: the median over three training seeds, on
// the end of the text, which was not learned. The network before training stands beside: its cells follow a text too.
#include "tests/trained_texts.h"

#include <cmath>

#include "viz/patterns.h"
#include "viz/probes.h"

using namespace texts;

namespace {

constexpr Index seeds = 3;

// Of the cell that follows the property best, over the steps that `where` picks: |r|, and the area under its curve with its better sign.
struct BestCell {
  double r, area;
};
BestCell best_cell(const Reading& reading, const std::string& property, const std::vector<Real>& where) {
  const CellScore best = cells_by_correlation(columns_where(reading.cells, where), values_where(track(reading, property), where))[0];
  return {std::abs(best.correlation), std::max(best.area, 1 - best.area)};
}
BestCell best_cell(const Reading& reading, const std::string& property) {
  return best_cell(reading, property, std::vector<Real>(std::size_t(reading.steps()), 1));
}

double probe(const Reading& reading, const std::string& property) { return linear_probe(reading.cells, track(reading, property)).measured; }

// How often the likeliest symbol is the one that follows, where a property says that it is known.
double answers_right(const Reading& reading, const std::string& due) {
  const std::vector<Real> where = track(reading, due);
  double asked = 0, right = 0;
  for (Index t = 0; t + 1 < reading.steps(); t++) {
    if (where[std::size_t(t)] == 0) continue;
    Index best = 0;
    for (Index k = 1; k < reading.next.rows(); k++)
      if (reading.next(k, t) > reading.next(best, t)) best = k;
    asked++, right += best == reading.symbols[std::size_t(t) + 1];
  }
  REQUIRE(asked > 100);
  return right / asked;
}

// How probable a line feed is: the least where one is due, the most elsewhere.
struct LineFeed {
  double due = 1, otherwise = 0;
};
LineFeed line_feed(const Reading& reading) {
  const std::vector<Real> due = track(reading, "line feed due");
  const Index symbol = std::ranges::find(reading.vocabulary, "\n") - reading.vocabulary.begin();
  LineFeed found;
  for (Index t = 0; t < reading.steps(); t++) {
    const double p = double(reading.next(symbol, t));
    if (due[std::size_t(t)] != 0) found.due = std::min(found.due, p);
    if (due[std::size_t(t)] == 0) found.otherwise = std::max(found.otherwise, p);
  }
  return found;
}

// The mean share of the time that the gates with this name are nearly open.
double open_share(const Reading& reading, const std::string& name) {
  for (const GateValues& gate : reading.gates) {
    if (gate.name != name) continue;
    double sum = 0;
    for (const Saturation& s : saturations(gate.values)) sum += s.right;
    return sum / double(gate.values.rows());
  }
  throw std::logic_error("no gate " + name);
}

// Forty brushes over an opening quote and the five symbols behind it: where else the same cells are on, and whether that is inside quotes.
constexpr int brushes = 40;
struct Found {
  double precision = 0, least = 1, base = 0;
  int empty = 0;  // brushes that no cell is on in
  double of_others() const { return empty < brushes ? precision * brushes / (brushes - empty) : 0; }
};
Found found_by_brushes(const nn::Matrix& cells, const std::vector<Real>& inside, bool both_signs) {
  const PatternRule rule{.threshold = 0.3, .off_before = true, .off_after = false, .both_signs = both_signs};
  PatternIndex index(cells.rows());
  index.add(cells);
  std::vector<Index> openings;
  for (Index t = 1; t + 6 < cells.columns(); t++)
    if (inside[std::size_t(t)] == 1 && inside[std::size_t(t - 1)] == 0 &&
        std::all_of(inside.begin() + t, inside.begin() + t + 6, [](Real x) { return x == 1; }))
      openings.push_back(t);
  REQUIRE(std::ssize(openings) >= brushes);
  nn::Generator random(1);
  Found all;
  for (const Real x : inside) all.base += double(x) / double(inside.size());
  for (int i = 0; i < brushes; i++) {
    const Index from = openings[random.below(openings.size())];
    const std::vector<Match> matches = index.matches(pattern_cells(cells, {from, from + 5}, rule), rule);
    double precision = 0;
    for (const Match& match : matches) {
      double within = 0;
      for (Index t = match.steps.from; t <= match.steps.to; t++) within += double(inside[std::size_t(t)]);
      precision += within / double(match.steps.length()) / double(matches.size());
    }
    all.empty += matches.empty();  // counts as a brush that is never right
    all.precision += precision / brushes, all.least = std::min(all.least, precision);
  }
  return all;
}
void add(Measured& m, const std::string& name, const Found& found) {
  m.add(name, found.precision), m.add(name + ", least", found.least), m.add(name + ", empty brushes", found.empty);
  m.add(name + ", without empty brushes", found.of_others());
}

}  // namespace

TEST_CASE("a cell of an LSTM holds whether quotes are open, and its patterns find what is in quotes (T-3, T-7)", "[.long][text]") {
  Measured m;
  for (Index seed = 1; seed <= seeds; seed++) {
    const Trained net = trained("latch", "lstm 32", seed);
    const Reading now = net.read(net.study().parameters), before = net.read(net.untrained());
    const std::vector<Real> letters = track(now, "letter"), inside = track(now, "inside quotes");
    const BestCell best = best_cell(now, "inside quotes", letters), first = best_cell(before, "inside quotes", letters);
    m.add("|r| on letters", best.r), m.add("|r| on letters, untrained", first.r), m.add("|r| on letters, margin", best.r - first.r);
    m.add("area under the curve", best.area), m.add("area under the curve, untrained", first.area);
    m.add("|r| on all symbols", best_cell(now, "inside quotes").r);
    m.add("linear probe", probe(now, "inside quotes")), m.add("linear probe, untrained", probe(before, "inside quotes"));
    m.add("y and n right", answers_right(now, "answer due")), m.add("y and n right, untrained", answers_right(before, "answer due"));
    const Found cells = found_by_brushes(now.cells, inside, true);
    add(m, "patterns of cells", cells), add(m, "patterns of states", found_by_brushes(now.states, inside, true));
    add(m, "patterns of cells, high alone", found_by_brushes(now.cells, inside, false));
    add(m, "patterns of states, high alone", found_by_brushes(now.states, inside, false));
    add(m, "patterns of cells, untrained", found_by_brushes(before.cells, inside, true));
    add(m, "patterns of states, untrained", found_by_brushes(before.states, inside, true));
    m.add("share of the text in quotes", cells.base);
  }
  WARN("latch, lstm 32" << m.words());
  CHECK(m.middle("|r| on letters") >= 0.90);
  CHECK(m.middle("|r| on letters, margin") >= 0.30);
  CHECK(m.middle("area under the curve") >= 0.97);
  CHECK(m.middle("y and n right") >= 0.98);
  const double base = m.middle("share of the text in quotes");
  CHECK(m.middle("patterns of cells") >= 0.90);
  CHECK(m.middle("patterns of cells") >= base + 0.3);
  // The trial runs had .966 to 1 on the states h. Here 5, 16 and 22 of 40 brushes select no state, and those that do are right in 1.00, .94
  // and .86: that the views compare cells where nobody asks for states is why.
}

TEST_CASE("an LSTM counts the characters of a line (T-4)", "[.long][text]") {
  for (const char* text : {"lines16", "lines12"}) {
    Measured m;
    for (Index seed = 1; seed <= seeds; seed++) {
      const Trained net = trained(text, "lstm 32", seed);
      const Reading now = net.read(net.study().parameters), before = net.read(net.untrained());
      const LineFeed on_time = line_feed(now), by_chance = line_feed(before);
      m.add("least p of a line feed that is due", on_time.due), m.add("least p of a line feed that is due, untrained", by_chance.due);
      m.add("most p of one that is not", on_time.otherwise), m.add("most p of one that is not, untrained", by_chance.otherwise);
      m.add("linear probe", probe(now, "column")), m.add("linear probe, untrained", probe(before, "column"));
      const double best = best_cell(now, "column").r, first = best_cell(before, "column").r;
      m.add("|r| of the best cell", best), m.add("|r| of the best cell, untrained", first);
      m.add("|r| of the best cell, margin", best - first);
    }
    WARN(text << ", lstm 32" << m.words());
    INFO(text);
    CHECK(m.middle("least p of a line feed that is due") >= 0.90);
    CHECK(m.middle("most p of one that is not") <= 0.10);
    CHECK(m.middle("linear probe") >= 0.95);
    CHECK(m.middle("|r| of the best cell, margin") >= 0.30);
  }
}

TEST_CASE("the cells together tell whether quotes are open, and input and output gates open widely (T-5, T-6)", "[.long][text]") {
  Measured m;
  for (Index seed = 1; seed <= seeds; seed++) {
    const Trained net = trained("quotes", "lstm 32", seed, "40");
    const Reading now = net.read(net.study().parameters, {.gates = true}), before = net.read(net.untrained(), {.gates = true});
    const double tells = probe(now, "inside quotes"), told = probe(before, "inside quotes");
    m.add("linear probe", tells), m.add("linear probe, untrained", told), m.add("linear probe, margin", tells - told);
    m.add("|r| in words (not asserted)", best_cell(now, "inside quotes", track(now, "mid-word")).r);
    m.add("|r| in words, untrained", best_cell(before, "inside quotes", track(before, "mid-word")).r);
    for (const char* gate : {"input", "output", "forget"}) {
      m.add(std::string(gate) + " gates open", open_share(now, gate));
      m.add(std::string(gate) + " gates open, untrained", open_share(before, gate));
    }
  }
  WARN("quotes, lstm 32" << m.words());
  CHECK(m.middle("linear probe") >= 0.85);
  CHECK(m.middle("linear probe, margin") >= 0.15);
  // Gates open ever wider with training: of three seeds the middle ones are .23 and .22 (input and output) after 20 epochs, .31 and .28
  // after 40, .35 and .33 after 80, .37 and .35 after 160; the trial runs had .46 to .57.
  for (const char* gate : {"input gates open", "output gates open"}) {
    INFO(gate);
    CHECK(m.middle(gate) >= 0.25);
    CHECK(m.middle(std::string(gate) + ", untrained") <= 0.05);
  }
}
