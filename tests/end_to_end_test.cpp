// End to end: the real program, its window on a display without a screen, clicks and keys, files and exit codes.
#include "tests/window_driver.h"

#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "datasets/experiment.h"
#include "engine/file.h"
#include "tests/support.h"
#include "tests/xvfb.h"

namespace fs = std::filesystem;
using Catch::Contains;

namespace {

// What must not change by saving and opening.
std::vector<std::string> figures(OpenWindow& window) {
  std::vector<std::string> all;
  for (const char* field : {"epoch", "step", "source", "layers", "rate", "train_loss", "test_loss"}) all.push_back(window[field]);
  return all;
}

void save(OpenWindow& window, const fs::path& folder) {
  window.key("s", "ctrl");
  window.wait("dialog", "2");
  window.click("save_path");
  window.key("a", "ctrl");
  window.type(folder.string());
  window.key("Return");
  window.wait("dialog", "0");
}

// Clicks a weight or bias, types its value and closes its card.
void edit(OpenWindow& window, const std::string& place, const std::string& card, const std::string& value) {
  window.click(place);
  window.wait("card", card);
  window.type(value);
  window.key("Return");
  window.wait("value", value);
  window.click("card_close");
  window.wait("card", "");
}

// What a run that cannot start says: one sentence and no window.
void refused(const std::vector<std::string>& words, const Conditions& conditions, int code, const std::vector<std::string>& says) {
  const Result result = run_program(words, conditions);
  INFO(result.error);
  CHECK(result.code == code);
  CHECK(result.out.empty());
  CHECK(std::ranges::count(result.error, '\n') == 1);
  for (const std::string& word : says) CHECK_THAT(result.error, Contains(word));
}

fs::path written(const fs::path& path, const std::string& text) {
  nn::write_file(path, text);
  return path;
}

std::string text_of(const fs::path& path) { return nn::read_file(path, 1 << 20); }

}  // namespace

TEST_CASE("a whole session in the window: train, change, edit, look back, save, and open again to the bit", "[window]") {
  if (!can_drive_windows()) return;
  TemporaryFolder place;
  std::vector<std::string> saved;
  {
    OpenWindow window({});
    const double at_first = window.number("train_loss");
    window.click("play");
    window.wait("the loss to fall", [&] { return window.number("epoch") > 20 && window.number("train_loss") < at_first / 2; });
    window.click("play");
    window.wait("playing", "0");

    window.click("data:gauss");
    window.wait("source", "gauss");
    const viz::Point rate = window.at("train.rate");
    window.drag(rate, {rate.x + 40, rate.y});
    window.wait("another rate", [&] { return window.number("rate") > 0.03; });
    edit(window, "link:dense1:4:2", "dense1.weight:4:2", "0.5");
    edit(window, "bias:dense3:1", "dense3.bias:1:1", "-0.25");
    window.move(window.at("node:dense1:3"));
    window.wait("neuron", "node:dense1:3");
    const std::string layers = window["layers"];
    window.click("more_layers:1");
    window.wait("another layer", [&] { return window["layers"] != layers; });

    // Wider than the screen: what lies in its right lower corner is brought into sight.
    const viz::Point before = window.at("time");
    window.resize(1920, 1080);
    window.place(-320, -80);
    window.wait("the time line to move", [&] { return window.at("time").x > before.x + 200 && window.at("time").y > before.y + 200; });
    for (int epoch = 1; epoch <= 10; epoch++) {
      window.key("s");
      window.wait("epoch", std::to_string(epoch));
    }
    window.drag(window.at("time"), {window.at("time").x - 60, window.at("time").y});
    window.wait("back", "1");
    CHECK(window.number("epoch") < 6);
    save(window, place / "first");
    saved = figures(window);
    const Result end = window.quit();
    CHECK(end.code == 0);
    CHECK(end.error.empty());
    CHECK(fs::exists(window.home() / "last" / "experiment.toml"));
    CHECK_THAT(text_of(window.home() / "recent"), Contains((place / "first").string()));
  }
  OpenWindow window({(place / "first").string()});
  CHECK(figures(window) == saved);
  save(window, place / "second");
  CHECK(window.quit().code == 0);
  for (const char* file : {"experiment.toml", "model.safetensors", "state.safetensors"}) {
    INFO(file);
    CHECK(text_of(place / "first" / file) == text_of(place / "second" / file));
  }
}

TEST_CASE("a 3 and a 7 drawn with the mouse are read by the network that ships, each in less than 100 ms", "[window]") {
  if (!can_drive_windows()) return;
  OpenWindow window({(data::experiments_folder().parent_path() / "runs" / "drawn").string(), "--size", "1000x720"});
  const double before = window.at("source:2/1").x;
  window.click("enlarge:2");
  window.wait("a large pane", [&] { return window.at("source:2/1").x < before - 100; });
  window.click("source:2/1");
  const viz::Point middle = window.at("pad");
  // Strokes as parts of 200 pixels around the middle; each drag is one.
  const auto draw = [&](const std::vector<viz::Point>& places) {
    for (std::size_t i = 0; i + 1 < places.size(); i++)
      window.drag({middle.x + 100 * places[i].x, middle.y + 100 * places[i].y},
                  {middle.x + 100 * places[i + 1].x, middle.y + 100 * places[i + 1].y});
  };
  draw({{-0.5, -0.8}, {0.5, -0.8}, {0, 0.8}});
  window.wait("said", "7");
  CHECK(window.number("answered") < 100);
  window.click("pad_clear");
  window.wait("an empty pad", [&] { return window["said"] != "7" || window["given"] == "0"; });
  draw({{-0.45, -0.7}, {0, -0.85}, {0.4, -0.6}, {0.3, -0.2}, {-0.1, 0}, {0.35, 0.2}, {0.45, 0.55}, {0.05, 0.85}, {-0.5, 0.65}});
  window.wait("said", "3");
  CHECK(window.number("answered") < 100);
  CHECK(window.quit().code == 0);
}

