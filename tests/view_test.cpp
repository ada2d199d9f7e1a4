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

TEST_CASE("a view that becomes another while its numbers are computed never lays out the old ones") {
  test::Driver driver;
  const Subject& subject = driver.state().subject();
  const auto picky = [](const Numbers& numbers, Box box, const Style&) -> Scene {
    if (!numbers.has("other")) throw std::logic_error("numbers of another method");
    return {.box = box};
  };
  const auto quick = [](const Study&, const Arguments&) -> Numbers { return {{{"other", {1}, std::vector<double>{1}}}}; };
  const Method first{"slow", "Slow", "Waits.", "nobody", Place::process, {{"wait", "", 0, 0, 1, 1}}, slow, plain};
  const Method second{"picky", "Picky", "Takes its own.", "nobody", Place::process, {{"wait", "", 0, 0, 1, 1}}, quick, picky};
  std::promise<void> open;
  gate = open.get_future().share();
  View view;
  view.update(subject, first, {{"wait", 0}}, {0, 0, 200, 100}, {}, 10);
  view.update(subject, first, {{"wait", 1}}, {0, 0, 200, 100}, {}, 20);
  REQUIRE(view.busy());
  view.update(subject, second, {{"wait", 0}}, {0, 0, 300, 100}, {}, 20.1);  // in another box, so that a scene is wanted
  CHECK_FALSE(view.numbers());
  open.set_value();
  for (double seconds = 20.2; !view.numbers(); seconds += 0.1) view.update(subject, second, {{"wait", 0}}, {0, 0, 300, 100}, {}, seconds);
  CHECK(view.numbers()->has("other"));
}

TEST_CASE("in the window the keys of the toolbox move its units, and a picture with the focus keeps letters from the program") {
  test::Driver d(
      "data.source = 'digits'\ndata.samples = 120\nmodel.layers = 'conv 4 3x3, relu, maxpool 2'\nmodel.output = 'softmax'\n"
      "train.loss = 'cross-entropy'\nview.panes = ['toolbox']");
  const int pane = d.state().panes.rows().at(0).panes.at(0).id;
  const auto settled = [&] {
    while (d.state().views[pane].busy()) d.draw();
    d.draw();
  };
  settled();
  REQUIRE(d.state().views[pane].problem().empty());
  d.click("press:unit=2");
  settled();
  CHECK(d.state().shared.at("unit") == 2);
  d.key(Key::right), settled();
  CHECK(d.state().shared.at("unit") == 3);
  d.letter('j'), settled();
  CHECK(d.state().shared.at("unit") == 2);
  d.letter('o'), settled();
  CHECK(d.state().shared.at("stage") == 2);
  CHECK(d.state().shared.at("unit") == 2);
  const nn::Index step = d.state().subject().snapshot->state.step;
  d.letter('s'), settled();
  CHECK(d.state().panes.find(pane)->options.at("pattern") == 1);
  d.letter('b'), settled();
  CHECK(d.state().panes.find(pane)->options.at("back") == 3);
  CHECK(d.state().subject().snapshot->state.step == step);  // without the focus s would have trained a step
}
