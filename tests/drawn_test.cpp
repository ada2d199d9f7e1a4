// Generated pictures: where the ink is, what the masks say, and what noise and size may not change.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "datasets/canvas.h"
#include "datasets/edits.h"
#include "datasets/generators.h"

using data::Dataset;
using data::generate;
using nn::Index;

namespace {

const char* const pictures[] = {"digits12", "digits16", "digits28", "bars", "scenes16", "planted", "shapes"};

// The smallest box around what a mask marks: left, top, right, bottom, the last two beyond it.
struct Box {
  Index left = 1000, top = 1000, right = 0, bottom = 0, marked = 0;
};
Box box_of(const Dataset& set, Index example) {
  Box box;
  for (Index i = 0; i < set.masks.columns(); i++) {
    if (set.masks(example, i) == 0) continue;
    const Index x = i % set.shape.width, y = i / set.shape.width;
    box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x + 1), std::max(box.bottom, y + 1), box.marked + 1};
  }
  return box;
}

// Each picture of `set` gets the class whose mean over `known` is nearest; the part that is right.
double nearest_mean_accuracy(const Dataset& known, const Dataset& set) {
  const std::size_t classes = known.class_names.size();
  nn::Matrix means(Index(classes), known.inputs.columns());
  std::vector<int> count(classes, 0);
  for (int label : known.labels) count[std::size_t(label)]++;
  for (Index n = 0; n < known.examples(); n++)
    for (Index j = 0; j < means.columns(); j++)
      means(known.labels[std::size_t(n)], j) += known.inputs(n, j) / nn::Real(count[std::size_t(known.labels[std::size_t(n)])]);
  int right = 0;
  for (Index n = 0; n < set.examples(); n++) {
    double best = 1e9;
    int nearest = -1;
    for (int c = 0; c < int(classes); c++) {
      double distance = 0;
      for (Index j = 0; j < means.columns(); j++) distance += std::pow(double(means(c, j) - set.inputs(n, j)), 2);
      if (distance < best) best = distance, nearest = c;
    }
    right += nearest == set.labels[std::size_t(n)];
  }
  return right / double(set.examples());
}

}  // namespace

TEST_CASE("noise moves the pixels of the same pictures, each by its own number, and keeps them within 0 and 1") {
  for (const char* name : pictures) {
    INFO(name);
    const Dataset clean = generate(name, 40, 0, 5), some = generate(name, 40, 10, 5), more = generate(name, 40, 20, 5);
    CHECK(clean.labels == some.labels);
    CHECK(clean.masks == more.masks);
    Index proportional = 0, free = 0;
    for (Index i = 0; i < clean.inputs.size(); i++) {
      const double x = clean.inputs.data()[i], y = some.inputs.data()[i], z = more.inputs.data()[i];
      if (!(x >= 0 && x <= 1 && z >= 0 && z <= 1)) FAIL("a pixel of " << x << " or " << z);
      if (y <= 0 || y >= 1 || z <= 0 || z >= 1) continue;
      free++;
      proportional += std::abs((z - x) - 2 * (y - x)) < 1e-5;
    }
    CHECK(free > clean.inputs.size() / 4);
    CHECK(proportional == free);
    CHECK_FALSE(generate(name, 40, 0, 6).inputs == clean.inputs);
  }
}

TEST_CASE("more pictures begin with the same ones, and every class comes equally often") {
  for (const char* name : pictures) {
    INFO(name);
    const Dataset few = generate(name, 20, 15, 2), many = generate(name, 60, 15, 2);
    CHECK(std::equal(few.inputs.data(), few.inputs.data() + few.inputs.size(), many.inputs.data()));
    CHECK(std::equal(few.labels.begin(), few.labels.end(), many.labels.begin()));
    const int classes = int(many.class_names.size());
    for (int c = 0; c < classes; c++) CHECK(std::count(many.labels.begin(), many.labels.end(), c) == 60 / classes);
  }
}

TEST_CASE("a drawn line is as bright as its distance says, and two lines do not add up") {
  Dataset set;
  set.shape = {1, 9, 12};
  set.inputs = nn::Matrix(1, 108);
  const data::Canvas canvas = data::canvas(set, 0);
  draw_line(canvas, {2.5, 4.5}, {8.5, 4.5}, 2, 0.8);
  draw_line(canvas, {2.5, 4.5}, {8.5, 4.5}, 2, 0.4);
  for (int y = 0; y < 9; y++)
    for (int x = 0; x < 12; x++) {
      const double beyond = std::max({0.0, 2.0 - x, x - 8.0}), d = std::hypot(beyond, y - 4.0);
      CHECK(set.inputs(0, 12 * y + x) == Approx(0.8 * std::clamp(1.5 - d, 0.0, 1.0)).margin(1e-6));
    }
}

TEST_CASE("a curve goes through its points, and through three on a line in a straight way") {
  const data::Point points[] = {{0, 0}, {1, 2}, {2, 4}, {5, 4}};
  const auto curve = data::curve_through(points, 4);
  REQUIRE(curve.size() == 13);
  for (std::size_t i = 0; i < 4; i++) {
    CHECK(curve[4 * i].x == Approx(points[i].x));
    CHECK(curve[4 * i].y == Approx(points[i].y));
  }
  for (std::size_t i = 0; i <= 4; i++) CHECK(curve[i].y == Approx(2 * curve[i].x));
}

