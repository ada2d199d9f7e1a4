// Texts and sequences as data sets.
#include "datasets/text_set.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "datasets/sequences.h"
#include "datasets/text_generators.h"

namespace data {

namespace {

using nn::Index;

bool are_sequences(const std::string& name) {
  return std::ranges::any_of(sequence_generators(), [&](const SequenceGenerator& g) { return g.name == name; });
}

bool generated_text(const std::string& name) {
  const auto all = text_generators();
  return name == "source" || std::any_of(all.begin(), all.end(), [&](const TextGenerator& g) { return g.name == name; });
}

Dataset running_text(const Source& source) {
  const Text text = text_of(source.name_or_path, std::size_t(source.samples), source.seed, source.data_folder);
  auto all = std::make_shared<TextSet>();
  const Symbols kind = source.words > 0 ? Symbols::words : Symbols::characters;
  all->symbols = kind == Symbols::words ? Vocabulary::of_words(text.characters, std::size_t(source.words))
                                        : Vocabulary::of_characters(text.characters);
  all->running = true;
  all->ids = all->symbols.ids(text.characters);
  all->tracks = tracks_of_symbols(text.characters, text.tracks, kind);
  all->characters = text.characters;
  if (all->ids.size() < 3)
    throw std::invalid_argument("data: '" + source.name_or_path + "' has " + std::to_string(all->ids.size()) +
                                " symbols, too few to learn from");

  Dataset set;
  set.name = source.name_or_path;
  set.target_name = kind == Symbols::words ? "next word" : "next character";
  set.input_names = {kind == Symbols::words ? "word" : "character"};
  for (const std::string& symbol : all->symbols.symbols())
    set.class_names.push_back(kind == Symbols::words ? symbol : character_name(symbol));
  const Index count = Index(all->ids.size()) - 1;
  set.inputs = nn::Matrix(count, 1);
  set.labels.assign(all->ids.begin() + 1, all->ids.end());
  for (Index i = 0; i < count; i++) set.inputs(i, 0) = nn::Real(all->ids[std::size_t(i)]);
  set.shape = {1, 1, 1};
  set.text = all;
  return set;
}

Dataset many(const Source& source) {
  const Sequences s = generate_sequences(source.name_or_path, source.samples, source.window, source.seed);
  Dataset set;
  set.name = source.name_or_path;
  set.target_name = s.values.empty() ? "class" : "answer";
  set.class_names = s.class_names;
  set.labels = s.labels;
  const bool symbols = s.numbers.empty();
  Index T = 1;
  for (std::size_t i = 0; i < s.size(); i++) T = std::max(T, symbols ? Index(s.ids[i].size()) : s.numbers[i].columns());
  const Index F = symbols ? 1 : s.numbers[0].rows(), count = Index(s.size());
  set.shape = {F, 1, T};
  set.inputs = nn::Matrix(count, F * T);
  nn::fill(set.inputs, symbols ? nn::Real(-1) : nn::Real(0));
  for (Index i = 0; i < count; i++)
    for (Index f = 0; f < F; f++)
      for (Index t = 0; t < (symbols ? Index(s.ids[std::size_t(i)].size()) : T); t++)
        set.inputs(i, f * T + t) = symbols ? nn::Real(s.ids[std::size_t(i)][std::size_t(t)]) : s.numbers[std::size_t(i)](f, t);
  for (Index f = 0; f < F; f++)
    for (Index t = 0; t < T; t++)
      set.input_names.push_back((symbols ? std::string("symbol") : s.input_names[std::size_t(f)]) + " " + std::to_string(t + 1));
  if (!s.values.empty()) {
    set.values = nn::Matrix(count, 1);
    for (Index i = 0; i < count; i++) set.values(i, 0) = s.values[std::size_t(i)];
  }
  if (!s.tags.empty()) {
    set.tagged = true;
    set.values = nn::Matrix(count, T);
    nn::fill(set.values, -1);
    for (Index i = 0; i < count; i++)
      for (std::size_t t = 0; t < s.tags[std::size_t(i)].size(); t++) set.values(i, Index(t)) = nn::Real(s.tags[std::size_t(i)][t]);
  }
  if (symbols) {
    auto text = std::make_shared<TextSet>();
    text->symbols = s.symbols;
    set.text = text;
  }
  return set;
}

}  // namespace

std::vector<Track> tracks_of_symbols(std::string_view characters, std::vector<Track> tracks, Symbols kind) {
  if (kind == Symbols::characters) return tracks;
  std::vector<Track> of_symbols;
  const std::vector<std::string_view> all = words(characters);
  for (const Track& track : tracks) {
    if (track.values.size() != characters.size()) continue;  // characters of several bytes: places are not known
    Track of_words{track.name, {}};
    for (const std::string_view word : all)
      of_words.values.push_back(track.values[std::size_t(word.data() + word.size() - 1 - characters.data())]);
    of_symbols.push_back(std::move(of_words));
  }
  return of_symbols;
}

bool is_text(const std::string& name) {
  if (generated_text(name) || are_sequences(name)) return true;
  constexpr std::string_view endings[] = {".txt", ".text", ".md", ".c",   ".h",    ".cpp", ".hpp",  ".cc",  ".py",
                                          ".js",  ".java", ".rs", ".tex", ".html", ".xml", ".json", ".toml"};
  std::filesystem::path path(name);
  if (path.extension() == ".gz") path = path.stem();
  return std::find(std::begin(endings), std::end(endings), path.extension().string()) != std::end(endings);
}

std::vector<CatalogEntry> text_entries() {
  // How many symbols there are, or inputs and classes: a test holds them against the data.
  const std::map<std::string_view, int> symbols = {{"quotes", 8},  {"capitals", 12}, {"latch", 8}, {"brackets", 12},
                                                   {"lines12", 5}, {"lines16", 5},   {"noise", 4}, {"copy", 6}};
  const std::map<std::string_view, std::pair<int, int>> sizes = {
      {"adding", {80, 0}}, {"recall", {20, 4}}, {"names", {12, 3}}, {"inside", {30, 2}}};
  std::vector<CatalogEntry> entries;
  for (const TextGenerator& g : text_generators())
    entries.push_back({std::string(g.name), std::string(g.title), 59'999, 1, symbols.at(g.name), "generated text: " + std::string(g.help)});
  entries.push_back({"source", "The program's own source", 183'017, 1, 94, "text: parts of this program's engine"});
  for (const SequenceGenerator& g : sequence_generators())
    entries.push_back({std::string(g.name), std::string(g.title), g.count, sizes.at(g.name).first, sizes.at(g.name).second,
                       "generated sequences: " + std::string(g.help)});
  return entries;
}

Dataset text_set(const Source& source) {
  if (source.noise != 0)
    throw std::invalid_argument("data: '" + source.name_or_path + "' is a text or made of sequences, and has no noise to set");
  return are_sequences(source.name_or_path) ? many(source) : running_text(source);
}

}  // namespace data
