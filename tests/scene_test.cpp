// Scenes: geometry, hits and moves, without any painter.
#include <catch2/catch.hpp>
#include <cmath>

#include "viz/scene.h"
#include "viz/text.h"

using namespace viz;

namespace {
const Color red{255, 0, 0}, blue{0, 0, 255};
}

TEST_CASE("a box cuts strips off its sides and keeps the rest") {
  Box rest{10, 20, 100, 50};
  CHECK(rest.cut_left(30) == Box{10, 20, 30, 50});
  CHECK(rest.cut_right(10) == Box{100, 20, 10, 50});
  CHECK(rest.cut_top(5) == Box{40, 20, 60, 5});
  CHECK(rest.cut_bottom(15) == Box{40, 55, 60, 15});
  CHECK(rest == Box{40, 25, 60, 30});
  CHECK(rest.inset(10) == Box{50, 35, 40, 10});
  CHECK(rest.inset(100).width == 0);
  CHECK(rest.inset(100).center() == rest.center());
  CHECK(united({0, 0, 1, 1}, {5, -2, 1, 1}) == Box{0, -2, 6, 3});
  CHECK(intersection({0, 0, 4, 4}, {2, 1, 9, 9}) == Box{2, 1, 2, 3});
  CHECK(intersection({0, 0, 1, 1}, {5, 5, 1, 1}).width == 0);
}

TEST_CASE("the topmost mark with an id under the point is picked") {
  Scene scene{{0, 0, 100, 100}};
  scene.add(Rect{.box = {0, 0, 50, 50}, .fill = red, .id = "below", .tip = "a red square"});
  scene.add(Circle{.center = {40, 40}, .radius = 10, .fill = blue, .id = "above"});
  scene.add(Rect{.box = {0, 0, 100, 100}, .fill = red});  // no id: seen through
  CHECK(pick(scene, {5, 5}) == "below");
  CHECK(pick(scene, {40, 40}) == "above");
  CHECK(pick(scene, {33, 33}) == "above");
  CHECK(pick(scene, {31, 31}) == "below");  // the corner of the circle's box is not the circle
  CHECK(pick(scene, {45, 45}) == "above");
  CHECK(pick(scene, {90, 90}).empty());
  CHECK(tip_at(scene, {40, 40}) == "a red square");
  REQUIRE(find(scene, "above"));
  CHECK(std::get<Circle>(*find(scene, "above")).radius == 10);
  CHECK(find(scene, "elsewhere") == nullptr);
}

TEST_CASE("what is clipped away cannot be picked") {
  Scene scene{{0, 0, 100, 100}};
  scene.add(ClipStart{{0, 0, 50, 100}}).add(ClipStart{{0, 0, 100, 50}});
  scene.add(Rect{.box = {0, 0, 100, 100}, .fill = red, .id = "inner"});
  scene.add(ClipEnd{});
  scene.add(Rect{.box = {0, 50, 100, 50}, .fill = red, .id = "outer"});
  scene.add(ClipEnd{});
  scene.add(Rect{.box = {80, 0, 20, 20}, .fill = red, .id = "free"});
  CHECK(pick(scene, {10, 10}) == "inner");
  CHECK(pick(scene, {60, 10}).empty());
  CHECK(pick(scene, {10, 60}) == "outer");
  CHECK(pick(scene, {60, 60}).empty());
  CHECK(pick(scene, {90, 10}) == "free");
}

TEST_CASE("a filled path is hit inside and a stroked one near its curve") {
  Path ring{.closed = true, .fill = red, .id = "ring"};
  ring.move({0, 0}).line({30, 0}).line({30, 30}).line({0, 30});
  ring.move({10, 10}).line({10, 20}).line({20, 20}).line({20, 10});  // the other way round: a hole
  CHECK(covers(ring, {5, 15}));
  CHECK_FALSE(covers(ring, {15, 15}));
  CHECK_FALSE(covers(ring, {31, 15}));

  Path curve{.stroke = red};
  curve.move({0, 0}).cubic({0, 100}, {100, 100}, {100, 0});
  CHECK(covers(curve, {50, 75}));  // B(1/2) = (50, 75)
  CHECK(covers(curve, {50, 73}));
  CHECK_FALSE(covers(curve, {50, 68}));
  CHECK_FALSE(covers(curve, {50, 0}));
}

TEST_CASE("bounds hold the line width, and turned text is turned") {
  CHECK(*bounds(Rect{.box = {10, 10, 20, 20}, .stroke = red, .line_width = 4}) == Box{8, 8, 24, 24});
  CHECK(*bounds(Rect{.box = {10, 10, 20, 20}, .fill = red, .line_width = 4}) == Box{10, 10, 20, 20});
  CHECK_FALSE(bounds(ClipEnd{}).has_value());

  const double width = text_width("loss", 20);
  const Box level = *bounds(Text{.at = {100, 100}, .string = "loss", .size = 20, .anchor = Anchor::middle});
  const Box upwards = *bounds(Text{.at = {100, 100}, .string = "loss", .size = 20, .anchor = Anchor::middle, .turns = -1});
  CHECK(level.width == Approx(width));
  CHECK(level.center().x == Approx(100));
  CHECK(level.bottom() == Approx(100 + descent(20)));
  CHECK(upwards.height == Approx(width));
  CHECK(upwards.center().y == Approx(100));
  CHECK(upwards.right() == Approx(100 + descent(20)));  // letters stand on the left of the line
}

TEST_CASE("an appended scene is moved as a whole, its background becomes a rectangle") {
  Scene inner{{0, 0, 10, 10}, blue};
  inner.add(Circle{.center = {1, 2}, .radius = 1}).add(Text{.at = {3, 4}, .string = "x"}).add(ClipStart{{0, 0, 5, 5}}).add(ClipEnd{});
  inner.add_line({0, 0}, {10, 10}, red);
  Scene outer{{0, 0, 100, 100}};
  outer.append(inner, {50, 60});
  REQUIRE(outer.marks.size() == 6);
  CHECK(std::get<Rect>(outer.marks[0]).box == Box{50, 60, 10, 10});
  CHECK(std::get<Circle>(outer.marks[1]).center == Point{51, 62});
  CHECK(std::get<Text>(outer.marks[2]).at == Point{53, 64});
  CHECK(std::get<ClipStart>(outer.marks[3]).box == Box{50, 60, 5, 5});
  CHECK(std::get<Path>(outer.marks[5]).segments[1].to == Point{60, 70});
}

TEST_CASE("a scene with one number that is not finite, or an image that lacks bytes, is not finite") {
  const Scene good{{0, 0, 10, 10}};
  CHECK(finite(good));
  const auto with = [&](Mark mark) { return Scene(good).add(std::move(mark)); };
  CHECK(finite(with(Circle{.center = {1, 2}, .radius = 1})));
  CHECK_FALSE(finite(with(Circle{.center = {NAN, 2}, .radius = 1})));
  CHECK_FALSE(finite(with(Rect{.box = {0, 0, INFINITY, 1}})));
  CHECK_FALSE(finite(with(Text{.at = {0, NAN}, .string = "x"})));
  CHECK_FALSE(finite(with(Path{.dash = {1, NAN}})));
  CHECK_FALSE(finite(with(Path().move({0, 0}).cubic({NAN, 0}, {1, 1}, {2, 2}))));
  CHECK_FALSE(finite(with(Image{.box = {0, 0, 1, 1}, .width = 1, .height = 1, .rgba = {1, 2, 3}})));
  CHECK_FALSE(finite(Scene{{0, 0, NAN, 10}}));
}
