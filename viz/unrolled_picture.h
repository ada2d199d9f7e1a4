// The parts of the picture of an unrolled network: the graph, the cell of one step, its equations.
#pragma once
#include "viz/unrolled.h"

namespace viz::unrolled {

struct Layer {
  nn::Cell cell;
  nn::Function sigma;
  nn::Index units, first, numbers;
  bool backwards;
  std::string name;
};

// The numbers by their names.
struct View {
  View(const Numbers& numbers, const Style& style);
  const Numbers& numbers;
  const Style& style;
  std::vector<Layer> layers;
  nn::Index number, unit, step, first, length, parameters;  // number: of the chosen layer; step: among the shown ones
  Inside part;
  bool text, each_step;
  nn::ConstView states, inside, sums, memory;
  double range;  // that colours of states span: 1, or more where relu gives more

  const Layer& layer() const { return layers[std::size_t(number)]; }
  nn::Index steps() const { return states.columns; }
  const std::vector<std::string>& symbols() const { return words_of(numbers, "symbols"); }
  double value(Inside part) const;               // of the chosen unit
  double sum(Inside part) const;                 // z
  double delta(Inside part) const;               // dL/dz, or of C and h dL/dC and dL/dh; NaN where nobody knows
  double cell_before() const { return double(memory(0, 0)); }
  double state_before() const { return double(memory(0, 1)); }
  nn::Index step_number() const { return first + step + 1; }
  nn::Index before_number() const { return step_number() + (layer().backwards ? 1 : -1); }
};

// "forget gate", "candidate", "state".
std::string part_words(Inside part);
// The equation of a part in letters, and what it gives, as a sentence: what a tip says.
std::string part_tip(const View& view, Inside part);

// From a point to another, with a head at the end.
void add_arrow(Scene& scene, Point from, Point to, Color color, double width = 1.4);

// Figure 3.4: as many steps as have room, the chosen one among them. Returns the column of the chosen step.
Box add_graph(Scene& scene, const View& view, Box room);

// Figure 3.5: the inside of the chosen step's cell, and below it every part of all units.
void add_cell(Scene& scene, const View& view, Box room);

// Every part of all units of the chosen layer, a row each; a column is pressed to choose its unit.
void add_all_units(Scene& scene, const View& view, Box room);

// (3.6), (3.7) or those of a GRU with the numbers filled in; the chosen part's sum term by term. As much as there is room for.
void add_equations(Scene& scene, const View& view, Box room);

}  // namespace viz::unrolled
