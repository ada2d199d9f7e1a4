// The drawing pad in the window: strokes by pointer events, all views follow, and the network answers.
#include "tests/app_input.h"

#include <cmath>

using namespace test;

TEST_CASE("pixels of the pad land where the pointer went, and every view looks at the drawing", "[app][input]") {
  Trained d;
  d.source(1);
  REQUIRE(d.state().given);
  d.click("centre");
  CHECK_FALSE(d.input().centre);
  d.stroke({{0.0625 * 3, 0.0625 * 9}, {0.0625 * 3, 0.0625 * 9}});  // the middle of pixel (4, 1)
  const nn::Matrix& row = d.state().given->row;
  CHECK(row(0, 4 * 8 + 1) > 0.4);
  for (nn::Index i = 0; i < 64; i++)
    if (std::abs(int(i / 8) - 4) > 1 || std::abs(int(i % 8) - 1) > 1) CHECK(row(0, i) == 0);
  CHECK(d.state().subject().given == d.state().given);
  const int maps = d.state().panes.rows()[0].panes[1].id;
  CHECK(d.state().views[maps].numbers()->words.at("example")[0] == "your drawing");
}

TEST_CASE("a 3 and a 7 drawn with the pointer are recognised, and the answer follows each stroke", "[app][input]") {
  Trained d(12);
  d.source(1);
  d.stroke(seven);
  CHECK(d.said() == 7);
  CHECK(d.text("said").starts_with("Said 7, "));
  CHECK(d.text("latency").starts_with("classified in "));
  const auto of_seven = d.input().answer;
  d.click("pad_clear");
  CHECK(d.input().pad->empty());
  d.stroke(three);
  CHECK(d.said() == 3);
  CHECK(d.input().answer != of_seven);
  d.click("pad_undo");
  CHECK(d.input().pad->empty());
  CHECK(d.input().milliseconds < 100);
}

TEST_CASE("the answer is the network's to the drawing, at every step of training", "[app][input]") {
  Trained d;
  d.source(1);
  d.stroke(seven);
  const auto before = d.input().answer;
  d.click("step"), d.settle();
  CHECK(d.input().answer != before);
  const Study study = d.state().subject().study();
  const Activations values(study, study.inputs_of(d.state().given->row));
  for (nn::Index k = 0; k < 10; k++) CHECK(d.input().answer[std::size_t(k)] == values.output()(k, 0));
}

TEST_CASE("a click without a move is a dot; a stroke leaves the pad and comes back; the eraser and the right button rub out",
          "[app][input]") {
  Trained d;
  d.source(1);
  d.stroke({{0.5, 0.5}});
  CHECK_FALSE(d.input().pad->empty());
  d.stroke({{0.5, 0.3}, {1.9, 0.3}, {1.9, 2.5}, {0.2, 0.8}});
  CHECK_FALSE(d.input().drawing);
  const auto drawn = d.input().pad->pixels().rgba;
  d.move({d.pad().x + 5, d.pad().y + 5});  // the button is up: nothing is drawn
  CHECK(d.input().pad->pixels().rgba == drawn);
  d.click("eraser");
  for (double y = 0.01; y < 1; y += 0.07) d.stroke({{0.01, y}, {1.1, y}});
  CHECK(d.input().pad->empty());
  d.click("pen");
  d.stroke({{0.5, 0.5}});
  const Point middle = d.pad().center();
  d.send(PointerDown{middle, Button::right}), d.send(PointerUp{middle, Button::right});
  CHECK(d.input().pad->empty());
}

TEST_CASE("keys on the pad: eraser, width, undo, clear", "[app][input]") {
  Trained d;
  d.source(1);
  d.stroke({{0.2, 0.2}, {0.8, 0.8}});
  const auto first = d.input().pad->pixels().rgba;
  d.letter('x');
  CHECK(d.input().eraser);
  d.letter('x'), d.letter(']');
  CHECK(d.input().pen_width == 30);
  d.stroke({{0.8, 0.2}});
  d.letter('u');
  CHECK(d.input().pad->pixels().rgba == first);
  d.key(Key::erase);
  CHECK(d.input().pad->empty());
  d.control('z');
  CHECK(d.input().pad->pixels().rgba == first);
}

TEST_CASE("the next example, and a chosen one, put the drawing aside; the pad keeps it", "[app][input]") {
  Trained d;
  d.source(1);
  d.stroke(seven);
  d.letter('.');
  CHECK_FALSE(d.state().given);
  CHECK(d.state().example == 1);
  CHECK(d.has("next_example"));
  d.click("next_example");
  CHECK(d.state().example == 2);
  d.source(1);
  CHECK(d.state().given);
  CHECK_FALSE(d.input().pad->empty());
}

TEST_CASE("the title of the pane is that of the picture below it, from the first picture on", "[app][input]") {
  Trained d;
  d.send(KeyDown{Key::letter, '.'});
  const std::string title = d.state().interaction.find("method:" + std::to_string(d.state().panes.rows()[0].panes[0].id))->says;
  CHECK(title.starts_with("Input: example 1: "));
}
