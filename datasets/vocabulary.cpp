// Symbols to numbers and back.
#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>

#include "datasets/text.h"
#include "datasets/utf8.h"

namespace data {

namespace {

constexpr std::string_view unknown_word = "<unk>";

std::size_t size_at(std::string_view text, std::size_t at) { return std::max<std::size_t>(character_size(text.substr(at)), 1); }

void each_character(std::string_view text, const auto& visit) {
  for (std::size_t at = 0, size; at < text.size(); at += size) visit(text.substr(at, size = size_at(text, at)));
}

void each_word(std::string_view text, const auto& visit) {
  const auto letter_at = [&](std::size_t at) { return at < text.size() && in_word(text.substr(at, size_at(text, at))); };
  for (std::size_t at = 0, end; at < text.size(); at = end) {
    end = at + size_at(text, at);
    if (letter_at(at))
      while (letter_at(end) || (end < text.size() && text[end] == '\'' && letter_at(end + 1))) end += size_at(text, end);
    if (text[at] != ' ' && text[at] != '\t') visit(text.substr(at, end - at));
  }
}

void each(Symbols kind, std::string_view text, const auto& visit) {
  kind == Symbols::words ? each_word(text, visit) : each_character(text, visit);
}

using Counts = std::map<std::string_view, int>;

std::vector<std::pair<std::string, int>> most_frequent_first(const Counts& counts) {
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

}  // namespace

bool in_word(std::string_view character) {
  if (character.size() > 1) return character != "“" && character != "”" && character != "’";
  return !character.empty() && (std::isalnum(static_cast<unsigned char>(character[0])) || character == "_");
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> all;
  each_word(text, [&](std::string_view word) { all.push_back(word); });
  return all;
}

Vocabulary::Vocabulary(Symbols kind, std::vector<std::string> symbols) : kind_(kind), symbols_(std::move(symbols)) {
  for (int i = 0; i < size(); i++)
    if (!number_of_.emplace(symbols_[std::size_t(i)], i).second)
      throw std::invalid_argument("vocabulary: the symbol " + character_name(symbols_[std::size_t(i)]) + " comes twice");
}

Vocabulary Vocabulary::of_characters(std::string_view text) {
  std::set<std::string_view> different;
  each_character(text, [&](std::string_view character) { different.insert(character); });
  return {Symbols::characters, {different.begin(), different.end()}};
}

Vocabulary Vocabulary::of_words(std::string_view text, std::size_t size) {
  if (size < 2) throw std::invalid_argument("vocabulary: " + std::to_string(size) + " words; two are needed at least, one of them <unk>");
  Counts counts;
  each_word(text, [&](std::string_view word) { counts[word]++; });
  std::vector<std::string> symbols = {std::string(unknown_word)};
  for (const auto& [word, count] : most_frequent_first(counts))
    if (symbols.size() < size) symbols.push_back(word);
  return {Symbols::words, std::move(symbols)};
}

int Vocabulary::find(std::string_view symbol) const {
  auto at = number_of_.find(symbol);
  if (at == number_of_.end() && kind_ == Symbols::words) at = number_of_.find(unknown_word);
  return at == number_of_.end() ? -1 : at->second;
}

std::vector<std::pair<std::string, int>> Vocabulary::unknown(std::string_view text) const {
  Counts counts;
  each(kind_, text, [&](std::string_view symbol) {
    if (!number_of_.contains(symbol)) counts[symbol]++;
  });
  return most_frequent_first(counts);
}

std::vector<int> Vocabulary::ids(std::string_view text, const std::string& who) const {
  std::vector<int> numbers;
  each(kind_, text, [&](std::string_view symbol) { numbers.push_back(find(symbol)); });
  if (std::find(numbers.begin(), numbers.end(), -1) == numbers.end()) return numbers;
  const auto strange = unknown(text);
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(strange.size(), 3); i++) names += (i ? ", " : "") + character_name(strange[i].first);
  if (strange.size() > 3) names += " and " + std::to_string(strange.size() - 3) + " more";
  throw std::invalid_argument(who + ": " + names + (strange.size() == 1 ? " is" : " are") + " not among the " + std::to_string(size()) +
                              " symbols that this model has learned; take a text with these alone, or train on this one");
}

std::string Vocabulary::text(const std::vector<int>& ids) const {
  std::string result;
  for (const int id : ids) {
    const std::string& symbol = symbols_.at(std::size_t(id));
    const bool joined = result.empty() || result.back() == '\n' || result.back() == '(' || symbol == "\n" ||
                        (symbol.size() == 1 && std::string_view(".,;:!?)").find(symbol) != std::string_view::npos);
    if (kind_ == Symbols::words && !joined) result += ' ';
    result += symbol;
  }
  return result;
}

}  // namespace data
