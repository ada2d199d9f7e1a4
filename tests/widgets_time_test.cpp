// What happens as time goes by: tooltips, the caret; and a storm of events.
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/widgets_screen.h"

using namespace viz;

TEST_CASE("a tip appears after half a second at rest, once, inside the window and not under the pointer") {
  Screen screen;
  screen.move(screen.at("play"));
  CHECK(screen.interaction.time(screen.now) == screen.now + 0.5);
  screen.wait(0.3);
  screen.move({screen.at("play").x + 1, screen.at("play").y});
  screen.wait(0.3);
  CHECK_FALSE(screen.shows("Train until"));
  screen.wait(0.25);
  CHECK(screen.shows("Train until"));
  CHECK(std::isinf(screen.interaction.time(screen.now)));
  screen.click("play");
  CHECK_FALSE(screen.shows("Train until"));
  screen.wait(2);
  CHECK_FALSE(screen.shows("Train until"));
  screen.interaction.focus("play");
  screen.key(Key::f1);
  screen.wait(0.6);
  CHECK(screen.shows("Train until"));
}

TEST_CASE("tips stay inside small windows and off the pointer") {
  const std::string words = "A long sentence that is broken into lines, because it explains more than one would like to know about it.";
  for (const double size : {60.0, 120.0, 300.0, 700.0})
    for (double x = 1; x < size; x += size / 7)
      for (double y = 1; y < size; y += size / 7) {
        Interaction interaction;
        const Style style;
        Scene scene;
        for (int round = 0; round < 2; round++) {
          scene = Scene{{0, 0, size, size}};
          Widgets w(scene, style, interaction);
          w.area("all", {0, 0, size, size}, words, [](const Event&) { return true; });
          w.button("small", {size / 2, size / 2, 30, 20}, "", words, [] {});
          w.finish();
          if (round == 0) interaction.handle(PointerMoved{{x, y}});
          interaction.time(1);
        }
        CHECK(outside(scene) == 0);
        for (const Mark& mark : scene.marks)
          if (const Rect* rect = std::get_if<Rect>(&mark); rect && rect->fill == light.header) CHECK_FALSE(rect->box.contains({x, y}));
      }
}

TEST_CASE("the caret blinks, and says when") {
  Screen screen;
  screen.interaction.type("name", "x");
  CHECK(screen.interaction.caret_shown());
  double due = screen.interaction.time(screen.now);
  for (int i = 0; i < 100; i++) {
    const bool shown = screen.interaction.caret_shown();
    REQUIRE(due > screen.now);
    REQUIRE(due <= screen.now + 0.51);
    screen.now = due;
    due = screen.interaction.time(screen.now);
    CHECK(screen.interaction.caret_shown() != shown);
  }
}

TEST_CASE("no storm of events breaks the widgets") {
  Screen screen(dark, 640, 420);
  std::mt19937 random(20160);
  const auto dice = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
  const auto place = [&] {
    if (dice(3) > 0) return Point{dice(700) - 30.0, dice(480) - 30.0};
    const auto& widgets = screen.interaction.widgets();
    return widgets[dice(static_cast<unsigned>(widgets.size()))].box.center();
  };
  const auto with = [&] { return Modifiers{dice(5) == 0, dice(4) == 0, dice(12) == 0}; };
  const auto button = [&] { return dice(6) == 0 ? Button::right : Button::left; };
  const auto event = [&]() -> Event {
    switch (dice(12)) {
      case 0:
      case 1:
        return PointerMoved{place()};
      case 2:
      case 3:
        return PointerDown{place(), button(), with()};
      case 4:
      case 5:
        return PointerUp{screen.interaction.pointer().value_or(Point{}), button(), with()};
      case 6:
        return Wheel{place(), dice(41) / 10.0 - 2, with()};
      case 7:
      case 8:
        return KeyDown{static_cast<Key>(dice(static_cast<unsigned>(Key::f12) + 1)), "acxv0z"[dice(6)], with()};
      case 9:
        return KeyDown{dice(2) ? Key::tab : Key::enter, 0, with()};
      case 10:
        return Typed{U"0123e-.,xσ∇😀\u202E"[dice(13)]};
      default:
        break;
    }
    if (dice(8) == 0) return FocusLost{};
    return dice(2) ? Event{PointerLeft{}} : Event{KeyDown{Key::escape}};
  };
  const auto known = [&](const std::string& id) { return id.empty() || screen.interaction.find(id); };
  for (int i = 0; i < 200000; i++) {
    screen.interaction.handle(event());
    if (dice(25) > 0) continue;
    screen.now += dice(10) / 10.0;
    screen.dialog ^= dice(60) == 0, screen.short_list ^= dice(40) == 0;
    screen.clipboard = dice(2) ? "3\n\x02∇" : screen.clipboard;
    screen.draw();
    const Interaction& it = screen.interaction;
    if (!finite(screen.scene)) FAIL("not a number after " << i << " events");
    if (outside(screen.scene)) FAIL("a mark outside after " << i << " events");
    for (const std::string& id : {it.hovered(), it.pressed(), it.focused(), it.open(), it.dialog()})
      if (!known(id)) FAIL("'" << id << "' is gone after " << i << " events");
  }
  CHECK(std::isfinite(screen.rate));
  CHECK(screen.pressed["play"] > 0);
  CHECK(screen.interaction.widgets().size() > 20);
}
