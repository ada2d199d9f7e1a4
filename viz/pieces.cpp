// Cutting, leaving out and painting.
#include "viz/pieces.h"

#include <algorithm>

#include "viz/examples.h"
#include "viz/many_inputs.h"
#include "viz/patches.h"

namespace viz {

using nn::Index;

std::vector<Option> piece_options(double pieces, double samples) {
  return {{"cut", "what the pieces are: rectangles of a grid, or superpixels that follow the picture", 0, 0, 1, 1, {"grid", "superpixels"}},
          {"pieces", "how many in each direction", pieces, 1, 14, 1},
          {"samples", "coalitions that are asked", samples, 2, 20000, 1},
          fill_option(Fill::background)};
}

Cut cut_picture(const Question& q, std::string_view who) {
  require_pictures(q.study, who);
  const nn::Shape picture = q.study.set.shape;
  const Index side = Index(q.options.at("pieces"));
  if (side > std::min(picture.height, picture.width))
    throw std::invalid_argument(std::to_string(side) + " x " + std::to_string(side) + " pieces are more than the picture of " +
                                std::to_string(picture.height) + " x " + std::to_string(picture.width) + " pixels has; fewer would do");
  Cut cut{.pieces = {}, .x = column_of(q.x), .baseline = {}};
  cut.pieces = q.options.at("cut") > 0 ? superpixels(cut.x, picture, side, side) : grid_pieces(picture, side, side);
  nn::Generator random(q.seed, "pieces");
  cut.baseline = filled(Fill(int(q.options.at("fill"))), cut.x, picture, filling_of(q.study, Space::network, 3), random);
  return cut;
}

Scores scores_of(const Cut& cut, nn::ConstView on, const Question& q, const Progress& progress) {
  ManyInputs network(q.study);
  const Score score = network.score(q.target.node, q.target.seed);
  Scores all;
  constexpr Index at_once = 256;
  for (Index first = 0; first < on.columns; first += at_once) {
    const Index some = std::min(at_once, on.columns - first);
    const Scores said = score(mixed(cut.x, cut.baseline, cut.pieces, on.block(first, some)));
    all.insert(all.end(), said.begin(), said.end());
    progress(double(first + some) / double(on.columns));
  }
  return all;
}

Explanation painted_explanation(const Cut& cut, std::vector<double> numbers, const Question& q) {
  const nn::Shape picture = q.study.set.shape;
  std::vector<double> pixels(numbers.size());
  for (const int piece : cut.pieces) pixels[std::size_t(piece)]++;
  for (std::size_t k = 0; k < numbers.size(); k++) numbers[k] /= std::max(pixels[k], 1.0);
  return {.map = column_of(painted(numbers, cut.pieces, picture)), .shape = {1, picture.height, picture.width}};
}

}  // namespace viz
