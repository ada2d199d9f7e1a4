// The view Notes: words in lines, blocks below each other, what is longer than its pane, and what it says where there is no text.
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "tests/methods_study.h"
#include "viz/export.h"
#include "viz/method.h"
#include "viz/notes_picture.h"
#include "viz/rich_text.h"
#include "viz/text.h"

using namespace viz;
using markdown::Look;
using markdown::Run;

namespace {

std::vector<Text> texts(const Scene& scene) {
  std::vector<Text> all;
  for (const Mark& mark : scene.marks)
    if (const auto* text = std::get_if<Text>(&mark)) all.push_back(*text);
  return all;
}

std::string without_spaces(const std::string& text) {
  std::string rest;
  for (const char c : text)
    if (c != ' ' && c != '\n') rest += c;
  return rest;
}

std::string shown(const Scene& scene) {
  std::string text;
  for (const Text& each : texts(scene)) text += each.string + " ";
  return text;
}

std::vector<Run> random_words(std::mt19937& random) {
  constexpr std::string_view parts[] = {
      "a", "the", "gradient", " ", " ",     " ",   "\n", "überraschend", "incomprehensibilities-and-more-of-these",
      "∑", ". ",  ", ",       "W", "fifty", "(x)", "—",  " is "};
  std::vector<Run> words;
  for (unsigned runs = 1 + random() % 8; runs > 0; runs--) {
    Run run{.text = {}, .look = {random() % 3 == 0, random() % 3 == 0, random() % 4 == 0, false}};
    for (unsigned n = 1 + random() % 10; n > 0; n--) run.text += parts[random() % std::size(parts)];
    words.push_back(run);
  }
  return words;
}

Scene picture(const std::string& text, double width, const Theme& theme = light) {
  return notes_picture(markdown::blocks(text), width, theme);
}

}  // namespace

TEST_CASE("no line is wider than its room, no word is lost, and lines go down", "[notes]") {
  std::mt19937 random(7);
  for (int round = 0; round < 400; round++) {
    const std::vector<Run> words = random_words(random);
    for (const double width : {40.0, 90.0, 217.0, 640.0})
      for (const bool strong : {false, true}) {
        const Scene scene = markdown::paragraph(words, 15, width, light, strong);
        INFO(markdown::plain(words) << " in " << width);
        CHECK(without_spaces(shown(scene)) == without_spaces(markdown::plain(words)));
        double y = 0;
        for (const Text& text : texts(scene)) {
          CHECK(text.at.x >= 0);
          CHECK(text.at.x + text_width(text.string, text.size, text.font) <= width + 0.5);
          CHECK(text.at.y >= y);
          y = text.at.y;
        }
        CHECK(y <= scene.box.height);
      }
  }
}

TEST_CASE("a word in two looks is not torn, and one that fits on a line is not cut", "[notes]") {
  const std::vector<Run> words = {{"one two thr", {}}, {"ee", {.bold = true}}, {" four", {}}};
  for (double width = 45; width < 200; width++) {
    const auto all = texts(markdown::paragraph(words, 15, width, light));
    for (std::size_t i = 1; i < all.size(); i++)
      if (all[i].string.starts_with("ee")) CHECK(all[i].at.y == all[i - 1].at.y);
  }
  const auto narrow = texts(markdown::paragraph({{"ab cd", {}}}, 15, text_width("ab", 15) + 1, light));
  REQUIRE(narrow.size() == 2);
  CHECK(narrow[1].string == "cd");
}

TEST_CASE("a listing keeps its spaces and its lines", "[notes]") {
  const auto all = texts(markdown::listing({{"for x:\n    y += \"1\"\n\n\tz\n", {.code = true}}}, 15, 600, light));
  REQUIRE(all.size() == 3);
  CHECK(all[0].string == "for x:");
  CHECK(all[1].string == "    y += \"1\"");
  CHECK(all[2].string == "    z");
  CHECK(all[0].font == Font::mono);
  CHECK(all[2].at.y - all[1].at.y == Approx(2 * (all[1].at.y - all[0].at.y)));
  CHECK(text_width("iii", 15, Font::mono) == Approx(text_width("WWW", 15, Font::mono)));
  CHECK(without_spaces(shown(markdown::listing({{std::string(300, 'x'), {}}}, 15, 100, light))) == std::string(300, 'x'));
}

