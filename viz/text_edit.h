// One line of text while it is edited: caret, selection, clipboard. Places are bytes, always between two characters.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "viz/event.h"

namespace viz {

struct TextLine {
  std::string text;
  std::size_t caret = 0, anchor = 0;  // different where text is selected

  std::size_t first() const { return caret < anchor ? caret : anchor; }  // of the selection
  std::size_t last() const { return caret < anchor ? anchor : caret; }
  bool operator==(const TextLine&) const = default;
};

// A line holds at most so many bytes; what does not fit is dropped.
inline constexpr std::size_t longest_line = 1000;

struct Clipboard {
  std::function<std::string()> paste;  // either may be empty: then that key does nothing
  std::function<void(const std::string&)> copy;
};

TextLine all_selected(std::string text);

// In place of the selection. Line feeds, other control characters, marks that turn the direction of writing, and bytes that are not UTF-8
// are dropped.
void insert(TextLine& line, std::string_view string);
void insert(TextLine& line, char32_t character);

// Arrows, Home, End (with Shift they select, with Control they go by words), Backspace, Delete, Control with A, C, X and V.
// False where the key means nothing to a line.
bool edit(TextLine& line, const KeyDown& key, const Clipboard& clipboard);

// The place between two characters nearest to x, where the text begins at 0 in letters of this size; and back.
std::size_t place_at(std::string_view text, double x, double size);
double x_of(std::string_view text, std::size_t place, double size);

// The next place in a direction, by characters or to the start of a word.
std::size_t before(std::string_view text, std::size_t place);
std::size_t after(std::string_view text, std::size_t place);
std::size_t word_before(std::string_view text, std::size_t place);
std::size_t word_after(std::string_view text, std::size_t place);

// The character as UTF-8; empty for what is none.
std::string utf8(char32_t character);

}  // namespace viz
