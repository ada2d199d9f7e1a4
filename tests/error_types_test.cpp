// Phrases, n-gram models and the types of errors: each against its definition, counted slowly or worked by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "datasets/text_generators.h"
#include "engine/random.h"
#include "viz/error_types.h"

using data::Vocabulary;
using viz::ErrorType;
using viz::Phrases;

namespace {

std::vector<int> random_text(std::size_t length, int symbols, std::uint64_t seed) {
  nn::Generator random(seed);
  std::vector<int> text(length);
  for (int& symbol : text) symbol = int(random.below(std::uint64_t(symbols)));
  return text;
}

std::size_t slow_count(const std::vector<int>& text, const std::vector<int>& phrase) {
  std::size_t count = 0;
  for (std::size_t t = 0; t + phrase.size() <= text.size(); t++)
    count += std::equal(phrase.begin(), phrase.end(), text.begin() + std::ptrdiff_t(t));
  return count;
}

// The definition in phrases.h, from the longest context down.
double slow_probability(const std::vector<int>& text, std::vector<int> h, int next, int symbols) {
  const auto shorter = [&] { return h.empty() ? 1.0 / symbols : slow_probability(text, {h.begin() + 1, h.end()}, next, symbols); };
  double total = 0, kinds = 0, wanted = 0;
  for (int symbol = 0; symbol < symbols; symbol++) {
    std::vector<int> phrase = h;
    phrase.push_back(symbol);
    const auto count = double(slow_count(text, phrase));
    total += count;
    kinds += count > 0;
    if (symbol == next) wanted = count;
  }
  return total == 0 ? shorter() : (wanted + kinds * shorter()) / (total + kinds);
}

// The types of a text all of whose characters got probability p.
std::vector<ErrorType> types(const std::string& training, const std::string& text, double p, std::size_t from = 0) {
  const Vocabulary vocabulary = Vocabulary::of_characters(training + text);
  return viz::ErrorOracles(training, vocabulary).types(text, std::vector<double>(text.size(), p), from);
}

// A text without any structure, in which every n-gram is in doubt.
std::string babble(std::size_t length, const std::string& letters) {
  std::string text;
  for (const int symbol : random_text(length, int(letters.size()), 11)) text += letters[std::size_t(symbol)];
  return text;
}

}  // namespace

TEST_CASE("phrases are counted as they stand in the text") {
  const std::vector<int> text = random_text(400, 3, 1);
  const Phrases phrases(text, 3, 6);
  CHECK(phrases.count({}) == 400);
  for (std::size_t length = 1; length <= 6; length++)
    for (std::uint64_t seed = 0; seed < 20; seed++) {
      const std::vector<int> phrase = random_text(length, 3, 100 + seed);
      CHECK(phrases.count(phrase) == slow_count(text, phrase));
    }
  CHECK_THROWS_WITH(Phrases({}, 3), Catch::Matchers::Contains("a text of 0; both are 1 at least"));
}

TEST_CASE("n-gram probabilities are those of Witten and Bell and sum to one") {
  const std::vector<int> text = random_text(120, 4, 2), before = random_text(8, 4, 3);
  const Phrases phrases(text, 4, 6);
  for (int n = 1; n <= 6; n++) {
    double sum = 0;
    for (int next = 0; next < 4; next++) {
      const double p = phrases.probability(before, next, n);
      sum += p;
      CHECK(p == Approx(slow_probability(text, {before.end() - (n - 1), before.end()}, next, 4)));
    }
    CHECK(sum == Approx(1));
  }
  CHECK(phrases.probabilities(before, 1, 6).back() == phrases.probability(before, 1, 6));
}

