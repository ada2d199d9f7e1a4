// What reaches which widget: hover, focus, scroll areas, areas.
#include <catch2/catch.hpp>
#include <optional>

#include "tests/widgets_screen.h"

using namespace viz;

TEST_CASE("the widget listed last lies on top, and what is clipped away is not there") {
  Scene scene{{0, 0, 200, 200}};
  const Style style;
  Interaction interaction;
  Widgets w(scene, style, interaction);
  w.button("below", {0, 0, 100, 100}, "", "", [] {});
  w.button("above", {50, 50, 100, 100}, "", "", [] {});
  const Box inner = w.scroll_start("scroll", {0, 150, 200, 40}, 300);
  w.button("hidden", {inner.x, inner.y + 100, 100, 30}, "", "", [] {});
  w.scroll_end();
  w.finish();
  const auto under = [&](Point at) { return interaction.handle(PointerMoved{at}), interaction.hovered(); };
  CHECK(under({10, 10}) == "below");
  CHECK(under({60, 60}) == "above");
  CHECK(under({10, 160}) == "scroll");
  CHECK(under({10, 260}).empty());
  CHECK(interaction.shape() == Pointer::arrow);
  under({60, 60});
  CHECK(interaction.shape() == Pointer::hand);
  interaction.handle(PointerLeft{});
  CHECK(interaction.hovered().empty());
}

TEST_CASE("Tab goes round all widgets in their order, Shift+Tab back, and shows hidden ones") {
  Screen screen;
  std::vector<std::string> order, expected;
  for (const Widget& widget : screen.interaction.widgets())
    if (widget.focusable) expected.push_back(widget.id);
  for (std::size_t i = 0; i < expected.size(); i++) {
    screen.key(Key::tab);
    order.push_back(screen.focused());
    const Widget* widget = screen.interaction.find(screen.focused());
    INFO(screen.focused());
    CHECK(widget->box.height == Approx(widget->whole.height));  // all of it is seen
  }
  CHECK(order == expected);
  CHECK(screen.interaction.scroll("list") > 100);
  screen.key(Key::tab);
  CHECK(screen.focused() == expected.front());
  screen.key(Key::tab, {.shift = true});
  CHECK(screen.focused() == expected.back());
  CHECK_FALSE(screen.key(Key::tab, {.control = true}));
}

TEST_CASE("the focus ring is drawn after keys alone, two pixels off") {
  Screen screen;
  const auto ring = [&] {
    std::optional<Rect> found;
    for (const Mark& mark : screen.scene.marks)
      if (const Rect* rect = std::get_if<Rect>(&mark); rect && rect->line_width == 2) found = *rect;
    return found;
  };
  screen.click("on");
  CHECK_FALSE(ring());
  screen.interaction.focus("on");
  screen.draw();
  REQUIRE(ring());
  const Box box = screen.interaction.find("on")->box;
  CHECK(ring()->box == Box{box.x - 3, box.y - 3, box.width + 6, box.height + 6});
  CHECK(ring()->stroke == light.accent);
}

TEST_CASE("the wheel scrolls an area, and turns a slider only outside of one or with the focus") {
  Screen screen;
  const Point inside = screen.at("item0");
  screen.send(Wheel{inside, -1});
  CHECK(screen.interaction.scroll("list") == 60);
  screen.send(Wheel{inside, -100});
  CHECK(screen.interaction.scroll("list") == 250);
  screen.send(Wheel{inside, 100});
  CHECK(screen.interaction.scroll("list") == 0);
  screen.send(Wheel{screen.at("rate"), 1});
  CHECK(screen.rate == 0.1);
  screen.send(Wheel{screen.at("rate"), -0.5});
  CHECK(screen.rate == 0.1);
  screen.send(Wheel{screen.at("rate"), -0.5});
  CHECK(screen.rate == 0.03);

  screen.interaction.focus("item4");
  screen.interaction.scroll("list", 120);
  screen.draw();
  screen.send(Wheel{screen.at("inner"), -1});
  CHECK(screen.pressed["inner"] == 0);
  CHECK(screen.interaction.scroll("list") == 180);
  screen.interaction.focus("inner");
  screen.draw();
  screen.send(Wheel{screen.at("inner"), 100});
  CHECK(screen.pressed["inner"] > 0);
}

TEST_CASE("a scroll area is moved by keys and by its bar") {
  Screen screen;
  screen.interaction.focus("list");
  screen.key(Key::page_down);
  CHECK(screen.interaction.scroll("list") == 110);
  screen.key(Key::end);
  CHECK(screen.interaction.scroll("list") == 250);
  screen.key(Key::home);
  screen.key(Key::down);
  CHECK(screen.interaction.scroll("list") == 40);
  const Box thumb = screen.interaction.find("list.bar")->thumb;
  screen.down(thumb.center());
  CHECK(screen.interaction.scroll("list") == 40);
  screen.move({thumb.center().x, 1000});
  CHECK(screen.interaction.scroll("list") == 250);
  screen.up({0, 1000});
}

TEST_CASE("an area gets the pointer inside it and until the button is up, and keys with the focus") {
  Screen screen;
  const Point middle = screen.at("plot");
  screen.move(middle);
  screen.down(middle);
  screen.move({5, 5});
  screen.up({5, 5});
  CHECK(screen.seen == std::vector<std::string>{"moved", "down", "moved", "up"});
  screen.seen.clear();
  screen.send(Wheel{middle, 1});
  CHECK_FALSE(screen.letter('z'));  // it did not use it
  screen.send(Typed{U'z'});
  screen.move(middle);
  screen.move({5, 5});
  CHECK(screen.seen == std::vector<std::string>{"wheel", "key", "typed", "moved", "left"});
  screen.seen.clear();
  screen.down(middle);
  screen.send(FocusLost{});
  CHECK(screen.seen == std::vector<std::string>{"down", "lost"});
  CHECK(screen.interaction.pressed().empty());
}

TEST_CASE("what vanishes loses the focus and the press") {
  Screen screen;
  screen.interaction.scroll("list", 240);
  screen.draw();
  screen.down(screen.at("item8"));
  CHECK(screen.interaction.pressed() == "item8");
  screen.short_list = true;
  screen.draw();
  CHECK(screen.interaction.pressed().empty());
  CHECK(screen.focused().empty());
  screen.up({300, 200});
  CHECK(screen.pressed["item8"] == 0);
}