TEST_CASE("drawn digits look like their classes: the nearest mean of other digits knows most of them") {
  CHECK(nearest_mean_accuracy(generate("digits12", 1000, 0, 1), generate("digits12", 300, 0, 2)) > 0.7);
  CHECK(nearest_mean_accuracy(generate("digits16", 1000, 10, 1), generate("digits16", 300, 10, 2)) > 0.7);
  CHECK(nearest_mean_accuracy(generate("digits28", 1000, 0, 1), generate("digits28", 300, 0, 2)) > 0.4);
  const Dataset set = generate("digits28", 500, 0, 3);
  CHECK(set.class_names[7] == "7");
  CHECK(set.masks.size() == 0);
  for (Index n = 0; n < set.examples(); n++) {
    double ink = 0;
    for (Index j = 0; j < 784; j++) ink += set.inputs(n, j);
    CHECK((ink > 10 && ink < 350));
  }
}

TEST_CASE("bars: what is marked is the bar, longer the way that its class says") {
  const Dataset set = generate("bars", 200, 0, 1);
  CHECK(set.class_names == std::vector<std::string>{"horizontal", "vertical"});
  for (Index n = 0; n < set.examples(); n++) {
    const Box box = box_of(set, n);
    const Index width = box.right - box.left, height = box.bottom - box.top;
    CHECK(box.marked == width * height);
    CHECK((set.labels[std::size_t(n)] == 0 ? width > height : height > width));
    CHECK((std::max(width, height) >= 8 && std::max(width, height) <= 14 && std::min(width, height) <= 2));
    for (Index j = 0; j < 256; j++) CHECK((set.inputs(n, j) >= nn::Real(0.8)) == (set.masks(n, j) == 1));
  }
}

TEST_CASE("scenes16: a box of 5x5 holds the object, and apart from it lies one scatter of eleven dots") {
  const Dataset set = generate("scenes16", 400, 0, 1);
  const int lit_of[] = {16, 9, 8, 11};
  for (Index n = 0; n < set.examples(); n++) {
    const Box box = box_of(set, n);
    CHECK((box.marked == 25 && box.right - box.left == 5 && box.bottom - box.top == 5));
    int inside = 0, outside = 0;
    Index left = 16, right = 0, top = 16, bottom = 0;
    for (Index j = 0; j < 256; j++) {
      if (set.inputs(n, j) < nn::Real(0.7)) continue;
      if (set.masks(n, j) == 1) {
        inside++;
        continue;
      }
      outside++;
      left = std::min(left, j % 16), right = std::max(right, j % 16 + 1), top = std::min(top, j / 16),
      bottom = std::max(bottom, j / 16 + 1);
    }
    CHECK(inside == lit_of[set.labels[std::size_t(n)]]);
    CHECK(outside == 11);
    CHECK((right - left <= 5 && bottom - top <= 5));
    CHECK((right < box.left || left > box.right || bottom < box.top || top > box.bottom));
  }
}

TEST_CASE("planted: outlines are as bright as the clutter, so that brightness gives nothing away") {
  const Dataset set = generate("planted", 400, 0, 1);
  double area = 0, inside = 0, outside = 0;
  for (Index n = 0; n < set.examples(); n++) {
    const Box box = box_of(set, n);
    CHECK(box.marked == (box.right - box.left) * (box.bottom - box.top));
    CHECK((box.right - box.left >= 10 && box.right - box.left <= 13));
    area += double(box.marked) / 1024 / 400;
    double in = 0, out = 0;
    for (Index j = 0; j < 1024; j++)
      (set.masks(n, j) == 1 ? in : out) = std::max(set.masks(n, j) == 1 ? in : out, double(set.inputs(n, j)));
    inside += in / 400, outside += out / 400;
  }
  CHECK(area == Approx(0.141).margin(0.01));
  CHECK(inside <= outside);
  CHECK(inside > 0.8);
}

TEST_CASE("shapes: what is marked has a colour, and the ground is grey") {
  const Dataset set = generate("shapes", 100, 0, 1);
  for (Index n = 0; n < set.examples(); n++) {
    CHECK(box_of(set, n).marked > 8);
    for (Index j = 0; j < 576; j++) {
      const double red = set.inputs(n, j), green = set.inputs(n, 576 + j), blue = set.inputs(n, 1152 + j);
      const double spread = std::max({red, green, blue}) - std::min({red, green, blue});
      if (set.masks(n, j) == 1) CHECK(spread > 0.2);
      if (spread < 1e-6) CHECK(set.masks(n, j) == 0);
    }
    CHECK(std::abs(double(set.inputs(n, 0) - set.inputs(n, 576))) < 0.3);
  }
}

TEST_CASE("masks go where their pictures go") {
  const Dataset set = generate("scenes16", 10, 0, 1);
  const int chosen[] = {7, 2};
  const Dataset two = data::rows(set, chosen);
  CHECK(two.masks.rows() == 2);
  CHECK(std::equal(two.masks.data(), two.masks.data() + 256, set.masks.view().row(7)));
  CHECK(std::equal(two.masks.view().row(1), two.masks.view().row(1) + 256, set.masks.view().row(2)));
  std::string added;
  for (int j = 0; j < 256; j++) added += "0.5, ";
  const std::vector<std::string> texts = {added + "plus"};
  const Index gone[] = {1};
  const data::Edited edited = data::edit(set, {{0, 1, 2, 3}, {4, 5, 6, 7, 8, 9}}, gone, texts);
  REQUIRE(edited.set.masks.rows() == 10);
  CHECK(std::equal(edited.set.masks.data(), edited.set.masks.data() + 256, set.masks.view().row(1)));
  CHECK(std::count(edited.set.masks.view().row(9), edited.set.masks.view().row(9) + 256, nn::Real(0)) == 256);
}
