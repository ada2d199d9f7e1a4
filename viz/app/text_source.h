// A text of one's own for a network that reads texts, typed in the view Input or from a file, and what the network expects to follow it.
// All views of texts read it.
#pragma once
#include "viz/app/state.h"
#include "viz/text_edit.h"

namespace viz {

struct TextSource {
  enum class Kind { data, typed, file } kind = Kind::data;
  std::shared_ptr<const data::Prepared> of;  // the data that all this suits
  TextLine typed;                            // line feeds among it
  struct File {
    std::shared_ptr<const data::TextSet> text;
    std::string name;
  };
  std::optional<File> file;

  // The answer to a text of one's own.
  std::vector<nn::Real> next;  // how probable each symbol is behind its end
  std::shared_ptr<const nn::Snapshot> answered_by;
  std::shared_ptr<const data::TextSet> answer_to;
  double milliseconds = 0;  // that reading it took
};

inline constexpr std::size_t least_own_text = 2;  // symbols: with fewer, views have nothing to draw

bool reads_text(State& state);  // whether the network on the desk does
// Suits the data that are on the desk, which have to be a running text.
TextSource& text_source(State& state);
void choose_text(State& state, TextSource::Kind kind);

// What was typed or pasted, in place of the selection. Characters that the network has never read are left out, and named.
void type_text(State& state, std::string_view characters);
// What any other key does to the text; false where it means nothing to it.
bool edit_text(State& state, const KeyDown& key);
void text_changed(State& state);  // views read what is typed
// std::invalid_argument or std::runtime_error where the file is no text that the network could read.
void read_text_file(State& state, const std::filesystem::path& file);
// Asks the network where the text, or the network, is another one.
void bring_expected_up_to_date(State& state);

}  // namespace viz
