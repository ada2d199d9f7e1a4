// Workloads on texts: training a step, typing a character, searching a million of them.
#pragma once
#include <functional>

#include "engine/matrix.h"

namespace viz {

// One training step on a text of random symbols: that many streams of so many steps each, with carried states.
std::function<void()> text_step(const char* layers, nn::Index symbols, nn::Index streams, nn::Index steps);
// From a text of 500 characters that has grown by one to its heat map, its predictions and their marks, with an LSTM of 128 units.
std::function<void()> typed_character();
// Of a million characters that 128 cells have read, where the cells of a range are on together.
std::function<void()> search_of_a_million();

}  // namespace viz
