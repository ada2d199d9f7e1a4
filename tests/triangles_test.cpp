// Scenes as triangles, without a display.
#include "viz/triangles/triangles.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/scenes.h"
#include "tests/triangle_painter.h"
#include "viz/triangles/coverage.h"
#include "viz/triangles/sprites.h"
#include "viz/triangles/strokes.h"

using namespace viz;
using namespace viz::triangles;

namespace {

Picture painted(const Scene& scene, double scale = 1) {
  Triangulator triangulator;
  return painted(scene, scale, triangulator);
}

bool lie_inside(const Triangles& triangles, Box box) {
  return std::ranges::all_of(triangles.vertices, [&](const Vertex& v) {
    return v.x >= float(box.x) && v.x <= float(box.right()) && v.y >= float(box.y) && v.y <= float(box.bottom()) &&
           std::isfinite(v.u + v.v);
  });
}

double length_of(const std::vector<Point>& line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); i++) sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

Scene words(const std::string& string, double size) {
  Scene scene{{0, 0, 300, 60}, {255, 255, 255}};
  return scene.add(Text{.at = {10, 40}, .string = string, .size = size, .color = {0, 0, 0}});
}

}  // namespace

TEST_CASE("triangles show what Cairo shows") {
  for (const double scale : {1.0, 1.5, 2.0})
    for (const Scene& scene : {line_scene(), area_scene()}) CHECK(likeness(painted(scene, scale), render(scene, scale)) > 36);
}

TEST_CASE("nothing lies outside the scene's box or the clip") {
  Triangulator triangulator;
  for (Scene scene : {line_scene(), area_scene()}) {
    const Box box = scene.box.inset(50, 30);
    scene.box = box;
    CHECK(lie_inside(triangulator.triangles(scene, 1), {0, 0, box.width, box.height}));
    scene.marks.insert(scene.marks.begin(), ClipStart{{box.x + 20, box.y + 10, 100, 20}});
    const Triangles& triangles = triangulator.triangles(scene, 2);
    CHECK(triangles.vertices.size() > 0);
    CHECK(lie_inside(triangles, {40, 20, 200, 40}));
  }
}

TEST_CASE("what is cut by a clip keeps its colours") {
  Scene scene = line_scene();
  const Picture whole = painted(scene);
  scene.marks.insert(scene.marks.begin(), ClipStart{{100, 30, 200, 150}});
  const Picture cut = painted(scene);
  int different = 0;
  for (int y = 0; y < whole.height; y++)
    for (int x = 0; x < whole.width; x++) {
      const Color a = cut.at(x, y), b = x >= 100 && x < 300 && y >= 30 && y < 180 ? whole.at(x, y) : Color{255, 255, 255};
      different += std::abs(a.r - b.r) > 3 || std::abs(a.g - b.g) > 3 || std::abs(a.b - b.b) > 3;
    }
  CHECK(different == 0);
}

TEST_CASE("a translucent line is nowhere darker than its colour") {
  for (const double angle : {0.1, 0.5, 1.0, 1.6, 2.4, -0.3, -1.2, -2.2}) {
    Scene scene{{0, 0, 100, 100}, {255, 255, 255}};
    Path path{.stroke = {0, 0, 0, 102}, .line_width = 9};
    path.move({10.3, 50.7}).line({50, 50}).line({50 + 40 * std::cos(angle), 50 + 40 * std::sin(angle)});
    scene.add(path);
    const Picture picture = painted(scene);
    int darkest = 255, at_the_corner = picture.at(49, 49).r;
    for (std::size_t i = 0; i < picture.rgba.size(); i += 4) darkest = std::min(darkest, int(picture.rgba[i]));
    CHECK(darkest == Approx(153).margin(2));
    CHECK(at_the_corner == Approx(153).margin(2));
    CHECK(likeness(picture, render(scene)) > 40);
  }
}

TEST_CASE("thin lines cover as much as they are wide") {
  for (const double width : {0.25, 0.5, 1.0, 1.7}) {
    Scene scene{{0, 0, 60, 20}, {255, 255, 255}};
    scene.add_line({5, 10.3}, {55, 10.3}, {0, 0, 0}, width);
    const Picture picture = painted(scene);
    double sum = 0;
    for (int y = 0; y < 20; y++) sum += (255 - picture.at(30, y).r) / 255.0;
    CHECK(sum == Approx(width).margin(0.05));
  }
}

TEST_CASE("upright edges on whole pixels are sharp, others share the pixel") {
  Scene scene{{0, 0, 40, 20}, {255, 255, 255}};
  scene.add(Rect{.box = {4, 5, 10, 6}, .fill = {0, 0, 0}}).add(Rect{.box = {20.25, 5, 10, 6}, .fill = {0, 0, 0}});
  const Picture picture = painted(scene);
  CHECK(picture.at(3, 7).r == 255);
  CHECK(picture.at(4, 7).r == 0);
  CHECK(picture.at(13, 10).r == 0);
  CHECK(picture.at(13, 11).r == 255);
  CHECK(picture.at(20, 7).r == Approx(64).margin(2));
  CHECK(picture.at(30, 7).r == Approx(191).margin(2));
}

TEST_CASE("dashes have the lengths of their pattern around corners") {
  const auto parts = dashed({{0, 0}, {10, 0}, {10, 12.5}}, {5, 2, 1});
  const double expected[] = {5, 1, 2, 5};  // 5 on, 2 off, 1 on, 5 off, 2 on, 1 off: an odd pattern takes turns
  REQUIRE(parts.size() == 4);
  for (std::size_t i = 0; i < 4; i++) CHECK(length_of(parts[i]) == Approx(expected[i]));
  CHECK(parts[2].size() == 2);
  CHECK(parts[3].front() == Point{10, 6});
  CHECK(dashed({{0, 0}, {5, 0}}, {0, 0}).size() == 1);
  CHECK(dashed({{0, 0}, {1e9, 0}}, {1, 1}).size() == 1);
}

