// The window on texts and sequences: what it opens with, what it offers, and the units of the loss.
#include "tests/app_driver.h"
#include "viz/app/suggestions.h"
#include "viz/loss_units.h"

using namespace test;

namespace {

const char* const latch =
    "[data]\nsource = \"latch\"\nsamples = 3000\nsplit = \"90 %\"\n[model]\nlayers = \"lstm 6\"\ninit = \"xavier\"\n"
    "[train]\nloss = \"cross-entropy\"\noptimizer = \"adam\"\nrate = 0.01\nbatch = 4\n";

std::vector<std::string> methods_shown(State& state) {
  std::vector<std::string> all;
  for (const auto& row : state.panes.rows())
    for (const Pane& pane : row.panes) all.push_back(pane.method);
  return all;
}

}  // namespace

TEST_CASE("a text opens on the views of texts, and all of them have a picture", "[app]") {
  Driver d(latch);
  d.settle();
  CHECK(methods_shown(d.state()) == std::vector<std::string>{"text-heatmap", "loss", "unrolled", "sample"});
  for (const auto& row : d.state().panes.rows())
    for (const Pane& pane : row.panes) {
      INFO(pane.method);
      CHECK(d.state().views[pane.id].numbers());
    }
  CHECK(d.has("data.window"));
  CHECK_FALSE(d.has("example"));
}

TEST_CASE("the status line says bits a character and perplexity of the test loss", "[app]") {
  Driver d(latch);
  d.session().advance(20);
  d.settle();
  const double nats = d.session().history().back().test_loss;
  char bits[32], perplexity[32];
  std::snprintf(bits, sizeof bits, "%.3f", nats / std::log(2.0));
  std::snprintf(perplexity, sizeof perplexity, "%.2f", std::exp(nats));
  CHECK(says(d.scene(), "Bits a character"));
  CHECK(says(d.scene(), bits));
  CHECK(says(d.scene(), perplexity));
  Driver points("");
  points.settle();
  CHECK_FALSE(says(points.scene(), "Perplexity"));
}

TEST_CASE("a text or sequences that are chosen bring a network that reads them, and points bring the old one back", "[app]") {
  Driver d("[data]\nsource = \"circle\"\n");
  const auto choose = [&](const std::string& title) {
    d.choose("data.source", title);
    d.settle();
    return d.desk().experiment().layers;
  };
  CHECK(choose("Quotes") == "lstm 16");
  CHECK(methods_shown(d.state()).front() == "text-heatmap");
  CHECK(choose("Quotes in capitals") == "lstm 16");  // no experiment ships for it: that of the latch
  CHECK(d.desk().experiment().source == "capitals");
  CHECK(choose("Inside or outside") == "lstm 8");
  CHECK(methods_shown(d.state()).front() != "text-heatmap");
  d.click("data:circle");
  d.settle();
  CHECK(d.desk().experiment().source == "circle");
  CHECK(methods_shown(d.state()).front() == "network");
  CHECK(d.state().failed == false);
}

TEST_CASE("every network that is offered for a text can be trained on it", "[app]") {
  Driver d(latch);
  for (const NetworkSuggestion& network : networks_for(data::Kind::text)) {
    INFO(network.title);
    d.state().attempt([&] { d.desk().set(std::string("model.layers=") + network.layers, "network"); });
    CHECK(d.desk().experiment().layers == network.layers);
    const nn::Index before = d.session().snapshot()->state.step;
    d.session().advance(1);
    CHECK(d.session().snapshot()->state.step == before + 1);
  }
}

TEST_CASE("the loss of a text is drawn in nats, bits or perplexity; another loss stays as it is", "[app]") {
  Driver d(latch);
  d.settle();
  const Method& loss = method("loss");
  const Subject subject = d.state().subject();
  const auto first = [&](double unit) {
    const Numbers numbers = loss.compute(subject.study(), arguments(loss, {{"unit", unit}}));
    return std::get<std::vector<double>>(numbers["history"].numbers);
  };
  const double nats = first(0)[2];
  CHECK(first(1)[2] == Approx(nats / std::log(2.0)));
  CHECK(first(2)[2] == Approx(std::exp(nats)));
  CHECK(first(2)[3] == first(0)[3]);  // accuracy
  CHECK(first(1)[0] == 0);            // epoch
  const Numbers bits = loss.compute(subject.study(), arguments(loss, {{"unit", 1}}));
  CHECK(says(loss.layout(bits, {0, 0, 600, 400}, {}), "Loss in bits a character"));
  Driver points("");
  points.settle();
  const Subject circle = points.state().subject();
  const auto of_circle = [&](double unit) {
    const Numbers numbers = loss.compute(circle.study(), arguments(loss, {{"unit", unit}}));
    return std::get<std::vector<double>>(numbers["history"].numbers)[1];
  };
  CHECK(of_circle(2) == of_circle(0));
}
