// What a recurrent network does while it reads a piece of text: all that the views of texts look at.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "datasets/tracks.h"
#include "engine/matrix.h"

namespace viz {

struct GateValues {
  std::string name;   // "forget"
  std::string layer;  // "lstm1"
  nn::Matrix values;  // cells of the layer x steps
};

struct Reading {
  std::vector<std::string> vocabulary;
  std::vector<int> symbols;             // one a step
  nn::Index first = 0, length = 0;      // where in the text the first step is, and how long the text is
  nn::Matrix cells;                     // cells of all layers x steps: tanh(C_t) of an LSTM, else as `states`
  nn::Matrix states;                    // h_t of the same (s_t of a plain layer)
  std::vector<std::string> cell_names;  // "lstm1 5"
  std::vector<GateValues> gates;
  nn::Matrix next;                  // symbols x steps: how probable each is after the step
  std::vector<data::Track> tracks;  // of the steps

  nn::Index steps() const { return nn::Index(symbols.size()); }
  const std::string& symbol(nn::Index step) const { return vocabulary[std::size_t(symbols[std::size_t(step)])]; }
};

// A piece of a track.
struct TrackPart {
  std::string name;
  std::span<const nn::Real> values;
};

// Of these tracks the one with this name, steps first .. first + count - 1; for an empty one the first that is not the same throughout,
// else the text's first. std::invalid_argument, beginning with `who`, names those that there are.
TrackPart track_named(std::span<const data::Track> tracks, nn::Index first, nn::Index count, std::string_view name, const std::string& who);
const data::Track& track_named(const Reading& reading, std::string_view name, const std::string& who);

}  // namespace viz
