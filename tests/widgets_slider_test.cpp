// Sliders: dragged, nudged, typed.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/widgets_screen.h"

using namespace viz;

TEST_CASE("a slider follows the pointer, even outside of it, until the button is up") {
  Screen screen;
  const Box track = screen.interaction.find("rate")->track;
  screen.down({track.x, track.y});
  CHECK(screen.rate == 0.0001);
  screen.move({track.x + track.width / 2, 400});
  CHECK(screen.rate == 0.03);
  CHECK(screen.interaction.hovered().empty());
  screen.move({5000, -10});
  CHECK(screen.rate == 1);
  screen.up({5000, -10});
  screen.move({track.x, track.y});
  CHECK(screen.rate == 1);
  // A thumb that is taken beside its middle does not jump.
  screen.noise = 0.25;
  screen.draw();
  const Point thumb = screen.interaction.find("noise")->thumb.center();
  screen.down({thumb.x + 5, thumb.y});
  CHECK(screen.noise == 0.25);
  screen.move({thumb.x + 5, thumb.y + 30});
  CHECK(screen.noise == 0.25);
}

TEST_CASE("a slider goes from stop to stop by keys") {
  Screen screen;
  screen.interaction.focus("rate");
  screen.key(Key::right);
  CHECK(screen.rate == 0.1);
  screen.key(Key::down);
  screen.key(Key::left);
  CHECK(screen.rate == 0.01);
  screen.key(Key::end);
  CHECK(screen.rate == 1);
  screen.key(Key::right);
  CHECK(screen.rate == 1);
  screen.key(Key::home);
  CHECK(screen.rate == 0.0001);
  screen.key(Key::page_up);
  CHECK(screen.rate == 1);
  screen.rate = 0.05;  // between two stops
  screen.draw();
  screen.key(Key::left);
  CHECK(screen.rate == 0.03);
}

TEST_CASE("places and values of a slider agree") {
  const std::vector<double> stops = {1, 2, 4, 8, 16};
  const SliderRange doubling{.stops = stops}, percent{0, 1}, wide{-6, 6};
  for (std::size_t i = 0; i < stops.size(); i++) {
    CHECK(share_of(doubling, stops[i]) == Approx(static_cast<double>(i) / 4));
    CHECK(value_at(doubling, static_cast<double>(i) / 4 + 0.05) == stops[i]);
  }
  CHECK(share_of(doubling, 3) == Approx(0.375));
  CHECK(share_of(doubling, 100) == 1);
  CHECK(share_of(doubling, -100) == 0);
  CHECK(share_of(doubling, NAN) == 0);
  CHECK(nudged(doubling, 3, 1) == 4);
  CHECK(nudged(doubling, 3, -1) == 2);
  CHECK(nudged(doubling, 100, -1) == 16);
  CHECK(nudged(doubling, 100, 1) == 16);
  CHECK(nudged(doubling, 4, 2) == 16);
  CHECK(value_at(percent, 0.3049) == 0.3);
  CHECK(nudged(percent, 0.3, 1) == 0.31);
  CHECK(nudged(percent, 0.305, -1) == 0.3);
  CHECK(nudged(percent, 0.305, 1) == 0.31);
  CHECK(nudged(percent, 7, 1) == 1);
  CHECK(value_at(wide, 0.5) == 0);
  CHECK(value_at(wide, 1) == 6);
  CHECK(nudged(wide, 0, 1) == Approx(0.2));
  const SliderRange empty{3, 3};
  CHECK(share_of(empty, 3) == 0);
  CHECK(value_at(empty, 0.7) == 3);
  CHECK(nudged(empty, 3, 5) == 3);
}

TEST_CASE("a slider's value is typed: after a click on it, Enter, or a digit") {
  Screen screen;
  screen.click("rate.value");
  REQUIRE(screen.interaction.typing());
  CHECK(screen.interaction.typing()->text == "0.03");
  screen.type(U"0,05");  // replaces what is selected
  screen.key(Key::enter);
  CHECK(screen.rate == 0.05);
  CHECK_FALSE(screen.interaction.typing());

  screen.interaction.focus("rate");
  screen.type(U"20");  // beyond the stops
  screen.key(Key::enter);
  CHECK(screen.rate == 20);
  CHECK(screen.interaction.find("rate")->thumb.center().x == Approx(screen.interaction.find("rate")->track.right()));

  screen.key(Key::enter);
  screen.type(U"5e-2");
  screen.key(Key::escape);
  CHECK(screen.rate == 20);
  screen.click("rate.value");
  screen.type(U"0.5");
  screen.click("play");  // the focus leaves
  CHECK(screen.rate == 0.5);
  screen.type(U"7");  // goes nowhere
  CHECK(screen.rate == 0.5);
}

TEST_CASE("a value that is refused stays with the reason until it is mended") {
  Screen screen;
  screen.interaction.focus("rate");
  screen.type(U"-3");
  screen.key(Key::enter);
  CHECK(screen.rate == 0.03);
  REQUIRE(screen.interaction.typing());
  CHECK(screen.interaction.typing()->problem.starts_with("rate: -3"));
  CHECK(screen.shows("less than 0"));
  screen.click("play");  // elsewhere: it still says why
  CHECK(screen.shows("less than 0"));
  screen.click("rate.value");
  CHECK(screen.interaction.typing()->text == "-3");
  screen.letter('a', {.control = true});
  screen.type(U"x");
  screen.key(Key::enter);
  CHECK(screen.shows("is not a number"));
  screen.key(Key::escape);
  CHECK_FALSE(screen.shows("is not a number"));
}

TEST_CASE("numbers are typed with a point or a comma, and only numbers") {
  CHECK(number_typed("0,05") == 0.05);
  CHECK(number_typed(" 5e-2 ") == 0.05);
  CHECK(number_typed("+.5") == 0.5);
  CHECK(number_typed("−3") == -3);
  for (const char* wrong : {"", " ", "x", "1,000.5x", "nan", "inf", "1e999", "0x10", "1 2", "+-3", "++3", "10 %"}) {
    INFO(wrong);
    CHECK_THROWS_AS(number_typed(wrong), std::invalid_argument);
  }
}
