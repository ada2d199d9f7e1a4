// The playground's controls and mouse, row by row of what people know from TensorFlow Playground: what each leaves behind.
#include "tests/app_driver.h"

#include <cmath>

#include "viz/app/layers.h"
#include "viz/app/parts.h"

using namespace test;

namespace {

nn::Index epoch(Driver& d) { return d.desk().shown()->state.epoch; }
nn::Index step(Driver& d) { return d.desk().shown()->state.step; }
double train_loss(Driver& d) { return d.session().history().back().train_loss; }
std::vector<nn::Real> weights(Driver& d) {
  const nn::Matrix& m = d.desk().shown()->state.parameters.numbers;
  return {m.data(), m.data() + m.rows() * m.columns()};
}

}  // namespace

TEST_CASE("play trains and the loss falls; pause stops it at once", "[app]") {
  Driver d;
  const double before = train_loss(d);
  d.click("play");
  CHECK(d.desk().playing());
  while (epoch(d) < 60) d.draw();
  d.click("play");
  CHECK_FALSE(d.desk().playing());
  const nn::Index at = step(d);
  d.draw();
  CHECK(step(d) == at);
  CHECK(train_loss(d) < before / 2);
}

TEST_CASE("step trains one epoch, one batch or one example", "[app]") {
  Driver d;
  d.click("step"), d.settle();
  CHECK(epoch(d) == 1);
  CHECK(step(d) == 25);  // 250 examples in batches of 10
  d.choose("grain", "batch");
  d.click("step"), d.settle();
  CHECK(step(d) == 26);
  d.choose("grain", "example");
  for (int i = 1; i <= 9; i++) {
    d.click("step"), d.settle();
    CHECK(step(d) == 26);
    CHECK(d.desk().examples_done() == i);
  }
  d.click("step"), d.settle();  // the tenth example completes the batch
  CHECK(step(d) == 27);
  CHECK(d.desk().examples_done() == 0);
}

TEST_CASE("stepping by examples ends in the same bits as stepping by batches", "[app]") {
  Driver a, b;
  for (int i = 0; i < 20; i++) a.letter('e');
  for (int i = 0; i < 2; i++) b.letter('b');
  CHECK(step(a) == 2);
  CHECK(weights(a) == weights(b));
}

TEST_CASE("a step of one example looks at that example", "[app]") {
  Driver d;
  const std::vector<nn::Index> batch = d.desk().batch();
  const auto& train = d.desk().prepared().split.train;
  for (std::size_t i = 0; i < 3; i++) {
    d.letter('e');
    CHECK(d.state().example == train[std::size_t(batch[i])]);
  }
  CHECK(find(d.scene(), "point:" + std::to_string(d.state().example)));
}

TEST_CASE("resting on a link, a neuron or a moment of the loss says what it is", "[app]") {
  Driver d;
  for (int i = 0; i < 5; i++) d.click("step"), d.settle();
  const auto says = [&](const std::string& id, const std::string& words) {
    d.move(d.at(id)), d.draw(1), d.draw(0.1);
    bool found = false;
    for (const Mark& mark : d.scene().marks)
      if (const auto* text = std::get_if<Text>(&mark); text && text->string.find(words) != std::string::npos) found = true;
    INFO(id << " does not say " << words);
    CHECK(found);
  };
  says("link:dense1:1:1", "weight from");
  says("bias:dense2:1", "bias of");
  says("epoch:3", "epoch 3");
  says("train.rate", "learning rate");
}

TEST_CASE("reset returns to the same start; a new seed draws another", "[app]") {
  Driver d;
  const auto start = weights(d);
  d.click("step"), d.settle();
  CHECK(weights(d) != start);
  d.click("reset"), d.settle();
  CHECK(weights(d) == start);
  CHECK(epoch(d) == 0);
  d.click("seed"), d.settle();
  CHECK(weights(d) != start);
  CHECK(d.desk().experiment().seed == 1);
}

