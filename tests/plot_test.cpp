// Plots: ticks, thinning, gaps, and words that neither overlap nor leave the box.
#include <catch2/catch.hpp>
#include <cmath>

#include "viz/plot.h"
#include "viz/text.h"

using namespace viz;

namespace {

template <class T>
std::vector<T> all(const Scene& scene) {
  std::vector<T> found;
  for (const Mark& mark : scene.marks)
    if (const T* m = std::get_if<T>(&mark)) found.push_back(*m);
  return found;
}

bool says(const Scene& scene, const std::string& words) {
  for (const Text& text : all<Text>(scene))
    if (text.string == words) return true;
  return false;
}

// The points of all curves of that color.
std::vector<Point> points(const Scene& scene, Color color) {
  std::vector<Point> found;
  for (const Path& path : all<Path>(scene))
    if (path.stroke == color && path.segments.size() > 2)
      for (const Segment& s : path.segments) found.push_back(s.to);
  return found;
}

std::vector<Plot> awkward() {
  const double nan = NAN, inf = INFINITY;
  return {
      {},
      {.series = {{.name = "nothing", .y = {}}}},
      {.series = {{.name = "only NaN", .y = {nan, nan}}}},
      {.title = "Constant", .series = {{.name = "c", .y = {3, 3, 3}}}},
      {.title = "One point", .series = {{.y = {1e-12}}}},
      {.title = "Gaps", .x_label = "step", .y_label = "loss", .series = {{.name = "g", .y = {1, nan, 2, inf, 3, 4}}}},
      {.title = "Huge", .y_label = "y", .series = {{.name = "h", .y = {-1e300, 1e300, 0}}}},
      {.title = "Log", .series = {{.name = "l", .y = {1e-9, 0, -1, 1e5}}}, .log_y = true},
      {.title = "A title that is certainly much too long for so small a picture",
       .series = {{.name = "with a long name, too", .y = {1, 2}}}},
      {.title = "Bars",
       .series = {{.kind = Series::Kind::bars, .name = "a", .y = {1, -2, 3}}, {.kind = Series::Kind::bars, .name = "b", .y = {2, 2, nan}}}},
      {.title = "Scatter", .series = {{.kind = Series::Kind::points, .x = {123456, 123457}, .y = {-0.00001, 0.00002}}}},
      {.series = {{.y = {1, 2}}}, .x_range = Range{5, 5}, .y_range = Range{nan, 1}},
  };
}

}  // namespace

TEST_CASE("ticks are 1, 2 or 5 times a power of ten, inside the range, about as many as asked") {
  CHECK(ticks({0, 10}, 5) == std::vector<double>{0, 2, 4, 6, 8, 10});
  CHECK(ticks({0.1, 0.9}, 4).size() == 4);
  for (const double low : {-7.3, 0.0, 1e-8, 1234.5})
    for (const double span : {1e-6, 0.37, 1.0, 99.0, 4e7})
      for (const int count : {1, 3, 5, 10}) {
        const auto at = ticks({low, low + span}, count);
        INFO(low << " " << span << " " << count);
        CHECK(at.size() <= static_cast<std::size_t>(count) + 1);
        if (count >= 3) CHECK(at.size() >= static_cast<std::size_t>(count) / 3);
        for (const double t : at) CHECK((t >= low - 1e-6 * span && t <= low + span + 1e-6 * span));
        if (at.size() < 2) continue;
        const double step = at[1] - at[0], lead = step / std::pow(10, std::floor(std::log10(step * (1 + 1e-6))));
        CHECK((std::abs(lead - 1) < 1e-5 || std::abs(lead - 2) < 1e-5 || std::abs(lead - 5) < 1e-5));
      }
  CHECK(ticks({2, 2}, 5) == std::vector<double>{2});
}

TEST_CASE("a logarithmic axis has powers of ten") {
  CHECK(log_ticks({1e-3, 10}, 5) == std::vector<double>{1e-3, 1e-2, 0.1, 1, 10});
  CHECK(log_ticks({1, 10}, 6) == std::vector<double>{1, 2, 5, 10});
  CHECK(log_ticks({1e-12, 1e12}, 5).size() <= 6);
  CHECK(log_ticks({3, 4}, 5).size() >= 2);
  CHECK(log_ticks({5, 1e283}, 2) == std::vector<double>{10, 1e283});
}

TEST_CASE("tick labels are short and tell neighbours apart") {
  CHECK(tick_label(0.05, 0.05) == "0.05");
  CHECK(tick_label(0.1 + 0.2, 0.1) == "0.3");
  CHECK(tick_label(-3, 1) == "−3");
  CHECK(tick_label(-1e-18, 0.1) == "0");
  CHECK(tick_label(12000, 2000) == "12k");
  CHECK(tick_label(2.5e6, 5e5) == "2.5M");
  CHECK(tick_label(2e-6, 1e-6) == "2e−6");
  CHECK(tick_label(1.5e-6, 5e-7) == "1.5e−6");
  CHECK(tick_label(NAN, 1) == "NaN");
}

TEST_CASE("axes map the range onto the area, y upwards") {
  const Plot plot{.series = {{.x = {0, 10}, .y = {0, 1}}}, .x_range = Range{0, 10}, .y_range = Range{0, 1}};
  const Axes a = axes(plot, {0, 0, 300, 200});
  CHECK(a.at(0, 0).x == Approx(a.area.x));
  CHECK(a.at(0, 0).y == Approx(a.area.bottom()));
  CHECK(a.at(10, 1).x == Approx(a.area.right()));
  CHECK(a.at(10, 1).y == Approx(a.area.y));
  const Plot log{.series = {{.y = {1, 100}}}, .log_y = true, .y_range = Range{1, 100}};
  const Axes b = axes(log, {0, 0, 300, 200});
  CHECK(b.at(0, 10).y == Approx(b.area.center().y));
}

