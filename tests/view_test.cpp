// A view says when its picture is no longer true.
#include <catch2/catch.hpp>
#include <chrono>
#include <future>

#include "tests/app_driver.h"
#include "viz/app/view.h"

using namespace viz;

namespace {

std::shared_future<void> gate;  // the slow method waits for it

Numbers slow(const Study&, const Arguments& options) {
  // Longer than a picture may wait for, so that the next is made in the background.
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(12)) continue;
  if (options.at("wait") > 0) gate.wait();
  return {{{"n", {1}, std::vector<double>{options.at("wait")}}}};
}

Scene plain(const Numbers&, Box box, const Style&) { return {.box = box, .background = {255, 255, 255}}; }

}  // namespace

TEST_CASE("a picture is stale when what it shows has been otherwise for half a second") {
  test::Driver driver;
  const Subject& subject = driver.state().subject();
  const Method method{"slow", "Slow", "Waits.", "nobody", Place::process, {{"wait", "", 0, 0, 1, 1}}, slow, plain};
  std::promise<void> open;
  gate = open.get_future().share();
  View view;
  const auto update = [&](double wait, double seconds) { view.update(subject, method, {{"wait", wait}}, {0, 0, 200, 100}, {}, seconds); };
  update(0, 10);
  CHECK_FALSE(view.stale());
  update(0, 20);  // nothing has changed, so that time alone makes nothing old
  CHECK_FALSE(view.stale());
  update(1, 20.1);
  CHECK(view.busy());
  update(1, 20.4);
  CHECK_FALSE(view.stale());  // old, but not for long
  update(1, 20.8);
  CHECK(view.stale());
  REQUIRE(view.numbers());
  CHECK(std::get<std::vector<double>>((*view.numbers())["n"].numbers)[0] == 0);  // the picture before
  open.set_value();
  while (view.busy()) update(1, 20.9);
  CHECK_FALSE(view.stale());
  CHECK(std::get<std::vector<double>>((*view.numbers())["n"].numbers)[0] == 1);
}