TEST_CASE("rate, activation, regularization, loss, batch and optimizer change while the network goes on", "[app]") {
  Driver d;
  d.click("step"), d.settle();
  const auto before = weights(d);
  d.slide("train.rate", 1);
  CHECK(d.desk().experiment().training.rate == 10);
  d.choose("activation", "relu");
  CHECK(d.desk().experiment().layers == "dense 4, relu, dense 2, relu");
  d.choose("regularization", "L1");
  CHECK(d.desk().experiment().training.l1 == 0.001);
  d.slide("penalty", 1);
  CHECK(d.desk().experiment().training.l1 == 10);
  d.choose("regularization", "L2");
  CHECK(d.desk().experiment().training.l2 == 10);
  CHECK(d.desk().experiment().training.l1 == 0);
  d.choose("regularization", "None");
  CHECK(d.desk().experiment().training.l2 == 0);
  d.choose("train.loss", "huber");
  CHECK(d.desk().experiment().training.loss == nn::Loss::huber);
  d.choose("train.optimizer", "adam");
  CHECK(d.desk().experiment().training.optimizer == nn::Update::adam);
  d.slide("train.batch", 0);
  CHECK(d.desk().experiment().training.batch == 1);
  CHECK(weights(d) == before);
  CHECK(step(d) == 25);
  CHECK(d.session().snapshot()->training.rate == 10);
}

TEST_CASE("a loss that needs another output is refused with a sentence, and nothing changes", "[app]") {
  Driver d;
  const data::Experiment before = d.desk().experiment();
  d.choose("model.output", "linear");
  d.choose("train.loss", "cross-entropy");
  CHECK(d.state().failed);
  CHECK(d.state().message.find("cross-entropy") != std::string::npos);
  CHECK(d.desk().experiment().training.loss == before.training.loss);
}

TEST_CASE("the six sets are chosen by their thumbnails", "[app]") {
  Driver d;
  for (const char* name : {"xor", "gauss", "spiral", "reg-plane", "reg-gauss", "circle"}) {
    d.click(std::string("data:") + name), d.settle();
    CHECK(d.desk().experiment().source == name);
    CHECK(d.desk().shown()->state.step == 0);
  }
  d.choose("problem", "Regression"), d.settle();
  CHECK(d.desk().experiment().source == "reg-plane");
  CHECK_FALSE(d.desk().prepared().classification());
}

TEST_CASE("noise and split do not draw other points, new points do, and the network stays", "[app]") {
  Driver d;
  d.click("step"), d.settle();
  const auto before = weights(d);
  const nn::Matrix points = d.desk().prepared().set.inputs;
  const auto same = [&] {
    const nn::Matrix& now = d.desk().prepared().set.inputs;
    return std::equal(points.data(), points.data() + points.rows() * points.columns(), now.data());
  };
  d.slide("data.noise", 0.5);
  CHECK(d.desk().experiment().noise == 25);
  CHECK(same());
  d.slide("data.split", 1);
  CHECK(d.desk().experiment().split == "90 %");
  CHECK(d.desk().prepared().split.train.size() == 450);
  CHECK(same());
  d.click("new_points");
  CHECK_FALSE(same());
  CHECK(weights(d) == before);
}

TEST_CASE("inputs are switched by their buttons and by a click on their node; one stays", "[app]") {
  Driver d;
  d.click("feature:x1*x2"), d.settle();
  CHECK(d.desk().experiment().features == std::vector<std::string>{"x1", "x2", "x1*x2"});
  d.click("node:x:1"), d.settle();
  CHECK(d.desk().experiment().features == std::vector<std::string>{"x2", "x1*x2"});
  d.click("node:x:1"), d.settle();
  d.click("node:x:1"), d.settle();
  CHECK(d.desk().experiment().features == std::vector<std::string>{"x1*x2"});
  CHECK(d.state().failed);
}

TEST_CASE("layers and neurons are added and taken away by buttons, from none to six", "[app]") {
  Driver d;
  const int pane = d.state().panes.rows()[0].panes[0].id;
  const std::string id = ":" + std::to_string(pane);
  d.click("more:1" + id);
  CHECK(d.desk().experiment().layers == "dense 5, tanh, dense 2, tanh");
  d.click("fewer:2" + id);
  CHECK(d.desk().experiment().layers == "dense 5, tanh, dense 1, tanh");
  for (int i = 2; i < 6; i++) d.click("more_layers" + id);
  CHECK(hidden_layers(d.desk().experiment().layers)->size() == 6);
  CHECK_FALSE(d.state().interaction.find("more_layers" + id)->focusable);
  for (int i = 6; i > 0; i--) d.click("fewer_layers" + id);
  CHECK(hidden_layers(d.desk().experiment().layers)->empty());
  d.click("step"), d.settle();
  CHECK(epoch(d) == 1);
}

