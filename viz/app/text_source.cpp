// Bringing texts before the network, and asking it what comes next.
#include "viz/app/text_source.h"

#include <algorithm>
#include <chrono>

#include "datasets/utf8.h"
#include "engine/text.h"
#include "viz/app/parts.h"
#include "viz/text_study.h"

namespace viz {

namespace {

using Kind = TextSource::Kind;

double milliseconds_now() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void insert_lines(TextLine& line, std::string_view characters) {
  for (std::size_t from = 0;;) {
    const std::size_t end = characters.find('\n', from);
    insert(line, characters.substr(from, end - from));
    if (end == std::string_view::npos) return;
    if (line.text.size() < longest_line) line.text.insert(line.caret, "\n"), line.anchor = ++line.caret;
    from = end + 1;
  }
}

}  // namespace

bool reads_text(State& state) {
  const auto& text = state.desk.shared_prepared()->set.text;
  return text && text->running;
}

TextSource& text_source(State& state) {
  if (!state.text) state.text = std::make_unique<TextSource>();
  TextSource& source = *state.text;
  const auto prepared = state.desk.shared_prepared();
  if (source.of == prepared) return source;
  const bool other = source.of && !(source.of->set.text && source.of->set.text->symbols == prepared->set.text->symbols);
  if (other) {
    show_data(state);
    source = {};
  }
  source.of = prepared;
  return source;
}

void choose_text(State& state, Kind kind) {
  TextSource& source = text_source(state);
  if (kind == source.kind) return;
  show_data(state);
  source.kind = kind;
  if (kind == Kind::typed) text_changed(state);
  if (kind == Kind::file && source.file) state.given_text = source.file->text;
}

void type_text(State& state, std::string_view characters) {
  TextSource& source = text_source(state);
  const data::Vocabulary& symbols = source.of->set.text->symbols;
  std::string known;
  std::vector<std::string> unknown;
  for (const std::string_view character : data::characters(characters))
    if (character != "\r") {
      if (symbols.kind() == data::Symbols::words || symbols.find(character) >= 0)
        known += character;
      else if (unknown.size() < 5 && std::ranges::find(unknown, data::character_name(character)) == unknown.end())
        unknown.push_back(data::character_name(character));
    }
  if (!unknown.empty()) state.complain("The text that this network has learned has no " + nn::join(unknown, ", ") + ".");
  if (known.empty()) return;
  insert_lines(source.typed, known);
  text_changed(state);
}

bool edit_text(State& state, const KeyDown& key) {
  if (key.with.alt) return false;
  if (key.key == Key::enter) return type_text(state, "\n"), true;
  if (key.with.control && key.letter == 'v') return type_text(state, state.interaction.paste ? state.interaction.paste() : ""), true;
  TextSource& source = text_source(state);
  const std::string before = source.typed.text;
  const bool meant = edit(source.typed, key, {state.interaction.paste, state.interaction.copy});
  if (source.typed.text != before) text_changed(state);
  const bool writes = key.key == Key::letter || key.key == Key::space || key.key == Key::up || key.key == Key::down;
  return meant || (writes && !key.with.control);
}

void text_changed(State& state) {
  TextSource& source = text_source(state);
  const std::string& typed = source.typed.text;
  state.given_text.reset();
  if (typed.empty()) return;
  auto text = std::make_shared<const data::TextSet>(own_text(typed, source.of->set, "input"));
  if (text->ids.size() >= least_own_text) state.given_text = std::move(text);
}

void read_text_file(State& state, const std::filesystem::path& file) {
  TextSource& source = text_source(state);
  auto text = std::make_shared<const data::TextSet>(text_given(file, source.of->set, "input"));
  show_data(state);
  source.kind = Kind::file;
  source.file = {std::move(text), file.filename().string()};
  state.given_text = source.file->text;
}

void bring_expected_up_to_date(State& state) {
  TextSource& source = text_source(state);
  const Subject& now = state.subject();
  if (source.answered_by == now.snapshot && source.answer_to == state.given_text) return;
  source.answered_by = now.snapshot, source.answer_to = state.given_text;
  source.next.clear();
  if (!state.given_text) return;
  state.attempt([&] {
    const double since = milliseconds_now();
    Study study = now.study();
    study.given_text = state.given_text.get();
    const nn::Index all = std::ssize(state.given_text->ids), read = std::min<nn::Index>(all, 2000);
    const Reading reading = read_text(study, study.parameters, *state.given_text, {all - read, read}, {});
    for (nn::Index k = 0; k < reading.next.rows(); k++) source.next.push_back(reading.next(k, read - 1));
    source.milliseconds = milliseconds_now() - since;
  });
}

}  // namespace viz