TEST_CASE("an n-gram model pays nothing where its context decides, and log 4 on noise of four letters") {
  std::vector<int> text;  // a a b a a b ...: what follows an a is known from the two symbols before
  for (int t = 0; t < 3000; t++) text.push_back(t % 3 == 2);
  const Phrases phrases(viz::Symbols(text).first(2000), 2, 4);
  const viz::Symbols rest = viz::Symbols(text).subspan(2000);
  CHECK(viz::n_gram_cost(phrases, rest, 1) == Approx(std::log(3) - 2 / 3.0 * std::log(2)).margin(0.01));
  CHECK(viz::n_gram_cost(phrases, rest, 2) == Approx(2 / 3.0 * std::log(2)).margin(0.01));
  CHECK(viz::n_gram_cost(phrases, rest, 3) < 0.01);

  const data::Text noise = data::generate_text("noise", 20'000, 1);
  const std::vector<int> letters = Vocabulary::of_characters(noise.characters).ids(noise.characters);
  const Phrases of_noise(viz::Symbols(letters).first(10'000), 4, 3);
  CHECK(viz::n_gram_cost(of_noise, viz::Symbols(letters).subspan(10'000), 3) == Approx(std::log(4)).margin(0.02));
}

TEST_CASE("an n-gram oracle takes what its phrases foretell") {
  std::string training;
  for (int i = 0; i < 50; i++) training += "abc ";
  const auto found = types(training, "abcab", 0.2);
  CHECK(found[1] == ErrorType::n_gram);  // b after a
  CHECK(types(training, "abcab", 0.5) == std::vector<ErrorType>(5, ErrorType::none));
  CHECK(types(training, "abcab", 0.2, 4)[1] == ErrorType::none);
}

TEST_CASE("the memory oracle looks for the same beginning of a word in the last characters") {
  const std::string training = babble(3000, "abcdefgh xyz");
  const auto type_after = [&](std::size_t apart) {
    const std::string text = "xhgf" + std::string(apart, ' ') + "xhgf";
    return types(training, text, 0.05).back();
  };
  CHECK(type_after(10) == ErrorType::memory_100);
  CHECK(type_after(93) == ErrorType::memory_100);  // the word began 100 characters before
  CHECK(type_after(94) == ErrorType::memory_500);
  CHECK(type_after(700) == ErrorType::memory_1000);
  CHECK(type_after(3000) == ErrorType::memory_5000);
  CHECK(type_after(6000) == ErrorType::rare_word);
}

TEST_CASE("what is left goes to rare words, word starts, lines, quotes, marks and boosts in this order") {
  std::string training = babble(4000, "abcdefghijkl   ");
  for (int i = 0; i < 6; i++) training += " often";
  const Vocabulary vocabulary = Vocabulary::of_characters(training + "seldom;\n\t\"");
  const viz::ErrorOracles oracles(training, vocabulary);
  const auto type = [&](const std::string& before, const std::string& next, double p) {
    const std::string all = before + next;
    std::vector<double> given(all.size(), 0.9);
    given[before.size()] = p;
    const auto found = oracles.types(all, given);
    for (std::size_t t = 0; t < all.size(); t++)
      if (t != before.size()) CHECK(found[t] == ErrorType::none);
    return found[before.size()];
  };
  CHECK(type("abc ", "often", 0.1) == ErrorType::word_start);
  CHECK(type("abc ", "seldom", 0.1) == ErrorType::rare_word);
  CHECK(type("abc\n", "\t", 0.1) == ErrorType::line_start);
  CHECK(type("abc\"", "\t", 0.1) == ErrorType::quote_start);
  CHECK(type("abc", ";", 0.1) == ErrorType::punctuation);
  CHECK(type("abc", "\t", 0.45) == ErrorType::boost_1);
  CHECK(type("abc", "\t", 0.4) == ErrorType::boost_1);
  CHECK(type("abc", "\t", 0.35) == ErrorType::boost_2);
  CHECK(type("abc", "\t", 0.25) == ErrorType::boost_3);
  CHECK(type("abc", "\t", 0.15) == ErrorType::boost_4);
  CHECK(type("abc", "\t", 0.01) == ErrorType::boost_5);
}

TEST_CASE("every error has one type, and each type its words") {
  const data::Text made = data::generate_text("quotes", 4000, 3);
  const Vocabulary vocabulary = Vocabulary::of_characters(made.characters);
  const std::string training = made.characters.substr(0, 3000), text = made.characters.substr(3000);
  std::vector<double> given;
  nn::Generator random(5);
  for (std::size_t t = 0; t < text.size(); t++) given.push_back(random.uniform());
  const auto found = viz::ErrorOracles(training, vocabulary).types(text, given);
  const std::vector<int> counts = viz::error_counts(found);
  CHECK(counts[0] == std::count_if(given.begin(), given.end(), [](double p) { return p >= 0.5; }));
  int sum = 0;
  std::set<std::string_view> names;
  for (int type = 0; type < viz::error_type_count; type++) {
    sum += counts[std::size_t(type)];
    names.insert(viz::error_type_name(ErrorType(type)));
    CHECK(viz::error_type_help(ErrorType(type)).ends_with("."));
  }
  CHECK(sum == 1000);
  CHECK(names.size() == std::size_t(viz::error_type_count));
  CHECK_THROWS_WITH(viz::ErrorOracles(training, vocabulary).types(text, std::vector<double>(3)),
                    "error types: 3 probabilities for a text of 1000 characters");
}
