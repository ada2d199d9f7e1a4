// Texts and sequences as data sets: symbols as their numbers, one a step.
#pragma once
#include <optional>

#include "datasets/catalog.h"
#include "datasets/dataset.h"
#include "datasets/text.h"
#include "datasets/tracks.h"

namespace data {

struct TextSet {
  Vocabulary symbols;
  bool running = false;       // one long text, else many sequences, padded with -1
  std::string characters;     // of one long text
  std::vector<int> ids;       // its symbols
  std::vector<Track> tracks;  // what is known of each symbol
};

// The tracks of symbols from those of characters: where symbols are words, that of a word's last character.
std::vector<Track> tracks_of_symbols(std::string_view characters, std::vector<Track> tracks, Symbols kind);
// Whether a name or path means a text or a generator of sequences.
bool is_text(const std::string& name_or_path);
// What `glassbox data` lists of them.
std::vector<CatalogEntry> text_entries();
// A text: N - 1 examples, inputs N - 1 x 1. Sequences: an example each, features x 1 x steps, shorter ones padded with -1.
// Errors as in text.h, text_generators.h and sequences.h.
Dataset text_set(const Source& source);

}  // namespace data
