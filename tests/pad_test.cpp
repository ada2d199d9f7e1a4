// The drawing pad, and how drawings and picture files are brought to the form of the data.
#include "viz/pad.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/file.h"
#include "tests/methods_study.h"
#include "tests/support.h"
#include "viz/own_picture.h"
#include "viz/png.h"

using namespace viz;
using nn::Index;

namespace {

constexpr Color black{0, 0, 0}, white{255, 255, 255};
const Pad::Pen pen{20, white}, eraser{30, white, true};

int at(const Pad& pad, int x, int y) { return pad.pixels().rgba[std::size_t((y * pad.pixels().width + x) * 4)]; }

// How much is white, in pixels.
double area(const Pad& pad) {
  double sum = 0;
  for (std::size_t i = 0; i < pad.pixels().rgba.size(); i += 4) sum += pad.pixels().rgba[i] / 255.0;
  return sum;
}

PictureHabit mnist_habit() {
  return {.shape = {1, 28, 28}, .white = 1, .dark_ground = true, .part = 20 / 28.0, .across = 0.5, .down = 0.5};
}

struct Mass {
  double x = 0, y = 0, left = 99, right = 0, top = 99, bottom = 0;
};
Mass mass_of(const nn::Matrix& row, Index side) {
  Mass m;
  double sum = 0;
  for (Index i = 0; i < side; i++)
    for (Index j = 0; j < side; j++) {
      const double w = row(0, i * side + j);
      sum += w, m.x += w * (double(j) + 0.5), m.y += w * (double(i) + 0.5);
      if (w < 0.1) continue;
      m.left = std::min(m.left, double(j)), m.right = std::max(m.right, double(j + 1));
      m.top = std::min(m.top, double(i)), m.bottom = std::max(m.bottom, double(i + 1));
    }
  m.x /= sum, m.y /= sum;
  return m;
}

data::Pixels plain(int width, int height, unsigned char grey) {
  data::Pixels pixels{width, height, std::vector<unsigned char>(std::size_t(width * height * 4), grey)};
  for (std::size_t i = 3; i < pixels.rgba.size(); i += 4) pixels.rgba[i] = 255;
  return pixels;
}

}  // namespace

TEST_CASE("a stroke covers what lies within half its width of the line, with a smooth edge") {
  Pad pad(280, 280, black);
  pad.begin({50, 100}, pen), pad.go_on({200, 100});
  CHECK(at(pad, 50, 100) == 255);
  CHECK(at(pad, 125, 92) == 255);
  CHECK(at(pad, 125, 112) == 0);
  CHECK(at(pad, 225, 100) == 0);
  CHECK(area(pad) == Approx(20 * 150 + 3.14159265 * 100).epsilon(0.01));
  Pad between(280, 280, black);
  between.begin({50, 100.3}, pen), between.go_on({200, 100.3});
  CHECK(at(between, 125, 110) > 50);  // pixel 110 is covered to 0.3
  CHECK(at(between, 125, 110) < 105);
}

TEST_CASE("a stroke of no length is a dot") {
  Pad pad(100, 100, black);
  pad.begin({40, 60}, pen);
  CHECK(area(pad) == Approx(3.14159265 * 100).epsilon(0.02));
  CHECK(at(pad, 40, 60) == 255);
  pad.go_on({40, 60});
  CHECK(area(pad) == Approx(3.14159265 * 100).epsilon(0.02));
}

TEST_CASE("a stroke in many pieces is the stroke in one") {
  Pad one(200, 200, black), many(200, 200, black);
  one.begin({20, 30}, pen), one.go_on({180, 150});
  many.begin({20, 30}, pen);
  for (int i = 1; i <= 16; i++) many.go_on({20 + 10.0 * i, 30 + 7.5 * i});
  int most = 0;
  for (std::size_t i = 0; i < one.pixels().rgba.size(); i++)
    most = std::max(most, std::abs(int(one.pixels().rgba[i]) - int(many.pixels().rgba[i])));
  CHECK(most <= 1);
}

TEST_CASE("a stroke that leaves the pad is cut at its border and comes back") {
  Pad pad(100, 80, black);
  pad.begin({50, 40}, pen), pad.go_on({300, 40}), pad.go_on({300, 1e7}), pad.go_on({-200, 70}), pad.go_on({20, 70});
  CHECK(at(pad, 99, 40) == 255);
  CHECK(at(pad, 0, 70) == 255);
  CHECK(at(pad, 20, 20) == 0);
  pad.begin({NAN, 5}, pen);
  CHECK(at(pad, 20, 5) == 0);
}

TEST_CASE("the eraser brings the ground back, and all over leaves an empty pad") {
  Pad pad(100, 100, black);
  pad.begin({10, 50}, pen), pad.go_on({90, 50});
  pad.begin({50, 50}, eraser);
  CHECK(at(pad, 50, 50) == 0);
  CHECK(at(pad, 20, 50) == 255);
  CHECK_FALSE(pad.empty());
  for (int y = 0; y <= 100; y += 20) pad.begin({-10, double(y)}, eraser), pad.go_on({110, double(y)});
  CHECK(pad.empty());
}

