// The views of texts on made-up readings: their numbers against what was put in, their pictures by what can be found in them.
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/made_reading.h"
#include "tests/text_views.h"
#include "viz/link.h"
#include "viz/lstmvis.h"
#include "viz/saturation.h"
#include "viz/text_grid.h"
#include "viz/text_heatmap.h"

using namespace viz;
using Catch::Matchers::Contains;

namespace {

// The steps from `first`, as a window of the same text.
Reading part_of(const Reading& all, nn::Index first, nn::Index count) {
  Reading part = all;
  part.first = all.first + first;
  part.symbols.assign(all.symbols.begin() + first, all.symbols.begin() + first + count);
  part.cells = nn::Matrix(all.cells.view().block(first, count));
  part.next = nn::Matrix(all.next.view().block(first, count));
  for (data::Track& track : part.tracks) track.values = {track.values.begin() + first, track.values.begin() + first + count};
  return part;
}

}  // namespace

TEST_CASE("a text grid breaks lines at line feeds and at its edge, and no two boxes meet") {
  std::vector<std::string> text;
  for (const char c : std::string("ab\ncdefghijkl\n\nm")) text.emplace_back(1, c);
  const TextGrid grid = text_grid(text, {10, 20, 60, 300}, 12, 20);
  REQUIRE(grid.boxes.size() == text.size());
  CHECK(grid.boxes[3].y == grid.boxes[0].y + 20);  // c, after the line feed
  CHECK(grid.boxes[3].x == 10);
  CHECK(grid.boxes[12].y == grid.boxes[3].y + 40);  // l, wrapped twice: a line has room for four
  for (std::size_t a = 0; a < grid.boxes.size(); a++) {
    CHECK(grid.boxes[a].right() <= 70);
    for (std::size_t b = 0; b < a; b++)
      CHECK(intersection(grid.boxes[a], grid.boxes[b]).width * intersection(grid.boxes[a], grid.boxes[b]).height < 1e-6);
  }
  CHECK(text_grid(text, {0, 0, 60, 45}, 12, 20).boxes.size() < text.size());
  CHECK(shown_symbol("\n") == "↵");
}

TEST_CASE("a grid can begin so far behind that its last symbol is seen, and words stay in their boxes") {
  std::vector<std::string> text;
  for (int i = 0; i < 400; i++) text.emplace_back(i % 23 == 22 ? "\n" : i % 2 ? "m" : "i");
  const Box room{0, 0, 120, 100};
  for (const std::size_t wanted : {0, 5, 60, 200, 399}) {
    const std::size_t first = first_to_show(text, wanted, room, 12, 20);
    const TextGrid grid = text_grid(std::span(text).subspan(first), room, 12, 20);
    CHECK(first <= wanted);
    CHECK(wanted < first + grid.boxes.size());
    CHECK((first == 0 || grid.boxes.size() > 20));  // no more is left out than has to be
  }
  Scene scene;
  add_symbol(scene, "incomprehensible", {10, 0, 30, 12}, 9, light.background, light.text);
  const auto ink = bounds(scene.marks.back());
  CHECK(ink->x >= 10);
  CHECK(ink->right() <= 40);
}

TEST_CASE("the text map takes the cell that follows the property best, and lists all") {
  const Reading reading = made_reading("latch", 600, 12, 0.3), untrained = made_reading("latch", 600, 12, 6, 2);
  const Numbers numbers = text_heatmap::numbers_of(reading, &untrained, {});
  const nn::ConstView scores = rows_of(numbers["scores"]);
  CHECK(scores.rows == 12);
  CHECK(nn::Index(scores(0, 0)) <= 1);  // made to follow the first track
  CHECK(std::abs(scores(0, 1)) > 0.95);
  CHECK(whole(numbers, "chosen")[0] == std::int64_t(scores(0, 0)));
  CHECK(numbers.tensors.front().name == "activation");
  for (nn::Index t = 0; t < 600; t++) CHECK(rows_of(numbers["activation"])(0, t) == reading.cells(nn::Index(scores(0, 0)), t));
  const nn::ConstView worth = rows_of(numbers["worth"]);
  CHECK(worth(0, 0) == std::abs(scores(0, 1)));
  CHECK(worth(0, 1) > 0.9);
  CHECK(worth(0, 2) < 0.7);
  CHECK(std::isnan(rows_of(text_heatmap::numbers_of(reading, nullptr, {})["worth"])(0, 2)));
  CHECK(whole(text_heatmap::numbers_of(reading, nullptr, {.unit = 7}), "chosen")[0] == 6);
  CHECK_THROWS_WITH(text_heatmap::numbers_of(reading, nullptr, {.property = "depth"}),
                    "text-heatmap: this text has no property 'depth'; it has inside quotes, letter, answer due");
}

