// Lines of all cells over time, the cells that are on in a range of the text, and where else they are on together.
#include "viz/lstmvis.h"

#include <algorithm>

#include "viz/methods.h"
#include "viz/text_properties.h"
#include "viz/text_study.h"

namespace viz::lstmvis {

namespace {

using nn::Index;

constexpr Index searched[] = {5'000, 20'000, 100'000};

// Steps from .. from + count - 1 of a reading.
Reading window_of(const Reading& all, Index from, Index count) {
  Reading window;
  window.vocabulary = all.vocabulary, window.cell_names = all.cell_names, window.length = all.length;
  window.first = all.first + from;
  window.symbols.assign(all.symbols.begin() + from, all.symbols.begin() + from + count);
  window.cells = nn::Matrix(all.cells.view().block(from, count));
  for (const data::Track& track : all.tracks)
    window.tracks.push_back({track.name, {track.values.begin() + from, track.values.begin() + from + count}});
  return window;
}

// Where the property begins and holds for so many steps, not too near the start; else where the first window has room around it.
Index onset(const data::Track& track, Index length) {
  const auto has = [&](Index t) { return track.values[std::size_t(t)] > 0; };
  const Index steps = std::ssize(track.values);
  for (Index t = 20; t + length <= steps; t++) {
    bool all = !has(t - 1);
    for (Index k = t; k < t + length && all; k++) all = has(k);
    if (all) return t;
  }
  return 20;
}

}  // namespace

// The part that is searched begins at the first symbol that tests, earlier where too few follow; the range lies within it.
Numbers compute(const Study& study, const Arguments& options) {
  const data::TextSet& text = text_of(study, "lstmvis");
  const Index all = std::ssize(text.ids), asked = std::min(all, searched[std::size_t(options.at("search"))]);
  const Index place = options.at("place") == 0 ? -1 : std::min(Index(options.at("place")), all) - 1;
  Index first = std::min(part_of(study, text, 0, 2).first, all - asked);
  if (place >= 0 && (place < first || place >= first + asked)) first = std::clamp<Index>(place - asked / 2, 0, all - asked);
  Reading reading = read_text(study, study.parameters, text, {first, asked}, {.next = false});
  if (options.at("signal") == 0) reading.cells = std::move(reading.states);

  const PatternRule rule{options.at("threshold"), options.at("before") == 1, options.at("after") == 1, options.at("signs") == 1};
  PatternIndex index(reading.cells.rows(), rule.threshold);
  index.add(reading.cells);
  const data::Track& track = track_named(reading, property_named(options.at("property")), "lstmvis");
  const Index from = std::min(place < 0 ? onset(track, Index(options.at("range"))) : place - first, asked - 1);
  const Index length = std::min(Index(options.at("range")), asked - from);
  const Index start = std::max<Index>(0, from - 30), count = std::min<Index>(130 + length, asked - start);
  Numbers numbers =
      numbers_of(window_of(reading, start, count), {from - start, from - start + length - 1}, rule, {reading.symbols, track, index, first});
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::lstmvis