TEST_CASE("without a display there is one sentence with what needs none, and pictures where they are asked for", "[window]") {
  if (!has_program()) return;
  for (const char* display : {"DISPLAY", "DISPLAY=:40777"})
    for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"window"}, {"--dark"}})
      refused(words, {.environment = {display}}, 1, {"display", "glassbox demo", "glassbox train", "glassbox show"});
  TemporaryFolder place;
  const Result result = run_program({"window", "--or-pictures", (place / "out").string()}, {.environment = {"DISPLAY"}});
  CHECK(result.code == 0);
  CHECK(std::ranges::count_if(fs::directory_iterator(place / "out"), [](const auto& file) { return file.path().extension() == ".png"; }) >
        3);
}

TEST_CASE("an experiment that cannot be opened is refused in one sentence before there is a window", "[window]") {
  if (!can_drive_windows()) return;
  TemporaryFolder place;
  const std::string typo = written(place / "typo.toml", "[train]\nrate = = 3\n"), key = written(place / "key.toml", "[train]\nrat = 0.1\n"),
                    type = written(place / "type.toml", "[train]\nrate = \"fast\"\n"),
                    source = written(place / "source.toml", "[data]\nsource = \"nowhere.csv\"\n"),
                    value = written(place / "value.toml", "[train]\nloss = \"squared\"\n");
  fs::create_directory(place / "empty");
  refused({typo}, {}, 1, {"typo.toml: line 2, column 8"});
  refused({key}, {}, 1, {"key.toml: line 2, column 1", "'train.rat'", "did you mean 'train.rate'"});
  refused({type}, {}, 1, {"type.toml: line 2, column 8", "a number from 0 to 1000"});
  refused({source}, {}, 1, {"nowhere.csv"});
  refused({value}, {}, 1, {"squared", "quadratic"});
  refused({"window", (place / "missing.toml").string()}, {}, 1, {"missing.toml"});
  refused({(place / "empty").string()}, {}, 1, {"empty"});
  refused({"--size", "banana"}, {}, 2, {"banana", "WIDTHxHEIGHT"});
  refused({"--scale", "9"}, {}, 2, {"0.5", "4"});
  refused({"--set", "train.rat=1"}, {}, 2, {"train.rate"});
}

TEST_CASE("a window too small for everything still opens, grows and quits", "[window]") {
  if (!can_drive_windows()) return;
  OpenWindow window({"--size", "200x150"});
  CHECK_FALSE(window.has("play"));
  window.resize(1280, 800);
  window.at("play");
  window.resize(200, 150);
  window.wait("the controls to go", [&] { return !window.has("play"); });
  CHECK(window.quit().code == 0);
}

TEST_CASE("a window to whose announcements nobody listens stays open and quits as ever", "[window]") {
  if (!can_drive_windows()) return;
  TemporaryFolder home;
  Process deaf({"--announce"}, {.environment = {"XDG_STATE_HOME=" + home.path.string()}, .reader_gone = true});
  CHECK(std::system("timeout 10 xdotool search --sync --onlyvisible --name 'Glassbox' >/dev/null") == 0);
  CHECK(std::system("xdotool keydown ctrl key q keyup ctrl") == 0);
  const Result end = deaf.wait();
  CHECK(end.code == 0);
  CHECK(end.error.empty());
}

TEST_CASE("without its fonts the program says which packages bring them", "[window]") {
  if (!can_drive_windows()) return;
  TemporaryFolder place;
  const std::string bare =
      "unshare -m sh -c 'mount --bind " + place.path.string() + " /usr/share/fonts && HOME=" + place.path.string() + " ";
  if (std::system((bare + "true' 2>/dev/null").c_str()) != 0) return skip("hiding the fonts takes the right to mount");
  const fs::path said = place / "said";
  const int status = std::system((bare + "exec " PROGRAM " --announce' > " + said.string() + " 2>&1").c_str());
  CHECK(WEXITSTATUS(status) == 1);
  const std::string words = text_of(said);
  CHECK(std::ranges::count(words, '\n') == 1);
  CHECK_THAT(words, Contains("fonts-inter") && Contains("fonts-dejavu"));
}

TEST_CASE("a display that goes away ends the program with one sentence", "[window]") {
  if (!can_drive_windows()) return;
  const Xvfb other = start_xvfb();
  OpenWindow window({}, {.environment = {"DISPLAY=" + other.name}});
  kill(other.id, SIGKILL);
  const Result end = window.wait_for_end();
  CHECK(end.code == 1);
  CHECK_THAT(end.error, Contains("display went away"));
  CHECK(std::ranges::count(end.error, '\n') == 1);
}
