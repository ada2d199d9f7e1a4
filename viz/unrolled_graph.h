// The unrolled graph while it is drawn. Inside the picture of an unrolled network only.
#pragma once
#include "viz/unrolled_picture.h"

namespace viz::unrolled {

namespace graph {
inline constexpr double letters = 10;     // size of words
inline constexpr double answer_row = 14;  // height
}  // namespace graph

// Where everything lies, and where it is drawn.
struct Graph {
  Scene& scene;
  const View& view;
  const Theme& theme;
  nn::Index start = 0, count = 0;  // steps that are drawn
  double pitch = 0, strip = 0, gap = 0;
  Box outputs = {}, inputs = {};  // rows over all columns
  std::vector<Box> rows = {};     // of the layers, from below

  double center(nn::Index column) const { return inputs.x + (double(column) + 0.5) * pitch; }
  Box cell(Box row, nn::Index column) const { return {inputs.x + double(column) * pitch, row.y, pitch, row.height}; }
  Box box(std::size_t layer, nn::Index column) const { return {center(column) - strip / 2, rows[layer].y, strip, rows[layer].height}; }
  // The other direction of the same layer lies above or below.
  bool below_its_twin(std::size_t layer) const { return layer + 1 < rows.size() && view.layers[layer + 1].backwards; }
  bool answers(nn::Index step) const { return view.each_step || view.first + step + 1 == view.length; }
  std::string state() const { return view.layer().cell == nn::Cell::rnn ? "s" : "h"; }
};

// One step: the strips of its states, what is read, what is answered.
void add_strip(Graph& g, std::size_t layer, nn::Index column);
void add_input(Graph& g, nn::Index column);
void add_answer(Graph& g, nn::Index column);
// At the left of the rows; `left`: where there is room from.
void add_row_names(Graph& g, double left);

}  // namespace viz::unrolled