TEST_CASE("a weight is edited by typing, wheel, drag and buttons, the output's bias too", "[app]") {
  Driver d;
  const std::string link = "link:dense1:2:1";
  d.click(link);
  REQUIRE(d.state().card);
  d.type("0.5"), d.key(Key::enter);
  CHECK(d.desk().weight("dense1.weight", 1, 0) == 0.5f);
  d.send(Wheel{d.at(link), 1}), d.draw();
  CHECK(d.desk().weight("dense1.weight", 1, 0) == Approx(0.6));
  const Point at = d.at(link);
  d.drag(at, {at.x, at.y - 50});
  CHECK(d.desk().weight("dense1.weight", 1, 0) == Approx(1.6));
  d.click("card_less");
  CHECK(d.desk().weight("dense1.weight", 1, 0) == Approx(1.5));
  d.key(Key::escape);
  d.click("bias:dense3:1");
  d.type("-2e-1"), d.key(Key::enter);
  CHECK(d.desk().weight("dense3.bias", 0, 0) == -0.2f);
  d.type("nonsense"), d.key(Key::enter);
  CHECK(d.desk().weight("dense3.bias", 0, 0) == -0.2f);
  d.key(Key::escape), d.key(Key::escape);
  d.control('z');
  CHECK(d.desk().weight("dense3.bias", 0, 0) == 0.1f);
  d.control('z');
  d.control('z');
  d.control('z');
  d.control('z');
  Driver fresh;
  CHECK(weights(d) == weights(fresh));
}

TEST_CASE("the pointer on a neuron shows its map large until it leaves", "[app]") {
  Driver d;
  d.move(d.at("node:dense1:3"));
  CHECK(d.state().hovered == "node:dense1:3");
  CHECK(neuron_number(d.state(), "node:dense1:3") == 5);  // after two inputs
  CHECK(d.state().neuron_layer == 1);
  CHECK(d.state().neuron_unit == 3);
  d.move({640, 20});
  d.move(d.at("play"));
  CHECK(d.state().hovered.empty());
}

TEST_CASE("a click on the map adds a point, with Shift one of the other class, with Ctrl it goes", "[app]") {
  Driver d;
  const nn::Index before = d.desk().prepared().set.examples();
  const Point center = d.at("map");
  d.click(center);
  const data::Prepared& p = d.desk().prepared();
  REQUIRE(p.set.examples() == before + 1);
  CHECK(p.set.labels.back() == 1);
  CHECK(std::abs(p.set.inputs(before, 0)) < 0.1);
  d.click({center.x + 120, center.y}, Modifiers{.shift = true});
  REQUIRE(d.desk().prepared().set.examples() == before + 2);
  CHECK(d.desk().prepared().set.labels.back() == 0);
  d.click({center.x + 120, center.y}, Modifiers{.control = true});
  CHECK(d.desk().prepared().set.examples() == before + 1);
  d.control('z'), d.control('z'), d.control('z');
  CHECK(d.desk().prepared().set.examples() == before);
}

TEST_CASE("undo takes everything back to the first state, redo brings it again", "[app]") {
  Driver d;
  const data::Experiment start = d.desk().experiment();
  d.slide("train.rate", 0);
  d.choose("activation", "sigmoid");
  d.click("data:xor"), d.settle();
  d.click("feature:x1^2"), d.settle();
  const data::Experiment end = d.desk().experiment();
  for (int i = 0; i < 4; i++) d.click("undo");
  CHECK(d.desk().experiment() == start);
  CHECK(d.desk().undo_words().empty());
  for (int i = 0; i < 4; i++) d.click("redo");
  CHECK(d.desk().experiment() == end);
}

