// The symbols of a text on paper: each in a box of its own, wrapped at line feeds and at the right edge.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "viz/figure.h"

namespace viz {

// "\n" as "↵", a tab as "→", a blank as nothing.
std::string shown_symbol(const std::string& symbol);

struct TextGrid {
  std::vector<Box> boxes;  // of the first symbols, as many as there is room for
  double size = 0;         // of letters
};
// Lines `row` high. Single characters have boxes of one width, words as wide as they are.
TextGrid text_grid(std::span<const std::string> symbols, Box room, double size, double row);

// The symbol with which a grid has to begin, at the start of a row, so that this one has its place in it.
std::size_t first_to_show(std::span<const std::string> symbols, std::size_t wanted, Box room, double size, double row);

// The symbol in the middle of a box with its ground.
void add_symbol(Scene& scene, const std::string& symbol, Box box, double size, Color ground, Color ink, const std::string& tip = {},
                const std::string& id = {});

}  // namespace viz
