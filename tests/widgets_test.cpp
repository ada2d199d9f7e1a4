// Each widget by pointer and by keyboard, and how it looks.
#include <catch2/catch.hpp>

#include "tests/widgets_screen.h"
#include "viz/text.h"

using namespace viz;

TEST_CASE("a button is pressed when the pointer's button goes up over it, by Enter and by Space") {
  Screen screen;
  screen.click("play");
  CHECK(screen.pressed["play"] == 1);
  screen.down(screen.at("play"));
  CHECK(screen.interaction.pressed() == "play");
  screen.move(screen.at("undo"));
  CHECK(screen.interaction.hovered().empty());  // what is held does not let others light up
  screen.up(screen.at("undo"));
  CHECK(screen.pressed["play"] == 1);
  CHECK(screen.pressed["undo"] == 0);
  screen.interaction.focus("undo");
  CHECK(screen.key(Key::enter));
  CHECK(screen.key(Key::space));
  CHECK(screen.pressed["undo"] == 2);
  screen.click("gone");
  CHECK(screen.pressed["gone"] == 0);
  CHECK_FALSE(screen.send(PointerDown{screen.at("play"), Button::right}));
}

TEST_CASE("after a click Enter and Space are left to the shortcuts of the window") {
  Screen screen;
  screen.click("undo");
  CHECK(screen.focused() == "undo");
  CHECK_FALSE(screen.interaction.focus_shown());
  CHECK_FALSE(screen.key(Key::space));
  CHECK(screen.pressed["undo"] == 1);
}

TEST_CASE("a toggle turns to the other side") {
  Screen screen;
  screen.click("on");
  CHECK(screen.on);
  screen.interaction.focus("on");
  screen.key(Key::space);
  CHECK_FALSE(screen.on);
  CHECK(screen.interaction.find("on")->says == "Show test data off");
}

TEST_CASE("a field begins with its text, is committed by Enter and by leaving, and may refuse") {
  Screen screen;
  screen.interaction.focus("on");
  screen.key(Key::tab);
  REQUIRE(screen.focused() == "name");
  screen.type(U"two σ");
  screen.key(Key::enter);
  CHECK(screen.name == "two σ");
  screen.type(U"x");  // typing again replaces it
  screen.key(Key::tab);
  CHECK(screen.name == "x");
  screen.key(Key::tab, {.shift = true});
  screen.key(Key::backspace);
  screen.key(Key::enter);
  CHECK(screen.name == "x");
  CHECK(screen.shows("must not be empty"));
}

TEST_CASE("in a field a click places the caret, a drag selects, a second click selects all") {
  Screen screen;
  const Widget* field = screen.interaction.find("name");
  const double y = field->box.center().y, x = field->text_x;
  const auto place = [&](std::size_t at) { return Point{x + x_of("spiral", at, field->text_size), y}; };
  const Point second = place(2), fifth = place(5);
  screen.down(second);
  REQUIRE(screen.interaction.typing());
  CHECK(screen.interaction.typing()->caret == 2);
  screen.move(fifth);
  screen.up(fifth);
  CHECK(screen.interaction.typing()->anchor == 2);
  CHECK(screen.interaction.typing()->caret == 5);
  screen.wait(1);
  screen.click(fifth);
  CHECK(screen.interaction.typing()->anchor == 5);
  screen.click(fifth);
  CHECK(screen.interaction.typing()->anchor == 0);
  CHECK(screen.interaction.typing()->caret == 6);
  screen.letter('x', {.control = true});
  CHECK(screen.clipboard == "spiral");
  screen.clipboard = "a\nb\x01\xff";
  screen.letter('v', {.control = true});
  CHECK(screen.interaction.typing()->text == "ab");
  CHECK_FALSE(screen.letter('q', {.control = true}));  // a shortcut of the window
  CHECK(screen.letter('q'));                           // a letter of the text
}

TEST_CASE("tabs are chosen by click and by arrows") {
  Screen screen;
  screen.click("tabs/2");
  CHECK(screen.tab == 2);
  CHECK(screen.focused() == "tabs");
  screen.key(Key::left);
  CHECK(screen.tab == 1);
  screen.key(Key::left);
  screen.key(Key::left);
  CHECK(screen.tab == 0);
}

TEST_CASE("every text can be read in every state, and nothing is painted outside") {
  const Theme* theme = GENERATE(&light, &dark);
  Screen screen(*theme);
  const auto check = [&](const std::string& state) {
    INFO((theme == &light ? "light, " : "dark, ") << state);
    CHECK(unreadable(screen.scene) == std::vector<std::string>{});
    CHECK(outside(screen.scene) == 0);
    CHECK(finite(screen.scene));
  };
  check("at rest");
  std::vector<std::string> ids;
  for (const Widget& widget : screen.interaction.widgets())
    if (widget.box.width > 0 && widget.box.height > 0) ids.push_back(widget.id);
  for (const std::string& id : ids) {
    screen.move(screen.at(id));
    check(id + " hovered");
    screen.wait(1);
    check(id + " with its tip");
    screen.down(screen.at(id));
    check(id + " held");
    screen.up({790, 590});
    screen.key(Key::escape);
    screen.interaction.focus(id);
    screen.draw();
    check(id + " with the focus");
    if (screen.interaction.find(id)->choices.empty()) continue;
    screen.key(Key::down);
    for (int i = 0; i < 4; i++) screen.key(Key::down), check(id + " open");
    screen.key(Key::escape);
  }
  screen.interaction.type("rate", "-1");
  screen.key(Key::enter);
  check("a refused value");
  screen.dialog = true;
  screen.draw();
  screen.draw();
  check("a dialog");
}

TEST_CASE("long labels are shortened and stay in their boxes") {
  const std::string words = "An extraordinarily long label that nobody would write";
  Scene scene{{0, 0, 400, 400}};
  Interaction interaction;
  const Style style;
  for (const double width : {0.0, 6.0, 30.0, 60.0, 120.0}) {
    Widgets w(scene, style, interaction);
    const Box box{20, 20, width, 44};
    w.button("button", box, words, "", [] {}, {.icon = Icon::play});
    w.commands("commands", box, words, "", {{.words = words}}, {});
    w.toggle("toggle", box, words, "", true, [](bool) {});
    w.slider("slider", box, words, "", {0, 1}, 0.5, words, [](double) {});
    w.menu("menu", box, words, "", {words}, 0, [](std::size_t) {});
    w.field("field", box, words, "", words, [](const std::string&) {});
    w.tabs("tabs", box, {words, words}, 0, [](std::size_t) {});
    w.words({20, 40}, words, width);
    w.finish();
    for (const Mark& mark : scene.marks)
      if (const Text* text = std::get_if<Text>(&mark)) {
        INFO(width << ": " << text->string);
        CHECK(bounds(mark)->x >= box.x - 0.5);
        CHECK(bounds(mark)->right() <= box.right() + 0.5);
      }
    CHECK(finite(scene));
    scene.marks.clear();
  }
}

TEST_CASE("every icon paints inside its box") {
  for (int i = 1; i <= static_cast<int>(Icon::chevron_right); i++) {
    Scene scene{{0, 0, 100, 100}};
    add_icon(scene, static_cast<Icon>(i), {40, 40, 16, 16}, light.text);
    REQUIRE_FALSE(scene.marks.empty());
    const Box all = *bounds(scene);
    INFO("icon " << i);
    CHECK(all.x >= 40);
    CHECK(all.y >= 40);
    CHECK(all.right() <= 56);
    CHECK(all.bottom() <= 56);
    CHECK(all.width >= 6);
  }
}
