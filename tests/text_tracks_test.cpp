// The tracks of texts: those of any text against cases worked by hand, those of made-up texts against the text read once more.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "datasets/catalog.h"
#include "datasets/sequences.h"
#include "datasets/text_generators.h"

using data::Text;
using data::Track;

namespace {

const Track& track(const std::vector<Track>& tracks, const std::string& name) {
  const auto at = std::find_if(tracks.begin(), tracks.end(), [&](const Track& t) { return t.name == name; });
  REQUIRE(at != tracks.end());
  return *at;
}

// The values as digits, one a character.
std::string digits(const std::vector<Track>& tracks, const std::string& name) {
  std::string text;
  for (const nn::Real value : track(tracks, name).values) text += char('0' + int(value));
  return text;
}
std::string digits(const std::string& text, const std::string& name) { return digits(data::tracks_of(text), name); }

}  // namespace

TEST_CASE("quotes are inside until they close or their paragraph ends") {
  CHECK(digits("a\"bc\"d", "inside quotes") ==
        "011100"
        "");
  CHECK(digits("“é” x", "inside quotes") == "11000");
  CHECK(digits("\"a\nb\n\nc", "inside quotes") == "1111000");
  CHECK(digits("'\"'x\\\"y", "inside quotes") == "0000000");
}

TEST_CASE("columns count characters, not bytes, since the line feed") { CHECK(digits("éa\nbcd\n\ne", "column") == "120123001"); }

TEST_CASE("bracket depth follows every kind of bracket and never goes below zero") {
  CHECK(digits("a(b[c]{)})", "bracket depth") == "0112212100");
  CHECK(digits("))(", "bracket depth") == "001");
}

TEST_CASE("indentation is that of the line and a tab counts for four") {
  CHECK(digits("x y\n  a b\n\tc", "indentation") ==
        "000012222044");
}

TEST_CASE("sentences end where a mark is followed by a blank, a quote or nothing") {
  CHECK(digits("1.5 is. \"So!\" A?", "end of sentence") ==
        "0000001000010001"
        "");
}

TEST_CASE("lines start at a line feed and words at their first letter") {
  CHECK(digits("ab\n\nc", "start of line") == "00110");
  CHECK(digits("ab cd_e-f é", "word start") ==
        "10010000101"
        "");
}

TEST_CASE("comments of C++ are found, and not within quotes") {
  CHECK(digits("a // b\nc", "inside comment") == "00011100");
  CHECK(digits("a/*/b*/c", "inside comment") == "00111100");
  CHECK(digits("\"//\"//", "inside comment") == "000001");
}

TEST_CASE("a phrase's track covers every place where it stands") {
  const Track phrase = data::track_of_phrase("aba abaé", "aba");
  CHECK(phrase.values == std::vector<nn::Real>{1, 1, 1, 0, 1, 1, 1, 0});
  CHECK(data::track_of_phrase("ab", "").values == std::vector<nn::Real>{0, 0});
}

TEST_CASE("the tracks of made-up texts are those of the same text read as any other") {
  for (const auto& [name, track_name] : {std::pair{"quotes", "inside quotes"},
                                         {"capitals", "inside quotes"},
                                         {"latch", "inside quotes"},
                                         {"brackets", "bracket depth"},
                                         {"lines12", "column"},
                                         {"lines16", "column"}}) {
    INFO(name);
    const Text text = data::generate_text(name, 5000, 4);
    CHECK(track(text.tracks, track_name).values == track(data::tracks_of(text.characters), track_name).values);
  }
}