TEST_CASE("every kind of block has its look", "[notes]") {
  const Scene scene = picture(
      "# Head\n\nSome **bold**, *italic* and `code` with $x^2$, $\\nosuch$.\n\n- one\n  1. two\n\n> said "
      "[here](http://a.example)\n\n---\n\n```\nx\n```\n\n"
      "| a | b |\n|---|---|\n| cell | d |\n",
      500);
  const auto find_text = [&](const std::string& string) {
    for (const Text& text : texts(scene))
      if (text.string == string) return text;
    FAIL("no text " << string << " in " << shown(scene));
    return Text{};
  };
  CHECK(find_text("Head").font == Font::bold);
  CHECK(find_text("Head").size > find_text("Some").size);
  CHECK(find_text("bold").font == Font::bold);
  CHECK(find_text("italic").font == Font::italic);
  CHECK(find_text("code").font == Font::mono);
  CHECK(find_text("\\nosuch").font == Font::mono);  // no formula that can be set: as it is written
  CHECK(find_text("2").size < 12);                  // the exponent
  CHECK(find_text("1.").at.x > find_text("•").at.x);
  CHECK(find_text("two").at.x > find_text("one").at.x);
  CHECK(find_text("here").tip == "http://a.example");
  CHECK(find_text("cell").at.x == find_text("a").at.x);
  CHECK(find_text("d").at.x == find_text("b").at.x);
}

TEST_CASE("letters can be read on their ground, light and dark", "[notes]") {
  for (const Theme* theme : {&light, &dark}) {
    CHECK(contrast(theme->text, theme->background) >= 4.5);
    CHECK(contrast(theme->text, markdown::code_ground(*theme)) >= 4.5);
    for (const Text& text : texts(picture("# a\n\nb [c](d) `e`\n\n> f\n", 300, *theme)))
      CHECK(contrast(text.color, theme->background) >= 4.5);
  }
}

TEST_CASE("files are as high as the text; a lower room ends with an ellipsis; without a text it says how to give one", "[notes]") {
  Study study = studies()[0].study();
  std::string about = "# Long\n\n";
  for (int i = 0; i < 60; i++) about += "- line " + std::to_string(i) + "\n";
  study.about = about;
  const Method& notes = method("notes");
  const Numbers numbers = numbers_of(notes, study, {});
  const Scene whole = picture_of(notes, numbers, {0, 0, 400, 300}, {});
  CHECK(whole.box.height > 1000);
  CHECK(shown(whole).find("line 59") != std::string::npos);
  CHECK(shown(whole).find("…") == std::string::npos);
  CHECK(bounds(whole)->bottom() <= whole.box.height);
  const Scene cut = notes.layout(numbers, {0, 0, 400, 300}, {});
  CHECK(cut.box.height == 300);
  CHECK(shown(cut).find("…") != std::string::npos);
  study.about = "Short.";
  CHECK(picture_of(notes, numbers_of(notes, study, {}), {0, 0, 400, 300}, {}).box.height == 300);
  study.about = " \n";
  CHECK_THROWS_WITH(
      numbers_of(notes, study, {}),
      "notes: this experiment brings no text along; give it one under the key about, as in about = \"\"\"Press **Play**.\"\"\"");
}

TEST_CASE("texts that mean harm are laid out in time, in narrow panes too", "[notes]") {
  const auto repeated = [](std::string_view part) {
    std::string text;
    while (text.size() < 20'000 - part.size()) text += part;
    return text;
  };
  for (const char* part : {">", "- ", "1. ", "**a ", "$x$ ", "$\\frac{", "${", "`a ", "a\n\n", "W", "a|b\n", "---\n\n", "999999999. ", "\t",
                           "\xf0\x9f\x98\x80"})
    for (const double width : {200.0, 900.0}) {
      const std::string text = repeated(part);
      INFO(part << " in " << width);
      const auto start = std::chrono::steady_clock::now();
      const Scene scene = picture(text, width);
      CHECK(finite(scene));
      CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
      for (const Mark& mark : scene.marks)
        if (const auto box = bounds(mark)) CHECK(box->right() <= width + 2);
    }
  CHECK(finite(picture("$" + std::string(9'000, '{') + std::string(9'000, '}') + "$", 300)));
}
