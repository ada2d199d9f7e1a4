// A text of one's own in the window: typed on the page of the view Input, or from a file; all views of texts read it.
#include <cmath>
#include <fstream>

#include "tests/app_driver.h"
#include "viz/app/parts.h"
#include "viz/app/text_source.h"
#include "viz/text_study.h"

using namespace test;

namespace {

constexpr const char* latch = R"(
[data]
source = "latch"
samples = 2000
split = "80 %"
[model]
layers = "lstm 6"
init = "xavier"
[train]
loss = "cross-entropy"
optimizer = "adam"
rate = 0.01
batch = 8
[view]
panes = ["input 50 %, text-heatmap 50 %"]
)";

struct Typist : Driver {
  Typist() : Driver(latch) {
    session().advance(60);
    draw(), wait();
  }
  int pane(std::size_t k) { return state().panes.rows()[0].panes[k].id; }
  void source(int k) { click("source:" + std::to_string(pane(0)) + "/" + std::to_string(k)), wait(); }
  // Until no view computes any more.
  void wait() {
    do {
      draw();
    } while (std::ranges::any_of(state().views, [](const auto& view) { return view.second.busy(); }));
  }
  void write(const std::string& text) { type(text), wait(); }
  const std::string& typed() { return state().text->typed.text; }
  const Numbers& numbers(std::size_t k) { return *state().views[pane(k)].numbers(); }
  std::vector<std::int64_t> symbols_shown() { return std::get<std::vector<std::int64_t>>(numbers(1)["symbols"].numbers); }
};

}  // namespace

TEST_CASE("what is typed is read by every view, and the network says what comes next", "[app][text]") {
  Typist d;
  d.source(1);
  d.click("page");
  CHECK_FALSE(d.state().given_text);
  d.write("a");
  CHECK_FALSE(d.state().given_text);  // one symbol is no text yet
  d.write("b\"c?");
  REQUIRE(d.state().given_text);
  const data::Vocabulary& symbols = d.state().given_text->symbols;
  CHECK(d.typed() == "ab\"c?");
  const std::vector<int> ids = symbols.ids("ab\"c?");
  CHECK(d.symbols_shown() == std::vector<std::int64_t>(ids.begin(), ids.end()));
  CHECK(d.state().given_text->tracks[0].values == std::vector<nn::Real>{0, 0, 1, 1, 1});

  const Study study = d.state().subject().study();
  REQUIRE(study.given_text == d.state().given_text.get());
  const Reading reading = read_text(study, study.parameters, *study.given_text, {0, 5}, {});
  const std::vector<nn::Real>& next = d.state().text->next;
  REQUIRE(std::ssize(next) == reading.next.rows());
  for (nn::Index k = 0; k < reading.next.rows(); k++) CHECK(next[std::size_t(k)] == reading.next(k, 4));
  CHECK(d.has("said"));

  const auto before = next;
  d.write("y");
  CHECK(d.symbols_shown().size() == 6);
  CHECK(d.state().text->next != before);
  d.click("step"), d.settle(), d.wait();  // another network, the same text
  CHECK(d.symbols_shown().size() == 6);
  CHECK(d.state().text->answered_by == d.state().subject().snapshot);
}

TEST_CASE("the page is edited like any text, and keys that write are no shortcuts there", "[app][text]") {
  Typist d;
  d.source(1);
  d.click("page");
  const bool dark_before = d.state().style.theme == &dark;
  for (const char c : std::string("dabc")) d.send(KeyDown{Key::letter, c}), d.send(Typed{char32_t(c)});
  CHECK(d.typed() == "dabc");
  CHECK((d.state().style.theme == &dark) == dark_before);
  d.key(Key::left), d.key(Key::left), d.key(Key::backspace);
  CHECK(d.typed() == "dbc");
  d.control('a'), d.control('c'), d.key(Key::end), d.control('v');
  CHECK(d.clipboard == "dbc");
  CHECK(d.typed() == "dbcdbc");
  d.click("text_clear");
  CHECK(d.typed().empty());
  d.wait();
  CHECK_FALSE(d.state().given_text);
}

