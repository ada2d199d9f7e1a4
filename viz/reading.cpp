// Finds tracks by name.
#include "viz/reading.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "engine/text.h"

namespace viz {

namespace {

bool changes(std::span<const nn::Real> values) {
  return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) != values.end();
}

}  // namespace

TrackPart track_named(std::span<const data::Track> tracks, nn::Index first, nn::Index count, std::string_view name,
                      const std::string& who) {
  const auto part = [&](const data::Track& track) {
    return TrackPart{track.name, std::span(track.values).subspan(std::size_t(first), std::size_t(count))};
  };
  std::vector<std::string> names;
  for (const data::Track& track : tracks) {
    if (name.empty() ? changes(part(track).values) : track.name == name) return part(track);
    names.push_back(track.name);
  }
  if (name.empty() && !tracks.empty()) return part(tracks.front());
  throw std::invalid_argument(who + ": this text has no property '" + std::string(name) + "'; it has " +
                              (names.empty() ? "none" : nn::join(names, ", ")));
}

const data::Track& track_named(const Reading& reading, std::string_view name, const std::string& who) {
  const TrackPart part = track_named(reading.tracks, 0, reading.steps(), name, who);
  return *std::ranges::find(reading.tracks, part.name, &data::Track::name);
}

}  // namespace viz
