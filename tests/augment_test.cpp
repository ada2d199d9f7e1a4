// Moving pictures at random.
#include "datasets/augment.h"

#include <catch2/catch.hpp>

using namespace data;
using nn::Index;
using nn::Matrix;
using nn::Real;

namespace {

Matrix numbered(Index rows, Index columns) {
  Matrix x(rows, columns);
  for (Index i = 0; i < x.size(); i++) x.data()[i] = Real(i + 1);
  return x;
}

Matrix moved(const Matrix& x, nn::Shape shape, const Move& how) {
  Matrix y(x.rows(), x.columns());
  for (Index n = 0; n < x.columns(); n++) move(x, y, n, shape, how);
  return y;
}

}  // namespace

TEST_CASE("A picture is moved by whole pixels, mirrored and turned as the numbers say") {
  const Matrix x = numbered(9, 1);
  const nn::Shape shape{1, 3, 3};
  CHECK(moved(x, shape, {}) == x);
  CHECK(moved(x, shape, {.right = 1}) == Matrix(9, 1, {0, 1, 2, 0, 4, 5, 0, 7, 8}));
  CHECK(moved(x, shape, {.down = -1}) == Matrix(9, 1, {4, 5, 6, 7, 8, 9, 0, 0, 0}));
  CHECK(moved(x, shape, {.flip = true}) == Matrix(9, 1, {3, 2, 1, 6, 5, 4, 9, 8, 7}));
  const Matrix turned = moved(x, shape, {.angle = 90}), expected(9, 1, {3, 6, 9, 2, 5, 8, 1, 4, 7});
  for (Index i = 0; i < 9; i++) CHECK(double(turned(i, 0)) == Approx(double(expected(i, 0))).margin(1e-5));
  // half of each side is seen: between the middle 5 and its neighbours
  const Matrix near = moved(x, shape, {.part = 0.5});
  CHECK(double(near(0, 0)) == Approx((1 + 2 + 4 + 5) / 4.0));
  CHECK(double(near(4, 0)) == 5);
}

TEST_CASE("All channels of a picture are moved alike, and pictures one by one") {
  const nn::Shape shape{2, 2, 3};
  const Matrix x = numbered(12, 4);
  nn::Generator random(5);
  Matrix y(12, 4);
  augment(x, y, shape, {.shift = 1, .flip = true}, random);
  nn::Generator again(5);
  for (Index n = 0; n < 4; n++) {
    const Move one = draw({.shift = 1, .flip = true}, shape, again);
    Matrix alone(12, 4);
    move(x, alone, n, shape, one);
    for (Index i = 0; i < 12; i++) CHECK(alone(i, n) == y(i, n));
    for (Index i = 0; i < 6; i++) CHECK((y(i, n) == 0 ? y(i + 6, n) == 0 : y(i + 6, n) == y(i, n) + 24));
  }
}

TEST_CASE("The same seed moves in the same way, another one differently, and nothing to do changes nothing") {
  const nn::Shape shape{1, 8, 8};
  const Matrix x = numbered(64, 5);
  const Augmentation how{2, true, 0.8, 20};
  Matrix one(64, 5), two(64, 5), other(64, 5), same(64, 5);
  nn::Generator a(1), b(1), c(2), d(3);
  augment(x, one, shape, how, a);
  augment(x, two, shape, how, b);
  augment(x, other, shape, how, c);
  augment(x, same, shape, {}, d);
  CHECK(one == two);
  CHECK(!(one == other));
  CHECK(!(one == x));
  CHECK(same == x);
}

TEST_CASE("Draws stay within their limits and reach them") {
  const Augmentation how{2, true, 0.5, 10};
  nn::Generator random(4);
  int flips = 0, left = 0, right = 0;
  for (int i = 0; i < 1000; i++) {
    const Move m = draw(how, {1, 9, 9}, random);
    REQUIRE(std::abs(m.angle) <= 10);
    REQUIRE((m.part >= 0.5 && m.part <= 1));
    REQUIRE(std::abs(m.right) <= 2 + (1 / m.part - 1) / 2 * 8 + 1e-9);
    flips += m.flip, left += m.right<-1.5, right += m.right> 1.5;
  }
  CHECK((flips > 400 && flips < 600));
  CHECK((left > 100 && right > 100));
}

TEST_CASE("What cannot be moved is refused in one sentence") {
  Matrix x(9, 2), y(9, 2), wrong(8, 2);
  nn::Generator random(1);
  CHECK_THROWS_WITH(augment(x, wrong, {1, 3, 3}, {}, random), "augment: from 9x2 to 8x2, where pictures have 9 pixels");
  CHECK_THROWS_WITH(augment(x, y, {1, 3, 3}, {.crop = 0}, random), Catch::StartsWith("augment: a shift of 0, a crop of 0.0"));
}

TEST_CASE("An augmentation is read from its words, in any order") {
  CHECK(data::parse_augmentation("") == Augmentation{});
  CHECK(data::parse_augmentation(" shift 2, flip, crop 0.9, rotate 10 ") == Augmentation{2, true, 0.9, 10});
  CHECK(data::parse_augmentation("rotate 7.5,flip") == Augmentation{.flip = true, .rotation = 7.5});
  for (const char* wrong : {"flip 2", "shift", "shift -1", "shift 1.5", "crop 0", "crop 1.1", "rotate 181", "rotate x", "zoom 2", "shift 2,", ","}) {
    INFO(wrong);
    CHECK_THROWS_WITH(data::parse_augmentation(wrong), Catch::Contains("is no augmentation; there are shift PIXELS, flip"));
  }
}
