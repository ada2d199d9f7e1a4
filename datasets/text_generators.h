// Small made-up texts whose structure is known, with the tracks of what a network has to keep in mind to continue them.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/tracks.h"

namespace data {

struct Text {
  std::string name;  // of the generator, or the file's path
  std::string characters;
  std::vector<Track> tracks;  // as long as the text has characters
};

struct TextGenerator {
  std::string_view name, title, help;
};
std::span<const TextGenerator> text_generators();

// Exactly so many characters. Throws std::invalid_argument for an unknown name (naming the nearest), or a length beyond 100 .. 10,000,000.
Text generate_text(std::string_view name, std::size_t length, std::uint64_t seed);

// One door to all texts: a generator (length 0: 60,000 characters), `source` (this program's own), or a file, its own path or one within
// the data folder; of the last two at most `length` characters are taken, 0 for all. Their tracks are tracks_of(); a made-up text
// has its own first, and those of these that it lacks behind them. Errors as above and in
// text.h.
Text text_of(const std::string& name_or_path, std::size_t length = 0, std::uint64_t seed = 0,
             const std::filesystem::path& data_folder = {});

}  // namespace data