TEST_CASE("the latch text toggles, asks and answers as often as it says") {
  const Text text = data::generate_text("latch", 60'000, 7);
  const std::string inside = digits(text.tracks, "inside quotes"), due = digits(text.tracks, "answer due"),
                    letter = digits(text.tracks, "letter");
  int toggles = 0, questions = 0;
  for (std::size_t t = 0; t + 1 < text.characters.size(); t++) {
    const char c = text.characters[t];
    toggles += c == '"';
    CHECK((letter[t] == '1') == (c >= 'a' && c <= 'd'));
    CHECK((due[t] == '1') == (c == '?'));
    if (c != '?') continue;
    questions++;
    CHECK(text.characters[t + 1] == (inside[t] == '1' ? 'y' : 'n'));
  }
  const double steps = 60'000 / 1.1;  // a question takes two characters
  CHECK(toggles / steps == Approx(0.06).margin(0.005));
  CHECK(questions / steps == Approx(0.10).margin(0.005));
}

TEST_CASE("after an equals sign stands the depth of the brackets") {
  const Text text = data::generate_text("brackets", 20'000, 2);
  const std::string depth = digits(text.tracks, "bracket depth");
  for (std::size_t t = 0; t + 1 < depth.size(); t++)
    if (text.characters[t] == '=') CHECK(text.characters[t + 1] == depth[t]);
  CHECK(*std::max_element(depth.begin(), depth.end()) == '5');
}

TEST_CASE("lines are as long as their name says, and a copy repeats its word") {
  const Text lines = data::generate_text("lines16", 17 * 50, 3), copy = data::generate_text("copy", 12 * 50, 3);
  for (std::size_t t = 0; t < lines.characters.size(); t++) CHECK((lines.characters[t] == '\n') == (t % 17 == 16));
  CHECK(digits(lines.tracks, "line feed due").substr(0, 18) == "000000000000000100");
  for (std::size_t t = 0; t < copy.characters.size(); t += 12) CHECK(copy.characters.substr(t, 5) == copy.characters.substr(t + 6, 5));
  CHECK(digits(copy.tracks, "letters kept").substr(0, 13) == "1234554321001");
  CHECK(digits(copy.tracks, "repeating").substr(0, 13) ==
        "0000011111000"
        "");
}

TEST_CASE("every sequence of the adding problem marks two values, one in each half, and asks for their sum") {
  const data::Sequences set = data::generate_sequences("adding", 4000, 41, 5);
  double mean_square = 0;
  for (std::size_t n = 0; n < set.size(); n++) {
    const nn::Matrix& x = set.numbers[n];
    REQUIRE(x.rows() == 2);
    REQUIRE(x.columns() == 41);
    double sum = 0, first = 0, second = 0;
    for (int t = 0; t < 41; t++) {
      (t < 20 ? first : second) += x(1, t);
      sum += x(1, t) * x(0, t);
    }
    CHECK(first == 1);
    CHECK(second == 1);
    CHECK(set.values[n] == Approx(sum).margin(1e-6));
    mean_square += (set.values[n] - 1) * (set.values[n] - 1) / double(set.size());
  }
  CHECK(mean_square == Approx(1 / 6.0).margin(0.01));
}

TEST_CASE("the other sequences carry their answers") {
  const data::Sequences recall = data::generate_sequences("recall", 200, 15, 1), inside = data::generate_sequences("inside", 0, 0, 1);
  for (std::size_t n = 0; n < recall.size(); n++) {
    const std::string text = recall.symbols.text(recall.ids[n]);
    CHECK(text.substr(0, 1) == recall.class_names[std::size_t(recall.labels[n])]);
    CHECK(text.find_first_not_of("+-", 1) == std::string::npos);
    CHECK(text.size() == 15);
  }
  CHECK(inside.size() == 1000);
  for (std::size_t n = 0; n < inside.size(); n++) {
    std::string tags;
    for (const int tag : inside.tags[n]) tags += char('0' + tag);
    CHECK(tags == digits(inside.symbols.text(inside.ids[n]), "inside quotes"));
    CHECK((tags.size() >= 10 && tags.size() <= 30));
  }
}

TEST_CASE("names of invented languages differ in length and sound") {
  const data::Sequences names = data::generate_sequences("names", 0, 0, 1);
  std::vector<int> count(3);
  for (std::size_t n = 0; n < names.size(); n++) {
    const std::string name = names.symbols.text(names.ids[n]);
    const int label = names.labels[n];
    count[std::size_t(label)]++;
    CHECK((name.size() >= 3 && name.size() <= 16));
    const bool vowel_at_end = std::string("aeiou").find(name.back()) != std::string::npos;
    if (label == 0) CHECK(vowel_at_end);
    if (label == 1) CHECK_FALSE(vowel_at_end);
    if (label == 2) CHECK((vowel_at_end || name.back() == 'n'));
  }
  CHECK(*std::min_element(count.begin(), count.end()) > 200);
  CHECK_THROWS_WITH(data::generate_sequences("addding", 0, 0, 0), Catch::Matchers::Contains("did you mean 'adding'?"));
  CHECK_THROWS_WITH(data::generate_sequences("adding", 0, 5, 0), Catch::Matchers::Contains("5 steps were asked for; 10 at least"));
  CHECK_THROWS_WITH(data::load({.name_or_path = "adding", .window = 1}), Catch::Matchers::Contains("1 steps were asked for; 10 at least"));
}