TEST_CASE("an outline covers each pixel by its area") {
  const auto covered = coverage({{{0.5, 0.25}, {2.5, 0.25}, {2.5, 2}, {0.5, 2}}}, 3, 2);
  const int expected[] = {96, 191, 96, 128, 255, 128};
  for (std::size_t i = 0; i < 6; i++) CHECK(int(covered[i]) == Approx(expected[i]).margin(1));
  const auto slanted = coverage({{{0, 0}, {4, 0}, {0, 4}}}, 4, 4);
  double sum = 0;
  for (const uint8_t c : slanted) sum += c / 255.0;
  CHECK(sum == Approx(8).margin(0.05));
  CHECK(int(slanted[3]) == Approx(128).margin(1));
}

TEST_CASE("a flat slanted edge covers by its area too") {
  const auto covered = coverage({{{0.5, 0.1}, {7.5, 0.9}, {7.5, 1}, {0.5, 1}}}, 8, 1);
  for (int x = 1; x < 7; x++) CHECK(covered[std::size_t(x)] / 255.0 == Approx(0.9 - (x)*0.8 / 7).margin(0.01));
}

TEST_CASE("the same letters are made once") {
  Triangulator triangulator;
  triangulator.triangles(words("glass", 14), 1);
  CHECK_FALSE(triangulator.atlas().changed().empty());
  triangulator.triangles(words("glass", 14), 1);
  CHECK(triangulator.atlas().changed().empty());
  triangulator.triangles(words("glass", 14), 2);
  CHECK_FALSE(triangulator.atlas().changed().empty());
}

TEST_CASE("a full atlas never shows a wrong letter") {
  Triangulator small(64, 1024);
  const auto size = [&] { return small.atlas().pages()[0].width; };
  for (int size_of_em = 8; size_of_em < 40; size_of_em++) {
    const Scene scene = words("Hidden 0123", size_of_em);
    CHECK(likeness(painted(scene, 1, small), painted(scene)) > 90);
  }
  CHECK(size() > 64);
  CHECK(size() <= 512);  // it forgets before it grows
}

TEST_CASE("a large image is a page of its own, small ones lie side by side") {
  Scene scene{{0, 0, 800, 700}, {255, 255, 255}};
  Image large{.box = {0, 0, 700, 600}, .width = 700, .height = 600};
  for (int i = 0; i < 700 * 600; i++) large.rgba.insert(large.rgba.end(), {uint8_t(i % 251), uint8_t(i / 700 % 256), 7, 255});
  large.smooth = true;
  scene.add(large).add(Rect{.box = {10, 10, 50, 50}, .fill = {255, 0, 0}});
  Triangulator triangulator;
  const Picture picture = painted(scene, 1, triangulator);
  CHECK(triangulator.atlas().pages().size() == 2);
  CHECK(triangulator.triangles(scene, 1).batches.size() == 2);
  CHECK(picture.at(20, 20) == Color{255, 0, 0});
  CHECK(likeness(picture, render(scene)) > 45);
}

TEST_CASE("images painted small are averaged") {
  Scene scene{{0, 0, 40, 40}, {255, 255, 255}};
  Image board{.box = {4, 4, 20, 20}, .width = 100, .height = 100, .smooth = true};
  for (int i = 0; i < 100 * 100; i++) {
    const auto grey = uint8_t((i % 100 + i / 100) % 2 ? 255 : 0);
    board.rgba.insert(board.rgba.end(), {grey, grey, grey, 255});
  }
  const Picture picture = painted(scene.add(board));
  for (int i = 5; i < 23; i++) CHECK(picture.at(i, i).r == Approx(128).margin(6));
}

TEST_CASE("marks that are not finite or lack bytes are left out") {
  Scene scene{{0, 0, 100, 100}};
  scene.add(Rect{.box = {NAN, 0, 10, 10}, .fill = {1, 2, 3}}).add(Circle{.center = {INFINITY, 0}, .radius = 5, .fill = {1, 2, 3}});
  scene.add(Path{.stroke = {1, 2, 3}}.move({0, 0}).line({NAN, 5})).add(Path{.stroke = {1, 2, 3}});
  scene.add(Text{.at = {10, NAN}, .string = "x", .color = {1, 2, 3}}).add(Text{.at = {10, 50}, .string = "x", .size = NAN});
  scene.add(Image{.box = {0, 0, 10, 10}, .width = 4, .height = 4}).add(ClipStart{{0, 0, 0, 10}});
  scene.add(Rect{.box = {0, 0, 50, 50}, .fill = {1, 2, 3}});
  CHECK(Triangulator().triangles(scene, 1).vertices.empty());
}

TEST_CASE("what lies far outside costs nothing and hides nothing") {
  Scene scene{{0, 0, 100, 100}, {255, 255, 255}};
  scene.add_line({-1e7, 50}, {1e7, 50}, {0, 0, 0}, 10).add(Rect{.box = {-1e6, -1e6, 1e6 + 20, 2e6}, .fill = {255, 0, 0}});
  const Picture picture = painted(scene);
  CHECK(picture.at(60, 50).r == 0);
  CHECK(picture.at(60, 20).r == 255);
  CHECK(picture.at(10, 50) == Color{255, 0, 0});
}
