// A reading made up for tests of the views: no network has done it. Some cells follow the properties of a generated text, with noise.
#pragma once
#include <cmath>

#include "datasets/text.h"
#include "datasets/text_generators.h"
#include "engine/random.h"
#include "viz/reading.h"

inline viz::Reading made_reading(const std::string& text_name, nn::Index steps, nn::Index cells, double noise, std::uint64_t seed = 1) {
  const data::Text text = data::generate_text(text_name, std::size_t(steps) + 100, seed);
  const data::Vocabulary vocabulary = data::Vocabulary::of_characters(text.characters);
  viz::Reading reading;
  reading.vocabulary = vocabulary.symbols();
  reading.symbols = vocabulary.ids(text.characters.substr(100));
  reading.first = 100, reading.length = steps + 100;
  for (const data::Track& track : text.tracks) reading.tracks.push_back({track.name, {track.values.begin() + 100, track.values.end()}});

  nn::Generator random(seed + 7);
  reading.cells = nn::Matrix(cells, steps);
  for (nn::Index cell = 0; cell < cells; cell++) {
    reading.cell_names.push_back("lstm1 " + std::to_string(cell + 1));
    const double sign = cell % 2 ? -1 : 1;
    for (nn::Index t = 0; t < steps; t++) {
      const double before = t > 0 ? double(reading.cells(cell, t - 1)) : 0;
      double value = 0.8 * before + 0.4 * random.normal();
      if (cell < nn::Index(reading.tracks.size()) * 2) {
        const double known = double(reading.tracks[std::size_t(cell / 2)].values[std::size_t(t)]);
        value = sign * (2 * known - 1) * 1.2 + noise * random.normal();
      }
      reading.cells(cell, t) = nn::Real(std::tanh(value));
    }
  }
  reading.states = reading.cells;
  for (const char* gate : {"input", "forget", "output"}) {
    nn::Matrix values(cells, steps);
    for (nn::Index cell = 0; cell < cells; cell++)
      for (nn::Index t = 0; t < steps; t++) values(cell, t) = nn::Real(1 / (1 + std::exp(-(double(cell % 7) - 3 + 1.5 * random.normal()))));
    reading.gates.push_back({gate, "lstm1", std::move(values)});
  }
  const auto symbols = nn::Index(reading.vocabulary.size());
  reading.next = nn::Matrix(symbols, steps);
  for (nn::Index t = 0; t < steps; t++) {
    double sum = 0;
    for (nn::Index k = 0; k < symbols; k++) {
      const bool right = t + 1 < steps && reading.symbols[std::size_t(t) + 1] == int(k);
      sum += double(reading.next(k, t) = nn::Real(std::exp(1.5 * random.normal() + (right ? 2 : 0))));
    }
    for (nn::Index k = 0; k < symbols; k++) reading.next(k, t) = nn::Real(double(reading.next(k, t)) / sum);
  }
  return reading;
}
