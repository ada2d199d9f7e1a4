// The oracles, one after the other.
#include "viz/error_types.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "datasets/utf8.h"

namespace viz {

namespace {

struct About {
  std::string_view name, help;
};
constexpr std::array<About, error_type_count> abouts = {{
    {"no error", "The character got a probability of 1/2 or more."},
    {"n-gram", "A model that counts the phrases of up to 9 characters would have known it."},
    {"memory 100", "The same beginning of a word went on like this within the last 100 characters."},
    {"memory 500", "The same beginning of a word went on like this within the last 500 characters."},
    {"memory 1000", "The same beginning of a word went on like this within the last 1,000 characters."},
    {"memory 5000", "The same beginning of a word went on like this within the last 5,000 characters."},
    {"rare word", "The word is at most 5 times in the text that was learned."},
    {"word start", "The first letter of a word after a blank: which word comes, one can seldom know."},
    {"line start", "The first character after a line feed."},
    {"quote start", "The first character after a quotation mark."},
    {"punctuation", "A mark that is neither letter, digit, blank nor line feed."},
    {"boost 0.1", "A probability from 0.4 to 0.5: a little more would have been enough."},
    {"boost 0.2", "A probability from 0.3 to 0.4."},
    {"boost 0.3", "A probability from 0.2 to 0.3."},
    {"boost 0.4", "A probability from 0.1 to 0.2."},
    {"boost 0.5", "A probability below 0.1: nothing foretold it."},
}};

using Characters = std::vector<std::string_view>;

bool is_blank(std::string_view character) { return character == " " || character == "\t" || character == "\n"; }

// Where the word begins that character t is in, or would go on.
std::size_t word_begin(const Characters& text, std::size_t t) {
  while (t > 0 && data::in_word(text[t - 1])) t--;
  return t;
}

std::string word_around(const Characters& text, std::size_t t) {
  std::string word;
  for (std::size_t i = word_begin(text, t); i < text.size() && data::in_word(text[i]); i++) word += text[i];
  return word;
}

// How many characters ago the word began as it does now and went on with character t, within the last so many; 0: never.
std::size_t last_like_this(const Characters& text, std::size_t t, std::size_t within) {
  const std::size_t begin = word_begin(text, t), length = t - begin;
  const auto at = [&](std::size_t place) { return text.begin() + std::ptrdiff_t(place); };
  for (std::size_t back = length + 1; length > 0 && back <= std::min(t, within); back++) {
    const std::size_t start = t - back;
    if ((start == 0 || !data::in_word(text[start - 1])) && std::equal(at(begin), at(t + 1), at(start))) return back;
  }
  return 0;
}

ErrorType boost(double p) {
  for (int i = 1; i < 5; i++)
    if (p >= 0.5 - 0.1 * i) return ErrorType(int(ErrorType::boost_1) + i - 1);
  return ErrorType::boost_5;
}

}  // namespace

std::string_view error_type_name(ErrorType type) { return abouts[std::size_t(type)].name; }
std::string_view error_type_help(ErrorType type) { return abouts[std::size_t(type)].help; }

ErrorOracles::ErrorOracles(std::string_view training, const data::Vocabulary& vocabulary)
    : vocabulary_(vocabulary), phrases_(vocabulary.ids(training, "error types"), vocabulary.size(), 9) {
  const Characters all = data::characters(training);
  for (std::size_t t = 0; t < all.size(); t++)
    if (data::in_word(all[t]) && (t == 0 || !data::in_word(all[t - 1]))) words_[word_around(all, t)]++;
}

std::vector<ErrorType> ErrorOracles::types(std::string_view text, std::span<const double> probabilities, std::size_t from) const {
  const Characters all = data::characters(text);
  const std::vector<int> ids = vocabulary_.ids(text, "error types");
  if (all.size() != probabilities.size())
    throw std::invalid_argument("error types: " + std::to_string(probabilities.size()) + " probabilities for a text of " +
                                std::to_string(all.size()) + " characters");
  const auto foreseen = [&](std::size_t t) {
    const std::vector<double> p = phrases_.probabilities(Symbols(ids).first(t), ids[t], phrases_.longest());
    return *std::max_element(p.begin(), p.end()) > 0.5;
  };
  const auto rare = [&](std::size_t t) {
    if (!data::in_word(all[t])) return false;
    const auto word = words_.find(word_around(all, t));
    return word == words_.end() || word->second <= 5;
  };
  const auto type = [&](std::size_t t) {
    const std::string_view before = t > 0 ? all[t - 1] : "";
    if (probabilities[t] >= 0.5) return ErrorType::none;
    if (foreseen(t)) return ErrorType::n_gram;
    if (const std::size_t back = last_like_this(all, t, 5000))
      return back <= 100    ? ErrorType::memory_100
             : back <= 500  ? ErrorType::memory_500
             : back <= 1000 ? ErrorType::memory_1000
                            : ErrorType::memory_5000;
    if (rare(t)) return ErrorType::rare_word;
    if (data::in_word(all[t]) && (before == " " || before == "\t")) return ErrorType::word_start;
    if (before == "\n") return ErrorType::line_start;
    if (before == "\"" || before == "“" || before == "”") return ErrorType::quote_start;
    if (!data::in_word(all[t]) && !is_blank(all[t])) return ErrorType::punctuation;
    return boost(probabilities[t]);
  };
  std::vector<ErrorType> found(all.size(), ErrorType::none);
  for (std::size_t t = from; t < all.size(); t++) found[t] = type(t);
  return found;
}

std::vector<int> error_counts(std::span<const ErrorType> types) {
  std::vector<int> counts(error_type_count, 0);
  for (const ErrorType type : types) counts[std::size_t(type)]++;
  return counts;
}

}  // namespace viz
