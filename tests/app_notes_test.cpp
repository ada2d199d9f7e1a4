// Notes in the window: they are shown, they scroll, and they follow the experiment.
#include <algorithm>

#include "tests/app_driver.h"

using namespace test;

namespace {

std::string lines(int count) {
  std::string about = "# Lesson\n\n";
  for (int i = 0; i < count; i++) about += "- line " + std::to_string(i) + "\n";
  return about;
}

data::Experiment with_notes(const std::string& about) {
  data::Experiment e;
  e.about = about;
  e.panes = {"network 60 %, notes 40 %"};
  return e;
}

// Where words stand in the picture, if their line is inside of the pane.
std::optional<double> seen(Driver& d, const std::string& words) {
  const int id = d.state().panes.rows()[0].panes[1].id;
  const Widget* picture = d.state().interaction.find("picture:" + std::to_string(id));
  REQUIRE(picture);
  for (const Mark& mark : d.scene().marks) {
    const auto* text = std::get_if<Text>(&mark);
    if (text && text->string == words && picture->box.contains(text->at)) return text->at.y;
  }
  return {};
}

Point middle(Driver& d) { return d.at("picture:" + std::to_string(d.state().panes.rows()[0].panes[1].id)); }

}  // namespace

TEST_CASE("a text that fits stands beside the network, and scrolls nowhere", "[app][notes]") {
  Driver d(with_notes("Press **Play** now."));
  CHECK(seen(d, "Play"));
  const double y = *seen(d, "Play");
  d.send(Wheel{middle(d), -3}), d.draw();
  CHECK(seen(d, "Play") == y);
}

TEST_CASE("a text that is longer is scrolled by wheel, keys and bar", "[app][notes]") {
  Driver d(with_notes(lines(80)));
  const std::string bar = "scroll:" + std::to_string(d.state().panes.rows()[0].panes[1].id) + ".bar";
  CHECK(seen(d, "line 0"));
  CHECK_FALSE(seen(d, "line 79"));
  REQUIRE(d.has(bar));
  const double y = *seen(d, "line 4");
  d.send(Wheel{middle(d), -1}), d.draw();
  CHECK(*seen(d, "line 4") == Approx(y - 60));
  d.click(middle(d));
  d.key(Key::end);
  CHECK(seen(d, "line 79"));
  CHECK_FALSE(seen(d, "line 0"));
  d.key(Key::page_up);
  CHECK_FALSE(seen(d, "line 79"));
  d.key(Key::home);
  CHECK(seen(d, "line 0"));
  const Point thumb = bounds(*find(d.scene(), bar))->center();
  d.drag(thumb, {thumb.x, d.height - 5});
  CHECK(seen(d, "line 79"));
}

TEST_CASE("another text is shown at once, undone and redone, while training goes on", "[app][notes]") {
  Driver d(with_notes("One."));
  d.session().advance(3), d.draw();
  d.desk().set("about = \"\"\"Two.\n\n\"three\" \\\\ four\"\"\"", "text");
  d.draw();
  CHECK(seen(d, "Two."));
  CHECK(seen(d, "\"three\" \\ four"));
  CHECK_FALSE(seen(d, "One."));
  CHECK(d.session().step() == 3);
  d.control('z');
  CHECK(seen(d, "One."));
  d.control('y');
  CHECK(seen(d, "Two."));
  d.control('c');
  d.desk().set("about=", "no text"), d.draw();
  CHECK_FALSE(seen(d, "Two."));
  CHECK(d.state().views.at(d.state().panes.rows()[0].panes[1].id).problem().find("key about") != std::string::npos);
  d.control('v'), d.settle();
  CHECK(d.desk().experiment().about == "Two.\n\n\"three\" \\ four");
}

TEST_CASE("projector mode and dark show the same text, larger and light", "[app][notes]") {
  Driver d(with_notes(lines(10)));
  d.letter('p'), d.letter('d');
  CHECK(d.app->scale() == 1.5);
  CHECK(seen(d, "line 3"));
}

TEST_CASE("the panels have no field for the text, and the list of views has the notes", "[app][notes]") {
  Driver d(with_notes("Hello."));
  CHECK_FALSE(d.has("about"));
  d.state().tab = 2, d.draw();
  CHECK(d.has("view:notes"));
  Driver plain;
  for (const PaneRow& row : plain.state().panes.rows())
    for (const Pane& pane : row.panes) CHECK(pane.method != "notes");
}