TEST_CASE("undo takes the last stroke back to the bit, and brings back what was cleared") {
  Pad pad(100, 100, black);
  pad.begin({10, 50}, pen), pad.go_on({90, 50});
  const auto first = pad.pixels().rgba;
  pad.begin({50, 10}, pen), pad.go_on({50, 90});
  const auto second = pad.pixels().rgba;
  pad.clear();
  CHECK(pad.empty());
  pad.undo();
  CHECK(pad.pixels().rgba == second);
  pad.undo();
  CHECK(pad.pixels().rgba == first);
  pad.undo();
  CHECK(pad.empty());
  CHECK_FALSE(pad.can_undo());
  pad.undo(), pad.go_on({5, 5});
  CHECK(pad.empty());
}

TEST_CASE("a drawing that is not centred is the mean of the area of each pixel") {
  Pad pad(280, 280, black);
  pad.begin({37, 61}, pen), pad.go_on({190, 222});
  PictureHabit habit = mnist_habit();
  habit.white = 16;
  const nn::Matrix row = brought(pad.pixels(), habit, {});
  for (int i = 0; i < 28; i++)
    for (int j = 0; j < 28; j++) {
      double sum = 0;
      for (int y = 0; y < 10; y++)
        for (int x = 0; x < 10; x++) sum += at(pad, 10 * j + x, 10 * i + y);
      CHECK(double(row(0, i * 28 + j)) == Approx(sum / 100 / 255 * 16).margin(1e-4));
    }
}

TEST_CASE("a centred drawing fills 20 of 28 pixels with its centre of mass in the middle, wherever it was drawn") {
  for (const double scale : {0.3, 0.7, 1.0})
    for (const Point corner : {Point{30, 40}, Point{60, 20}}) {
      Pad pad(280, 280, black);
      const auto place = [&](double x, double y) { return Point{corner.x + scale * x, corner.y + scale * y}; };
      pad.begin(place(0, 0), {24 * scale, white});  // a 7
      pad.go_on(place(120, 0)), pad.go_on(place(50, 190));
      const Mass m = mass_of(brought(pad.pixels(), mnist_habit(), {.centre = true}), 28);
      INFO(scale << " at " << corner.x);
      CHECK(std::abs(m.x - 14) < 0.4);
      CHECK(std::abs(m.y - 14) < 0.4);
      CHECK(std::abs(m.bottom - m.top - 20) <= 1);
    }
}

TEST_CASE("an empty pad is an empty picture, centred or not") {
  const Pad pad(280, 280, black);
  for (const bool centre : {false, true}) {
    const nn::Matrix row = brought(pad.pixels(), mnist_habit(), {.centre = centre});
    for (Index i = 0; i < row.size(); i++) CHECK(row.data()[i] == 0);
  }
}

TEST_CASE("the habit of a data set is measured: its white, its ground, how large and where its drawings are") {
  data::Dataset set;
  set.shape = {1, 28, 28}, set.inputs = nn::Matrix(3, 784);
  for (Index k = 0; k < 3; k++)
    for (Index i = 4; i < 24; i++)
      for (Index j = 10; j < 20; j++) set.inputs(k, i * 28 + j) = 255;
  const PictureHabit habit = habit_of(set, "test");
  CHECK(habit.white == 255);
  CHECK(habit.dark_ground);
  CHECK(habit.part == Approx(20 / 28.0));
  CHECK(habit.across == Approx(15 / 28.0));
  CHECK(habit.down == Approx(0.5));
  CHECK_THROWS_WITH(habit_of(named("ten classes").set, "show: --image"), Catch::Contains("rows of 5 numbers and not pictures"));
}

TEST_CASE("dark ink on a light picture is swapped where the data are light on dark, margins too") {
  data::Pixels paper = plain(40, 20, 255);
  for (int y = 5; y < 15; y++)
    for (int x = 18; x < 22; x++)
      for (int c = 0; c < 3; c++) paper.rgba[std::size_t((y * 40 + x) * 4 + c)] = 0;
  CHECK(is_swapped(paper, mnist_habit()));
  CHECK_FALSE(is_swapped(plain(9, 9, 0), mnist_habit()));
  const nn::Matrix row = brought(paper, mnist_habit(), {.swap = true});
  CHECK(row(0, 0) == 0);
  CHECK(row(0, 14 * 28 + 1) == 0);
  CHECK(row(0, 14 * 28 + 14) == Approx(1));
}

TEST_CASE("a picture file is looked at under its name") {
  TemporaryFolder folder;
  data::Pixels pixels = plain(8, 8, 0);
  for (int c = 0; c < 3; c++) pixels.rgba[std::size_t((3 * 8 + 5) * 4 + c)] = 255;
  nn::write_file(folder / "dot.png", png({pixels.width, pixels.height, pixels.rgba}));
  const Given given = picture_given(folder / "dot.png", named("convolutions").set, "test");
  CHECK(given.words == "dot.png");
  for (Index i = 0; i < 64; i++) CHECK(given.row(0, i) == (i == 3 * 8 + 5 ? 1 : 0));
  CHECK_THROWS_WITH(picture_given(folder / "dot.png", named("ring").set, "show: --image"), Catch::StartsWith("show: --image"));
}
