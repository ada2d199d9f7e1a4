// The window around the playground: panes, exports, files, keys, looks.
#include <fstream>

#include "engine/file.h"
#include "tests/app_driver.h"
#include "viz/app/parts.h"

using namespace test;

namespace fs = std::filesystem;

namespace {

// Tests that write into the current folder do it in one of their own.
struct Inside {
  TemporaryFolder folder;
  fs::path before = fs::current_path();
  Inside() { fs::current_path(folder.path); }
  ~Inside() { fs::current_path(before); }
};

int first_pane(Driver& d) { return d.state().panes.rows()[0].panes[0].id; }

}  // namespace

TEST_CASE("any view is saved from its corner, as a picture or as numbers", "[app]") {
  const Inside place;
  Driver d;
  const std::string corner = "corner:" + std::to_string(first_pane(d));
  const std::pair<const char*, std::string> endings[] = {{"  picture (PNG)", "\x89PNG"},
                                                         {"  drawing (SVG)", "<?xml"},
                                                         {"  drawing (PDF)", "%PDF"},
                                                         {"  numbers (CSV)", ""},
                                                         {"  numbers (npy)", "\x93NUMPY"}};
  for (const auto& [words, begins] : endings) {
    d.choose(corner, words);
    INFO(d.state().message);
    REQUIRE_FALSE(d.state().failed);
    REQUIRE(d.state().message.starts_with("Saved "));
    const fs::path file = d.state().message.substr(6);
    CHECK(nn::read_file(file, 1 << 24).starts_with(begins));
    CHECK(fs::file_size(file) > 100);
  }
  d.choose(corner, "  picture (PNG)");
  CHECK(fs::exists("out/network-0-2.png"));  // never over another
}

TEST_CASE("a picture that cannot be saved is a sentence", "[app]") {
  const Inside place;
  Driver d;
  std::ofstream("out") << "in the way";
  d.choose("corner:" + std::to_string(first_pane(d)), "  picture (PNG)");
  CHECK(d.state().failed);
  CHECK(d.state().message.find("out") != std::string::npos);
}

TEST_CASE("views are added from the list, split, enlarged, changed and closed", "[app]") {
  Driver d;
  const std::size_t before = d.state().panes.count();
  d.click("tabs/1");
  for (const Method& method : methods()) CHECK(d.has("view:" + std::string(method.name)) == suits(method, d.state().subject().study()));
  d.click("view:hidden");
  CHECK(d.state().panes.count() == before + 1);
  const int pane = first_pane(d);
  d.choose("corner:" + std::to_string(pane), "Another view on the right");
  CHECK(d.state().panes.rows()[0].panes.size() == 2);
  d.choose("method:" + std::to_string(pane), "  Weights");
  CHECK(d.state().panes.find(pane)->method == "weights");
  d.click("enlarge:" + std::to_string(pane));
  CHECK(d.state().panes.enlarged() == pane);
  d.key(Key::escape);
  CHECK(d.state().panes.enlarged() == 0);
  d.click("close:" + std::to_string(pane));
  CHECK(d.state().panes.find(pane) == nullptr);
  CHECK(d.state().panes.count() == before + 1);
}

TEST_CASE("the border between two views is dragged", "[app]") {
  Driver d;
  const double before = d.state().panes.rows()[0].share;
  const Point at = d.at("border:0");
  d.drag(at, {at.x, at.y - 100});
  CHECK(d.state().panes.rows()[0].share < before - 0.05);
}

TEST_CASE("panes are written as text and come back", "[app]") {
  const std::vector<std::string> texts = {"network 60 %, boundary resolution=50 40 % | 70 %", "loss log=1 | 30 %"};
  const Panes panes(texts);
  CHECK(panes.texts() == texts);
  CHECK_THROWS_WITH(Panes(std::vector<std::string>{"nework"}), Catch::Contains("network"));
  CHECK_THROWS_AS(Panes(std::vector<std::string>{}), std::invalid_argument);
  CHECK_THROWS_AS(Panes(std::vector<std::string>{"loss log=maybe"}), std::invalid_argument);
}

TEST_CASE("an experiment is saved without weights as TOML, with its looks, and opens again", "[app]") {
  TemporaryFolder place;
  Driver a, b;
  a.slide("train.rate", 0.5);
  a.letter('c');
  a.click("tabs/1"), a.click("view:weights");
  a.control('s');
  a.click("with_weights");
  a.click("save_path"), a.control('a'), a.type((place / "mine").string()), a.key(Key::enter);
  const fs::path file = place / "mine.toml";
  INFO(a.state().message);
  REQUIRE(fs::exists(file));
  CHECK(a.state().dialog == State::Dialog::none);
  open_path(b.state(), file), b.settle();
  CHECK(b.desk().experiment() == a.desk().experiment());
  CHECK(b.state().panes.texts() == a.state().panes.texts());
  CHECK(b.state().style.scale == Scale::purple_green);
}

