// The views of recurrent networks in the window: they follow a training, and keys and pointer move them.
#include <thread>

#include "tests/app_driver.h"
#include "viz/link.h"

using namespace test;

namespace {

constexpr const char* latch = R"(seed = 1
[data]
source = "latch"
samples = 2000
[model]
layers = "lstm 8"
init = "xavier"
[train]
loss = "cross-entropy"
optimizer = "adam"
rate = 0.01
batch = 16
[view]
panes = ["unrolled | 60 %", "states 50 %, lag 50 % | 40 %"]
)";

// Until every view shows the present moment: what takes long is computed beside the window.
void until_all_are_shown(Driver& d) {
  const auto all_there = [&] {
    for (const PaneRow& row : d.state().panes.rows())
      for (const Pane& pane : row.panes) {
        const View& view = d.state().views[pane.id];
        if (!view.numbers() || view.busy() || view.stale()) return false;
      }
    return true;
  };
  for (int i = 0; i < 2000 && !all_there(); i++) {
    d.draw(0.1);
    std::this_thread::yield();
  }
  REQUIRE(all_there());
}

std::string title(Driver& d, int id) { return d.state().views[id].scene().title; }

}  // namespace

TEST_CASE("the unrolled network, its states and its gradients are open while it trains, and follow", "[app][unrolled]") {
  Driver d(latch);
  until_all_are_shown(d);
  std::vector<int> ids;
  for (const PaneRow& row : d.state().panes.rows())
    for (const Pane& pane : row.panes) ids.push_back(pane.id);
  std::vector<std::string> before;
  for (const int id : ids) {
    INFO(d.state().views[id].problem());
    REQUIRE(d.state().views[id].numbers());
    before.push_back(csv(*d.state().views[id].numbers()));
  }
  d.session().advance(60);
  d.draw(1);
  until_all_are_shown(d);
  for (std::size_t i = 0; i < ids.size(); i++) CHECK(csv(*d.state().views[ids[i]].numbers()) != before[i]);
}

TEST_CASE("arrow keys go from step to step of the unrolled network, and a press chooses a unit in all views", "[app][unrolled]") {
  Driver d(latch);
  until_all_are_shown(d);
  const int unrolled = d.state().panes.rows()[0].panes[0].id, states = d.state().panes.rows()[1].panes[0].id;
  const auto place = [&] { return d.state().panes.find(unrolled)->options.at("place"); };
  d.state().interaction.focus("picture:" + std::to_string(unrolled));
  const double first = place();
  const std::string before = title(d, unrolled);
  for (const Key key : {Key::right, Key::right, Key::left}) d.key(key), until_all_are_shown(d);
  CHECK(place() == first + 1);
  until_all_are_shown(d);
  CHECK(title(d, unrolled) != before);

  d.click(d.at(on_press({{"gate", 3}})));
  CHECK(d.state().panes.find(unrolled)->options.at("gate") == 3);
  const Mark* row = find(d.state().views[states].scene(), on_press({{"unit", 6}}));
  REQUIRE(row);
  d.click(Point{bounds(*row)->center().x * d.app->scale(), bounds(*row)->center().y * d.app->scale()});
  until_all_are_shown(d);
  CHECK(title(d, unrolled).starts_with("Unrolled: unit 6 of lstm1 "));
}
