// The window on networks for pictures.
#include "datasets/catalog.h"
#include "tests/app_driver.h"

using namespace test;

TEST_CASE("data of another kind bring a network that suits them, and undo brings the old one back", "[app]") {
  Driver d;
  d.control('z');  // nothing to undo yet
  const auto names = [](const std::string& name) {
    for (const auto& entry : data::list())
      if (entry.name == name) return entry.title;
    return std::string();
  };
  const std::string before = d.desk().experiment().layers;
  d.choose("data.source", names("digits"));
  d.settle();
  CHECK(d.desk().experiment().layers == "dense 32, relu");
  CHECK(d.desk().experiment().training.loss == nn::Loss::cross_entropy);
  CHECK(d.desk().prepared().set.inputs.columns() == 64);
  d.control('z');
  d.settle();
  CHECK(d.desk().experiment().layers == before);
  CHECK(d.desk().prepared().set.inputs.columns() == 2);
}

TEST_CASE("a network for pictures is chosen from a menu and trains", "[app]") {
  Driver d("[data]\nsource = \"digits\"\n[model]\nlayers = \"dense 8, relu\"\noutput = \"softmax\"\n[train]\nloss = \"cross-entropy\"\n");
  d.choose("networks", "One convolution");
  d.settle();
  CHECK(d.desk().experiment().layers == "conv 8 5x5 pad 2, relu, maxpool 2");
  CHECK(d.desk().shown()->problem->model.layers.size() == 5);
  const double before = d.session().history().back().train_loss;
  d.session().advance(200);
  d.draw();
  d.session().advance(1500);
  CHECK(d.session().history().back().train_loss < 0.5 * before);
  d.choose("networks", "LeNet");
  d.settle();
  CHECK(d.desk().shown()->problem->model.layers.size() == 12);
}

TEST_CASE("the activation of a convolutional network changes while it goes on", "[app]") {
  Driver d("[data]\nsource = \"digits\"\n[model]\nlayers = \"conv 4 3x3, relu, maxpool 2, dense 8\"\noutput = \"softmax\"\n"
           "[train]\nloss = \"cross-entropy\"\n");
  const nn::Real weight = d.desk().weight("conv1.weight", 0, 0);
  d.choose("activation", "tanh");
  d.settle();
  CHECK(d.desk().experiment().layers == "conv 4 3x3, tanh, maxpool 2, dense 8");
  CHECK(d.desk().weight("conv1.weight", 0, 0) == weight);
}

TEST_CASE("options of a view are menus where they have words, and a view keeps its own", "[app]") {
  Driver d("[view]\npanes = [\"hidden 50 %, hidden 50 %\"]\n");
  const auto& panes = d.state().panes.rows()[0].panes;
  const std::string first = std::to_string(panes[0].id);
  CHECK_FALSE(d.has("option:" + first + ":range"));  // no room in the title
  d.click("options:" + first);
  d.choose("option:" + first + ":range", "all");
  CHECK(d.state().panes.rows()[0].panes[0].options.at("range") == 2);
  CHECK(d.state().panes.rows()[0].panes[1].options.at("range") == 1);
  d.click("options:" + first);
  CHECK_FALSE(d.has("option:" + first + ":range"));
}
