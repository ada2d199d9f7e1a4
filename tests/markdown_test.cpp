// Markdown as blocks: known answers of each kind, and texts that mean harm.
#include "viz/markdown.h"

#include <catch2/catch.hpp>
#include <chrono>

#include "datasets/utf8.h"

using namespace viz::markdown;

namespace {

std::string repeated(std::string_view part, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

// "b:" bold, "i:" italic, "c:" code, "f:" formula; runs divided by |.
std::string described(const std::vector<Run>& words) {
  std::string text;
  for (const Run& run : words)
    text += (text.empty() ? "" : "|") + std::string(run.look.bold ? "b" : "") + (run.look.italic ? "i" : "") + (run.look.code ? "c" : "") +
            (run.look.formula ? "f" : "") + (run.look == Look{} ? "" : ":") + run.text;
  return text;
}

Block only(std::string_view text) {
  const auto all = blocks(text);
  REQUIRE(all.size() == 1);
  return all[0];
}

}  // namespace

TEST_CASE("headings, paragraphs and their spans", "[markdown]") {
  const Block heading = only("## A *disc*");
  CHECK(heading.kind == Kind::heading);
  CHECK(heading.level == 2);
  CHECK(described(heading.words) == "A |i:disc");
  CHECK(only("Title\n===").level == 1);
  CHECK(described(only("a **b** _c_ ***d*** `e  f` g").words) == "a |b:b| |i:c| |bi:d| |c:e  f| g");
  CHECK(described(only("one\ntwo  \nthree\\\nfour").words) == "one two\nthree\nfour");
  CHECK(described(only("$a_1^2$ and $$b$$.").words) == "f:a_1^2| and |f:b|.");
  CHECK(described(only("5 \\$ and \\*no\\*").words) == "5 $ and *no*");
  const auto two = blocks("a\n\nb");
  REQUIRE(two.size() == 2);
  CHECK(two[1].kind == Kind::paragraph);
}

TEST_CASE("links and pictures are their words, and HTML is text", "[markdown]") {
  const Block link = only("see [the *book*](https://a.example/x \"t\") there ![a cat](cat.png)");
  CHECK(described(link.words) == "see |the |i:book| there a cat");
  CHECK(link.words[1].address == "https://a.example/x");
  CHECK(link.words[2].address == "https://a.example/x");
  CHECK(link.words[3].address.empty());
  CHECK(plain(only("<b>x</b> <script>").words) == "<b>x</b> <script>");
  CHECK(plain(only("<div>\nx").words) == "<div> x");
  CHECK(plain(only("&amp;&lt;&#228;&#x2211;&nosuch;&#0;&#xD800;&#99999999999;").words) == "&<ä∑&nosuch;\uFFFD\uFFFD&#99999999999;");
}

TEST_CASE("lists keep their marks and depth", "[markdown]") {
  const auto all = blocks("- a\n- b\n  1. c\n  2. d\n\n     e\n- ");
  REQUIRE(all.size() == 6);
  const auto marks = [&](std::size_t i) {
    std::string text;
    for (const Around& each : all[i].around) text += (each.quote ? ">" : each.mark.empty() ? "_" : each.mark) + std::string(" ");
    return text + plain(all[i].words);
  };
  CHECK(marks(0) == "• a");
  CHECK(marks(1) == "• b");
  CHECK(marks(2) == "_ 1. c");
  CHECK(marks(3) == "_ 2. d");
  CHECK(marks(4) == "_ _ e");
  CHECK(marks(5) == "• ");
  CHECK_FALSE(all[0].close);
  const auto tight = blocks("- a\n- b\n");
  CHECK_FALSE(tight.at(0).close);
  CHECK(tight.at(1).close);
  CHECK_FALSE(all[4].close);
}

TEST_CASE("quotes, rules, code", "[markdown]") {
  const auto all = blocks("> a\n> - b\n\n***\n\n```cpp\n  x = \"1\";\n\n# y\n```\n");
  REQUIRE(all.size() == 4);
  CHECK(all[0].around.size() == 1);
  CHECK(all[0].around[0].quote);
  CHECK(all[1].around.size() == 2);
  CHECK(all[1].around[1].mark == "•");
  CHECK(all[2].kind == Kind::rule);
  CHECK(all[3].kind == Kind::code);
  CHECK(plain(all[3].words) == "  x = \"1\";\n\n# y\n");
}

TEST_CASE("tables are rows of cells", "[markdown]") {
  const Block table = only("| rate | loss |\n|---|---|\n| 0.1 | *low* |\n| 10 |\n");
  CHECK(table.kind == Kind::table);
  REQUIRE(table.rows.size() == 3);
  REQUIRE(table.rows[0].size() == 2);
  CHECK(plain(table.rows[0][0]) == "rate");
  CHECK(described(table.rows[1][1]) == "i:low");
  CHECK(plain(table.rows[2][0]) == "10");
  const Block wide = only(repeated("|a", 40) + "|\n" + repeated("|---", 80) + "|\n");
  REQUIRE(wide.rows.at(0).size() == 12);
  CHECK(plain(wide.rows[0][11]) == "a a a a a a a a a");
}

TEST_CASE("texts that mean harm are read in time, whatever they repeat", "[markdown]") {
  const std::size_t bytes = 100'000;
  std::vector<std::string> all;
  for (const char* part : {">",  "> ",   "- ",      "1. ", "* ",   "*", "**",    "*a ",      "**a ", "*a_ ", "_a*",  "[", "![",
                           "]",  "[a](", "[a](<b",  "`",   "`a``", "<", "<!--",  "&",        "&#1;", "$",    "$a$$", "|", "a|b\n",
                           "\n", "a\n",  "> a\n\n", "\t",  "\\",   "#", "```\n", "[a]: b\n", "\xff", "\r",   "a**b"})
    all.push_back(repeated(part, bytes));
  all.push_back(repeated("[", bytes / 2) + "x" + repeated("]", bytes / 2));
  all.push_back(repeated("|a", 10'000) + "|\n" + repeated("|---", 20'000) + "|\n" + repeated("|\n", 60'000));
  std::string stairs, ticks, definitions;
  for (std::size_t k = 0; stairs.size() < bytes; k++) stairs += std::string(2 * k, ' ') + "- a\n";
  for (std::size_t k = 1; ticks.size() < bytes; k++) ticks += "e" + std::string(k, '`');
  for (std::size_t k = 0; definitions.size() < bytes / 2; k++) definitions += "[" + std::to_string(k) + "]: b\n";
  all.push_back(stairs), all.push_back(ticks), all.push_back(definitions + "\n" + repeated("[9][8]", bytes / 2));
  for (const std::string& text : all) {
    INFO(text.substr(0, 20));
    const auto start = std::chrono::steady_clock::now();
    const auto found = blocks(text);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
    for (const Block& block : found) CHECK(block.around.size() <= 8);
  }
}
