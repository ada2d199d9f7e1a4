// What the status line says of the network that is shown, and what lies where after unusual ways of using it.
#include "tests/app_driver.h"
#include "viz/app/parts.h"

using namespace test;

namespace {

nn::Score mean_error(Driver& d) {
  const auto now = d.desk().shown();
  nn::Trainer trainer(now->problem, nn::Initializer::playground, now->training, 0);
  trainer.start_from(now->state.parameters);
  return trainer.evaluate(now->problem->train);
}

std::string shown(double loss) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", loss);
  return text;
}

}  // namespace

TEST_CASE("the loss follows an edit, other points and a single step, and the chart gets no line for it", "[app]") {
  Driver d;
  d.click("step"), d.settle();
  const auto agrees = [&d] {
    const nn::Score score = mean_error(d);
    REQUIRE(figures_of(d.state()));
    CHECK(figures_of(d.state())->train_loss == Approx(score.loss).epsilon(1e-6));
    CHECK(figures_of(d.state())->train_accuracy == Approx(score.accuracy));
    CHECK(says(d.scene(), shown(score.loss)));
  };
  agrees();
  const std::size_t lines = d.session().history().size();
  const double before = figures_of(d.state())->train_loss;
  d.click("link:dense3:1:2");
  d.type("4"), d.key(Key::enter), d.key(Key::escape);
  CHECK(figures_of(d.state())->train_loss > before + 0.1);
  agrees();
  d.slide("data.noise", 1), d.settle();
  agrees();
  d.choose("grain", "batch");
  d.click("step"), d.settle();
  agrees();
  CHECK(d.session().history().size() == lines);
  // Earlier moments have the figures of their last whole epoch.
  d.desk().look_at(0), d.draw();
  CHECK(figures_of(d.state())->train_loss == d.session().history().front().train_loss);
}

TEST_CASE("L1 that takes weights to zero is counted in the status line", "[app]") {
  Driver d("[train]\nl1 = 0.3\n");
  CHECK(says(d.scene(), "0 of 18"));
  d.session().advance(2000), d.draw();
  CHECK(says(d.scene(), "Weights at 0"));
  CHECK(says(d.scene(), "18 of 18"));
  Driver none;
  CHECK_FALSE(says(none.scene(), "Weights at 0"));
}

TEST_CASE("Escape takes back what was typed into a card, and closes the card where nothing was", "[app]") {
  Driver d;
  const Point at = d.at("link:dense1:2:1");
  d.drag(at, {at.x, at.y - 30});
  REQUIRE(d.state().card);
  d.key(Key::escape);
  CHECK_FALSE(d.state().card);
  d.click("link:dense1:2:1");
  d.type("7"), d.key(Key::escape);
  REQUIRE(d.state().card);
  CHECK(d.desk().weight("dense1.weight", 1, 0) != 7);
  d.key(Key::escape);
  CHECK_FALSE(d.state().card);
}

TEST_CASE("without a hidden layer the buttons for layers lie beside the map, not on it", "[app]") {
  for (const Point size : {Point{1280, 800}, Point{1920, 1080}, Point{1024, 700}})
    for (const bool large : {false, true}) {
      Driver d("[model]\nlayers = \"\"\n");
      d.width = size.x, d.height = size.y;
      d.draw();
      if (large) d.letter('p');
      d.draw();
      const std::string pane = ":" + std::to_string(d.state().panes.rows()[0].panes[0].id);
      const Widget *more = d.state().interaction.find("more_layers" + pane), *fewer = d.state().interaction.find("fewer_layers" + pane);
      const Mark *map = find(d.scene(), "map"), *input = find(d.scene(), "node:x:1");
      INFO(size.x << ' ' << large);
      REQUIRE((more && fewer && map && input));
      const double scale = d.app->scale();
      CHECK(more->box.right() * scale <= bounds(*map)->x * scale + 1e-6);
      CHECK(fewer->box.x * scale >= bounds(*input)->right() * scale - 1e-6);
    }
}

TEST_CASE("every view that the playground offers has a picture of it", "[app]") {
  Driver d;
  d.session().advance(20);
  d.settle();
  const Study study = d.state().subject().study();
  std::size_t offered = 0;
  for (const Method& m : methods()) {
    if (!suits(m, study)) continue;
    INFO(m.name);
    if (m.name == "notes") {
      CHECK_THROWS_AS(numbers_of(m, study, arguments(m, {})), std::invalid_argument);  // no text was given
      continue;
    }
    CHECK_NOTHROW(numbers_of(m, study, arguments(m, {})));
    offered++;
  }
  CHECK(offered > 12);
  for (const char* pictures : {"saliency", "toolbox", "gradcam", "compare"}) CHECK_FALSE(suits(method(pictures), study));
}