TEST_CASE("characters that the network has never read are left out and named", "[app][text]") {
  Typist d;
  d.source(1);
  d.click("page");
  d.write("axb");
  CHECK(d.typed() == "ab");
  CHECK(d.state().failed);
  CHECK(d.state().message == "The text that this network has learned has no 'x'.");
  d.key(Key::enter);
  CHECK(d.typed() == "ab");
  CHECK(d.state().message == "The text that this network has learned has no line feed.");
  d.clipboard = "a Zb\n\"";
  d.control('v');
  CHECK(d.typed() == "abab\"");
  CHECK(d.state().message == "The text that this network has learned has no blank, 'Z', line feed.");
}

TEST_CASE("a text goes over many lines, and the page follows the caret", "[app][text]") {
  Driver d(R"(
[data]
source = "lines12"
samples = 1000
[model]
layers = "rnn 3"
[train]
loss = "cross-entropy"
[view]
panes = ["input"]
)");
  d.click("source:" + std::to_string(d.state().panes.rows()[0].panes[0].id) + "/1");
  d.click("page");
  d.clipboard = "abcd\ncd";
  d.control('v'), d.key(Key::enter), d.type("ab");
  CHECK(d.state().text->typed.text == "abcd\ncd\nab");
  const Box area = d.state().interaction.find("page")->box;
  for (int i = 0; i < 60; i++) d.key(Key::enter), d.type("ab");
  const Mark* caret = find(d.scene(), "caret");
  REQUIRE(caret);
  CHECK(area.contains(bounds(*caret)->center()));
  d.key(Key::home);
  CHECK(bounds(*find(d.scene(), "caret"))->y < area.y + 20);
  const auto last_line = [&] { return bounds(*find(d.scene(), "caret"))->center(); };
  const Point at = last_line();
  d.click(Point{at.x + 500, at.y});  // behind the first line's end: its line feed
  CHECK(d.state().text->typed.caret == 4);
}

TEST_CASE("a search of a long text runs in the background, its rough picture first, and is kept for other thresholds", "[app][text]") {
  Driver d(R"(
[data]
source = "latch"
samples = 300000
[model]
layers = "lstm 24"
[train]
loss = "cross-entropy"
[view]
panes = ["lstmvis search=3 threshold=0.05 before=0"]
)");
  const int id = d.state().panes.rows()[0].panes[0].id;
  const auto searched = [&] { return std::get<std::vector<std::int64_t>>(d.state().views[id].numbers()->tensors[1].numbers)[5]; };
  CHECK(d.state().views[id].busy());
  bool rough = false, told = false;
  while (d.state().views[id].busy()) {
    d.draw();
    rough = rough || (d.state().views[id].numbers() && searched() == 5000);
    told = told || (d.state().views[id].progress() > 0.1 && d.state().views[id].progress() < 1);
  }
  CHECK(rough);
  CHECK(told);
  CHECK(searched() == 300'000);
  const double whole = d.state().views[id].cost();
  set_options(d.state(), id, {{"threshold", 0.1}});
  do d.draw();
  while (d.state().views[id].busy());
  CHECK(searched() == 300'000);
  CHECK(d.state().views[id].cost() < whole / 2);  // nothing was read again
}

TEST_CASE("a text file is read, or refused in words, and the data's own text comes back", "[app][text]") {
  Typist d;
  TemporaryFolder folder;
  std::ofstream(folder / "own.txt") << "ab\"cd?yab\"cd?nabcd";
  std::ofstream(folder / "other.txt") << "hello";
  std::ofstream(folder / "empty.txt");
  d.source(2);
  read_text_file(d.state(), folder / "own.txt"), d.wait();
  CHECK(d.symbols_shown().size() == 18);
  CHECK_THROWS_WITH(read_text_file(d.state(), folder / "other.txt"),
                    Catch::Contains("'l', 'e', 'h' and 1 more are not among the 8 symbols"));
  CHECK_THROWS_WITH(read_text_file(d.state(), folder / "empty.txt"), Catch::Contains("the file is empty"));
  d.wait();
  CHECK(d.symbols_shown().size() == 18);  // what was there stays
  d.source(0);
  CHECK_FALSE(d.state().given_text);
  CHECK(d.symbols_shown().size() == 401);
  d.source(2);
  CHECK(d.symbols_shown().size() == 18);
}
