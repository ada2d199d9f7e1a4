// One pass over a text, with the little state that every property needs.
#include "datasets/tracks.h"

#include <algorithm>

#include "datasets/text.h"
#include "datasets/utf8.h"

namespace data {

namespace {

using Characters = std::vector<std::string_view>;
using Values = std::vector<nn::Real>;

std::string_view at(const Characters& text, std::size_t i) { return i < text.size() ? text[i] : std::string_view(); }

bool one_of(std::string_view character, std::string_view of) {
  return character.size() == 1 && of.find(character) != std::string_view::npos;
}

Values inside_quotes(const Characters& text) {
  Values values;
  bool inside = false;
  for (std::size_t t = 0; t < text.size(); t++) {
    const std::string_view before = t > 0 ? text[t - 1] : "";
    const bool literal = before == "\\" || (before == "'" && at(text, t + 1) == "'");  // \" and '"', as in C++
    if (text[t] == "\"" && !literal) inside = !inside;
    if (text[t] == "“") inside = true;
    if (text[t] == "”" || (text[t] == "\n" && at(text, t + 1) == "\n")) inside = false;
    values.push_back(inside);
  }
  return values;
}

Values columns(const Characters& text) {
  Values values;
  int column = 0;
  for (const std::string_view character : text) values.push_back(nn::Real(column = character == "\n" ? 0 : column + 1));
  return values;
}

Values depths(const Characters& text) {
  Values values;
  int depth = 0;
  for (const std::string_view character : text) {
    depth += one_of(character, "([{") - one_of(character, ")]}");
    values.push_back(nn::Real(depth = std::max(depth, 0)));
  }
  return values;
}

Values indentations(const Characters& text) {
  Values values;
  int blanks = 0;
  bool leading = true;
  for (const std::string_view character : text) {
    if (character == "\n") {
      blanks = 0;
      leading = true;
    } else if (leading && one_of(character, " \t")) {
      blanks += character == "\t" ? 4 : 1;
    } else {
      leading = false;
    }
    values.push_back(nn::Real(blanks));
  }
  return values;
}

Values ends_of_sentences(const Characters& text) {
  Values values;
  for (std::size_t t = 0; t < text.size(); t++) {
    const std::string_view next = at(text, t + 1);
    values.push_back(one_of(text[t], ".!?") && (next.empty() || one_of(next, " \n\t\"')]}") || next == "”" || next == "’"));
  }
  return values;
}

Values starts_of_lines(const Characters& text) {
  Values values;
  for (const std::string_view character : text) values.push_back(character == "\n");
  return values;
}

Values word_starts(const Characters& text) {
  Values values;
  for (std::size_t t = 0; t < text.size(); t++) values.push_back(in_word(text[t]) && (t == 0 || !in_word(text[t - 1])));
  return values;
}

// The comments of C++. A text in quotes on one line holds none.
Values inside_comments(const Characters& text) {
  enum { code, quotes, line, block } where = code;
  Values values;
  for (std::size_t t = 0, since = 0; t < text.size(); t++) {
    const std::string_view c = text[t], before = t > 0 ? text[t - 1] : "";
    if (where == code && c == "\"" && before != "'" && before != "\\") {
      where = quotes;
    } else if (where == quotes && (c == "\n" || (c == "\"" && before != "\\"))) {
      where = code;
    } else if (where == code && before == "/" && (c == "/" || c == "*")) {
      where = c == "/" ? line : block;
      since = t;
    } else if ((where == line && c == "\n") || (where == block && t > since + 1 && before == "*" && c == "/")) {
      where = code;
    }
    values.push_back(where == line || where == block);
  }
  return values;
}

}  // namespace

std::vector<Track> tracks_of(std::string_view text) {
  const Characters all = characters(text);
  return {{"inside quotes", inside_quotes(all)},
          {"column", columns(all)},
          {"bracket depth", depths(all)},
          {"indentation", indentations(all)},
          {"end of sentence", ends_of_sentences(all)},
          {"start of line", starts_of_lines(all)},
          {"word start", word_starts(all)},
          {"inside comment", inside_comments(all)}};
}

Track track_of_phrase(std::string_view text, std::string_view phrase) {
  const Characters all = characters(text), sought = characters(phrase);
  Track track{"\"" + std::string(phrase) + "\"", Values(all.size(), 0)};
  for (std::size_t t = 0; !sought.empty() && t + sought.size() <= all.size(); t++)
    if (std::equal(sought.begin(), sought.end(), all.begin() + std::ptrdiff_t(t)))
      std::fill_n(track.values.begin() + std::ptrdiff_t(t), sought.size(), nn::Real(1));
  return track;
}

}  // namespace data