TEST_CASE("where no property is named it is the first that changes") {
  Reading reading = made_reading("latch", 50, 4, 0.3);
  reading.tracks[0].values.assign(50, 1);
  CHECK(track_named(reading, "", "test").name == "letter");
  CHECK(track_named(reading, "inside quotes", "test").name == "inside quotes");
  for (data::Track& track : reading.tracks) track.values.assign(50, 0);
  CHECK(track_named(reading, "", "test").name == "inside quotes");
}

TEST_CASE("the likeliest next symbols are sorted and are those of the distribution") {
  const Reading reading = made_reading("brackets", 300, 8, 0.3);
  const Numbers numbers = text_heatmap::numbers_of(reading, nullptr, {});
  const nn::ConstView share = rows_of(numbers["share"]);
  for (nn::Index t = 0; t < 300; t++) {
    std::multiset<nn::Real, std::greater<>> all;
    for (nn::Index k = 0; k < reading.next.rows(); k++) all.insert(reading.next(k, t));
    auto best = all.begin();
    for (nn::Index i = 0; i < 5; i++, best++) {
      CHECK(share(t, i) == *best);
      CHECK(reading.next(whole(numbers, "next")[std::size_t(5 * t + i)], t) == *best);
    }
  }
  const Reading two = made_reading("lines12", 300, 8, 0.3);  // a to d and the line feed: five symbols
  CHECK(whole(text_heatmap::numbers_of(two, nullptr, {}), "next")[4] >= 0);
}

TEST_CASE("the text map shows the text, the cells, and what comes after a chosen character") {
  const Reading reading = made_reading("quotes", 500, 20, 0.4);
  const Numbers plain = text_heatmap::numbers_of(reading, nullptr, {.next = 0}), chosen = text_heatmap::numbers_of(reading, &reading, {.place = 3});
  const Scene scene = text_heatmap::picture_of(plain, sizes[0], {});
  CHECK(marks_with(scene, "press:place") == 500);
  CHECK(marks_with(scene, "press:unit") == 20);
  CHECK_THAT(scene.title, Contains("inside quotes"));
  CHECK(keyed(scene, "right"));
  CHECK(text_heatmap::picture_of(chosen, sizes[0], {}).marks.size() > scene.marks.size());
  for (const Box& box : sizes)
    for (const Numbers* numbers : {&plain, &chosen})
      CHECK(all_inside(text_heatmap::picture_of(*numbers, box, {&dark, Scale::purple_green}), box));
}

TEST_CASE("the saturation of gates is that of each gate over all steps") {
  const Reading reading = made_reading("latch", 400, 10, 0.3);
  const Numbers numbers = saturation::numbers_of(reading, nullptr, 4);
  const nn::ConstView dots = rows_of(numbers["saturation"]);
  REQUIRE(dots.rows == 30);
  for (nn::Index i = 0; i < 30; i++) {
    const auto& gate = reading.gates[std::size_t(dots(i, 0))].values;
    int shut = 0, open = 0;
    for (nn::Index t = 0; t < 400; t++)
      shut += gate(nn::Index(dots(i, 1)), t)<nn::Real(0.1), open += gate(nn::Index(dots(i, 1)), t)> nn::Real(0.9);
    CHECK(dots(i, 2) == Approx(shut / 400.0));
    CHECK(dots(i, 3) == Approx(open / 400.0));
  }
  double left = 0;
  for (nn::Index i = 0; i < 10; i++) left += double(dots(i, 2)) / 10;
  CHECK(rows_of(numbers["means"])(0, 0) == Approx(left));
  CHECK(words_of(numbers, "gates") == std::vector<std::string>{"input", "forget", "output"});
  for (const Box& box : sizes) CHECK(all_inside(saturation::picture_of(numbers, box, {}), box));
  Reading plain = reading;
  plain.gates.clear();
  CHECK_THROWS_WITH(saturation::numbers_of(plain, nullptr, 0), Contains("saturation: a plain recurrent layer has no gates"));
}

