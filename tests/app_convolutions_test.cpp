// The window on a convolutional network: views made for neurons stay whole, and the diagram takes their place.
#include "tests/app_driver.h"

using namespace test;

namespace {

const char* const convolutional =
    "[data]\nsource = \"digits\"\nsamples = 60\n[model]\nlayers = \"conv 3 3x3, batchnorm, relu, maxpool 2\"\n";

void use_everything(Driver& d, const std::string& area) {
  const Point middle = d.at(area);
  for (int x = -200; x <= 200; x += 50)
    for (int y = -150; y <= 150; y += 50) {
      const Point at{middle.x + x, middle.y + y};
      d.click(at);
      d.send(Wheel{at, 1});
    }
  d.click(middle);
  for (const Key key : {Key::left, Key::right, Key::right, Key::down, Key::up, Key::enter}) d.key(key);
  d.letter('['), d.letter(']');
}

}  // namespace

TEST_CASE("a convolutional network opens on its maps; its diagram can be used like any view", "[app]") {
  Driver d(convolutional);
  d.settle();
  const int id = d.state().panes.rows()[0].panes[0].id;
  CHECK(d.state().panes.rows()[0].panes[0].method == "activations");
  CHECK(d.state().views[id].numbers());
  d.state().panes.show(id, "diagram");
  d.draw();
  CHECK(d.state().views[id].numbers());
  use_everything(d, "picture:" + std::to_string(id));
}

TEST_CASE("the picture of neurons refuses a convolutional network, and no key or click does harm", "[app]") {
  Driver d(convolutional);
  const int id = d.state().panes.rows()[0].panes[0].id;
  d.state().panes.show(id, "network");
  d.settle(), d.draw();
  CHECK_FALSE(d.state().views[id].numbers());
  CHECK(d.state().views[id].problem().find("'diagram'") != std::string::npos);
  const std::vector<nn::Real> before(d.desk().shown()->state.parameters.numbers.data(),
                                     d.desk().shown()->state.parameters.numbers.data() + d.desk().shown()->state.parameters.numbers.size());
  use_everything(d, "picture:" + std::to_string(id));
  const nn::Matrix& after = d.desk().shown()->state.parameters.numbers;
  CHECK(std::equal(before.begin(), before.end(), after.data()));
  CHECK_FALSE(d.state().card);
}

TEST_CASE("a network that becomes convolutional under the picture of neurons leaves nothing to be hit", "[app]") {
  Driver d("[data]\nsource = \"digits\"\nsamples = 60\n[model]\nlayers = \"dense 6, tanh\"\n");
  const int id = d.state().panes.rows()[0].panes[0].id;
  CHECK(d.state().panes.rows()[0].panes[0].method == "network");
  d.click("picture:" + std::to_string(id));
  d.state().attempt([&] { d.desk().set("model.layers=conv 2 3x3, relu, gap", "layers"); });
  use_everything(d, "picture:" + std::to_string(id));
  d.settle();
  use_everything(d, "picture:" + std::to_string(id));
  CHECK(d.desk().shown()->state.parameters.list()[0].name == "conv1.weight");
}

TEST_CASE("the pointer over either map moves the window, its numbers follow, and play slides it on", "[app]") {
  Driver d(std::string(convolutional) + "[view]\npanes = [\"arithmetic\"]\n");
  d.settle();
  const int id = d.state().panes.rows()[0].panes[0].id;
  const auto title = [&] { return d.state().views[id].scene().title; };
  d.move(d.at("hover:row=2:column=1"));  // in the input or in the output: both ask for the same place
  d.draw();
  CHECK(title() == "conv1, map 1, row 2, column 1");
  d.move({1, 1});
  d.click("animate:" + std::to_string(id));
  for (int i = 0; i < 3; i++) d.draw(0.4);
  CHECK(title() != "conv1, map 1, row 2, column 1");
  CHECK(title().starts_with("conv1, map 1, row 2, column "));
  d.click("animate:" + std::to_string(id));
  const std::string stopped = title();
  for (int i = 0; i < 3; i++) d.draw(0.4);
  CHECK(title() == stopped);
}