TEST_CASE("what cannot be opened or saved is a sentence, and what is there stays", "[app]") {
  TemporaryFolder place;
  Driver d;
  const data::Experiment before = d.desk().experiment();
  std::ofstream(place / "typo.toml") << "[train]\nraet = 0.1\n";
  std::ofstream(place / "broken.csv") << "a,b\n1,2\n3\n";
  std::ofstream(place / "half.toml") << "[train\n";
  fs::create_directory(place / "run");
  std::ofstream(place / "run" / "experiment.toml") << "[data]\nsource = \"circle\"\n";
  for (const auto& [name, words] : std::vector<std::pair<std::string, std::string>>{{"typo.toml", "train.rate"},
                                                                                    {"broken.csv", "broken.csv"},
                                                                                    {"half.toml", "line 1"},
                                                                                    {"run", "run"},
                                                                                    {"nothing.toml", "nothing.toml"}}) {
    open_path(d.state(), place / name), d.settle();
    INFO(name << ": " << d.state().message);
    CHECK(d.state().failed);
    CHECK(d.state().message.find(words) != std::string::npos);
    CHECK(d.state().message.find('\n') == std::string::npos);
    CHECK(d.desk().experiment() == before);
    d.state().failed = false;
  }
  d.state().attempt([&] { save_path(d.state(), "/proc/glassbox/run", true); });
  CHECK(d.state().failed);
}

TEST_CASE("a CSV file opens with a network that suits it", "[app]") {
  TemporaryFolder place;
  {
    std::ofstream file(place / "flowers.csv");
    file << "length,width,kind\n";
    for (int i = 0; i < 30; i++) file << i << "," << (i * 7) % 11 << "," << (i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c") << "\n";
  }
  Driver d;
  open_path(d.state(), place / "flowers.csv"), d.settle();
  INFO(d.state().message);
  CHECK(d.desk().prepared().set.class_names.size() == 3);
  CHECK(d.desk().experiment().training.loss == nn::Loss::cross_entropy);
  d.click("step"), d.settle();
  CHECK(d.desk().shown()->state.epoch == 1);
}

TEST_CASE("keys alone reach every control that the mouse reaches", "[app]") {
  Driver d;
  std::vector<std::string> wanted;
  for (const Widget& widget : d.state().interaction.widgets())
    if (widget.focusable && widget.owner.empty()) wanted.push_back(widget.id);
  REQUIRE(wanted.size() > 40);
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < wanted.size() + 5; i++) {
    d.key(Key::tab);
    if (std::ranges::find(seen, d.state().interaction.focused()) == seen.end()) seen.push_back(d.state().interaction.focused());
  }
  for (const std::string& id : wanted) {
    INFO(id);
    CHECK(std::ranges::find(seen, id) != seen.end());
  }
}

TEST_CASE("a network is walked and edited by keys", "[app]") {
  Driver d;
  d.state().interaction.focus("picture:" + std::to_string(first_pane(d)));
  d.key(Key::down);
  CHECK(d.state().hovered == "node:dense1:2");
  d.key(Key::right);
  CHECK(d.state().hovered == "node:dense2:2");
  d.key(Key::enter);
  REQUIRE(d.state().card);
  CHECK(*d.state().card == Parameter{"dense2.bias", 1, 0});
  d.draw();
  d.type("0.5"), d.key(Key::enter);
  CHECK(d.desk().weight("dense2.bias", 1, 0) == 0.5f);
}

TEST_CASE("looks change by one key and back", "[app]") {
  Driver d;
  d.letter('d');
  CHECK(d.state().style.theme == &dark);
  d.letter('d');
  CHECK(d.state().style.theme == &light);
  const double scale = d.app->scale();
  d.letter('p');
  CHECK(d.app->scale() > 1.3 * scale);
  d.letter('p');
  d.control('+');
  CHECK(d.app->scale() == Approx(1.1));
  d.control('-');
  CHECK(d.app->scale() == 1);
  d.letter('t');
  CHECK(find(d.scene(), "times:3"));
}

TEST_CASE("nothing lies outside the window, at any size, in any look", "[app]") {
  for (const char* source : {"circle", "spirals3", "iris", "digits"})
    for (const auto& [width, height, scale] : std::vector<std::tuple<double, double, double>>{
             {1280, 800, 1}, {1920, 1080, 1}, {1920, 1080, 2}, {800, 600, 1}, {560, 360, 1}, {300, 200, 1}, {2560, 1440, 1.5}}) {
      Driver d("[data]\nsource = \"" + std::string(source) + "\"\n");
      d.width = width, d.height = height;
      d.state().scale = scale;
      d.draw();
      const Box box = d.scene().box;
      INFO(source << " at " << width << "x" << height << ", scale " << scale);
      for (const Widget& widget : d.state().interaction.widgets()) {
        INFO(widget.id);
        const bool inside = widget.box.x >= box.x - 0.5 && widget.box.y >= box.y - 0.5 && widget.box.right() <= box.right() + 0.5 &&
                            widget.box.bottom() <= box.bottom() + 0.5;
        CHECK((inside || widget.box.width <= 0 || widget.box.height <= 0));
      }
    }
}

TEST_CASE("the controls of the header do not lie on each other at any width", "[app]") {
  Driver d;
  for (double width = 560; width <= 2000; width += 20) {
    d.width = width;
    d.draw();
    std::vector<const Widget*> row;
    for (const Widget& widget : d.state().interaction.widgets())
      if (widget.box.bottom() <= 60 && widget.owner.empty() && !widget.says.empty()) row.push_back(&widget);
    for (std::size_t i = 0; i < row.size(); i++)
      for (std::size_t k = i + 1; k < row.size(); k++) {
        INFO(width << ": " << row[i]->id << " and " << row[k]->id);
        const Box common = intersection(row[i]->box, row[k]->box);
        CHECK(common.width * common.height <= 0);
      }
  }
}