TEST_CASE("two layers share a panel for each gate, and a dot knows its cell") {
  Reading reading = made_reading("latch", 100, 6, 0.3);
  for (int i = 3; i < 6; i++) reading.cell_names[std::size_t(i)] = "lstm2 " + std::to_string(i - 2);
  std::vector<GateValues> gates;
  for (const char* layer : {"lstm1", "lstm2"})
    for (const char* name : {"input", "forget", "output"}) gates.push_back({name, layer, nn::Matrix(3, 100)});
  reading.gates = gates;
  const Numbers numbers = saturation::numbers_of(reading, nullptr, 0);
  const nn::ConstView dots = rows_of(numbers["saturation"]);
  CHECK(dots.rows == 18);
  for (nn::Index i = 0; i < 6; i++) CHECK(nn::Index(dots(i, 1)) == i);
  CHECK(words_of(numbers, "gates").size() == 3);
}

TEST_CASE("LSTMVis selects the cells of the range and finds where else they are on") {
  const Reading reading = made_reading("latch", 3000, 20, 0.3);
  PatternIndex index(20);
  index.add(reading.cells);
  const auto& inside = reading.tracks[0].values;
  nn::Index start = 200;
  while (!(inside[std::size_t(start)] == 1 && inside[std::size_t(start - 1)] == 0 && inside[std::size_t(start + 5)] == 1)) start++;
  const Reading window = part_of(reading, start - 20, 90);
  const Numbers numbers =
      lstmvis::numbers_of(window, {20, 25}, {}, {reading.symbols, {reading.tracks[0].name, inside}, index, reading.first});
  const auto selection = pattern_cells(reading.cells, {start, start + 5}, {});
  REQUIRE(whole(numbers, "selection").size() == 2 * selection.size());
  for (std::size_t i = 0; i < selection.size(); i++) CHECK(whole(numbers, "selection")[2 * i] == selection[i].cell);
  CHECK(selection.front() == PatternCell{0, false});

  const auto matches = index.matches(selection, {}, 50);
  CHECK(matches.size() > 10);
  double precision = 0;
  for (std::size_t i = 0; i < matches.size(); i++) {
    CHECK(whole(numbers, "matches")[4 * i] == matches[i].steps.from + 100);  // the reading begins at 100
    for (nn::Index k = 0; k < lstmvis::before + lstmvis::after; k++) {
      const nn::Index t = matches[i].steps.from - lstmvis::before + k;
      const bool known = t >= 0 && t < 3000;
      CHECK(whole(numbers, "match symbols")[i * (lstmvis::before + lstmvis::after) + std::size_t(k)] ==
            (known ? reading.symbols[std::size_t(t)] : -1));
    }
    double right = 0;
    for (nn::Index t = matches[i].steps.from; t <= matches[i].steps.to; t++) right += double(inside[std::size_t(t)]);
    precision += right / double(matches[i].steps.length()) / double(matches.size());
  }
  CHECK(rows_of(numbers["precision"])(0, 0) == Approx(precision));
  CHECK(precision > 0.9);
  const auto& active = whole(numbers, "active");
  for (nn::Index t = 0; t < 90; t++) CHECK(active[std::size_t(t)] == index.active(selection, {start - 20 + t, start - 20 + t}, 0.3)[0]);

  for (const Box& box : sizes) {
    const Scene scene = lstmvis::picture_of(numbers, box, {});
    CHECK(all_inside(scene, box));
    CHECK(marks_with(scene, "press:place") > 10);
  }
  const Scene scene = lstmvis::picture_of(numbers, sizes[0], {});
  CHECK(keyed(scene, "up") == Settings{{"range", 7}});
  CHECK_THAT(scene.title, Contains("on in \""));
}

TEST_CASE("LSTMVis says when nothing is selected") {
  const Reading reading = made_reading("noise", 300, 4, 0.3);
  PatternIndex index(4);
  index.add(reading.cells);
  Reading tracked = reading;
  tracked.tracks.push_back({"a to c", std::vector<nn::Real>(300, 3)});
  const Numbers numbers = lstmvis::numbers_of(tracked, {10, 30}, {.threshold = 1},
                                              {tracked.symbols, {"a to c", tracked.tracks[0].values}, index, tracked.first});
  CHECK(whole(numbers, "matches").empty());
  CHECK(std::isnan(rows_of(numbers["precision"])(0, 0)));
  for (const Box& box : sizes) CHECK(all_inside(lstmvis::picture_of(numbers, box, {}), box));
}
