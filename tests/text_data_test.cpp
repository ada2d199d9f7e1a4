// Text files as data: what is read, what is refused, and the numbers that characters and words get.
#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "datasets/shipped.h"
#include "datasets/text.h"
#include "datasets/text_generators.h"
#include "datasets/utf8.h"
#include "tests/support.h"

using Catch::Matchers::Contains;
using data::Symbols;
using data::Vocabulary;

namespace {

std::string clean(std::string_view bytes) { return data::clean_text(bytes, "a.txt"); }

std::string refusal(std::string_view bytes) {
  try {
    clean(bytes);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "taken";
}

}  // namespace

TEST_CASE("a byte order mark goes and every line end becomes a line feed") {
  CHECK(clean("\xef\xbb\xbf"
              "ab") == "ab");
  CHECK(clean("a\r\nb\rc\nd\r\r\n\n\re\r") == "a\nb\nc\nd\n\n\n\ne\n");
  CHECK(clean("é\r") == "é\n");
}

TEST_CASE("what is no text is refused in one sentence that says where") {
  CHECK(refusal("") == "a.txt: the file is empty; a text has two characters at least");
  CHECK(refusal("\xef\xbb\xbf") == "a.txt: the file is empty; a text has two characters at least");
  CHECK(refusal("é") == "a.txt: the text is one character ('é'), after which there is nothing to predict");
  CHECK(refusal("\r\n") == "a.txt: the text is one character (line feed), after which there is nothing to predict");
  CHECK(refusal("ab\r\nc\xe9t") == "a.txt: the byte e9 at offset 5 (line 2) is not UTF-8; save the text as UTF-8");
  CHECK(refusal(std::string_view("a\rb\rc\0d", 7)) == "a.txt: a zero byte at offset 5 (line 3), so this is a binary file and not a text");
  CHECK(refusal("\xff\xfe"
                "a") == "a.txt: the text is UTF-16; save it as UTF-8");
  CHECK_THAT(refusal("ab\xc3"), Contains("the byte c3 at offset 2"));              // cut off
  CHECK_THAT(refusal("\xed\xa0\x80"), Contains("the byte ed at offset 0"));        // a surrogate
  CHECK_THAT(refusal("x\xc0\xaf"), Contains("the byte c0 at offset 1"));           // too long for what it says
  CHECK_THAT(refusal("xy\xf4\x90\x80\x80"), Contains("the byte f4 at offset 2"));  // beyond U+10FFFF
}

TEST_CASE("random bytes are either refused or text") {
  std::mt19937 random(3);
  int taken = 0;
  for (int i = 0; i < 3000; i++) {
    std::string bytes(1 + random() % 4, ' ');
    for (char& byte : bytes) byte = char(random() % 3 ? random() % 128 : random() % 256);
    if (refusal(bytes) != "taken") continue;
    taken++;
    const std::string text = clean(bytes);
    for (const std::string_view character : data::characters(text)) CHECK(data::character_size(character) == character.size());
  }
  CHECK(taken > 300);
}

TEST_CASE("a file of a gigabyte is refused before it is read") {
  TemporaryFolder folder;
  std::ofstream(folder / "large.txt") << "text";
  std::filesystem::resize_file(folder / "large.txt", std::uintmax_t(1) << 30);  // a hole, which takes no space
  CHECK_THROWS_WITH(data::load_text(folder / "large.txt"), Contains("large.txt: 1073741824 bytes, and at most 16777216 are read, because") && Contains("data.samples"));
  CHECK_THROWS_WITH(data::load_text(folder / "none.txt"), Contains("cannot read"));
  CHECK_THROWS_WITH(data::load_text(folder.path), Contains("it is a folder"));
}

TEST_CASE("of a file of any size the front can be read, cut between two characters") {
  TemporaryFolder folder;
  std::string text = "\xef\xbb\xbf";
  for (int i = 0; i < 1000; i++) text += i % 3 == 0 ? "a" : i % 3 == 1 ? "é\r\n" : "𝄞";
  std::ofstream(folder / "front.txt") << text;
  std::string plain = clean(text);
  for (const std::size_t most : {2, 3, 4, 5, 6, 7, 99, 100, 101, 102, 5000}) {
    INFO(most);
    const auto all = data::characters(plain);
    std::string expected;
    for (std::size_t i = 0; i < std::min(most, all.size()); i++) expected += all[i];
    CHECK(data::load_text(folder / "front.txt", most) == expected);
  }
  std::ofstream(folder / "front.txt", std::ios::app) << std::string(1, '\xff');
  std::filesystem::resize_file(folder / "front.txt", std::uintmax_t(1) << 30);
  CHECK(data::characters(data::load_text(folder / "front.txt", 100)).size() == 100);
  CHECK_THROWS_WITH(data::load_text(folder / "front.txt", 1000), Contains("the byte ff") || Contains("a zero byte"));
}

TEST_CASE("characters are numbered in the order of their code points") {
  const Vocabulary vocabulary = Vocabulary::of_characters("zebra é\n𝄞 ﬁ zz");
  CHECK(vocabulary.symbols() == std::vector<std::string>{"\n", " ", "a", "b", "e", "r", "z", "é", "ﬁ", "𝄞"});
  CHECK(vocabulary.ids("zé\n") == std::vector<int>{6, 7, 0});
  CHECK(vocabulary.text(vocabulary.ids("bar 𝄞é\nz")) == "bar 𝄞é\nz");
  CHECK(vocabulary.find("q") == -1);
  CHECK(Vocabulary(Symbols::characters, vocabulary.symbols()) == vocabulary);
  CHECK_THROWS_WITH(Vocabulary(Symbols::characters, {"a", "b", "a"}), "vocabulary: the symbol 'a' comes twice");
}

TEST_CASE("unknown characters are named, the most frequent first") {
  const Vocabulary vocabulary = Vocabulary::of_characters("abc");
  CHECK(vocabulary.unknown("a?b!c!").front() == std::pair<std::string, int>{"!", 2});
  CHECK_THROWS_WITH(
      vocabulary.ids("ab\tc", "b.txt"),
      "b.txt: tab is not among the 3 symbols that this model has learned; take a text with these alone, or train on this one");
  CHECK_THROWS_WITH(vocabulary.ids("x a z\n zy", "b.txt"), Contains("b.txt: blank, 'z', line feed and 2 more are not among the 3"));
}

TEST_CASE("words are numbered by how often they come, and the rest is <unk>") {
  const std::string text = "the cat's hat, the dog\nand the été; a cat's end";
  CHECK(data::words("don't 'quote' x_1!\n") == std::vector<std::string_view>{"don't", "'", "quote", "'", "x_1", "!", "\n"});
  const Vocabulary vocabulary = Vocabulary::of_words(text, 4);
  CHECK(vocabulary.symbols() == std::vector<std::string>{"<unk>", "the", "cat's", "\n"});
  CHECK(vocabulary.ids("the dog\n cat's") == std::vector<int>{1, 0, 3, 2});
  const Vocabulary whole = Vocabulary::of_words(text, 1000);
  CHECK(whole.text(whole.ids(text)) == text);
  CHECK_THROWS_WITH(Vocabulary::of_words(text, 1), Contains("two are needed at least"));
}

TEST_CASE("every text in the table is found by name, and a file by its path") {
  for (const auto& generator : data::text_generators()) {
    INFO(generator.name);
    const data::Text text = data::text_of(std::string(generator.name), 0, 1);
    CHECK(text.characters.size() == 60'000);
    for (const data::Track& track : text.tracks) CHECK(track.values.size() == 60'000);
    CHECK(data::text_of(std::string(generator.name), 0, 1).characters == text.characters);
    CHECK(data::text_of(std::string(generator.name), 0, 2).characters != text.characters);
    CHECK(text.characters.starts_with(data::text_of(std::string(generator.name), 500, 1).characters));
  }
  TemporaryFolder folder;
  std::ofstream(folder / "é.txt") << "été à la mer";
  const data::Text text = data::text_of("é.txt", 5, 0, folder.path);
  CHECK(text.characters == "été à");
  CHECK(text.tracks.front().values.size() == 5);
  CHECK_THROWS_WITH(data::text_of("qoutes"), Contains("did you mean 'quotes'?"));
  CHECK_THROWS_WITH(data::generate_text("latch", 99, 0), Contains("99 characters were asked for; 100 at least"));
}

TEST_CASE("the program's own source is a text that ships") {
  const data::Text text = data::text_of("source");
  CHECK(text.characters.size() > 100'000);
  CHECK(text.characters.size() < 200'000);
  CHECK_THAT(text.characters, Contains("namespace nn {"));
  CHECK(Vocabulary::of_characters(text.characters).size() < 128);
}
