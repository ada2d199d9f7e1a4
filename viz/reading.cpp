// Finds tracks by name.
#include "viz/reading.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "engine/text.h"

namespace viz {

namespace {

bool changes(const data::Track& track) {
  return std::adjacent_find(track.values.begin(), track.values.end(), std::not_equal_to<>()) != track.values.end();
}

}  // namespace

const data::Track& track_named(const Reading& reading, std::string_view name, const std::string& who) {
  if (const auto first = std::find_if(reading.tracks.begin(), reading.tracks.end(), changes); name.empty() && first != reading.tracks.end())
    return *first;
  std::vector<std::string> names;
  for (const data::Track& track : reading.tracks) {
    if (name.empty() || track.name == name) return track;
    names.push_back(track.name);
  }
  throw std::invalid_argument(who + ": this text has no property '" + std::string(name) + "'; it has " +
                              (names.empty() ? "none" : nn::join(names, ", ")));
}

}  // namespace viz