TEST_CASE("the time line shows earlier moments, and training goes on from one to the same bits", "[app]") {
  Driver d;
  for (int i = 0; i < 10; i++) d.click("step"), d.settle();
  const auto end = weights(d);
  const Widget time = *d.state().interaction.find("time");
  d.drag(time.box.center(), {time.box.x + time.box.width * 0.401, time.box.center().y});
  CHECK(d.desk().looking_back());
  CHECK(epoch(d) == 4);
  d.click("newest");
  CHECK(weights(d) == end);
  d.key(Key::home);
  CHECK(step(d) == 0);
  for (int i = 0; i < 10; i++) d.click("step"), d.settle();
  CHECK(epoch(d) == 10);
  CHECK(weights(d) == end);
}

TEST_CASE("everything goes through one line of text to another window, to the bit", "[app]") {
  Driver a("[data]\nsource = \"spiral\"\n[model]\nlayers = \"dense 3, relu\"\n"), b;
  a.click("step"), a.settle();
  a.control('c');
  REQUIRE(a.clipboard.starts_with("glassbox:1:"));
  b.clipboard = a.clipboard;
  b.control('v'), b.settle();
  CHECK(b.desk().experiment().source == "spiral");
  CHECK(weights(b) == weights(a));
  a.click("step"), a.settle();
  b.click("step"), b.settle();
  CHECK(weights(b) == weights(a));
  b.clipboard = "glassbox:1:rubbish";
  b.control('v'), b.settle();
  CHECK(b.state().failed);
  CHECK(weights(b) == weights(a));
}

TEST_CASE("what is saved with its weights opens again in the same state, to the bit", "[app]") {
  TemporaryFolder place;
  Driver a("", place / "home"), b("", place / "home");
  a.click("step"), a.settle();
  a.click("bias:dense3:1"), a.type("0.75"), a.key(Key::enter), a.key(Key::escape), a.key(Key::escape);
  a.click(a.at("map"));
  a.control('s');
  a.click("save_path"), a.control('a'), a.type((place / "run").string()), a.key(Key::enter);
  CHECK(a.state().message == "Saved " + (place / "run").string());
  b.control('o');
  b.click("path"), b.control('a'), b.type((place / "run").string()), b.key(Key::enter), b.settle();
  CHECK(weights(b) == weights(a));
  CHECK(b.desk().experiment() == a.desk().experiment());
  a.click("step"), a.settle();
  b.click("step"), b.settle();
  CHECK(weights(b) == weights(a));
  CHECK(recent_files(b.state()).front() == place / "run");
}

TEST_CASE("divergence is said in words with what to try", "[app]") {
  Driver d("[train]\nrate = 300\n[model]\nlayers = \"dense 4, relu\"\noutput = \"linear\"\n");
  d.click("play");
  for (int i = 0; i < 2000 && d.desk().stopped().empty(); i++) d.draw();
  d.draw();
  CHECK(d.desk().diverged());
  CHECK(d.desk().stopped().find("rate") != std::string::npos);
  CHECK(find(d.scene(), "message"));
}

TEST_CASE("a preset hides controls but never the figures", "[app]") {
  Driver d("[view]\ncontrols = [\"play\", \"train.rate\"]\n");
  CHECK(d.has("play"));
  CHECK(d.has("train.rate"));
  CHECK_FALSE(d.has("reset"));
  CHECK_FALSE(d.has("train.batch"));
  CHECK_FALSE(d.has("data:xor"));
  CHECK_FALSE(says(d.scene(), "DATA"));  // the views have the room of an empty panel
  bool figures = false;
  for (const Mark& mark : d.scene().marks)
    if (const auto* text = std::get_if<Text>(&mark); text && text->string == "Test loss") figures = true;
  CHECK(figures);
}

TEST_CASE("more classes, tables and pictures open in the same window", "[app]") {
  Driver d;
  for (const char* name : {"spirals3", "iris", "digits", "wine", "line1d", "circle"}) {
    data::Experiment e;
    e.source = name;
    if (std::string(name) == "iris") e.split = "stratified 80 %";
    open_experiment(d.state(), e, name);
    d.settle();
    INFO(d.state().message);
    CHECK(d.desk().experiment().source == name);
    d.click("step"), d.settle();
    CHECK(epoch(d) == 1);
    for (const auto& row : d.state().panes.rows())
      for (const auto& pane : row.panes) {
        INFO(name << ": " << pane.method << ": " << d.state().views[pane.id].problem());
        CHECK(d.state().views[pane.id].numbers());
      }
  }
}
