// Finds tracks by name.
#include "viz/reading.h"

#include <stdexcept>

#include "engine/text.h"

namespace viz {

const data::Track& track_named(const Reading& reading, std::string_view name, const std::string& who) {
  std::vector<std::string> names;
  for (const data::Track& track : reading.tracks) {
    if (name.empty() || track.name == name) return track;
    names.push_back(track.name);
  }
  throw std::invalid_argument(who + ": this text has no property '" + std::string(name) + "'; it has " +
                              (names.empty() ? "none" : nn::join(names, ", ")));
}

}  // namespace viz
