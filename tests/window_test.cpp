// The window under Xvfb, and what is said where there is no display.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <utility>

#include "tests/support.h"
#include "tests/xvfb.h"
#include "viz/window.h"

using namespace viz;

namespace {

// Ends after a while, whatever happens.
struct Deadline {
  std::chrono::steady_clock::time_point end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  bool passed() const { return std::chrono::steady_clock::now() > end; }
};

struct Recorder {
  Scene scene{{0, 0, 200, 150}, {255, 255, 255}};
  std::vector<Event> events;
  std::vector<FrameTimes> times;
  int asked = 0;
  bool dirty = true;
  Deadline deadline;

  Application application(std::function<bool()> done) {
    Application a;
    a.handle = [this](const Event& event) { events.push_back(event), dirty = true; };
    a.frame = [this](double, double, double) {
      asked++;
      return Application::Frame{
          .scene = std::exchange(dirty, false) ? &scene : nullptr, .scale = 1, .pointer = Pointer::hand, .title = "Ä"};
    };
    a.done = [this, done] { return done() || deadline.passed(); };
    a.measured = [this](const FrameTimes& t) { times.push_back(t); };
    return a;
  }

  template <class E>
  int count() const {
    return int(std::ranges::count_if(events, [](const Event& e) { return std::holds_alternative<E>(e); }));
  }
};

// Presses keys and buttons; false where there is no xdotool.
struct Person {
  pid_t id = -1;
  explicit Person(const std::vector<std::string>& words) {
    std::vector<char*> list{const_cast<char*>("xdotool")};
    for (const std::string& word : words) list.push_back(const_cast<char*>(word.c_str()));
    list.push_back(nullptr);
    if (posix_spawnp(&id, "xdotool", nullptr, nullptr, list.data(), environ) != 0) id = -1;
  }
  ~Person() {
    if (id > 0) waitpid(id, nullptr, 0);
  }
};

bool has_xdotool() {
  if (has_xvfb() && std::system("command -v xdotool >/dev/null") == 0) return true;
  skip("xdotool is not installed");
  return false;
}

struct Variable {
  std::string name, before;
  bool had;
  Variable(const char* variable, const char* value) : name(variable), had(getenv(variable)) {
    if (had) before = getenv(variable);
    value ? setenv(variable, value, 1) : unsetenv(variable);
  }
  ~Variable() { had ? setenv(name.c_str(), before.c_str(), 1) : unsetenv(name.c_str()); }
};

}  // namespace

TEST_CASE("without a display there is a sentence in place of a window") {
  const Variable none("DISPLAY", nullptr);
  CHECK_FALSE(has_display());
  for (const char* word : {"DISPLAY", "glassbox demo", "glassbox train", "glassbox show"}) CHECK_THAT(no_display(), Catch::Contains(word));
  Application application;
  CHECK_THROWS_WITH(run_window(application, {}), Catch::Contains("display"));
  const Variable wrong("DISPLAY", ":9876");
  CHECK_FALSE(has_display());
  CHECK_THAT(no_display(), Catch::Contains(":9876"));
}

TEST_CASE("a window opens, tells what it measured and closes when the application is done") {
  if (!has_xvfb()) return;
  CHECK(has_display());
  Recorder recorder;
  Application application = recorder.application([&] { return recorder.times.size() >= 3; });
  application.frame = [&](double width, double height, double) {
    CHECK(width == 200);
    CHECK(height == 150);
    return Application::Frame{.scene = &recorder.scene};
  };
  run_window(application, {.width = 200, .height = 150});
  REQUIRE(recorder.times.size() == 3);
  for (const FrameTimes& t : recorder.times) CHECK((t.own > 0 && t.own < t.shown));
}

TEST_CASE("no click is lost while a picture takes long") {
  if (!has_xdotool()) return;
  Recorder recorder;
  std::unique_ptr<Person> person;
  Application application = recorder.application([&] { return recorder.count<PointerUp>() >= 8; });
  const auto quick = application.frame;
  application.frame = [&](double width, double height, double seconds) {
    if (!person)
      person = std::make_unique<Person>(std::vector<std::string>{"mousemove", "800", "500", "click", "--repeat", "8", "--delay", "1", "1"});
    if (recorder.asked == 2) waitpid(std::exchange(person->id, -1), nullptr, 0);  // a picture that takes as long as all clicks
    return quick(width, height, seconds);
  };
  run_window(application, {.width = 200, .height = 150});
  CHECK(recorder.count<PointerDown>() == 8);
  CHECK(recorder.count<PointerUp>() == 8);
  const auto* down = std::get_if<PointerDown>(
      &*std::ranges::find_if(recorder.events, [](const Event& e) { return std::holds_alternative<PointerDown>(e); }));
  REQUIRE(down);
  CHECK(Box{0, 0, 200, 150}.contains(down->at));
  CHECK(std::ranges::any_of(recorder.times, [](const FrameTimes& t) { return t.answer > 0; }));
}

