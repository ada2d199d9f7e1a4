// Why a network did not foresee a character: the oracles of Karpathy, Johnson and Fei-Fei (2015), each of which takes the errors that it
// could have avoided from those that the ones before it have left. An error is a character that got a probability below 1/2.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/text.h"
#include "viz/phrases.h"

namespace viz {

// In the order of the oracles.
enum class ErrorType {
  none,        // no error
  n_gram,      // one of the n-gram models, n = 1 .. 9, gives it more than 1/2
  memory_100,  // its word has begun like this, and gone on so, within the last 100 characters ...
  memory_500,
  memory_1000,
  memory_5000,  // ... 5,000 characters
  rare_word,    // it is in a word that the training text has at most 5 times
  word_start,   // the first letter of a word after a blank
  line_start,   // the first character after a line feed
  quote_start,  // the first character after a quotation mark
  punctuation,  // neither a letter, a digit, a blank nor a line feed
  boost_1,      // 0.1 more would have been enough: 0.4 <= p < 0.5 ...
  boost_2,
  boost_3,
  boost_4,
  boost_5,  // ... p < 0.1
};
constexpr int error_type_count = 16;
std::string_view error_type_name(ErrorType type);  // "rare word"
std::string_view error_type_help(ErrorType type);  // a sentence

// The type of every character of a text. probabilities[t]: what character t got before it was read; those of the first `from` characters,
// which are context alone, are not looked at and have no error. training: the text that the network has learned.
// Throws std::invalid_argument where the sizes differ.
class ErrorOracles {
 public:
  ErrorOracles(std::string_view training, const data::Vocabulary& vocabulary);  // of characters
  std::vector<ErrorType> types(std::string_view text, std::span<const double> probabilities, std::size_t from = 0) const;
  const Phrases& phrases() const { return phrases_; }  // of the training text, up to 9 symbols long

 private:
  data::Vocabulary vocabulary_;
  Phrases phrases_;
  std::map<std::string, int, std::less<>> words_;  // how often each is in the training text
};

// How many characters are of each type.
std::vector<int> error_counts(std::span<const ErrorType> types);

}  // namespace viz
