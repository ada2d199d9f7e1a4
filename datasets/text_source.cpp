// Finds out which text a name means, and loads it.
#include <algorithm>
#include <stdexcept>

#include "datasets/shipped.h"
#include "datasets/text.h"
#include "datasets/text_generators.h"
#include "datasets/utf8.h"
#include "engine/text.h"

namespace data {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> known_names() {
  std::vector<std::string> names = {"source"};
  for (const TextGenerator& generator : text_generators()) names.emplace_back(generator.name);
  return names;
}

bool is_generated(std::string_view name) {
  const auto all = text_generators();
  return std::any_of(all.begin(), all.end(), [&](const TextGenerator& generator) { return generator.name == name; });
}

fs::path found(const std::string& name_or_path, const fs::path& data_folder) {
  if (name_or_path == "source") return files_folder() / "source.txt";
  fs::path path = name_or_path;
  if (!fs::exists(path) && path.is_relative() && !data_folder.empty()) path = data_folder / path;
  if (fs::exists(path)) return path;
  throw std::invalid_argument("there is no text '" + name_or_path + "'; did you mean '" + nn::nearest(name_or_path, known_names()) +
                              "'? There are " + nn::join(known_names(), ", ") + ", or the path of a text file");
}

// Those whose names are new.
void add_tracks(Text& text, std::vector<Track> tracks) {
  for (Track& track : tracks) {
    const auto known = [&](const Track& other) { return other.name == track.name; };
    if (std::none_of(text.tracks.begin(), text.tracks.end(), known)) text.tracks.push_back(std::move(track));
  }
}

}  // namespace

Text text_of(const std::string& name_or_path, std::size_t length, std::uint64_t seed, const fs::path& data_folder) {
  if (is_generated(name_or_path)) {
    Text text = generate_text(name_or_path, length == 0 ? 60'000 : length, seed);
    add_tracks(text, tracks_of(text.characters));
    return text;
  }
  Text text{name_or_path, load_text(found(name_or_path, data_folder), length), {}};
  text.tracks = tracks_of(text.characters);
  return text;
}

}  // namespace data
