// Lines of all cells over time, the cells that are on in a range of the text, and where else they are on together.
#include "viz/lstmvis.h"

#include <algorithm>

#include "viz/methods.h"
#include "viz/text_memory.h"
#include "viz/text_properties.h"

namespace viz::lstmvis {

namespace {

using nn::Index;

constexpr Index searched[] = {5'000, 20'000, 100'000, 1'000'000};

// Where the property begins and holds for so many steps, not too near the start; else where the first window has room around it.
Index onset(std::span<const nn::Real> track, Index length) {
  const auto has = [&](Index t) { return track[std::size_t(t)] > 0; };
  for (Index t = 20; t + length <= std::ssize(track); t++) {
    bool all = !has(t - 1);
    for (Index k = t; k < t + length && all; k++) all = has(k);
    if (all) return t;
  }
  return 20;
}

// The part begins at the first symbol that tests, earlier where too few follow, and holds the place that was asked for.
Part searched_part(const Study& study, const data::TextSet& text, Index place, Index count) {
  const Index all = std::ssize(text.ids), asked = std::min(all, count);
  Index first = std::min(part_of(study, text, 0, 2).first, all - asked);
  if (place >= 0 && (place < first || place >= first + asked)) first = std::clamp<Index>(place - asked / 2, 0, all - asked);
  return {first, asked};
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const data::TextSet& text = text_of(study, "lstmvis");
  const Index place = options.at("place") == 0 ? -1 : std::min(Index(options.at("place")), Index(std::ssize(text.ids))) - 1;
  const Part part = searched_part(study, text, place, searched[std::size_t(options.at("search"))]);
  const bool of_cells = options.at("signal") == 1;
  const TrackPart track = track_named(text.tracks, part.first, part.count, property_named(options.at("property")), "lstmvis");
  const auto index = pattern_index(study, text, part, of_cells);

  const Index from = std::min(place < 0 ? onset(track.values, Index(options.at("range"))) : place - part.first, part.count - 1);
  const Index length = std::min(Index(options.at("range")), part.count - from);
  const Index start = std::max<Index>(0, from - 30), count = std::min<Index>(130 + length, part.count - start);
  Reading window = read_text(study, study.parameters, text, {part.first + start, count}, {.next = false}, "lstmvis");
  if (!of_cells) window.cells = std::move(window.states);
  const PatternRule rule{options.at("threshold"), options.at("before") == 1, options.at("after") == 1, options.at("signs") == 1};
  const std::span<const int> symbols = std::span(text.ids).subspan(std::size_t(part.first), std::size_t(part.count));
  Numbers numbers = numbers_of(window, {from - start, from - start + length - 1}, rule, {symbols, track, *index, part.first});
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::lstmvis