TEST_CASE("keys come as keys, letters and characters, with what is held") {
  if (!has_xdotool()) return;
  Recorder recorder;
  std::unique_ptr<Person> person;
  Application application = recorder.application([&] {
    return std::ranges::any_of(recorder.events, [](const Event& e) {
      const auto* key = std::get_if<KeyDown>(&e);
      return key && key->key == Key::escape;
    });
  });
  const auto quick = application.frame;
  application.frame = [&](double width, double height, double seconds) {
    if (!person)
      person = std::make_unique<Person>(std::vector<std::string>{"mousemove", "800", "500", "key", "a", "key", "shift+equal", "key",
                                                                 "ctrl+q", "key", "Page_Up", "key", "Escape"});
    return quick(width, height, seconds);
  };
  run_window(application, {.width = 200, .height = 150});
  std::string typed, letters;
  bool control_q = false, page_up = false;
  for (const Event& event : recorder.events) {
    if (const auto* t = std::get_if<Typed>(&event)) typed += char(t->character);
    const auto* key = std::get_if<KeyDown>(&event);
    if (!key) continue;
    if (key->key == Key::letter) letters += key->letter;
    control_q = control_q || (key->letter == 'q' && key->with == Modifiers{.control = true});
    page_up = page_up || key->key == Key::page_up;
  }
  CHECK(typed == "a+");
  CHECK(letters == "a+q");
  CHECK(control_q);
  CHECK(page_up);
}

TEST_CASE("a reader of announcements that goes away does no harm") {
  if (!has_xvfb()) return;
  const auto before = signal(SIGPIPE, SIG_IGN);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const int out = dup(STDOUT_FILENO);
  dup2(ends[1], STDOUT_FILENO);
  close(ends[1]);
  Recorder recorder;
  std::string heard(6, ' ');
  int pictures = 0, asked = 0;
  Application application = recorder.application([&] { return pictures >= 5; });
  application.frame = [&](double, double, double) { return Application::Frame{.scene = &recorder.scene}; };
  application.measured = [&](const FrameTimes&) {
    pictures++;
    if (pictures == 2 && read(ends[0], heard.data(), heard.size()) == 6) close(ends[0]);
  };
  application.announcements = [&] { return asked++, std::vector<std::string>{"READY"}; };
  run_window(application, {.width = 200, .height = 150});
  dup2(out, STDOUT_FILENO);
  close(out);
  signal(SIGPIPE, before);
  CHECK(heard == "READY\n");
  CHECK(pictures == 5);
  CHECK(asked == 2);
}

TEST_CASE("copied text is pasted again") {
  if (!has_xvfb()) return;
  Recorder recorder;
  std::string pasted;
  Application application = recorder.application([&] { return !pasted.empty(); });
  application.clipboard = [&](auto paste, auto copy) { copy("σ = 0.5"), pasted = paste(); };
  run_window(application, {.width = 200, .height = 150});
  CHECK(pasted == "σ = 0.5");
}

// Run by the next test, in a program of its own.
TEST_CASE("a window whose display goes away", "[.own-program]") {
  const Xvfb display = start_xvfb();
  setenv("DISPLAY", display.name.c_str(), 1);
  Recorder recorder;
  Application application = recorder.application([] { return false; });
  application.frame = [&](double, double, double) { return Application::Frame{.scene = &recorder.scene}; };
  application.measured = [&](const FrameTimes&) { kill(display.id, SIGTERM); };
  run_window(application, {.width = 200, .height = 150});
}

TEST_CASE("a display that goes away ends the program with a sentence") {
  if (!has_xvfb()) return;
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(ends[1], STDERR_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    unsetenv("TEST_COUNTS");
    execl("/proc/self/exe", "tests", "[.own-program]", nullptr);
    _exit(127);
  }
  close(ends[1]);
  std::string said;
  for (char c; read(ends[0], &c, 1) == 1;) said += c;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 1);
  CHECK_THAT(said, Catch::Contains("glassbox: the display went away"));
}
