// Menus, commands and dialogs.
#include <catch2/catch.hpp>
#include <set>

#include "tests/widgets_screen.h"

using namespace viz;

TEST_CASE("a menu opens by click, and takes the click beside it") {
  Screen screen;
  screen.click("word");
  CHECK(screen.interaction.open() == "word");
  CHECK(screen.interaction.highlighted() == 1);
  screen.click("word/3");
  CHECK(screen.word == 3);
  CHECK(screen.interaction.open().empty());
  screen.click("word");
  screen.click("play");
  CHECK(screen.interaction.open().empty());
  CHECK(screen.pressed["play"] == 0);
  screen.click("word");
  screen.down({780, 580});
  screen.up({780, 580});
  CHECK(screen.word == 3);
}

TEST_CASE("a menu is worked by keys") {
  Screen screen;
  screen.interaction.focus("word");
  screen.key(Key::down);
  CHECK(screen.interaction.open() == "word");
  screen.key(Key::down);
  CHECK(screen.interaction.highlighted() == 2);
  screen.type(U"r");
  CHECK(screen.interaction.highlighted() == 3);  // the next one with that letter
  screen.type(U"R");
  CHECK(screen.interaction.highlighted() == 2);
  screen.key(Key::end);
  CHECK(screen.interaction.highlighted() == 4);
  screen.key(Key::down);
  CHECK(screen.interaction.highlighted() == 4);
  screen.key(Key::home);
  screen.key(Key::escape);
  CHECK(screen.word == 1);
  CHECK(screen.focused() == "word");
  screen.key(Key::space);
  screen.send(Typed{U' '});
  screen.key(Key::up);
  screen.key(Key::enter);
  CHECK(screen.word == 0);
  screen.key(Key::enter);
  screen.key(Key::tab);
  CHECK(screen.interaction.open().empty());
  CHECK(screen.focused() == "low");
}

TEST_CASE("commands run; headings, lines and what is out of reach do not") {
  Screen screen;
  screen.click("file");
  for (const char* id : {"file/2", "file/4"}) {
    screen.click(id);
    CHECK(screen.interaction.open() == "file");
  }
  CHECK(screen.interaction.find("file/1") == nullptr);  // a line
  screen.click("file/3");
  CHECK(screen.pressed["save"] == 1);
  screen.interaction.focus("file");
  screen.key(Key::enter);
  screen.key(Key::down);
  CHECK(screen.interaction.highlighted() == 3);  // over the line and the heading
  screen.key(Key::down);
  CHECK(screen.interaction.highlighted() == 5);
  screen.type(U"d");
  CHECK(screen.interaction.highlighted() == 5);
  CHECK(screen.pressed["gone"] == 0);
}

TEST_CASE("a menu longer than the window scrolls to what is highlighted") {
  Interaction interaction;
  const Style style;
  Scene scene;
  std::vector<std::string> words;
  for (int i = 0; i < 40; i++) words.push_back("Word " + std::to_string(i));
  const auto draw = [&] {
    scene = Scene{{0, 0, 300, 200}};
    Widgets w(scene, style, interaction);
    w.menu("menu", {20, 60, 120, 28}, "", "", words, 30, [](std::size_t) {});
    w.finish();
  };
  const auto seen = [&](int i) {
    const Widget* widget = interaction.find("menu/" + std::to_string(i));
    return widget->box.height == Approx(widget->whole.height);
  };
  draw();
  interaction.open("menu");
  draw();
  CHECK(seen(30));
  CHECK_FALSE(seen(39));
  for (const Key key : {Key::end, Key::page_up, Key::page_up, Key::up, Key::home, Key::page_down, Key::up}) {
    interaction.handle(KeyDown{key});
    draw();
    CHECK(seen(interaction.highlighted()));
    CHECK(outside(scene) == 0);
  }
  CHECK(interaction.highlighted() == 9);
  const Point inside = interaction.find("menu/9")->box.center();
  interaction.handle(Wheel{inside, -1});
  draw();
  CHECK_FALSE(seen(9));
  CHECK(interaction.find(interaction.hovered())->box.contains(inside));
}

TEST_CASE("a dialog keeps the focus inside and everything else out of reach") {
  Screen screen;
  screen.interaction.focus("file");
  screen.dialog = true;
  screen.draw();
  CHECK(screen.interaction.dialog() == "sure");
  CHECK(screen.focused() == "new name");
  screen.draw();
  std::set<std::string> reached;
  for (int i = 0; i < 7; i++) screen.key(Key::tab), reached.insert(screen.focused());
  CHECK(reached == std::set<std::string>{"new name", "cancel", "sure.yes"});
  CHECK(screen.down({300, 350}));  // the dialog's own ground
  screen.up({300, 350});
  CHECK(screen.dialog);
  screen.click("sure.yes");
  CHECK(screen.pressed["sure.yes"] == 1);
  screen.click("play");
  CHECK(screen.pressed["play"] == 0);
  CHECK_FALSE(screen.dialog);  // a click beside it closes it
  CHECK(screen.focused() == "file");
  screen.dialog = true;
  screen.draw();
  screen.key(Key::escape);  // ends the typing
  screen.key(Key::escape);
  CHECK_FALSE(screen.dialog);
}

TEST_CASE("the key that opened a dialog writes nothing into its field") {
  Screen screen;
  screen.interaction.focus("file");
  screen.key(Key::enter);
  screen.key(Key::end);
  screen.key(Key::space);  // chooses "Dialog", which begins with a field
  screen.draw();
  REQUIRE(screen.focused() == "new name");
  screen.send(Typed{U' '});
  CHECK(screen.interaction.typing()->text == "run");
  screen.send(Typed{U'x'});
  CHECK(screen.interaction.typing()->text == "x");
}