TEST_CASE("a plot of any height has at least two ticks up and no more than have room") {
  for (double height = 60; height < 2500; height += 37) {
    const Axes frame =
        axes({.title = "Loss", .x_label = "epoch", .series = {{.name = "train", .y = {0.61, 0.09, 0.0002}}}}, {0, 0, 800, height});
    INFO(height);
    CHECK(frame.y_ticks.size() >= 2);
    CHECK(frame.y_ticks.size() <= std::max(4.0, frame.area.height / 20));
    CHECK(frame.y_tick_labels.size() == frame.y_ticks.size());
  }
}

TEST_CASE("a long curve keeps first, last, least and greatest of every pixel column") {
  std::vector<Point> curve;
  for (int i = 0; i < 100000; i++) curve.push_back({i / 500.0, std::sin(i * 0.37) * (i % 1000)});
  const auto kept = thinned(curve);
  CHECK(kept.size() <= 4 * 200);
  for (int column = 0; column < 200; column++) {
    double least = 1e9, greatest = -1e9, kept_least = 1e9, kept_greatest = -1e9;
    for (int i = 500 * column; i < 500 * (column + 1); i++) least = std::min(least, curve[i].y), greatest = std::max(greatest, curve[i].y);
    for (const Point p : kept)
      if (std::floor(p.x) == column) kept_least = std::min(kept_least, p.y), kept_greatest = std::max(kept_greatest, p.y);
    CHECK(kept_least == least);
    CHECK(kept_greatest == greatest);
  }
  CHECK(kept.front() == curve.front());
  CHECK(kept.back() == curve.back());
  CHECK(thinned({{0, 1}, {5, 2}}).size() == 2);
  CHECK(thinned({}).empty());
}

TEST_CASE("a curve goes through its points and breaks where a value is not finite") {
  const Color red{200, 0, 0};
  const Plot whole{.series = {{.y = {1, 2, 3, 4, 5, 6}, .color = red}}};
  const Scene scene = draw(whole, {0, 0, 300, 200});
  const Axes a = axes(whole, {0, 0, 300, 200});
  REQUIRE(points(scene, red).size() == 6);
  CHECK(points(scene, red)[4] == a.at(4, 5));

  Plot broken = whole;
  broken.series[0].y[2] = NAN;
  int lines = 0;
  for (const Path& path : all<Path>(draw(broken, {0, 0, 300, 200}))) lines += path.stroke == red;
  CHECK(lines == 2);
}

TEST_CASE("a band lies between low and high") {
  const Plot plot{.series = {{.y = {1, 2, 3}, .color = {200, 0, 0}, .low = {0, 1, 2}, .high = {2, 3, 4}}}};
  const Axes a = axes(plot, {0, 0, 300, 200});
  CHECK(a.y.low < 0);
  CHECK(a.y.high > 4);
  int bands = 0;
  for (const Path& path : all<Path>(draw(plot, {0, 0, 300, 200}))) {
    if (!path.closed) continue;
    bands++;
    CHECK(path.segments.size() == 6);
    CHECK(path.segments[0].to == a.at(0, 2));
    CHECK(path.segments[5].to == a.at(0, 0));
  }
  CHECK(bands == 1);
}

TEST_CASE("bars stand on zero side by side") {
  const Plot plot{.series = {{.kind = Series::Kind::bars, .y = {2, -1}}, {.kind = Series::Kind::bars, .y = {1, 1}}}};
  const Axes a = axes(plot, {0, 0, 300, 200});
  const auto bars = all<Rect>(draw(plot, {0, 0, 300, 200}));
  REQUIRE(bars.size() == 4);
  CHECK(bars[0].box.bottom() == Approx(a.at(0, 0).y));
  CHECK(bars[1].box.y == Approx(a.at(0, 0).y));
  CHECK(bars[0].box.right() <= bars[2].box.x);
}

TEST_CASE("names, labels and a note for an empty plot are written") {
  const Scene scene =
      draw({.title = "Loss", .x_label = "epoch", .y_label = "error", .series = {{.name = "training", .y = {1, 2}}}}, {0, 0, 400, 300});
  for (const char* words : {"Loss", "epoch", "error", "training"}) CHECK(says(scene, words));
  CHECK_FALSE(says(scene, "nothing to show yet"));
  CHECK(says(draw({}, {0, 0, 400, 300}), "nothing to show yet"));
  CHECK_THROWS_WITH(draw({.series = {{.name = "bad", .x = {1}, .y = {1, 2}}}}, {0, 0, 400, 300}),
                    Catch::Contains("'bad'") && Catch::Contains("2 y"));
}

TEST_CASE("whatever the numbers, a plot is finite, its words stay inside and do not overlap") {
  for (const Plot& plot : awkward())
    for (const Box box : {Box{0, 0, 640, 400}, Box{100, 50, 220, 160}, Box{0, 0, 140, 110}}) {
      const Scene scene = draw(plot, box, dark);
      INFO(plot.title << " " << box.width);
      CHECK(finite(scene));
      const auto texts = all<Text>(scene);
      for (std::size_t i = 0; i < texts.size(); i++) {
        const Box words = *bounds(texts[i]);
        CHECK(words.x >= box.x - 1);
        CHECK(words.y >= box.y - 2);
        CHECK(words.right() <= box.right() + 1);
        CHECK(words.bottom() <= box.bottom() + 1);
        for (std::size_t j = 0; j < i; j++) {
          const Box common = intersection(words, *bounds(texts[j]));
          INFO(texts[i].string << " / " << texts[j].string);
          CHECK(std::min(common.width, common.height) <= 3);  // the boxes of letters hold some air
        }
      }
    }
}
