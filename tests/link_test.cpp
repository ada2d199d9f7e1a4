// Marks that set options, and the pixels of images that can be read.
#include <catch2/catch.hpp>

#include "viz/colors.h"
#include "viz/link.h"

using namespace viz;

TEST_CASE("the id of a mark says which options are set when it is pressed, and other ids say nothing") {
  const Settings settings = {{"stage", 2}, {"unit", 15}, {"rate", -0.5}};
  CHECK(on_press(settings) == "press:stage=2:unit=15:rate=-0.5");
  CHECK(pressed(on_press(settings)) == settings);
  CHECK(hovered(on_hover(settings)) == settings);
  CHECK_FALSE(pressed(on_hover(settings)));
  CHECK_FALSE(hovered(on_press(settings)));
  for (const char* other : {"", "press", "press:", "press:stage", "press:stage=x", "node:dense1:3", "pressed:stage=1"}) {
    INFO(other);
    CHECK((!pressed(other) || pressed(other)->empty()));
  }
}

TEST_CASE("a scene says what keys do, without a mark that can be seen or hit") {
  Scene scene{.box = {0, 0, 100, 100}};
  CHECK_FALSE(has_keys(scene));
  scene.add(on_key("right", {{"unit", 4}})).add(on_key("page down", {{"stage", 3}}));
  CHECK(has_keys(scene));
  CHECK(keyed(scene, "right") == Settings{{"unit", 4}});
  CHECK(keyed(scene, "page down") == Settings{{"stage", 3}});
  CHECK_FALSE(keyed(scene, "left"));
  CHECK(pick(scene, {0, 0}).empty());
}

TEST_CASE("the pointer reads the number behind a pixel") {
  const nn::Matrix values(2, 3, {1, 2, 3, 4, 5.25, 6});
  Scene scene{.box = {0, 0, 60, 40}};
  Image image = readable(heat(values, {0, 0, 60, 40}, Scale::grey, 0, 6), values);
  image.tip = "map 1";
  scene.add(image);
  CHECK(tip_at(scene, {30, 30}) == "map 1 · row 2, column 2: 5.25");
  CHECK(tip_at(scene, {1, 1}) == "map 1 · row 1, column 1: 1");
  CHECK(tip_at(scene, {59.9, 39.9}) == "map 1 · row 2, column 3: 6");
  CHECK(tip_at(scene, {61, 10}).empty());
}
