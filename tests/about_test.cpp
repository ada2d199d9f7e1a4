// What an experiment says of itself: there and back through TOML and a saved run, what is refused, and the texts that ship.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "datasets/experiment.h"
#include "engine/file.h"
#include "tests/support.h"
#include "viz/app/loading.h"
#include "viz/app/suggestions.h"
#include "viz/markdown.h"
#include "viz/state_line.h"
#include "viz/workbench.h"

using namespace data;

namespace {

Experiment saying(const std::string& about) {
  Experiment e;
  e.about = about;
  return e;
}

std::vector<std::filesystem::path> shipped() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(experiments_folder())) files.push_back(entry.path());
  return files;
}

}  // namespace

TEST_CASE("a text of many lines comes back from TOML to the byte", "[about]") {
  for (const char* about : {"one line",         "a\nb",     "\na",  "a\n",        "\n",       "\n\n\n",           " a \n  b  ",
                            "say \"a\"\n",      "\"\n\"",   "\n\"", "\n\"\"",     "\n\"\"\"", "\n\"\"\"\"\"\"\"", "\"\"\"\nx = 1\n",
                            "a\\\nb",           "\\",       "\n\\", "\\\"\n\"\\", "\ta\n\tb", "a\r\nb\r\n",       "Größe, ñ, ∑, 😀\n",
                            "'''\n#\n[data]\n", "\\u0041\n"}) {
    INFO(about);
    const std::string toml = to_toml(saying(about));
    CHECK(parse_experiment(toml, "a.toml").about == about);
    Experiment set_to;
    set(set_to, "about = " + value_text(saying(about), key("about")));
    CHECK(set_to.about == about);
  }
}

TEST_CASE("any mixture of quotes, backslashes, line ends and letters comes back", "[about]") {
  constexpr std::string_view letters[] = {"\"", "\"", "\"", "\\", "\n", "\t", "\r", " ", "a", "ä", "#", "'"};
  std::mt19937 random(1);
  for (int round = 0; round < 3000; round++) {
    std::string about;
    for (unsigned n = random() % 12; n > 0; n--) about += letters[random() % std::size(letters)];
    INFO(to_toml(saying(about)));
    CHECK(parse_experiment(to_toml(saying(about)), "a.toml").about == about);
  }
}

TEST_CASE("lines stay lines in the file, so that a teacher can go on writing there", "[about]") {
  CHECK(to_toml(saying("# Circle\n\nPress \"Play\".\n")) == "seed = 0\nabout = \"\"\"\n# Circle\n\nPress \"Play\".\n\"\"\"\n");
}

TEST_CASE("a text that is too long, no UTF-8 or has control characters is refused in a sentence", "[about]") {
  Experiment e;
  CHECK_THROWS_WITH(set(e, "about=" + std::string(20'001, 'a')),
                    "about: a text of 20001 bytes is too long to be read beside the view; 20000 are the most");
  CHECK_THROWS_WITH(set(e, "about=ab\xff"), "about: byte 3 is not UTF-8; save the text as UTF-8 without such");
  CHECK_THROWS_WITH(parse_experiment("seed = 1\nabout = \"a\\u0007\"\n", "a.toml"),
                    "a.toml: line 2, column 9: about: byte 2 is a control character; save the text as UTF-8 without such");
  CHECK_THROWS_WITH(parse_experiment("about = 3\n", "a.toml"), "a.toml: line 1, column 9: about has to be a text, not 3");
  CHECK(e == Experiment{});
  set(e, "about=" + std::string(20'000, 'a'));
  CHECK(e.about.size() == 20'000);
}

TEST_CASE("the text goes into runs and lines and comes back, and another one starts no new training", "[about]") {
  const std::string about = "# Eins\n\n\"Zwei\" \\ drei\n";
  viz::Workbench bench(saying(about), "");
  bench.session().advance(5);
  const auto again = viz::Workbench::open(viz::parse_state_line(viz::state_line(bench.run())), "");
  CHECK(again->experiment().about == about);
  CHECK(again->study().about == about);
  REQUIRE(bench.change(saying("other")));
  CHECK(bench.study().about == "other");
  CHECK(bench.session().step() == 5);
}

TEST_CASE("every experiment that ships has a short text for a student, which says what to press and what to try", "[about]") {
  for (const auto& file : shipped()) {
    INFO(file);
    const std::string about = load_experiment(file).about;
    const auto blocks = viz::markdown::blocks(about);
    REQUIRE(blocks.size() >= 2);
    CHECK(blocks[0].kind == viz::markdown::Kind::heading);
    CHECK(about.size() >= 250);
    CHECK(about.size() <= 1100);
    CHECK(about.find("**Try:**") != std::string::npos);
    CHECK(about.find("**Play**") != std::string::npos);
    for (const auto& block : blocks)
      for (const auto& run : block.words) CHECK_FALSE(run.look.formula);  // no dollar went astray
  }
}

TEST_CASE("with other data comes their text, but a teacher's own stays", "[about]") {
  const auto about = [](const char* name) { return load_experiment(experiments_folder() / (std::string(name) + ".toml")).about; };
  const Experiment circle = saying(about("circle"));
  CHECK(viz::with_source(circle, "spiral", true).about == about("spiral"));
  CHECK(viz::with_source(circle, "reg-plane", true).about == about("reg_plane"));
  CHECK(viz::with_source(circle, "digits", false).about == about("digits"));
  CHECK(viz::with_source(circle, "flowers.csv", false).about.empty());
  CHECK(viz::with_source(saying("Compare circle and spiral."), "spiral", true).about == "Compare circle and spiral.");
  CHECK(viz::with_source(saying("Compare."), "digits", false).about == "Compare.");
  CHECK(viz::with_source(saying(""), "xor", true).about == about("xor"));
}

TEST_CASE("a text file of one's own does not come with what is said of the program's source", "[about]") {
  TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 400; i++) lines += "the cat sat on the mat\n";
  nn::write_file(folder / "cat.txt", lines);
  CHECK(viz::bench_from(folder / "cat.txt", "")->experiment().about.empty());
}
